"""`jiqun rollback`: switch readers back to a kept release."""

from typing import Annotated

import typer

from orchestration.commands.options import AsJson, WarehouseFolder
from orchestration.console import answer, answer_json, say
from orchestration.lock import hold
from orchestration.paths import Warehouse


def rollback(
    release_id: Annotated[str, typer.Argument(metavar="ID", help="A release id, a beginning of one, or `previous`.")],
    warehouse: WarehouseFolder,
    as_json: AsJson = False,
) -> None:
    """Switch readers to a kept release, once every byte of it has been checked. What they have open they keep."""
    from orchestration.releasing.publishing import rollback as switch
    from orchestration.releasing.store import current_or_none, find

    place = Warehouse(warehouse)
    release = find(place, release_id)
    with hold(place):
        before = current_or_none(place)
        switch(place, release)
    if as_json:
        answer_json({"release_id": release.id, "before": before.id if before else None, "where": str(place.current)})
        return
    answer(f"Readers now see release {release.id}, made {release.created_at}.")
    say("The next refresh publishes what raw and the code say then.")
