"""Delimited files (CSV, TSV): one grid whose cells know their exact span, which the standard library's reader does not tell.

RFC 4180 as met in practice: quotes around a cell, doubled quotes inside, line breaks inside quotes, a semicolon or tab where a comma
was promised. A cell's text is what stands in the line between its quotes, verbatim: doubled quotes stay doubled, so that the span is
exact. A quoted cell that goes on over several lines counts as its first line; the rest is nobody's cell.
"""

import re
from collections.abc import Iterator

from orchestration.reading.containers.contents import Contents, split_lines
from orchestration.reading.layout import Cell, Grid

_DELIMITERS = (",", ";", "\t", "|", "，")


def read_csv(text: str) -> Contents:
    """Lines and the one grid of a comma (or semicolon, tab, bar) separated file."""
    lines = split_lines(text)
    head = [line for line in lines if line.strip()][:20]
    return _read(lines, max(_DELIMITERS, key=lambda delimiter: _agreement(head, delimiter)))


def read_tsv(text: str) -> Contents:
    """Lines and the one grid of a tab separated file."""
    return _read(split_lines(text), "\t")


def _agreement(lines: list[str], delimiter: str) -> float:
    """How many lines have the delimiter equally often; a comma inside cells occurs unevenly."""
    counts = [sum(1 for _ in _split(line, delimiter)) for line in lines]
    return max((counts.count(count) for count in set(counts) if count > 1), default=0)


def _read(lines: tuple[str, ...], delimiter: str) -> Contents:
    rows: list[list[Cell]] = []
    is_open = False
    for number, line in enumerate(lines, 1):
        if is_open:  # still inside the quotes of a cell that began above
            is_open = line.count('"') % 2 == 0
            continue
        rows.append([Cell(line[start:end], number, start, end) for start, end in _split(line, delimiter)])
        is_open = line.count('"') % 2 == 1 and _opens_at_end(line, delimiter)
    grid: Grid = tuple(tuple(row) for row in rows)
    return Contents(lines, (grid,))


def _opens_at_end(line: str, delimiter: str) -> bool:
    """Whether the last cell opens quotes and does not close them."""
    return re.search(rf'(?:^|{re.escape(delimiter)})\s*"(?:[^"]|"")*$', line) is not None


def _split(line: str, delimiter: str) -> Iterator[tuple[int, int]]:
    """Spans of the cells of a line, without quotes and the blanks around."""
    pattern = _pattern(delimiter)
    position = 0
    while position <= len(line):
        match = pattern.match(line, position)
        if match is None:  # cannot be: the pattern matches the empty cell
            raise ValueError(f"no cell at {position} of {line!r}")
        group = "quoted" if match["quoted"] is not None else "bare"
        yield _trimmed(line, *match.span(group))
        position = match.end() + 1


def _pattern(delimiter: str) -> re.Pattern[str]:
    d = re.escape(delimiter)
    return re.compile(rf'[ ]*"(?P<quoted>(?:[^"]|"")*)"?[ ]*(?={d}|$)|(?P<bare>[^{d}]*)')


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    text = line[start:end]
    stripped = text.strip()
    if not stripped:
        return start, start
    start += text.index(stripped[0])
    return start, start + len(stripped)
