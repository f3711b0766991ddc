"""Raw documents to the tables of schema `raw`: the first assets of the graph."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from orchestration.defs.remote import remote_sources
from orchestration.defs.run import RefreshRun
from orchestration.defs.steps import OWNERS, POOL, attempt, column_schemas, room
from orchestration.reading.corpus import raw_schema
from orchestration.reading.observations import TABLES


def _grain(record: type) -> str:
    return (record.__doc__ or "").split("\n")[0]


_COLUMNS = column_schemas({("staging", f"stg_raw__{table}"): types for table, types in raw_schema().items()})


@dg.multi_asset(
    name="observations",
    specs=[
        dg.AssetSpec(
            ["raw", table],
            # Each source that is listed; not the asking itself, without which a refresh has all it needs.
            deps=[key for key in remote_sources.keys if key.path[0] == "remote"],
            group_name="reading",
            kinds={"python", "duckdb"},
            owners=OWNERS,
            description=_grain(record),
            metadata={
                **room("orchestration/reading"),
                "dagster/column_schema": _COLUMNS["staging", f"stg_raw__{table}"],
                "dagster/table_name": f"raw.{table}",
            },
        )
        for table, record in TABLES.items()
    ],
    pool=POOL,
)
def observations(context: dg.AssetExecutionContext, refresh_run: RefreshRun) -> Iterator[dg.MaterializeResult[None]]:
    """Every document of the raw folder, read into observations with exact spans; every line with its fate."""
    refresh = refresh_run.refresh
    with attempt(refresh, context.retry_number):
        refresh.read()
    documents = refresh.report["documents"]
    for table in TABLES:
        metadata: dict[str, Any] = {"dagster/row_count": refresh.raw_rows[table]}
        if table == "sources":
            metadata |= {
                "documents": documents["read"],
                "refused": documents["refused"],
                "refusals": dg.MetadataValue.md("\n".join(f"* {refusal}" for refusal in documents["refusals"]) or "none"),
                "bytes": documents["bytes"],
                "seconds": refresh.timings.seconds["read"] + refresh.timings.seconds["load"],
            }
        yield dg.MaterializeResult(asset_key=["raw", table], metadata=metadata)
