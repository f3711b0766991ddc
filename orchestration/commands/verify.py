"""`jiqun verify`: is a release, byte for byte and row for row, what was published?"""

from dataclasses import asdict
from typing import Annotated

import typer

from orchestration.commands.options import AsJson, WarehouseFolder, release_ids
from orchestration.common.console import answer, answer_json
from orchestration.errors import JiqunError
from orchestration.paths import Warehouse


def verify(
    warehouse: WarehouseFolder,
    release_id: Annotated[
        str, typer.Argument(metavar="[ID]", help="A release id, a beginning of one, `current` or `previous`.", autocompletion=release_ids)
    ] = "current",
    as_json: AsJson = False,
) -> None:
    """Check every file, table, the gate record and the seal of a release, and print its certificate.

    Exit status 1 where anything is wrong.
    """
    from orchestration.releasing.store import find
    from orchestration.releasing.verifying import certificate
    from orchestration.releasing.verifying import verify as problems_of

    release = find(Warehouse(warehouse), release_id)
    problems = problems_of(release)
    if as_json:
        answer_json({"release_id": release.id, "is_valid": not problems, "problems": [asdict(problem) for problem in problems]})
    elif problems:
        for problem in problems:
            answer(str(problem))
    else:
        answer(certificate(release))
    if problems:
        raise JiqunError(
            f"Release {release.id} is not what was published: {len(problems)} {'problem' if len(problems) == 1 else 'problems'}",
            "`jiqun refresh` makes the current state of raw again; `jiqun rollback ID` switches to another release.",
        )
