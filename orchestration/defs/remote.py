"""Remote sources in the graph, an asset each: asked once an hour; what lands in raw the sensor on raw sees like any other file."""

from collections.abc import Iterator
from datetime import timedelta

import dagster as dg

from orchestration.alerting.senders import send
from orchestration.defs.steps import OWNERS, room
from orchestration.errors import BadInput
from orchestration.instance import raw_folder, warehouse
from orchestration.paths import REMOTE_SOURCES
from orchestration.remote.fetching import without_password
from orchestration.remote.landing import Asked, ask_all
from orchestration.remote.listing import Source, read_listing

_NAME = "remote_sources"
_GROUP = "remote"
_ANSWERED = "every_source_answered"
# Asked every hour: two misses are worth a look, half a day of them is an outage.
_FRESH = dg.FreshnessPolicy.time_window(warn_window=timedelta(hours=3), fail_window=timedelta(hours=12))


def _listed() -> list[Source]:
    """The sources of the list as it is now; a mistake in it is told when they are asked, and keeps nothing from loading."""
    try:
        return [entry for entry in read_listing(raw_folder()) if isinstance(entry, Source)]
    except BadInput:
        return []


def _of_source(source: Source) -> dg.AssetSpec:
    return dg.AssetSpec(
        [_GROUP, source.name],
        group_name=_GROUP,
        kinds={"python"},
        owners=OWNERS,
        description=f"`{source.name}/{source.file_name}` as its source last sent it. Materialized alone it is fetched in full.",
        metadata={**room("orchestration/remote"), "url": dg.MetadataValue.text(without_password(source.url))},
        freshness_policy=_FRESH,
    )


_LIST = dg.AssetSpec(
    _NAME,
    group_name=_GROUP,
    kinds={"python"},
    owners=OWNERS,
    description="The documents listed in `raw/sources.yml`: what has changed lands in raw; a source that is gone deletes nothing.",
    metadata=room("orchestration/remote"),
    freshness_policy=_FRESH,
)


@dg.multi_asset(
    name=_NAME,
    # Numbered: a source may have a name that Dagster cannot give an output.
    outs={
        f"source_{number}": dg.AssetOut.from_spec(spec, dagster_type=dg.Nothing, is_required=False)
        for number, spec in enumerate([_LIST, *map(_of_source, _listed())])
    },
    check_specs=[dg.AssetCheckSpec(_ANSWERED, asset=_NAME, description="Every source of raw/sources.yml could be asked.")],
    can_subset=True,
    pool="remote",
)
def remote_sources(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """With the list itself selected, every source is asked for what is new; without it, the selected sources for all they have."""
    chosen = {key.path[-1] for key in context.selected_asset_keys if len(key.path) > 1}
    is_all = dg.AssetKey(_NAME) in context.selected_asset_keys or not chosen
    asked, alerts = ask_all(raw_folder(), warehouse(), chosen=() if is_all else chosen)
    send(alerts)
    for came in asked:
        if came.outcome != "failed" and came.name in chosen:
            yield dg.MaterializeResult(asset_key=[_GROUP, came.name], metadata={"outcome": came.outcome, "detail": came.detail})
    if not is_all:
        if failed := [f"{came.detail}. {came.hint}" for came in asked if came.outcome == "failed"]:
            raise dg.Failure("; ".join(failed))
        return
    failed = [came.name for came in asked if came.outcome == "failed"]
    yield dg.MaterializeResult(
        asset_key=_NAME,
        metadata={
            "sources": len(asked),
            "landed": sum(came.outcome == "landed" for came in asked),
            "failed": len(failed),
            "answers": dg.MetadataValue.table([_record(came) for came in asked], schema=_COLUMNS),
        },
    )
    yield dg.AssetCheckResult(
        asset_key=_NAME,
        check_name=_ANSWERED,
        passed=not failed,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"failed": ", ".join(failed) or "none"},
    )


_COLUMNS = dg.TableSchema([dg.TableColumn(name) for name in ("name", "outcome", "detail", "hint")])


def _record(came: Asked) -> dg.TableRecord:
    return dg.TableRecord({"name": came.name, "outcome": came.outcome, "detail": came.detail, "hint": came.hint})


remote_job = dg.define_asset_job(
    "fetch_remote",
    selection=dg.AssetSelection.groups(_GROUP),
    executor_def=dg.in_process_executor,
    description="Ask every source of raw/sources.yml; a refresh follows where something new has landed.",
)


@dg.schedule(job=remote_job, cron_schedule="7 * * * *", execution_timezone="UTC", default_status=dg.DefaultScheduleStatus.RUNNING)
def remote_hourly(_context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Once an hour, where there is a list of remote sources."""
    if not (raw_folder() / REMOTE_SOURCES).exists():
        return dg.SkipReason(f"There is no {REMOTE_SOURCES} in {raw_folder()}.")
    return dg.RunRequest()
