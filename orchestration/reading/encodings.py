"""Bytes of text to characters: which encoding they are in. What is not text is told by its first bytes and its control characters."""

import re

from orchestration.reading.containers.contents import Unreadable
from orchestration.reading.keys import HAN, simplified

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
_CHINESE = ("gb18030", "big5", "big5hkscs")  # of equals the first: Hong Kong's characters only where Big5 has none
_SAVE_AS_UTF8 = "save it as UTF-8 and add it again"


def decode(data: bytes) -> tuple[str, str]:
    """The text of these bytes, and the encoding they are in.

    A byte order mark is believed; then UTF-8; then UTF-16 by its zero bytes; then the Chinese encodings by how many of the
    characters they give are common ones; then a Western one. Damaged UTF-8 is not read as something else.

    Raises:
        Unreadable: Not text, or not decodable; the reason says at which byte.
    """
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise Unreadable(f"the file is {what}, not text", "add the document as text")
    for mark, encoding in _BOMS:
        if data == mark:
            raise Unreadable("the file holds a byte order mark and nothing else", "fetch it again, or remove it")
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, len(mark)), encoding
    try:
        text, encoding = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        text, encoding = _undeclared(data, error)
    else:
        if "\0" in text:
            text, encoding = _utf16(data)
    _check_text(text)
    return text, encoding


def _strict(data: bytes, encoding: str, offset: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(f"declares {encoding} but byte {offset + error.start} does not decode", _SAVE_AS_UTF8) from error


def _undeclared(data: bytes, error: UnicodeDecodeError) -> tuple[str, str]:
    if b"\0" in data:
        return _utf16(data)
    lenient = data.decode("utf-8", "replace")
    wrong = lenient.count("\ufffd")
    if sum(c > "\x7f" for c in lenient) - wrong > 2 * wrong:
        raise Unreadable(f"UTF-8 with damage: byte {error.start} does not decode", "fetch the document again")
    chinese = [(_commonness(text), encoding, text) for encoding in _CHINESE if (text := _try(data, encoding))]
    share, encoding, text = max(chinese, key=lambda told: told[0], default=(0.0, "", ""))
    if share > 0.7:
        return text, encoding
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=["cp1252", "big5", "gb18030"]).best()
    if best is None:
        raise Unreadable(f"not text in a known encoding: byte {error.start} is not UTF-8", _SAVE_AS_UTF8)
    return str(best), best.encoding


def _utf16(data: bytes) -> tuple[str, str]:
    """Zero bytes at odd places are UTF-16 little-endian, at even places big-endian; anything else is no text."""
    encoding = "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"
    text = _try(data, encoding)
    if text is None or "\0" in text:
        raise Unreadable(f"not text: a zero byte at {data.index(0)}", "add the document as text")
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


def _check_text(text: str) -> None:
    if len(_CONTROLS.findall(text, 0, 100_000)) > min(len(text), 100_000) / 100 + 2:
        raise Unreadable("not text: more than one character in a hundred is a control character", "add the document as text")
