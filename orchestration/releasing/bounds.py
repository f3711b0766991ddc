"""What may change from one release to the next without a person saying so. Only numbers are compared; nothing is released or refused here.

A gate that looks at one build cannot see that half of it is missing. These bounds can: they hold a candidate against the release
readers have now. Losses are held against the whole last release, less the documents a person took out (`jiqun remove`), because a
document that silently vanished from raw is such a loss. Growth is held only against documents both releases read,
because a new document may bring any number of rows.
"""

import math
from collections.abc import Collection
from dataclasses import dataclass

import duckdb

from orchestration.common.sql import literal

_READ = "source_id in (select source_id from marts.dim_sources where {documents})"


@dataclass(frozen=True, slots=True)
class Bound:
    """How far one number may move.

    Attributes:
        name: What is counted, for people.
        query: Its count, over the documents that `{documents}` chooses.
        loss: The share that may be lost.
        growth: The share that may be gained over the same documents; infinite where growth is no sign of trouble.
        slack: Rows that may come or go whatever their share, since one row of three is a third.
        reason: Why this far and no further.
    """

    name: str
    query: str
    loss: float
    growth: float
    slack: int
    reason: str

    def is_broken(self, before: int, after: int, *, grown: bool) -> bool:
        """Whether a change from one count to another is beyond this bound."""
        if grown:
            return after - before > max(before * self.growth, self.slack)
        return before - after > max(before * self.loss, self.slack)


def _rows(table: str) -> str:
    return f"select count(*) from {table} where {_READ}"


def _referred(column: str) -> str:
    return f"select count(distinct {column}) from marts.fct_cluster_listings where {_READ}"


_FAN_OUT = "a join that fans out at least doubles rows, a corrected document rarely adds half as many again"
BOUNDS = (
    Bound(
        "documents",
        "select count(*) from marts.dim_sources where {documents}",
        0.1,
        math.inf,
        0,
        "documents are taken out by `jiqun remove`",
    ),
    Bound("listings", _rows("marts.fct_cluster_listings"), 0.1, 0.5, 1, f"sources are not shortened; {_FAN_OUT}"),
    Bound("clusters", _referred("cluster_id"), 0.1, 0.5, 1, f"better matching joins few clusters at a time; {_FAN_OUT}"),
    Bound("localities", _referred("locality_id"), 0.1, 0.5, 1, f"places are known for years; {_FAN_OUT}"),
    Bound("industries", _referred("industry_id"), 0.2, 0.5, 1, "a new synonym joins a few industries, a broken classifier all of them"),
    Bound("provinces covered", _referred("province_code_gb2260"), 0.0, math.inf, 0, "a province is lost only if all its clusters are"),
    Bound("tallies", _rows("marts.fct_province_tallies"), 0.1, 0.5, 1, f"declared counts stand in print; {_FAN_OUT}"),
    Bound("awards", _rows("marts.fct_awards"), 0.1, 0.5, 1, f"named winners stand in print; {_FAN_OUT}"),
    Bound("statistics", _rows("marts.fct_statistics"), 0.1, 0.5, 1, f"figures stand in print; {_FAN_OUT}"),
)


@dataclass(frozen=True, slots=True)
class Breach:
    """One number that moved too far."""

    name: str
    before: int
    after: int
    what: str

    def __str__(self) -> str:
        return self.what


def breaches(before: duckdb.DuckDBPyConnection, after: duckdb.DuckDBPyConnection, removed: Collection[str] = ()) -> list[Breach]:
    """The bounds a candidate breaks against the last release.

    Args:
        before: The last release, in use.
        after: The candidate, in use.
        removed: File names (`dim_sources.file_name`) a person took out of raw on purpose.
    """
    kept = _documents(before) - set(removed)
    both = kept & _documents(after)
    found = []
    for bound in BOUNDS:
        was, now = _count(before, bound, kept), _count(after, bound, None)
        if bound.is_broken(was, now, grown=False):
            found.append(
                Breach(bound.name, was, now, f"{bound.name} fell from {was:,} to {now:,} (at most {bound.loss:.0%} may go: {bound.reason})")
            )
        was, now = _count(before, bound, both), _count(after, bound, both)
        if bound.is_broken(was, now, grown=True):
            what = f"{bound.name} of the same documents rose from {was:,} to {now:,} (at most {bound.growth:.0%} may come: {bound.reason})"
            found.append(Breach(bound.name, was, now, what))
    return found


def _documents(connection: duckdb.DuckDBPyConnection) -> set[str]:
    return {name for (name,) in connection.execute("select file_name from marts.dim_sources").fetchall()}


def _count(connection: duckdb.DuckDBPyConnection, bound: Bound, documents: set[str] | None) -> int:
    chosen = "true" if documents is None else f"list_contains([{', '.join(map(literal, sorted(documents)))}]::varchar[], file_name)"
    row = connection.execute(bound.query.format(documents=chosen)).fetchone()
    return int(row[0]) if row else 0
