"""What every container gives."""

import re
from dataclasses import dataclass

from orchestration.reading.layout import Grid

_TERMINATOR = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Contents:
    """Lines of text, and the tables the format itself marks as such, their cells pointing into the lines."""

    lines: tuple[str, ...]
    grids: tuple[Grid, ...] = ()


def split_lines(text: str) -> tuple[str, ...]:
    r"""Lines without their terminators `\n`, `\r\n`, `\r`; nothing else ends a line.

    A last line without a terminator counts, a terminator at the end adds no line. Form feeds, vertical tabs and Unicode's own
    separators stay in their line: `str.splitlines` would count lines that no editor shows.
    """
    lines = (_TERMINATOR.split(text) if "\r" in text else text.split("\n")) if text else [""]
    if lines[-1] == "":
        lines.pop()
    return tuple(lines)
