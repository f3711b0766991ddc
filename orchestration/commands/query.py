"""`jiqun query`: SQL on the current release, which can read that release and nothing else."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from orchestration.commands.options import AsJson, WarehouseFolder
from orchestration.common.console import say
from orchestration.errors import BadInput
from orchestration.paths import Warehouse


def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One SELECT; `-` reads it from standard input. Schemas marts and audit.")],
    warehouse: WarehouseFolder,
    *,
    form: Annotated[Literal["table", "csv", "json", "parquet"], typer.Option("--format", help="How rows are written.")] = "table",
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Write to this new file instead of standard output.")] = None,
    timeout: Annotated[float, typer.Option(min=0.001, metavar="SECONDS", help="Stop the query after this long.")] = 60,
    as_json: AsJson = False,
) -> None:
    """Ask the current release.

    A query reads the release and nothing else: no file, network, extension or setting, and it writes nothing. In CSV, text that a
    spreadsheet would run as a formula has an apostrophe in front; JSON and Parquet are exact. All but the table stream: rows may be
    more than memory holds.
    """
    from orchestration.asking.querying import run_query, write_parquet
    from orchestration.asking.writing import new_file, write_rows
    from orchestration.releasing.store import current

    place = Warehouse(warehouse)
    release = current(place)
    if release is None:
        raise BadInput(f"{place.root} holds no release to ask", "`jiqun refresh` makes the first.")
    text = sys.stdin.read() if sql == "-" else sql
    if form == "parquet" and not as_json:
        if output is None:
            raise BadInput("Parquet is no text that could be shown", "Name a file: --output FILE.parquet")
        with new_file(output) as temporary:
            count = write_parquet(release, text, timeout, temporary)
    else:
        with run_query(release, text, timeout) as rows:
            count = write_rows(rows, "json" if as_json else form, output)
    if output:
        say(f"{count:,} rows in {output}")
