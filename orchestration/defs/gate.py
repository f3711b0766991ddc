"""Every expectation as an asset check on its mart. The answers are the gate record's; a check only shows them."""

from collections.abc import Iterator

import dagster as dg

from expectations import SUITES
from orchestration.defs.run import RefreshRun


def _key(table: str) -> dg.AssetKey:
    return dg.AssetKey(table.split("."))


@dg.multi_asset_check(
    name="gate",
    specs=[
        dg.AssetCheckSpec(e.id, asset=_key(suite.table), description=e.description, blocking=e.severity == "critical")
        for suite in SUITES
        for e in suite.expectations
    ],
)
def gate(refresh_run: RefreshRun) -> Iterator[dg.AssetCheckResult]:
    """Ask every suite inside the build database, and write the gate record that the release asks for."""
    for result in refresh_run.refresh.gate().results:
        yield dg.AssetCheckResult(
            asset_key=_key(result.table),
            check_name=result.expectation,
            passed=result.outcome == "pass",
            severity=dg.AssetCheckSeverity.WARN if result.outcome == "warn" else dg.AssetCheckSeverity.ERROR,
            metadata={"outcome": result.outcome, "observed": result.observed or "", "unexpected_count": result.unexpected_count or 0},
        )
