"""Dagster's own services on this warehouse: `python -m orchestration.services dev|webserver|daemon [options of that service]`."""

import os
import signal
import sys
from pathlib import Path

from orchestration.common.console import say
from orchestration.errors import JiqunError
from orchestration.instance import open_instance, prepare_home, warehouse
from orchestration.paths import ROOT

_HERE = ("--host", "127.0.0.1")
# The command of each service, and the options it gets before those of the caller, who may therefore say otherwise.
SERVICES = {
    "dev": ("dagster", "dev", *_HERE),
    "webserver": ("dagster-webserver", *_HERE),
    "daemon": ("dagster-daemon", "run"),
}


def command(arguments: list[str]) -> list[str]:
    """The command line that a call of this module becomes.

    Raises:
        JiqunError: No such service.
    """
    name, *options = arguments or [""]
    if name not in SERVICES:
        raise JiqunError(f"There is no service {name!r}", f"Name one of: {', '.join(SERVICES)}.")
    program, *defaults = SERVICES[name]
    location = ["--module-name", "orchestration.definitions", "--working-directory", str(ROOT)]
    return [str(Path(sys.executable).parent / program), *defaults, *location, *options]


def main() -> None:
    """Become the service: this process is replaced, so that a signal to it is a signal to Dagster."""
    try:
        line = command(sys.argv[1:])
        if sys.argv[1] == "dev":  # which makes the instance before it starts the others
            prepare_home(warehouse())
        else:
            open_instance(warehouse()).dispose()
    except JiqunError as error:
        say(f"{error.message}\n{error.hint}")
        sys.exit(2)
    # Children of Dagster's call `dagster` and `dbt` by name.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    # A job in a shell's background starts with the interrupt ignored, and Dagster answers a request to end as it answers that.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.execv(line[0], line)


if __name__ == "__main__":
    main()
