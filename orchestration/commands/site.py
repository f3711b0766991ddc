"""`jiqun site`: the current release's page on this machine only."""

import sys
from typing import Annotated

import typer

from orchestration.commands.options import WarehouseFolder
from orchestration.common.console import answer, say
from orchestration.paths import Warehouse


def site(
    warehouse: WarehouseFolder,
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="PORT", help="The port; 0 takes any that is free.")] = 0,
) -> None:
    """Serve the current release's page on 127.0.0.1 until Ctrl-C. A refresh meanwhile is seen at the next reload."""
    from orchestration.releasing.site.serving import HOST, folder_of, serve

    place = Warehouse(warehouse)
    folder_of(place)
    with serve(place, port) as server:
        answer(f"http://{HOST}:{server.server_port}/")
        sys.stdout.flush()  # whoever reads it through a pipe waits for the address
        say("Ctrl-C stops it.")
        try:
            server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            say("")
