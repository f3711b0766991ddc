"""What Dagster remembers of past runs is bounded: it keeps every event of every run for ever, 2.5 MB a refresh with two hundred checks."""

from collections import Counter

import dagster as dg
from dagster._core.storage.dagster_run import FINISHED_STATUSES
from dagster._core.storage.event_log import SqlEventLogStorage
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable

# What people look back at: a month of daily refreshes. Releases have their own retention and hold what was asked of them.
KEPT_RUNS = 30


def forget_old_runs(instance: dg.DagsterInstance, keep: int = KEPT_RUNS) -> None:
    """Delete all but each job's newest runs that have ended, with their events and what they printed. Those that wait or go on stay."""
    seen = Counter[str]()
    for run in instance.get_runs(filters=dg.RunsFilter(statuses=FINISHED_STATUSES)):
        # By job: remote sources are asked every hour, and would crowd out the refreshes.
        seen[run.job_name] += 1
        if seen[run.job_name] > keep:
            instance.delete_run(run.run_id)
            _forget_checks(instance, run.run_id)
            instance.compute_log_manager.delete_logs(prefix=[run.run_id])


def _forget_checks(instance: dg.DagsterInstance, run_id: str) -> None:
    """The answers of a run's checks, which Dagster leaves behind in whatever database it keeps them."""
    storage = instance.event_log_storage
    if isinstance(storage, SqlEventLogStorage):
        with storage.index_connection() as connection:
            connection.execute(AssetCheckExecutionsTable.delete().where(AssetCheckExecutionsTable.c.run_id == run_id))
