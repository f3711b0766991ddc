"""`jiqun diff`: what differs between two releases."""

from dataclasses import asdict
from typing import Annotated

import typer

from orchestration.commands.options import AsJson, WarehouseFolder, release_ids
from orchestration.common.console import answer, answer_json
from orchestration.paths import Warehouse

_NAME = "A release id, a beginning of one, `current` or `previous`."


def diff(
    warehouse: WarehouseFolder,
    before: Annotated[str, typer.Argument(metavar="A", help=_NAME, autocompletion=release_ids)] = "previous",
    after: Annotated[str, typer.Argument(metavar="B", help=_NAME, autocompletion=release_ids)] = "current",
    limit: Annotated[
        int, typer.Option(min=0, help="Rows listed per table and kind of difference; 0 for all. Counts are always complete.")
    ] = 20,
    as_json: AsJson = False,
) -> None:
    """Say what differs from release A to release B: rows added, gone and changed field by field, and raw files."""
    from orchestration.releasing.difference import diff as compare
    from orchestration.releasing.difference import render
    from orchestration.releasing.store import find

    place = Warehouse(warehouse)
    found = compare(find(place, before), find(place, after), limit or None)
    if as_json:
        answer_json(asdict(found))
        return
    for line in render(found):
        answer(line)
