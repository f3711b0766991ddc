"""Runs the Dagster job in this process, against the instance that `make dev` shows. Imported only when there is something to run."""

from typing import Any

import dagster as dg

from orchestration.common.imports import for_good
from orchestration.gating.process import gate_process
from orchestration.instance import open_instance
from orchestration.paths import Warehouse


def run_job(place: Warehouse, config: dict[str, Any]) -> tuple[str, str]:
    """Run the refresh job once, whatever comes of it.

    Returns:
        The run id, and Dagster's own word on the first step that failed ("" where none did). What else came of the run
        stands in the warehouse's `last_refresh.json`.
    """
    if config.get("engine") != "spark":
        gate_process()  # imports Great Expectations while this one imports the rest
    with for_good():
        from orchestration.definitions import definitions
        from orchestration.defs.run import COMMAND_LINE, STARTED_BY

    with open_instance(place) as here:
        result = definitions.resolve_job_def("refresh").execute_in_process(
            instance=here,
            raise_on_error=False,
            # Who starts a command sees how it ends; the daemon does not start it again.
            tags={STARTED_BY: COMMAND_LINE, "dagster/max_retries": "0"},
            run_config={
                "resources": {"refresh_run": {"config": config}},
                # What people are told comes from the logger "jiqun"; Dagster's events go to its storage, not to the terminal.
                "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
            },
        )
    failed = next((event for event in result.all_events if event.is_failure), None)
    return str(result.run_id), _first_cause(failed) if failed else ""


def _first_cause(event: dg.DagsterEvent) -> str:
    error = getattr(event.event_specific_data, "error", None)
    while error is not None and error.cause is not None:
        error = error.cause
    return f"{event.step_key or 'the run'}: {error.message.strip() if error else event.message}"
