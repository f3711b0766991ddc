"""Raw documents to the tables of schema `raw`: the first assets of the graph."""

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.run import RefreshRun
from orchestration.reading.observations import TABLES


def _grain(record: type) -> str:
    return (record.__doc__ or "").split("\n")[0]


@dg.multi_asset(
    name="observations",
    specs=[
        dg.AssetSpec(["raw", table], group_name="reading", kinds={"python", "duckdb"}, description=_grain(record))
        for table, record in TABLES.items()
    ],
)
def observations(refresh_run: RefreshRun) -> Iterator[dg.MaterializeResult[None]]:
    """Every document of the raw folder, read into observations with exact spans; every line with its fate."""
    refresh = refresh_run.refresh
    refresh.read()
    rows = refresh.row_counts()
    for table in TABLES:
        yield dg.MaterializeResult(asset_key=["raw", table], metadata={"dagster/row_count": rows["raw", table]})
