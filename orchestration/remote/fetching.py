"""Getting one remote document: only when it changed, only of the kind expected, never more than fits, never waiting for ever."""

import mimetypes
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from orchestration.errors import JiqunError
from orchestration.reading.containers import container_of
from orchestration.reading.containers.contents import Unreadable
from orchestration.remote.listing import Source, can_name_a_document

_CHUNK = 64 * 1024
_REDIRECTS = 5
_MOST_FILES = 10_000
_BUSY = (408, 425, 429, 500, 502, 503, 504)

# What a server may call a file of these endings; `application/octet-stream` and no type at all say nothing, and the bytes decide.
_TYPES: dict[str, tuple[str, ...]] = {
    ".html": ("text/html", "application/xhtml+xml"),
    ".htm": ("text/html", "application/xhtml+xml"),
    ".txt": ("text/plain",),
    ".md": ("text/markdown", "text/plain"),
    ".csv": ("text/csv", "application/csv", "text/plain"),
    ".tsv": ("text/tab-separated-values", "text/plain"),
}
_SAYS_NOTHING = ("", "application/octet-stream", "binary/octet-stream")


class SourceUnreachable(JiqunError):
    """A source could not be fetched, or what it sent is not what is expected of it. What it said before stays."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long and how much.

    Attributes:
        connect_seconds: Until the server takes the call.
        silence_seconds: Until its next bytes.
        total_seconds: For the whole document, however steadily it drips.
        most_bytes: Of the document, unpacked.
        retries: Of what goes away by itself: a busy server, a lost connection.
        backoff_seconds: Before the second retry, doubled before each further, with as much jitter.
    """

    connect_seconds: float = 10
    silence_seconds: float = 30
    total_seconds: float = 600
    most_bytes: int = 64 * 1024 * 1024
    retries: int = 3
    backoff_seconds: float = 1


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a source sent. `marks` are what the next request asks with, so that an unchanged document is not sent again."""

    bytes: int
    marks: Mapping[str, str] = field(default_factory=dict)


def fetch(source: Source, marks: Mapping[str, str], target: Path, bounds: Bounds) -> Fetched | None:
    """Fetch a source's document into a file.

    Args:
        source: The source.
        marks: Those of the last time; empty where there was none.
        target: The file to write.
        bounds: What is allowed.

    Returns:
        None where the document is the one that bore these marks.

    Raises:
        SourceUnreachable: It could not be had, or is not what is expected.
    """
    fetched = _by_http(source, marks, target, bounds) if source.is_http else _by_fsspec(source, marks, target, bounds)
    if fetched is not None:
        _check_kind(source, target)
    return fetched


def files_below(folder: Source) -> list[str]:
    """The documents of a folder at any depth, by their paths below it; what raw would take for no document is none here either.

    Raises:
        SourceUnreachable: The folder cannot be listed, or holds more documents than anybody meant.
    """
    try:
        system, top = _located(folder)
        if not system.isdir(top):
            raise _unreachable(folder, "there is no such folder")
        found = sorted(system.find(top))
    except (OSError, ValueError, ImportError, NotImplementedError) as error:
        raise _unreachable(folder, _said(folder, error)) from error
    below = [path.removeprefix(top.rstrip("/")).lstrip("/") for path in found]
    named = [path for path in below if all(map(can_name_a_document, path.split("/")))]
    if len(named) > _MOST_FILES:
        raise _unreachable(folder, f"it holds {len(named):,} documents, more than {_MOST_FILES:,}")
    return named


def _by_http(source: Source, marks: Mapping[str, str], target: Path, bounds: Bounds) -> Fetched | None:
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3.exceptions import HTTPError
    from urllib3.util import Retry

    retry = Retry(
        total=bounds.retries,
        redirect=0,
        backoff_factor=bounds.backoff_seconds,
        backoff_jitter=bounds.backoff_seconds,
        status_forcelist=_BUSY,
        raise_on_status=False,
        # A server that asks for hours would hold the run for as long.
        respect_retry_after_header=False,
    )
    names = {"etag": "If-None-Match", "last_modified": "If-Modified-Since"}
    headers = {"User-Agent": "jiqun", **{names[key]: value for key, value in marks.items() if key in names}}
    with requests.Session() as session:
        session.max_redirects = _REDIRECTS
        for scheme in ("http://", "https://"):
            session.mount(scheme, HTTPAdapter(max_retries=retry))
        try:
            with session.get(
                source.url, headers=headers, timeout=(bounds.connect_seconds, bounds.silence_seconds), stream=True
            ) as response:
                if response.status_code == requests.codes.not_modified:
                    return None
                if response.status_code != requests.codes.ok:
                    raise _unreachable(source, f"it answered {response.status_code} {response.reason}")
                _check_type(source, response.headers.get("Content-Type", ""))
                size = _write(source, response.iter_content(_CHUNK), target, bounds)
        except requests.TooManyRedirects as error:
            raise _unreachable(source, f"it redirects more than {_REDIRECTS} times") from error
        except (requests.RequestException, HTTPError, UnicodeError) as error:
            raise _unreachable(source, _said(source, error)) from error
        found = {"etag": response.headers.get("ETag"), "last_modified": response.headers.get("Last-Modified")}
        return Fetched(size, {key: value for key, value in found.items() if value})


def _by_fsspec(source: Source, marks: Mapping[str, str], target: Path, bounds: Bounds) -> Fetched | None:
    try:
        system, path = _located(source)
        state = str(system.ukey(path))
        if marks.get("ukey") == state:
            return None
        with system.open(path, "rb") as file:
            size = _write(source, iter(lambda: file.read(_CHUNK), b""), target, bounds)
    except FileNotFoundError as error:
        raise _unreachable(source, "there is no such file") from error
    except (OSError, ValueError, ImportError, NotImplementedError) as error:
        # ImportError: fsspec names the package that this kind of location needs. ValueError: it knows no such kind.
        raise _unreachable(source, _said(source, error)) from error
    return Fetched(size, {"ukey": state})


def _located(source: Source) -> tuple[Any, str]:
    """The file system of a source, and its path there. A living process must not be told what it was told an hour ago."""
    import fsspec

    system, path = fsspec.core.url_to_fs(source.url)
    system.invalidate_cache()
    return system, path


def _write(source: Source, chunks: Iterable[Any], target: Path, bounds: Bounds) -> int:
    size, began = 0, time.monotonic()
    with target.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > bounds.most_bytes:
                raise _unreachable(source, f"it sends more than {bounds.most_bytes:,} bytes")
            if time.monotonic() - began > bounds.total_seconds:
                raise _unreachable(source, f"it was not done after {bounds.total_seconds:g} seconds")
            file.write(chunk)
    if not size:
        raise _unreachable(source, "it sends nothing")
    return size


def _check_type(source: Source, content_type: str) -> None:
    said = content_type.partition(";")[0].strip().lower()
    ending = Path(source.file_name).suffix.lower()
    guessed = mimetypes.guess_type(source.file_name)[0]
    expected = _TYPES.get(ending) or ((guessed,) if guessed else ())
    if said not in _SAYS_NOTHING and expected and said not in expected:
        raise _unreachable(source, f"it sends {said} where {expected[0]} is expected of {source.file_name}")


def _check_kind(source: Source, path: Path) -> None:
    """A server's word on the type is often wrong, and a page that says "not found" often calls itself a document."""
    data, name = path.read_bytes(), source.file_name
    beginning = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    is_page = beginning[:15].lower().startswith((b"<!doctype html", b"<html"))
    expected = container_of(name)
    try:
        is_expected = container_of(name, data) is expected and not (is_page and expected.media_type != "text/html")
    except Unreadable:
        is_expected = False
    if not is_expected:
        raise _unreachable(source, f"what it sends is no {expected.media_type}, as {name} is called: it begins with {beginning[:20]!r}")


def _said(source: Source, error: BaseException) -> str:
    # Of a try that was the last, what ended it; around it stands what it was tried with.
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return f"{type(error).__name__}: {' '.join(str(reason or error).split())[:300]}".replace(source.url, without_password(source.url))


def _unreachable(source: Source, why: str) -> SourceUnreachable:
    return SourceUnreachable(
        f"{source.name} ({without_password(source.url)}): {why}", "What it said before stays; it is asked again within the hour."
    )


def without_password(url: str) -> str:
    """An address as it may be shown and written down."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
