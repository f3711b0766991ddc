"""Why a row differs between two releases: the nearest of a document, a person's decision and the code. Compares nothing itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from orchestration.paths import SIDE_CAR_SUFFIX
from orchestration.releasing.tables import Table

NEW, CHANGED, GONE = "new document", "changed document", "document gone"
SIDE_CAR, CURATION, CODE, OTHERS = "changed side-car", "curation", "code", "other documents"

# What a row of a dimension rests on: the listings that name it.
_DIMENSIONS = ("cluster_id", "locality_id", "industry_id")


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why things differ, by the id of what changed: a document, or what rests on it or on a decision."""

    by_id: dict[tuple[str, Any], str]
    rest: str

    def of(self, table: Table, key: tuple[Any, ...], source_id: str | None) -> str:
        """The reason of a row: its document's, then its own, then what is left, which is the code if that changed."""
        own = self.by_id.get((table.key[0], key[0]), self.rest)
        return self.by_id.get(("source_id", source_id), own)


def read_reasons(connection: duckdb.DuckDBPyConnection, side_cars: set[str], *, is_code_changed: bool) -> Reasons:
    """The reasons between the releases attached as `before` and `after`.

    Args:
        connection: That sees both.
        side_cars: Paths of the side-cars that were added, changed or went.
        is_code_changed: Whether models, seeds, suites or code differ.
    """
    by_id: dict[tuple[str, Any], str] = {("listing_id", row_id): CURATION for row_id in _decided(connection)}
    sources = dict(_documents(connection, side_cars))
    by_id |= _resting(connection, "listing_id", by_id)
    by_id |= {("source_id", source_id): reason for source_id, reason in sources.items()}
    by_id |= _resting(connection, "source_id", by_id)
    return Reasons(by_id, CODE if is_code_changed else OTHERS)


def _documents(connection: duckdb.DuckDBPyConnection, side_cars: set[str]) -> Iterator[tuple[str, str]]:
    """Documents that only one release was made from, or whose side-car differs. A changed document has another id and the same name."""
    found = connection.execute(
        """
        select
            coalesce(new.source_id, old.source_id), coalesce(new.file_name, old.file_name), old.source_id is null, new.source_id is null,
            coalesce(new.file_name, old.file_name) in (select file_name from before.marts.dim_sources)
            and coalesce(new.file_name, old.file_name) in (select file_name from after.marts.dim_sources)
        from before.marts.dim_sources as old full join after.marts.dim_sources as new using (source_id)
        """
    ).fetchall()
    for source_id, name, is_new, is_gone, is_in_both in found:
        if is_new or is_gone:
            yield source_id, CHANGED if is_in_both else NEW if is_new else GONE
        elif name + SIDE_CAR_SUFFIX in side_cars:
            yield source_id, SIDE_CAR


def _decided(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Listings that only one release owes to a person's decision."""
    decided = """
        select row_id, column_name, rule from {}.audit.provenance
        where table_name = 'fct_cluster_listings' and starts_with(rule, 'curated')
    """
    before, after = decided.format("before"), decided.format("after")
    found = connection.execute(f"select distinct row_id from (({before} except {after}) union all ({after} except {before}))")
    return [row_id for (row_id,) in found.fetchall()]


def _resting(connection: duckdb.DuckDBPyConnection, column: str, by_id: dict[tuple[str, Any], str]) -> dict[tuple[str, Any], str]:
    """What is named by the listings that have a reason, in either release, with that reason."""
    reasons = {identity: reason for (name, identity), reason in by_id.items() if name == column}
    if not reasons:
        return {}
    found: dict[tuple[str, Any], str] = {}
    for side in ("before", "after"):
        listings = connection.execute(f"select {column}, {', '.join(_DIMENSIONS)} from {side}.marts.fct_cluster_listings").fetchall()
        for identity, *named in listings:
            if identity in reasons:
                found |= dict.fromkeys(zip(_DIMENSIONS, named, strict=True), reasons[identity])
    return found
