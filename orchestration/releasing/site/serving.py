"""The page of whatever release is current, over HTTP on this machine only. Serves files; draws nothing."""

import functools
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from orchestration.errors import BadInput, JiqunError
from orchestration.paths import Warehouse
from orchestration.releasing.store import current

HOST = "127.0.0.1"
_HEADERS = {
    # What a meta element cannot say: nobody frames the page. The page itself says what it may load.
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def serve(place: Warehouse, port: int) -> ThreadingHTTPServer:
    """A server of the page, not yet serving.

    Raises:
        BadInput: The port is taken or not allowed.
    """
    try:
        return ThreadingHTTPServer((HOST, port), functools.partial(Handler, place))
    except OSError as error:
        raise BadInput(f"Port {port} of {HOST} cannot be used: {error.strerror}", "Leave --port out: any free port is taken.") from error


def folder_of(place: Warehouse) -> Path:
    """The page's folder in the current release, as it is now.

    Raises:
        BadInput: There is no release, or it has no page.
    """
    release = current(place)
    if release is None:
        raise BadInput(f"{place.root} holds no release to show", "`jiqun refresh` makes the first.")
    if not (release.path / "site" / "index.html").is_file():
        raise BadInput(f"Release {release.id} has no page", "`jiqun verify` says what is damaged.")
    return release.path / "site"


class Handler(SimpleHTTPRequestHandler):
    """Files of the page's folder, looked up in whatever release is current at each request."""

    def __init__(self, place: Warehouse, *args: Any, **kwargs: Any) -> None:
        self.place = place
        super().__init__(*args, **kwargs)

    def send_head(self) -> Any:
        """Answer for names of this machine only: a page elsewhere whose name is made to point here gets nothing."""
        if self.headers.get("Host", "").rsplit(":", 1)[0] not in (HOST, "localhost"):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return None
        try:
            self.directory = str(folder_of(self.place))
        except JiqunError as error:
            self.send_error(HTTPStatus.NOT_FOUND, error.message)
            return None
        return super().send_head()

    def list_directory(self, *_: Any) -> None:
        """No listings of folders."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        """Every answer with the same strict headers."""
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def version_string(self) -> str:
        """Nothing about versions."""
        return "jiqun"

    def log_message(self, format: str, *args: Any) -> None:
        """No line per request."""
