"""What each release changed against the one before it, for the page: counts and documents, not rows (those are `jiqun diff`'s)."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.common.sql import literal
from orchestration.errors import JiqunError
from orchestration.releasing.store import Release

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

KEPT = 12

# What is compared: a word for people, the table, its key and the columns in which a difference is a change.
_ENTITIES = (
    ("cluster", "marts.dim_clusters", "cluster_id", "name_en, province_code_gb2260, locality_id, industry_id"),
    ("listing", "marts.fct_cluster_listings", "listing_id", "cluster_id, province_code_gb2260, locality_id, industry_id"),
    ("award", "marts.fct_awards", "award_id", "cluster_id, contest_name, quote"),
    ("figure", "marts.fct_statistics", "statistic_id", "cluster_id, measure, value, qualifier, unit, quote"),
)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One release in the history.

    Attributes:
        release_id: Its id.
        made_at: ISO 8601 in UTC; empty for the release whose page is being drawn, which has no date yet.
        documents: Documents it was made from.
        clusters: Clusters it holds.
        changes: What differs from the release before, a phrase each.
    """

    release_id: str
    made_at: str
    documents: int
    clusters: int
    changes: tuple[str, ...]


def read_history(database: Path, release_id: str, earlier: Sequence[Release]) -> list[HistoryEntry]:
    """The release being made and those before it, newest first.

    Args:
        database: Of the release being made.
        release_id: Its id.
        earlier: Releases that stand in the warehouse, newest first; the one being made, and damaged ones, are passed over.
    """
    import duckdb

    shelf = [(release_id, "", database)]
    shelf += [
        (release.id, release.created_at, release.database) for release in earlier if release.id != release_id and _is_readable(release)
    ]
    shelf = shelf[: KEPT + 1]
    entries = []
    with duckdb.connect() as connection:
        for number, (_, _, path) in enumerate(shelf):
            connection.execute(f"attach {literal(path)} as r{number} (read_only)")
        for number, (name, made_at, _) in enumerate(shelf[:KEPT]):
            before = f"r{number + 1}" if number + 1 < len(shelf) else None
            documents, clusters = (_count(connection, f"r{number}.marts.{table}") for table in ("dim_sources", "dim_clusters"))
            changes = _changes(connection, before, f"r{number}") if before else ("first release",)
            entries.append(HistoryEntry(name, made_at, documents, clusters, changes))
    return entries


def _is_readable(release: Release) -> bool:
    try:
        return bool(release.manifest) and release.database.is_file()
    except JiqunError:
        return False


def _changes(connection: "DuckDBPyConnection", before: str, after: str) -> tuple[str, ...]:
    """`("new document: Three clusters", "clusters: 2 added, 1 changed")`."""
    changes = []
    for word, old, new in (("new", before, after), ("without", after, before)):
        titles = connection.execute(
            f"""
            select coalesce(title, file_name) from {new}.marts.dim_sources
            anti join {old}.marts.dim_sources using (source_id) order by all
            """
        ).fetchall()
        changes += [f"{word} document: {title}" for (title,) in titles]
    for noun, table, key, columns in _ENTITIES:
        old, new = (f"(select {key}, ({columns})::text as facts from {release}.{table})" for release in (before, after))
        counts = connection.execute(
            f"""
            select count(*) filter (old.{key} is null), count(*) filter (new.{key} is null), count(*) filter (old.facts != new.facts)
            from {old} as old full join {new} as new using ({key})
            """
        ).fetchone()
        said = [f"{count:,} {what}" for count, what in zip(counts or (), ("added", "gone", "changed"), strict=False) if count]
        if said:
            changes.append(f"{noun}s: {', '.join(said)}")
    return tuple(changes) or ("nothing but the code",)


def _count(connection: "DuckDBPyConnection", table: str) -> int:
    row = connection.execute(f"select count(*) from {table}").fetchone()
    return int(row[0]) if row else 0
