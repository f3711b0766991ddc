"""Remote sources in the graph: asked once an hour; what lands in raw the sensor on raw sees like any other file."""

from collections.abc import Iterator
from datetime import timedelta

import dagster as dg

from orchestration.alerting.senders import send
from orchestration.defs.steps import OWNERS, room
from orchestration.instance import raw_folder, warehouse
from orchestration.paths import REMOTE_SOURCES
from orchestration.remote.landing import Asked, ask_all

_NAME = "remote_sources"
_ANSWERED = "every_source_answered"


@dg.asset(
    name=_NAME,
    group_name="remote",
    kinds={"python"},
    owners=list(OWNERS),
    metadata=room("orchestration/remote"),
    freshness_policy=dg.FreshnessPolicy.time_window(warn_window=timedelta(hours=3), fail_window=timedelta(hours=12)),
    check_specs=[dg.AssetCheckSpec(_ANSWERED, asset=_NAME, description="Every source of raw/sources.yml could be asked.")],
    pool="remote",
)
def remote_sources() -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """The documents listed in `raw/sources.yml`: what has changed lands in raw; a source that is gone deletes nothing."""
    asked, alerts = ask_all(raw_folder(), warehouse())
    send(alerts)
    failed = [came.name for came in asked if came.outcome == "failed"]
    yield dg.MaterializeResult(
        metadata={
            "sources": len(asked),
            "landed": sum(came.outcome == "landed" for came in asked),
            "failed": len(failed),
            "answers": dg.MetadataValue.table([_record(came) for came in asked], schema=_COLUMNS),
        }
    )
    yield dg.AssetCheckResult(
        check_name=_ANSWERED, passed=not failed, severity=dg.AssetCheckSeverity.WARN, metadata={"failed": ", ".join(failed) or "none"}
    )


_COLUMNS = dg.TableSchema([dg.TableColumn(name) for name in ("name", "outcome", "detail", "hint")])


def _record(came: Asked) -> dg.TableRecord:
    return dg.TableRecord({"name": came.name, "outcome": came.outcome, "detail": came.detail, "hint": came.hint})


remote_job = dg.define_asset_job(
    "fetch_remote",
    selection=[_NAME],
    executor_def=dg.in_process_executor,
    description="Ask every source of raw/sources.yml; a refresh follows where something new has landed.",
)


@dg.schedule(job=remote_job, cron_schedule="7 * * * *", execution_timezone="UTC", default_status=dg.DefaultScheduleStatus.RUNNING)
def remote_hourly(_context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Once an hour, where there is a list of remote sources."""
    if not (raw_folder() / REMOTE_SOURCES).exists():
        return dg.SkipReason(f"There is no {REMOTE_SOURCES} in {raw_folder()}.")
    return dg.RunRequest()
