"""The last asset: what passed its gate, made readable."""

from datetime import timedelta

import dagster as dg

from orchestration.defs.conforming import conformed
from orchestration.defs.run import RefreshRun
from orchestration.defs.steps import OWNERS, POOL, attempt, room
from orchestration.releasing.difference import diff, render
from orchestration.releasing.store import Release, current_or_none, find
from orchestration.releasing.verifying import certificate

# A release is made when raw or code changes, so its age is a question to people, not an alarm: have the sources gone quiet, or have we?
_FRESH = dg.FreshnessPolicy.time_window(warn_window=timedelta(days=35), fail_window=timedelta(days=100))
_LISTED = 10


@dg.asset(
    group_name="release",
    kinds={"duckdb", "parquet"},
    owners=list(OWNERS),
    deps=[key for key in conformed.keys if key.path[0] in ("marts", "audit")],
    metadata=room("orchestration/releasing"),
    freshness_policy=_FRESH,
    pool=POOL,
)
def release(context: dg.AssetExecutionContext, refresh_run: RefreshRun) -> dg.MaterializeResult[None]:
    """An immutable release folder and the flip of `current`. Refuses without a gate record for exactly these tables."""
    refresh = refresh_run.refresh
    before = current_or_none(refresh.warehouse)
    with attempt(refresh, context.retry_number):
        path = refresh.release()
        made = find(refresh.warehouse, path.name)
    return dg.MaterializeResult(
        data_version=dg.DataVersion(made.id),
        metadata={
            "release_id": made.id,
            "path": dg.MetadataValue.path(str(path)),
            # Not as a link: a browser follows none from Dagster's page to a file.
            "page": dg.MetadataValue.path(str(path / "site" / "index.html")),
            "certificate": _verbatim(certificate(made)),
            "difference": _difference(before, made),
            "seconds": refresh.timings.seconds["release"],
            **refresh.report["published"],
        },
    )


def _difference(before: Release | None, made: Release) -> dg.MetadataValue:
    if before is None or before.id == made.id:
        return dg.MetadataValue.md("The first release." if before is None else "The same release as before.")
    return _verbatim("\n".join(render(diff(before, made, _LISTED))))


def _verbatim(text: str) -> dg.MetadataValue:
    # What a document printed may hold back-ticks; four of them enclose three.
    return dg.MetadataValue.md(f"````text\n{text}\n````")
