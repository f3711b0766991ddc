"""The options that every command spells alike. Types only."""

from pathlib import Path
from typing import Annotated

import typer

from orchestration.paths import RAW, ROOT

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
