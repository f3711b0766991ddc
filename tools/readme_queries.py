"""Fills README.md between `<!-- queries -->` and `<!-- /queries -->`: the queries of examples/queries.sql, each with its answer.

The answers are those of the current release. Run from the root: `python -m tools.readme_queries [WAREHOUSE]`, or `make queries`.
"""

import io
import re
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

from orchestration.asking.querying import run_query
from orchestration.asking.writing import write_rows
from orchestration.errors import BadInput, JiqunError
from orchestration.paths import ROOT, Warehouse
from orchestration.releasing.store import Release, current

README = ROOT / "README.md"
QUERIES = ROOT / "examples" / "queries.sql"
BEGIN, END = "<!-- queries -->", "<!-- /queries -->"
_SECONDS = 60


def queries() -> Iterator[tuple[str, str]]:
    """Each query of the examples as (title, SQL): a comment of one line, then one statement."""
    for part in re.split(r"^-- ", QUERIES.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, _, sql = part.partition("\n")
        yield title, sql.strip().removesuffix(";")


def block(release: Release) -> str:
    """All queries with what they answer on a release, as Markdown."""
    return "\n".join(f"**{title}**\n\n```sql\n{sql}\n```\n\n```text\n{answer(release, sql)}```\n" for title, sql in queries())


def answer(release: Release, sql: str) -> str:
    """What `jiqun query SQL` prints where there is no terminal."""
    with redirect_stdout(io.StringIO()) as printed, run_query(release, sql, _SECONDS) as rows:
        write_rows(rows, "table")
    return printed.getvalue()


def filled(text: str, content: str) -> str:
    """A document with the block between its markers replaced.

    Raises:
        BadInput: It lacks the markers.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise BadInput("README.md lacks its block of queries", f"Put the lines {BEGIN} and {END} where they should stand.")
    return f"{before}{begin}\n{content}{end}{after}"


def main() -> None:
    """Fill README.md from the current release of a warehouse, `warehouse/` where none is named."""
    place = Warehouse(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "warehouse")
    release = current(place)
    if release is None:
        raise BadInput(f"{place.root} holds no release to ask", "`make run` makes the first.")
    README.write_text(filled(README.read_text(encoding="utf-8"), block(release)), encoding="utf-8")


if __name__ == "__main__":
    try:
        main()
    except JiqunError as error:
        sys.exit(f"{error.message}\n{error.hint}")
