"""`jiqun add FILE`: land a document in raw, with what is known of it."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from orchestration.commands.options import AsJson, RawFolder, WarehouseFolder
from orchestration.common.console import answer, answer_json, say
from orchestration.paths import Warehouse

_DAY = "Day, 2010-06-30, or month, 2010-06."


def add(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The document; a side-car FILE.meta.yml beside it comes along.")],
    raw: RawFolder,
    warehouse: WarehouseFolder,
    *,
    title: Annotated[str, typer.Option(help="Its title.")] = "",
    publisher: Annotated[str, typer.Option(help="Who published it.")] = "",
    url: Annotated[str, typer.Option(help="Where it was found.")] = "",
    published_on: Annotated[str, typer.Option(metavar="DATE", help=f"When it was published. {_DAY}")] = "",
    as_of: Annotated[
        str, typer.Option(metavar="DATE", help=f"The day its facts are of; place names and codes are those of then. {_DAY}")
    ] = "",
    accessed_on: Annotated[str, typer.Option(metavar="DATE", help=f"When it was fetched. {_DAY}")] = "",
    language: Annotated[str, typer.Option(help="en, zh-Hans, zh-Hant, ...")] = "",
    licence: Annotated[str, typer.Option(help="Under what terms it may be used.")] = "",
    layout: Annotated[str, typer.Option(help="How it is laid out, where the text is taken for something else.")] = "",
    into: Annotated[str | None, typer.Option(metavar="FOLDER", help="Folder within raw; else one named for the publisher.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace the document of this name, or what its side-car says.")] = False,
    as_json: AsJson = False,
) -> None:
    """Land a document in raw, its side-car written from the options. What cannot be read is refused, and nothing is landed."""
    from orchestration.raw.landing import land

    said = {
        "title": title,
        "publisher": publisher,
        "url": url,
        "published_on": published_on,
        "as_of_date": as_of,
        "accessed_on": accessed_on,
        "language": language,
        "licence": licence,
        "layout": layout,
    }
    landed = land(raw, Warehouse(warehouse), file, {k: v for k, v in said.items() if v.strip()}, into=into, is_replacing=replace)
    if as_json:
        answer_json(asdict(landed))
        return
    if landed.outcome == "unchanged":
        answer(f"{landed.file_name} is in raw already, exactly so.")
        return
    answer(f"{landed.outcome.capitalize()} {landed.file_name} (source {landed.source_id}).")
    for key, value in landed.side_car.items():
        answer(f"  {key}: {value}")
    say("Next: `jiqun refresh`.")
