"""Every expectation as an asset check on its mart. The answers are the gate record's; a check only shows them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import dagster as dg

from expectations import SUITES
from orchestration.commands.why import lines_of
from orchestration.defs.run import RefreshRun
from orchestration.defs.steps import POOL, attempt, room

_SHOWN = 10


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
            metadata["sample"] = _table(result.sample)
            metadata["source_lines"] = _table(lines_of(refresh.build_database, [dict(row) for row in result.sample]))
        yield dg.AssetCheckResult(
            asset_key=_key(result.table),
            check_name=result.expectation,
            passed=result.outcome == "pass",
            severity=dg.AssetCheckSeverity.WARN if result.outcome == "warn" else dg.AssetCheckSeverity.ERROR,
            metadata=metadata,
        )


def _table(rows: Sequence[Mapping[str, object]]) -> dg.MetadataValue:
    """Rows as Dagster draws them: every record with the same columns, every value as text."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    records = [dg.TableRecord({name: str(row.get(name, "")) for name in columns}) for row in rows[:_SHOWN]]
    return dg.MetadataValue.table(records, schema=dg.TableSchema([dg.TableColumn(name) for name in columns]))
