"""PDF: the text layer, line by line; tables by their ruling, columns by the gaps between words. Pictures of text are not read.

A ruled table is a grid. Where words only stand in columns, the line has tabs between them, as many as there are columns to the next one,
so that a blank cell stays blank. Lines of running text that were broken to fit the page are one line again.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import Any

from orchestration.reading.containers.contents import Contents, TextLayer, Unreadable
from orchestration.reading.keys import HAN

_MOST_PAGES = 2_000
_WIDE = 1.2  # gaps between words, in heights of the letters, from which on they are cells of a table
_LEADING = 1.9  # distance between two lines of one paragraph, in heights of the letters, at most
_SEARCH_END = 2048
_FETCH = "fetch it again"

_Page = Any  # pdfplumber's own types are not exported


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Words of one line with no wide gap between them."""

    text: str
    left: float
    right: float
    first_width: float  # of its first word, or character where it is Han


@dataclass(frozen=True, slots=True)
class _Row:
    """One printed line."""

    top: float
    height: float
    chunks: tuple[_Chunk, ...]


def read(data: bytes) -> Contents:
    """The text of every page, in order.

    Raises:
        Unreadable: Truncated, encrypted, too long, or without any text.
    """
    import pdfplumber
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    if b"%%EOF" not in data[-_SEARCH_END:]:
        raise Unreadable("a truncated PDF: its end is missing", _FETCH)
    layer = TextLayer()
    has_images = False
    try:
        with pdfplumber.open(BytesIO(data)) as document:
            if len(document.pages) > _MOST_PAGES:
                raise Unreadable(f"a PDF of {len(document.pages):,} pages (at most {_MOST_PAGES:,})", "split the document")
            for page in document.pages:
                _read_page(page, layer)
                has_images = has_images or bool(page.images)
                page.close()
    except (PdfminerException, MalformedPDFException) as error:
        raise _unreadable(error) from error
    if not layer.lines:
        what = "a scanned PDF: pictures of pages, without text" if has_images else "a PDF without any text"
        raise Unreadable(what, "add a version with a text layer, or the text itself")
    return layer.contents()


def _unreadable(error: Exception) -> Unreadable:
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    if any(isinstance(cause, (PDFEncryptionError, PDFPasswordIncorrect)) for cause in (error, *error.args)):
        return Unreadable("an encrypted PDF", "remove its password and add it again")
    return Unreadable(f"a damaged PDF: {error or type(error).__name__}", _FETCH)


def _read_page(page: _Page, layer: TextLayer) -> None:
    """Text and ruled tables, from the top of the page to its foot."""
    tables = [table for table in page.find_tables() if len(table.rows) > 1 and len(table.columns) > 1]
    rest = page.filter(lambda thing: not any(_is_within(thing, table.bbox) for table in tables)) if tables else page
    rows = _rows_of(rest)
    for table in sorted(tables, key=lambda table: table.bbox[1]):
        _read_text([row for row in rows if row.top < table.bbox[1]], layer)
        rows = [row for row in rows if row.top >= table.bbox[1]]
        layer.table(_cells_of(table))
    _read_text(rows, layer)


def _is_within(thing: dict[str, Any], box: Sequence[float]) -> bool:
    middle_x, middle_y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return bool(box[0] <= middle_x <= box[2] and box[1] <= middle_y <= box[3])


def _cells_of(table: Any) -> Iterator[list[tuple[object, str]]]:
    """The rows of a ruled table; a place with no box of its own is covered by the box above it or left of it."""
    boxes = [box for box in table.cells if box]
    columns = sorted({box[0] for box in boxes})
    texts = table.extract()
    text_of = {cell: text for row, line in zip(table.rows, texts, strict=True) for cell, text in zip(row.cells, line, strict=True) if cell}
    for row in table.rows:
        middle = (row.bbox[1] + min(box[3] for box in row.cells if box)) / 2
        covering = [next((box for box in boxes if box[0] <= left < box[2] and box[1] <= middle < box[3]), None) for left in columns]
        yield [(box, text_of.get(box) or "") for box in covering]


def _rows_of(page: _Page) -> list[_Row]:
    lines: list[list[dict[str, Any]]] = []
    for word in sorted(page.extract_words(), key=lambda word: (round(word["bottom"]), word["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        if lines and lines[-1][0]["top"] < middle < lines[-1][0]["bottom"]:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_row(sorted(line, key=lambda word: word["x0"])) for line in lines]


def _row(words: list[dict[str, Any]]) -> _Row:
    height = max(word["bottom"] - word["top"] for word in words)
    pieces = [[words[0]]]
    for before, word in pairwise(words):
        if word["x0"] - before["x1"] > _WIDE * height:
            pieces.append([word])
        else:
            pieces[-1].append(word)
    return _Row(min(word["top"] for word in words), height, tuple(map(_chunk, pieces)))


def _chunk(words: list[dict[str, Any]]) -> _Chunk:
    first = words[0]
    width = first["x1"] - first["x0"]
    if HAN.match(first["text"]):
        width /= len(first["text"])
    return _Chunk(" ".join(word["text"] for word in words), first["x0"], words[-1]["x1"], width)


def _read_text(rows: Sequence[_Row], layer: TextLayer) -> None:
    """Rows in columns with their tabs; rows of running text joined to paragraphs."""
    columns = _columns(rows)
    right = max((row.chunks[-1].right for row in rows), default=0.0)
    open_text, last = "", None
    for row in rows:
        if last is not None and _goes_on(last, row, right):
            open_text += ("" if HAN.match(open_text[-1]) and not row.chunks[0].text[0].isascii() else " ") + row.chunks[0].text
        else:
            _flush(open_text, layer)
            open_text = _line(row, columns)
        last = row
    _flush(open_text, layer)


def _flush(line: str, layer: TextLayer) -> None:
    if line:
        layer.lines.append(line)


def _goes_on(last: _Row, row: _Row, right: float) -> bool:
    """Whether a line is the last one's paragraph: its first word would not have fitted there."""
    if len(last.chunks) > 1 or len(row.chunks) > 1 or abs(last.height - row.height) > 0.5:
        return False
    is_near = row.top - last.top <= _LEADING * row.height
    return is_near and last.chunks[0].right + row.chunks[0].first_width + 0.2 * row.height > right


def _columns(rows: Sequence[_Row]) -> list[tuple[float, float]]:
    """Where the columns stand: by the rows with the usual number of cells. None where no two rows have as many."""
    counts = Counter(len(row.chunks) for row in rows if len(row.chunks) > 1)
    usual, support = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if support < 2:
        return []
    columns: list[tuple[float, float]] = []
    for chunk in sorted((chunk for row in rows if len(row.chunks) == usual for chunk in row.chunks), key=lambda chunk: chunk.left):
        if columns and chunk.left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], chunk.right))
        else:
            columns.append((chunk.left, chunk.right))
    return columns if len(columns) >= usual else []


def _line(row: _Row, columns: Sequence[tuple[float, float]]) -> str:
    """The row's text: each cell in its column, or apart by a tab where the columns do not hold them one by one."""
    places = [_column_of(chunk, columns) for chunk in row.chunks]
    if None in places or len(set(places)) < len(places) or (len(places) == 1 and places[0] == 0):
        return "\t".join(chunk.text for chunk in row.chunks)
    texts = {place: chunk.text for place, chunk in zip(places, row.chunks, strict=True)}
    return "\t".join(texts.get(column, "") for column in range(max(place or 0 for place in places) + 1))


def _column_of(chunk: _Chunk, columns: Sequence[tuple[float, float]]) -> int | None:
    """The one column a cell stands in; None where it stands in none or goes over several, as titles do."""
    found = [index for index, (left, right) in enumerate(columns) if chunk.left < right and left < chunk.right]
    return found[0] if len(found) == 1 else None
