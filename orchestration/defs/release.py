"""The last asset: what passed its gate, made readable."""

import dagster as dg

from orchestration.defs.conforming import conformed
from orchestration.defs.run import RefreshRun


@dg.asset(
    group_name="release",
    kinds={"duckdb", "parquet"},
    deps=[key for key in conformed.keys if key.path[0] in ("marts", "audit")],
)
def release(refresh_run: RefreshRun) -> dg.MaterializeResult[None]:
    """An immutable release folder and the flip of `current`. Refuses without a gate record for exactly these tables."""
    path = refresh_run.refresh.release()
    return dg.MaterializeResult(metadata={"release_id": path.name, "path": dg.MetadataValue.path(str(path))})
