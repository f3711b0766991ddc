"""The command line: `jiqun`. Registers the commands, and turns an error into a message, a next step and an exit status."""

import sys
from typing import Annotated

import typer

from orchestration.commands.add import add
from orchestration.commands.diff import diff
from orchestration.commands.explain import explain
from orchestration.commands.options import with_raw
from orchestration.commands.query import query
from orchestration.commands.refresh import refresh
from orchestration.commands.releases import releases
from orchestration.commands.remove import remove
from orchestration.commands.review import review
from orchestration.commands.rollback import rollback
from orchestration.commands.site import site
from orchestration.commands.status import status
from orchestration.commands.verify import verify
from orchestration.commands.why import why
from orchestration.common.console import answer, say
from orchestration.errors import JiqunError

app = typer.Typer(
    name="jiqun",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",  # help flows to the width there is, whatever lines a docstring has
)
for command in (refresh, status, add, remove, query, explain, why, releases, diff, rollback, verify, site):
    app.command()(with_raw(command))
app.add_typer(review, name="review")


def _version(is_asked: bool) -> None:
    if is_asked:
        from importlib.metadata import version

        answer(f"jiqun {version('jiqun')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")] = False,
) -> None:
    """集群: a quality-gated warehouse of China's industrial clusters."""


def main() -> None:
    """Run a command. Exit status: 0 done, 2 bad input, 3 gate refused, 4 warehouse busy, 1 anything else (CONTRACT.md)."""
    try:
        app()
    except JiqunError as error:
        say(f"jiqun: {error.message}")
        if error.hint:
            say(f"       {error.hint}")
        sys.exit(error.exit_status)
    except KeyboardInterrupt:
        say("jiqun: stopped; the current release is untouched")
        sys.exit(1)


if __name__ == "__main__":
    main()
