"""From a raw folder to decoded documents: finding, reading bytes, refusing what cannot be read.

Nothing here knows what a document says. A refusal names the file, the reason and the next step; the other documents go on.
"""

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestration.errors import BadInput
from orchestration.paths import REMOTE_SOURCES, SIDE_CAR_SUFFIX
from orchestration.reading.containers import TextContainer, container_of
from orchestration.reading.containers.contents import Contents, Unreadable
from orchestration.reading.encodings import decode
from orchestration.reading.layout import Document
from orchestration.reading.sidecar import SideCar, load_side_car, side_car_of, with_front_matter

MOST_BYTES = 64 * 1024 * 1024
LONGEST_LINE = 1_000_000
MOST_LINES = 200_000  # a line that is asked about takes some 5 kB while it is read: a gigabyte


class Refusal(BadInput):
    """A file of the raw folder that is not read, and why. The documents around it are.

    Attributes:
        file_name: Path relative to the raw folder, printable.
        source_id: Of the document already read, where this file has the same bytes; else None.
    """

    def __init__(self, file_name: str, reason: str, suggestion: str, source_id: str | None = None) -> None:
        super().__init__(f"{file_name}: {reason}", suggestion)
        self.file_name = file_name
        self.reason = reason
        self.source_id = source_id

    def __reduce__(self) -> tuple[type["Refusal"], tuple[str, str, str, str | None]]:
        """So that it can be handed over by a process that reads."""
        return Refusal, (self.file_name, self.reason, self.hint, self.source_id)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document and what its bytes were."""

    document: Document
    sha256: str
    byte_count: int
    encoding: str


@dataclass(frozen=True, slots=True)
class Found:
    """A file that is a document.

    Attributes:
        path: In the raw folder; its side-car stands beside it.
        file_name: Path relative to the raw folder.
        stored: Where the bytes to read are, if not there: of an earlier version, while this one is held back.
    """

    path: Path
    file_name: str
    stored: Path | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """The bytes of a document, and of its side-car if it has one; all that decoding needs, wherever it happens."""

    file_name: str
    data: bytes
    side_car: bytes | None


def find_documents(raw: Path) -> tuple[list[Found], list[Refusal]]:
    """The documents of a raw folder in the order of their names, and what lies there that is none.

    `README*`, dot-files, side-cars and the list of remote sources are not documents. Links that leave the folder, side-cars without a
    document and things that are not files are refused.

    Raises:
        BadInput: The folder does not exist.
    """
    if not raw.is_dir():
        raise BadInput(f"{raw}: no such folder", "make it, or point --raw at the folder of the documents")
    found, refused = [], []
    root = raw.resolve()
    for path in sorted(_files(raw)):
        name = path.relative_to(raw).as_posix()
        try:
            _check_place(path, name, root)
        except Refusal as refusal:
            refused.append(refusal)
            continue
        if not name.endswith(SIDE_CAR_SUFFIX):
            found.append(Found(path, name))
        elif not (document := path.with_name(path.name.removesuffix(SIDE_CAR_SUFFIX))).exists():
            refused.append(Refusal(name, "a side-car without its document", f"put {document.name} beside it, or remove it"))
    return found, refused


def _files(raw: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(raw):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (here / name for name in folders if (here / name).is_symlink())
        yield from (here / name for name in files if not name.startswith((".", "README")) and here / name != raw / REMOTE_SOURCES)


def _check_place(path: Path, name: str, root: Path) -> None:
    try:
        name.encode()
    except UnicodeEncodeError:
        shown = name.encode("utf-8", "backslashreplace").decode()
        raise Refusal(shown, "its name is not UTF-8", "rename the file") from None
    if any(unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") for character in name):
        shown = name.encode("unicode_escape").decode("ascii")
        raise Refusal(shown, "its name holds control characters", "rename the file")
    if path.is_symlink() and not path.resolve().is_relative_to(root):
        raise Refusal(name, "a link that leaves the raw folder", "put the document itself into the raw folder")
    if path.is_symlink() and path.is_dir():
        raise Refusal(name, "a link to a folder", "its documents are read where they are: remove the link")


def decode_document(found: Found) -> Decoded:
    """Reads, checks and decodes one document with its side-car.

    Raises:
        Refusal: It cannot be read: gone, forbidden, empty, not text, undecodable, or its side-car is broken.
    """
    return decode_loaded(load_document(found))


def load_document(found: Found) -> Loaded:
    """The bytes of a document and of its side-car; nothing is looked at yet.

    Raises:
        Refusal: It is gone, forbidden, no file or too large.
    """
    data = _bytes_of(found.stored or found.path, found.file_name)
    side_car = side_car_of(found.path)
    return Loaded(found.file_name, data, _bytes_of(side_car, found.file_name + SIDE_CAR_SUFFIX) if side_car.exists() else None)


def decode_loaded(found: Loaded) -> Decoded:
    """Checks and decodes the bytes of a document, wherever they were loaded.

    Raises:
        Refusal: Empty, not text, undecodable, or its side-car is broken.
    """
    data, side_car = found.data, _side_car(found)
    if not data:
        raise Refusal(found.file_name, "the file is empty (zero bytes)", "fetch it again, or remove it")
    media_type, contents, encoding = _contents(data, found.file_name)
    side_car = with_front_matter(side_car, contents.front_text)
    longest = max(map(len, contents.lines), default=0)
    if longest > LONGEST_LINE:
        raise Refusal(found.file_name, f"a line of {longest:,} characters (at most {LONGEST_LINE:,})", "break the text into lines")
    if len(contents.lines) > MOST_LINES:
        raise Refusal(found.file_name, f"{len(contents.lines):,} lines (at most {MOST_LINES:,})", "split the document")
    sha256 = hashlib.sha256(data).hexdigest()
    day = side_car.as_of_date or side_car.published_on
    document = Document(
        source_id=sha256[:16],
        file_name=found.file_name,
        media_type=media_type,
        lines=contents.lines,
        cells=contents.grids,
        side_car=side_car,
        year=day.year if day else None,
        front=contents.front,
        links=contents.links,
    )
    return Decoded(document, sha256, len(data), encoding)


def _contents(data: bytes, name: str) -> tuple[str, Contents, str]:
    """The media type of these bytes, their lines and grids, and the encoding (`binary` for formats that are no text)."""
    try:
        container = container_of(name, data)
        if len(data) > container.most_bytes:
            raise Refusal(name, f"{len(data):,} bytes of {container.media_type} (at most {container.most_bytes:,})", "split the document")
        if not isinstance(container, TextContainer):
            return container.media_type, container.read(data), "binary"
        text, encoding = decode(data)
        return container.media_type, container.read(text), encoding
    except Unreadable as error:
        raise Refusal(name, error.reason, error.suggestion) from error


def _bytes_of(path: Path, name: str) -> bytes:
    """The file's bytes. A pipe or device is refused before it is opened: opening it could wait for ever."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Refusal(name, "not a file", "remove it from the raw folder")
        if status.st_size > MOST_BYTES:
            raise Refusal(name, f"{status.st_size:,} bytes (at most {MOST_BYTES:,})", "split the document")
        return path.read_bytes()
    except FileNotFoundError:
        raise Refusal(name, "the file vanished while being read", "put it back, or refresh again") from None
    except PermissionError:
        raise Refusal(name, "no permission to read the file", f"chmod +r {name}") from None
    except OSError as error:
        raise Refusal(name, f"the file cannot be read: {error.strerror}", "check the disk, then refresh again") from error


def _side_car(found: Loaded) -> SideCar:
    if found.side_car is None:
        return SideCar()
    try:
        return load_side_car(found.side_car, found.file_name + SIDE_CAR_SUFFIX)
    except BadInput as error:
        raise Refusal(found.file_name, f"its side-car is wrong: {error.message}", error.hint) from error
