"""The options that every command spells alike, and what a shell may complete."""

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

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


def with_raw(command: Callable[..., None]) -> Callable[..., None]:
    """A command that takes `--raw` although it reads nothing there: a script may say both folders to every command."""
    signature = inspect.signature(command)
    if "raw" in signature.parameters:
        return command

    @functools.wraps(command)
    def taking(*arguments: Any, raw: Path, **options: Any) -> None:  # noqa: ARG001  (taken, not read)
        command(*arguments, **options)

    raw = inspect.Parameter("raw", inspect.Parameter.KEYWORD_ONLY, annotation=RawFolder)
    taking.__signature__ = signature.replace(parameters=[*signature.parameters.values(), raw])  # type: ignore[attr-defined]  # what Typer reads
    taking.__annotations__ = {**command.__annotations__, "raw": RawFolder}
    return taking


def release_ids(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The releases whose id may be meant, newest first, each with when it was made: what a shell offers at the Tab key."""
    from orchestration.releasing.store import releases

    place = Warehouse(context.params.get("warehouse") or ROOT / "warehouse")
    return [(release.id, release.created_at) for release in releases(place) if release.id.startswith(incomplete)]
