"""`jiqun remove SOURCE`: take a document out of raw on purpose."""

import shlex
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from orchestration.commands.options import AsJson, RawFolder, WarehouseFolder
from orchestration.common.console import answer, answer_json, say
from orchestration.common.lock import hold
from orchestration.paths import Warehouse


def remove(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A source id, a path or file name, or the beginning of one.")],
    raw: RawFolder,
    warehouse: WarehouseFolder,
    as_json: AsJson = False,
) -> None:
    """Take a document and its side-car out of raw on purpose, so that the next release does not miss what it says.

    The warehouse keeps the bytes until a file of that name is in raw again. A document that vanished from raw may be named too.
    """
    from orchestration.raw.removing import take_out

    place = Warehouse(warehouse)
    with hold(place):
        record = take_out(raw, place, source)
    back = list(_commands(raw, place, record.file_name, record.sha256, record.side_car_sha256))
    if as_json:
        answer_json({**asdict(record), "bring_back": back})
        return
    answer(f"Took {record.file_name} out of raw (source {record.sha256[:16]}).")
    say("Next: `jiqun refresh` releases without it; `jiqun diff` then shows what went. To bring it back:")
    for command in back:
        say(f"  {command}")


def _commands(raw: Path, place: Warehouse, name: str, sha256: str, side_car_sha256: str | None) -> list[str]:
    from orchestration.deciding.admission import stored_document
    from orchestration.reading.sidecar import side_car_of

    target = raw / name
    copies = [(side_car_sha256, side_car_of(target)), (sha256, target)]
    lines = [shlex.join(["cp", str(stored_document(place, sha)), str(path)]) for sha, path in copies if sha]
    return [shlex.join(["mkdir", "-p", str(target.parent)]), *lines]
