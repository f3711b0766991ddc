"""Draws dbt's own documentation of the models as one page, with the tables of the current release as its catalogue.

Run from the root: `python -m tools.dbt_docs [WAREHOUSE]`, or `make docs`. On demand, and beside the releases instead of in each: dbt
writes clock and run into the page, while the same inputs make the same release; and it takes as long as everything else in a refresh.
"""

import os
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from orchestration.errors import BadInput, JiqunError
from orchestration.paths import DBT_PROJECT, ROOT, SEEDS, Warehouse
from orchestration.releasing.store import Release, current

_PARSED = "partial_parse.msgpack"


def draw(place: Warehouse, release: Release) -> Path:
    """Write `dbt_docs/<release id>.html` into the warehouse, and say where.

    Raises:
        JiqunError: dbt failed.
    """
    from dbt.cli.main import dbtRunner

    with TemporaryDirectory(prefix="jiqun-dbt-docs-") as name:
        folder = Path(name)
        # A copy: dbt opens its database for writing. What a refresh has parsed need not be parsed again.
        shutil.copyfile(release.database, folder / "build.duckdb")
        if (place.root / "dbt" / _PARSED).is_file():
            shutil.copyfile(place.root / "dbt" / _PARSED, folder / _PARSED)
        os.environ.update(JIQUN_BUILD_DB=str(folder / "build.duckdb"), JIQUN_SEEDS=str(SEEDS))
        outcome = dbtRunner().invoke(
            [
                *("--quiet", "--no-send-anonymous-usage-stats", "docs", "generate", "--static"),
                *("--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)),
                *("--target-path", str(folder), "--log-path", str(folder)),
            ]
        )
        if not outcome.success:
            raise JiqunError(
                f"dbt could not draw its documentation: {outcome.exception}", "`jiqun refresh` shows whether the models parse."
            )
        page = place.root / "dbt_docs" / f"{release.id}.html"
        page.parent.mkdir(exist_ok=True)
        shutil.copyfile(folder / "static_index.html", page)
    return page


def main() -> None:
    """Draw the page for the current release of a warehouse, `warehouse/` where none is named."""
    place = Warehouse(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "warehouse")
    release = current(place)
    if release is None:
        raise BadInput(f"{place.root} holds no release to document", "`make run` makes the first.")
    print(draw(place, release))


if __name__ == "__main__":
    try:
        main()
    except JiqunError as error:
        sys.exit(f"{error.message}\n{error.hint}")
