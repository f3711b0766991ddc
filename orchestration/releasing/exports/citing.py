"""How a release is cited: its id, and the sources it was made from. Text only; where it is written is others' matter."""

import duckdb

from orchestration.common.console import printable

CITATION = "CITATION.txt"
TITLE = "Jiqun 集群: China's industrial clusters"
# What travels inside other files names this many sources, and the rest by their number: there may be a hundred thousand.
SOURCES_INSIDE = 20


def citation(connection: duckdb.DuckDBPyConnection, release_id: str, at_most: int | None = None) -> str:
    """The citation of an open release, one line for itself and one for each source in the order of their files.

    Args:
        connection: To the release's database.
        release_id: Of that release.
        at_most: How many sources are named; the others are counted. None names all.
    """
    found = connection.execute(
        "select publisher, title, published_on, url, licence, file_name, source_id from marts.dim_sources order by file_name, source_id"
    ).fetchall()
    named = found if at_most is None else found[:at_most]
    lines = [
        f"{TITLE}. Release {release_id}, made from {len(found):,} {'document' if len(found) == 1 else 'documents'}.",
        "A fact is its source's: beside the release, cite the document that the row's source_id names.",
        "",
        *(f"[{source_id}] {'. '.join(_line(part) for part in parts if part is not None)}." for *parts, source_id in named),
    ]
    if left := len(found) - len(named):
        lines.append(f"... and {left:,} more: {CITATION} of the release names all.")
    return "\n".join(lines) + "\n"


def _line(part: object) -> str:
    """A title from a side-car in one line, with nothing in it that a terminal would act on, and no second full stop."""
    return printable(" ".join(str(part).split())).rstrip(".")
