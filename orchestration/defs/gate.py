"""Every expectation as an asset check on its mart. The answers are the gate record's; a check only shows them."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from expectations import SUITES
from orchestration.defs.run import RefreshRun
from orchestration.defs.steps import POOL, attempt, offending, room, table

_SOURCES = "marts.dim_sources"
_REGRESSIONS = "new_versions_keep_what_was_released"


def _key(table: str) -> dg.AssetKey:
    return dg.AssetKey(table.split("."))


@dg.multi_asset_check(
    name="gate",
    specs=[
        dg.AssetCheckSpec(
            e.id,
            asset=_key(suite.table),
            description=e.description,
            blocking=e.severity == "critical",
            metadata={"severity": e.severity, **room(f"expectations/{suite.table.partition('.')[2]}.py")},
        )
        for suite in SUITES
        for e in suite.expectations
    ]
    + [
        dg.AssetCheckSpec(
            _REGRESSIONS,
            asset=_key(_SOURCES),
            description="No new version of a document lost half of what the last released one listed (`--accept-change` lets it).",
            blocking=True,
            metadata={"severity": "critical", **room("orchestration/deciding/admission.py")},
        )
    ],
    pool=POOL,
)
def gate(context: dg.AssetCheckExecutionContext, refresh_run: RefreshRun) -> Iterator[dg.AssetCheckResult]:
    """Ask every suite inside the build database, and write the gate record that the release asks for."""
    refresh = refresh_run.refresh
    with attempt(refresh, context.retry_number):
        record = refresh.gate()
    for result in record.results:
        metadata: dict[str, Any] = {
            "outcome": result.outcome,
            "severity": result.severity,
            "observed": result.observed or "",
            "unexpected_count": result.unexpected_count or 0,
        }
        if result.sample:
            metadata |= offending(refresh, [dict(row) for row in result.sample])
        yield dg.AssetCheckResult(
            asset_key=_key(result.table),
            check_name=result.expectation,
            passed=result.outcome == "pass",
            severity=dg.AssetCheckSeverity.WARN if result.outcome == "warn" else dg.AssetCheckSeverity.ERROR,
            metadata=metadata,
        )
    lost = refresh.report["regressions"]
    yield dg.AssetCheckResult(
        asset_key=_key(_SOURCES),
        check_name=_REGRESSIONS,
        passed=not lost,
        metadata={"sample": table([{"file_name": name, "reason": reason} for name, reason in lost.items()])} if lost else {},
    )
