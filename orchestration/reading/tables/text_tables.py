"""Tables that plain text holds without any mark of a table: columns parted by blanks, and records of a field a line.

A row in columns is pieces with two blanks or more between them, as text copied from a terminal, a mail or a PDF has them; what column a
piece is of is told by where it stands, wide characters counting two, as they are shown. So is which cell is blank.

A record is lines of `label: value` under one another; records whose labels are those of this subject are the rows of one table.

A table may have lost its shape but for its order: the cells of header and rows a line each.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby, pairwise, takewhile

from orchestration.reading.containers.contents import cell_within, spans_between
from orchestration.reading.keys import place_key
from orchestration.reading.layout import Cell, Document, Grid
from orchestration.reading.tables.columns import ends_as_cluster, label_text
from orchestration.reading.tables.headers import Role, has_cluster_table, header_roles, role_of
from orchestration.reading.tables.number_columns import number_column
from orchestration.reading.text.sentences import BULLETS
from orchestration.reading.words.lexicon import Lexicon

_PIECE = re.compile(r"[^\s\u3000]+(?:[ \u00a0][^\s\u3000]+)*")
_GAP = re.compile(r"\S(?:[ \u00a0]{2}|\u3000)\s*\S")
_DIGIT = re.compile(r"\d")
_RULE = re.compile(r"[\s\-=_+─━]*")
_FEWEST_ROWS = 3  # the header included
_FIELD = re.compile(
    rf"\s*(?:[-*{BULLETS}]\s+|\d{{1,3}}[.)、]\s*)?(?P<label>[^\s:：][^:：]{{0,38}}?)\s*[:：]\s*(?!//)(?P<value>\S(?:.*\S)?)\s*"
)
_FEWEST_RECORDS = 2
_BAR = re.compile("[|｜]")
_ORDINAL = re.compile(r"(?:no|nr|number|rank)\.?|#|序号?|编号|排名", re.IGNORECASE)  # the name of a column of the rows' numbers
_NUMBER = re.compile(r"\d{1,3}[.)、]?")
_FIGURE = re.compile(r"[约近超逾]?\d|[-–—]$|n\.?a")
_FIRST = re.compile(r"0{0,2}1[.)、]?")
_FEWEST_COLUMNS, _MOST_COLUMNS = 3, 8
_HEADER_WITHIN = 20  # lines

Row = tuple[Cell, ...]
Record = dict[str, tuple[Cell, Cell]]  # label and value by what the label says


def with_text_tables(document: Document, lexicon: Lexicon) -> Document:
    """The document with those of its unmarked tables as grids that have a header of this subject's columns."""
    if document.cells or document.media_type != "text/plain":
        return document
    if stacked := _stacked(document.lines, lexicon):
        return replace(document, cells=(stacked,))
    aligned = _aligned(document.lines) if any(map(_GAP.search, document.lines)) else iter(())
    grids = tuple(grid for grid in chain(_barred(document.lines), aligned) if has_cluster_table([grid])) or tuple(_records(document.lines))
    return replace(document, cells=grids) if grids else document


def _stacked(lines: Sequence[str], lexicon: Lexicon) -> Grid | None:
    """A table with a cell a line, by what every row has: its number, or its province. A row that lost a cell is left out."""
    cells = [
        Cell(text, number, line.index(text), line.index(text) + len(text)) for number, line in enumerate(lines, 1) if (text := line.strip())
    ]
    for start, cell in enumerate(cells[:_HEADER_WITHIN]):
        header = _stacked_header(cells[start:]) if role_of(cell.text) else ()
        if (roles := header_roles(header) if len(header) >= _FEWEST_COLUMNS else None) is None:
            continue
        grid, position = [header], start + len(header)
        while position + len(header) <= len(cells):
            row = tuple(cells[position : position + len(header)])
            is_row = _is_stacked_row(row, header, roles, lexicon)
            grid += [row] if is_row else []
            position += len(row) if is_row else 1
        if len(grid) >= _FEWEST_ROWS:
            return tuple(grid)
    return None


def _stacked_header(cells: Sequence[Cell]) -> Row:
    """The names of columns that a text begins with: up to the number of the first row, else as far as they are known as names."""
    if _ORDINAL.fullmatch(cells[0].text):
        first = next((index for index, cell in enumerate(cells[: _MOST_COLUMNS + 1]) if _FIRST.fullmatch(cell.text)), 0)
        return tuple(cells[:first])
    return tuple(takewhile(lambda cell: role_of(cell.text) or (number_column(cell.text) and not ends_as_cluster(cell.text)), cells))


def _is_stacked_row(row: Row, header: Row, roles: Sequence[Role], lexicon: Lexicon) -> bool:
    """Whether cells that follow one another are a row: a number where numbers belong, a province where provinces do and nowhere else."""
    is_numbered = _ORDINAL.fullmatch(header[0].text) is not None
    provinces = {place_key(cell.text) for cell in row if label_text(cell.text, lexicon)}
    told = [place_key(cell.text) for cell, role in zip(row, roles, strict=False) if role is Role.PROVINCE]
    if not (told or is_numbered):  # by what is a number where numbers belong, and nowhere else
        are_numbers = [role is Role.OTHER and number_column(name.text) is not None for name, role in zip(header, roles, strict=False)]
        return any(are_numbers) and all((_FIGURE.match(c.text) is not None) == is_one for c, is_one in zip(row, are_numbers, strict=True))
    is_placed = provinces == set(told) or (is_numbered and not provinces) if told else is_numbered  # 大连市 among provinces
    return is_placed and (_NUMBER.fullmatch(row[0].text) is not None) == is_numbered


def _records(lines: Sequence[str]) -> Iterator[Grid]:
    """A grid for each run of records with nothing but blank lines between them; none where the document has a single record."""
    fields = [(number, line, _FIELD.fullmatch(line)) for number, line in enumerate(lines, 1)]
    runs = groupby(fields, key=lambda field: bool(field[2] or not field[1].strip()))
    found = [grid for is_run, run in runs if is_run and (grid := _rows_of(list(_split((n, m) for n, _, m in run))))]
    if sum(len(grid) - 1 for grid in found) >= _FEWEST_RECORDS:
        yield from found


def _split(fields: Iterable[tuple[int, re.Match[str] | None]]) -> Iterator[Record]:
    """The records of a run: a blank line or a label that came before begins another."""
    record: Record = {}
    for number, match in fields:
        if record and (match is None or match["label"] in record):
            yield record
            record = {}
        if match:
            label, value = (Cell(match[name], number, *match.span(name)) for name in ("label", "value"))
            record[match["label"]] = (label, value)
    if record:
        yield record


def _rows_of(records: Sequence[Record]) -> Grid | None:
    """The header of all labels, and the records that have every place and trade of it: one that is missing is not the one above."""
    labels: dict[str, Cell] = {}
    for record in records:
        labels = {text: label for text, (label, _) in record.items()} | labels
    header = tuple(labels.values())
    if not header or (roles := header_roles(header)) is None:
        return None
    needed = [text for text, role in zip(labels, roles, strict=False) if role is not Role.OTHER]
    rows = [record for record in records if record.keys() >= set(needed)]
    blank = Cell("", header[0].line_number, 0, 0)
    return (header, *(tuple(record[text][1] if text in record else blank for text in labels) for record in rows))


def _barred(lines: Sequence[str]) -> Iterator[Grid]:
    """Runs of lines with as many bars each: `县（市、区）|特色产业|企业数`."""
    for bars, run in groupby(enumerate(lines, 1), key=lambda item: len(_BAR.findall(item[1].strip("|｜ ")))):
        rows = [tuple(cell_within(line, number, *span) for span in spans_between(line, _BAR)) for number, line in run] if bars else []
        if len(rows) >= _FEWEST_ROWS:
            yield tuple(row for row in rows if not all(_RULE.fullmatch(cell.text) for cell in row))


def _aligned(lines: Sequence[str]) -> Iterator[Grid]:
    """Runs of lines that are rows of several pieces and stand under one another."""
    numbered = [(number, line) for number, line in enumerate(lines, 1) if not (line.strip() and _RULE.fullmatch(line))]
    for may_be_row, run in groupby(numbered, key=lambda item: bool(item[1].strip()) and "\t" not in item[1]):
        rows = [_pieces(line, number) for number, line in run] if may_be_row else []
        first = next((index for index, row in enumerate(rows) if len(row) > 1), len(rows))
        if len(rows) - first >= _FEWEST_ROWS and (grid := _in_columns(rows[first:], lines)):
            yield grid


def _pieces(line: str, number: int) -> list[Cell]:
    return [Cell(match.group(), number, *match.span()) for match in _PIECE.finditer(line)]


def _in_columns(rows: Sequence[Sequence[Cell]], lines: Sequence[str]) -> Grid | None:
    """The rows as a grid under the first of them; None where a piece stands under none of its columns, or two under one."""
    edges = [_shown(cell, lines) for cell in rows[0]]
    rows = [row for row in rows if len(row) > 1 or len(_under(row[0], edges, lines)) == 1]  # a remark below a table runs over its columns
    if all(len(row) == len(rows[0]) for row in rows):
        return tuple(map(tuple, rows))  # none is blank: their order tells, however ragged they stand
    for row in rows:
        if len(row) == len(edges):
            edges = [(min(a, c), max(b, d)) for (a, b), (c, d) in zip(edges, (_shown(cell, lines) for cell in row), strict=True)]
    if any(before[1] > behind[0] for before, behind in pairwise(edges)):
        return None  # full rows that do not stand under one another
    grid = []
    for row in rows:
        cells = [Cell("", row[0].line_number, 0, 0) for _ in edges]
        for cell in (piece for whole in row for piece in _parted(whole, edges, lines)):
            under = _under(cell, edges, lines)
            if len(under) != 1 or cells[under[0]].text:
                return None
            cells[under[0]] = cell
        grid.append(tuple(cells))
    return tuple(_with_whole_header(grid))


def _with_whole_header(grid: Sequence[Row]) -> Sequence[Row]:
    """The grid with a header that takes two lines as one: `No. of` over `producers`, `Sales` over `(CNY bn)`."""
    below = grid[1]
    if below[0].text or any(_DIGIT.search(cell.text) for cell in below) or not all(cell.text for cell in grid[2]):
        return grid
    header = tuple(replace(cell, text=f"{cell.text} {more.text}".strip()) for cell, more in zip(grid[0], below, strict=True))
    return [header, *grid[2:]]


def _parted(cell: Cell, edges: Sequence[tuple[int, int]], lines: Sequence[str]) -> list[Cell]:
    """A piece that runs over two columns with a single blank between them, as two: `precision machinery 2010`."""
    if len(_under(cell, edges, lines)) != 2:
        return [cell]
    for blank in re.finditer(" ", cell.text):
        start, end = cell.char_start, cell.char_start + blank.start()
        halves = [cell_within(lines[cell.line_number - 1], cell.line_number, *span) for span in ((start, end), (end + 1, cell.char_end))]
        if all(len(_under(half, edges, lines)) == 1 for half in halves) and _under(halves[0], edges, lines) != _under(
            halves[1], edges, lines
        ):
            return halves
    return [cell]


def _under(cell: Cell, edges: Sequence[tuple[int, int]], lines: Sequence[str]) -> list[int]:
    """The columns that a cell stands under."""
    left, right = _shown(cell, lines)
    return [column for column, (begin, end) in enumerate(edges) if left < end and right > begin]


def _shown(cell: Cell, lines: Sequence[str]) -> tuple[int, int]:
    """From where to where a cell is shown, in the widths of a Latin letter."""
    line = lines[cell.line_number - 1]
    return _width(line[: cell.char_start]), _width(line[: cell.char_end])


def _width(text: str) -> int:
    return len(text) + sum(unicodedata.east_asian_width(character) in "WF" for character in text) if not text.isascii() else len(text)
