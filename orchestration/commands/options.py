"""The options that every command spells alike, and what a shell may complete."""

from pathlib import Path
from typing import Annotated

import typer

from orchestration.paths import RAW, ROOT, Warehouse

RawFolder = Annotated[
    Path,
    typer.Option("--raw", metavar="DIR", envvar="JIQUN_RAW", help="The raw folder.", default_factory=lambda: RAW, show_default="raw/"),
]
WarehouseFolder = Annotated[
    Path,
    typer.Option(
        "--warehouse",
        metavar="DIR",
        envvar="JIQUN_WAREHOUSE",
        help="The warehouse folder.",
        default_factory=lambda: ROOT / "warehouse",
        show_default="warehouse/",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON document on standard output.")]


def release_ids(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The releases whose id may be meant, newest first, each with when it was made: what a shell offers at the Tab key."""
    from orchestration.releasing.store import releases

    place = Warehouse(context.params.get("warehouse") or ROOT / "warehouse")
    return [(release.id, release.created_at) for release in releases(place) if release.id.startswith(incomplete)]
