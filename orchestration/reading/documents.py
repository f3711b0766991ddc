"""From a raw folder to decoded documents: finding, reading bytes, telling media type and encoding, refusing what cannot be read.

Nothing here knows what a document says. A refusal names the file, the reason and the next step; the other documents go on.
"""

import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestration.errors import BadInput
from orchestration.paths import REMOTE_SOURCES, SIDE_CAR_SUFFIX
from orchestration.reading.containers import TextContainer, container_of
from orchestration.reading.containers.contents import Contents, Unreadable
from orchestration.reading.keys import HAN, simplified
from orchestration.reading.layout import Document
from orchestration.reading.sidecar import SideCar, load_side_car, side_car_of, with_front_matter

MOST_BYTES = 64 * 1024 * 1024
LONGEST_LINE = 1_000_000
MOST_LINES = 200_000  # a line that is asked about takes some 5 kB while it is read: a gigabyte

# Files whose first bytes say that they are not text, and what people call them.
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive, and no .docx or .xlsx"),
    (b"\xd0\xcf\x11\xe0", "an Office file of the old kind, or one with a password"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
)
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SAVE_AS_UTF8 = "save it as UTF-8 and add it again"


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
        text, encoding = decode(data, name)
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


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of these bytes, and the encoding they are in.

    A byte order mark is believed; then UTF-8; then UTF-16 by its zero bytes; then the two Chinese encodings by how many of the
    characters they give are common ones; then a Western one. Damaged UTF-8 is not read as something else.

    Raises:
        Refusal: Not text, or not decodable; the reason says at which byte.
    """
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise Refusal(name, f"the file is {what}, not text", "add the document as text")
    for mark, encoding in _BOMS:
        if data == mark:
            raise Refusal(name, "the file holds a byte order mark and nothing else", "fetch it again, or remove it")
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name, len(mark)), encoding
    try:
        text, encoding = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        text, encoding = _undeclared(data, error, name)
    else:
        if "\0" in text:
            text, encoding = _utf16(data, name)
    _check_text(text, name)
    return text, encoding


def _strict(data: bytes, encoding: str, name: str, offset: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refusal(name, f"declares {encoding} but byte {offset + error.start} does not decode", _SAVE_AS_UTF8) from error


def _undeclared(data: bytes, error: UnicodeDecodeError, name: str) -> tuple[str, str]:
    if b"\0" in data:
        return _utf16(data, name)
    lenient = data.decode("utf-8", "replace")
    wrong = lenient.count("\ufffd")
    if sum(c > "\x7f" for c in lenient) - wrong > 2 * wrong:
        raise Refusal(name, f"UTF-8 with damage: byte {error.start} does not decode", "fetch the document again")
    chinese = [(_commonness(text), encoding, text) for encoding in ("gb18030", "big5") if (text := _try(data, encoding))]
    if chinese and max(chinese)[0] > 0.7:
        _, encoding, text = max(chinese)
        return text, encoding
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=["cp1252", "big5", "gb18030"]).best()
    if best is None:
        raise Refusal(name, f"not text in a known encoding: byte {error.start} is not UTF-8", _SAVE_AS_UTF8)
    return str(best), best.encoding


def _utf16(data: bytes, name: str) -> tuple[str, str]:
    """Zero bytes at odd places are UTF-16 little-endian, at even places big-endian; anything else is no text."""
    encoding = "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"
    text = _try(data, encoding)
    if text is None or "\0" in text:
        raise Refusal(name, f"not text: a zero byte at {data.index(0)}", "add the document as text")
    return text, encoding


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _commonness(text: str) -> float:
    """The share of the non-ASCII characters that are common Chinese ones (level 1 of GB 2312) or their punctuation."""
    foreign = [c for c in simplified(text[:20_000]) if c > "\x7f"]
    return sum(_is_common(c) for c in foreign) / max(len(foreign), 1)


def _is_common(character: str) -> bool:
    if not HAN.match(character):
        return "\u3000" <= character <= "\u303f" or "\uff00" <= character <= "\uffef"
    try:
        return character.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


def _check_text(text: str, name: str) -> None:
    if len(_CONTROLS.findall(text, 0, 100_000)) > min(len(text), 100_000) / 100 + 2:
        raise Refusal(name, "not text: more than one character in a hundred is a control character", "add the document as text")
