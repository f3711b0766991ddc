"""Tables whose columns are parted by blanks alone, as text copied from a terminal, a mail or a PDF has them.

A row is pieces with two blanks or more between them; what column a piece is of is told by where it stands, wide characters counting two,
as they are shown. A blank cell is told from the pieces beside it in the same way.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from orchestration.reading.headers import has_cluster_table
from orchestration.reading.layout import Cell, Document, Grid

_PIECE = re.compile(r"[^\s\u3000]+(?:[ \u00a0][^\s\u3000]+)*")
_GAP = re.compile(r"\S(?:[ \u00a0]{2}|\u3000)\s*\S")
_RULE = re.compile(r"[\s\-=_+─━]*")
_FEWEST_ROWS = 3  # the header included


def with_aligned_tables(document: Document) -> Document:
    """The document with those of its aligned tables as grids that have a header of this subject's columns."""
    if document.cells or document.media_type != "text/plain" or not any(_GAP.search(line) for line in document.lines):
        return document
    grids = tuple(grid for grid in _grids(document.lines) if has_cluster_table([grid]))
    return replace(document, cells=grids) if grids else document


def _grids(lines: Sequence[str]) -> Iterator[Grid]:
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
