"""`jiqun rollback`: switch readers back to a kept release."""

from dataclasses import asdict
from typing import Annotated

import typer

from orchestration.commands.options import AsJson, WarehouseFolder, release_ids
from orchestration.common.console import answer, answer_json, say
from orchestration.common.lock import hold
from orchestration.paths import Warehouse


def rollback(
    release_id: Annotated[
        str, typer.Argument(metavar="ID", help="A release id, a beginning of one, or `previous`.", autocompletion=release_ids)
    ],
    warehouse: WarehouseFolder,
    *,
    reason: Annotated[str, typer.Option(help="Why, for whoever wonders later.")] = "",
    as_json: AsJson = False,
) -> None:
    """Switch readers to a kept release, once every byte of it has been checked. What they have open they keep.

    It lasts: a refresh makes the release switched away from again only when somebody rolls back to it, or raw or code have changed.
    """
    from orchestration.releasing.publishing import rollback as switch
    from orchestration.releasing.rolled_back import rolled_back
    from orchestration.releasing.store import current_or_none, find

    place = Warehouse(warehouse)
    release = find(place, release_id)
    with hold(place):
        before = current_or_none(place)
        switch(place, release, reason=reason)
    standing = rolled_back(place)
    if as_json:
        answer_json(
            {
                "release_id": release.id,
                "before": before.id if before else None,
                "where": str(place.current),
                "rolled_back": asdict(standing) if standing else None,
            }
        )
        return
    answer(f"Readers now see release {release.id}, made {release.created_at}.")
    if standing:
        say(f"Refreshes leave it so until raw or code change; `jiqun rollback {standing.releases[0]}` returns to the newest.")
    else:
        say("The next refresh publishes what raw and the code say then.")
