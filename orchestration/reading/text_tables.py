"""Tables that plain text holds without any mark of a table: columns parted by blanks, and records of a field a line.

A row in columns is pieces with two blanks or more between them, as text copied from a terminal, a mail or a PDF has them; what column a
piece is of is told by where it stands, wide characters counting two, as they are shown. So is which cell is blank.

A record is lines of `label: value` under one another; records whose labels are those of this subject are the rows of one table.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby, pairwise

from orchestration.reading.containers.contents import cell_within, spans_between
from orchestration.reading.headers import Role, has_cluster_table, header_roles
from orchestration.reading.layout import Cell, Document, Grid

_PIECE = re.compile(r"[^\s\u3000]+(?:[ \u00a0][^\s\u3000]+)*")
_GAP = re.compile(r"\S(?:[ \u00a0]{2}|\u3000)\s*\S")
_RULE = re.compile(r"[\s\-=_+─━]*")
_FEWEST_ROWS = 3  # the header included
_FIELD = re.compile(r"\s*(?:[-*•·]\s+|\d{1,3}[.)、]\s*)?(?P<label>[^\s:：][^:：]{0,38}?)\s*[:：]\s*(?!//)(?P<value>\S(?:.*\S)?)\s*")
_FEWEST_RECORDS = 2
_BAR = re.compile("[|｜]")

Record = dict[str, tuple[Cell, Cell]]  # label and value by what the label says


def with_text_tables(document: Document) -> Document:
    """The document with those of its unmarked tables as grids that have a header of this subject's columns."""
    if document.cells or document.media_type != "text/plain":
        return document
    aligned = _aligned(document.lines) if any(map(_GAP.search, document.lines)) else iter(())
    grids = tuple(grid for grid in chain(_barred(document.lines), aligned) if has_cluster_table([grid])) or tuple(_records(document.lines))
    return replace(document, cells=grids) if grids else document


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
    if all(len(row) == len(rows[0]) for row in rows):
        return tuple(map(tuple, rows))  # none is blank: their order tells, however ragged they stand
    edges = [_shown(cell, lines) for cell in rows[0]]
    for row in rows:
        if len(row) == len(edges):
            edges = [(min(a, c), max(b, d)) for (a, b), (c, d) in zip(edges, (_shown(cell, lines) for cell in row), strict=True)]
    if any(before[1] > behind[0] for before, behind in pairwise(edges)):
        return None  # full rows that do not stand under one another
    grid = []
    for row in rows:
        cells = [Cell("", row[0].line_number, 0, 0) for _ in edges]
        for cell in row:
            left, right = _shown(cell, lines)
            under = [column for column, (begin, end) in enumerate(edges) if left < end and right > begin]
            if len(under) != 1 or cells[under[0]].text:
                return None
            cells[under[0]] = cell
        grid.append(tuple(cells))
    return tuple(grid)


def _shown(cell: Cell, lines: Sequence[str]) -> tuple[int, int]:
    """From where to where a cell is shown, in the widths of a Latin letter."""
    line = lines[cell.line_number - 1]
    return _width(line[: cell.char_start]), _width(line[: cell.char_end])


def _width(text: str) -> int:
    return len(text) + sum(unicodedata.east_asian_width(character) in "WF" for character in text) if not text.isascii() else len(text)
