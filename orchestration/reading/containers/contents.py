"""What every container gives, and the text layer that those make whose files hold no lines of their own."""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from orchestration.reading.keys import HAN
from orchestration.reading.layout import Cell, Grid

_TERMINATOR = re.compile(r"\r\n|\r|\n")
_BLANKS = re.compile(r"\s+")
_MOST_LINES = 1_000_000


class Unreadable(Exception):
    """Contents that cannot be read, and the next step; whoever knows the file's name says whose."""

    def __init__(self, reason: str, suggestion: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True)
class Contents:
    """Lines of text, and the tables the format itself marks as such, their cells pointing into the lines.

    Attributes:
        lines: The text layer.
        grids: The tables.
        front: How many lines at the top are front matter, the marks around it included.
        front_text: The front matter between its marks, YAML.
        links: Numbers of the lines that are links and nothing else.
    """

    lines: tuple[str, ...]
    grids: tuple[Grid, ...] = ()
    front: int = 0
    front_text: str = ""
    links: frozenset[int] = frozenset()


@dataclass(slots=True)
class TextLayer:
    """Lines and grids as a container meets them: a line of text a line, a row of a table a line with tabs between its cells."""

    lines: list[str] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    links: set[int] = field(default_factory=set)

    def text(self, text: str, *, is_link: bool = False) -> None:
        """Adds lines of text; blank ones are left out."""
        for line in split_lines(text):
            if collapsed := collapse(line):
                self._add(collapsed)
                self.links.update([len(self.lines)] if is_link else ())

    def table(self, rows: Iterable[Sequence[tuple[Hashable, str]]]) -> None:
        """Adds a table.

        Args:
            rows: Cells as (mark, text). Cells with one mark are one that covers several places (None: it covers its own only): it is
                printed where it is met first, and the grid has it in every place. Rows that print nothing are left out.
        """
        printed: dict[Hashable, Cell] = {}
        grid: list[tuple[Cell, ...]] = []
        for row in rows:
            number, position = len(self.lines) + 1, 0
            pieces, cells = [], []
            for mark, text in row:
                cell = printed.get(mark) if mark is not None else None
                if cell is None:
                    shown = collapse(text)
                    cell = Cell(shown, number, position, position + len(shown))
                    printed[mark] = cell
                    pieces.append(shown)
                    position += len(shown) + 1
                else:
                    pieces.append("")
                    position += 1
                cells.append(cell)
            if any(pieces):
                self._add("\t".join(pieces).rstrip("\t"))
                grid.append(tuple(cells))
        if grid:
            self.grids.append(tuple(grid))

    def _add(self, line: str) -> None:
        if len(self.lines) == _MOST_LINES:
            raise Unreadable(f"more than {_MOST_LINES:,} lines", "split the document")
        self.lines.append(line)

    def contents(self) -> Contents:
        """What was met."""
        return Contents(tuple(self.lines), tuple(self.grids), links=frozenset(self.links))


def spans_between(line: str, mark: re.Pattern[str]) -> list[tuple[int, int]]:
    """The stretches of a line before, between and behind marks of one character."""
    marks = [match.start() for match in mark.finditer(line)]
    return list(zip([0, *(at + 1 for at in marks)], [*marks, len(line)], strict=True))


def cell_within(line: str, number: int, start: int, end: int, blanks: str | None = None) -> Cell:
    """The cell that a stretch of a line holds, without the blanks around it."""
    text = line[start:end].strip(blanks)
    begin = line.index(text, start) if text else start
    return Cell(text, number, begin, begin + len(text))


def collapse(text: str) -> str:
    """The text on one line: breaks within Han text vanish, any other blanks are one space."""
    return _BLANKS.sub(lambda blank: "" if _is_han_break(blank) else " ", text.strip())


def _is_han_break(blank: re.Match[str]) -> bool:
    before, behind = blank.string[blank.start() - 1], blank.string[blank.end()]
    return "\n" in blank.group() and bool(HAN.match(before) and HAN.match(behind))


def split_lines(text: str) -> tuple[str, ...]:
    r"""Lines without their terminators `\n`, `\r\n`, `\r`; nothing else ends a line.

    A last line without a terminator counts, a terminator at the end adds no line. Form feeds, vertical tabs and Unicode's own
    separators stay in their line: `str.splitlines` would count lines that no editor shows.
    """
    lines = (_TERMINATOR.split(text) if "\r" in text else text.split("\n")) if text else [""]
    if lines[-1] == "":
        lines.pop()
    return tuple(lines)
