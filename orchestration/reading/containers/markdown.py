"""Markdown: its lines without links and emphasis, and its tables as grids whose cells point into them.

What is a table is told by a Markdown parser (so that bars in code are none); where a cell stands is told by the bars of its line.
"""

import re
from dataclasses import replace

from orchestration.reading.containers.contents import Contents, cell_within, spans_between, split_lines
from orchestration.reading.containers.front import with_front
from orchestration.reading.layout import Cell, Grid

_BAR = re.compile(r"(?<!\\)\|")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()]|\([^()]*\))*\)")
_ONLY_LINKS = re.compile(rf"\s*(?:(?:[-*+]|\d{{1,2}}[.)])\s+)?(?:{_LINK.pattern}[\s|·•/,]*)+")
_EMPHASIS = re.compile(
    r"(\*\*|__)(?=\S)(?P<strong>.+?)(?<=\S)\1|(?<!`)`(?P<code>[^`]+)`(?!`)|(?<![\w*])(?P<m>[*_])(?=[^\s*_])(?P<soft>[^*_]*[^\s*_])(?P=m)(?![\w*])"
)
_MARKS = " \t*_`"


def read(text: str) -> Contents:
    """The lines of a Markdown text, and the grids of its tables."""
    from markdown_it import MarkdownIt

    contents = with_front(split_lines(text))
    lines = ("",) * contents.front + tuple(map(_without_marks, contents.lines[contents.front :]))
    grids: list[Grid] = []
    rows: list[list[Cell]] = []
    for token in MarkdownIt("commonmark").enable("table").parse("\n".join(lines)):
        if token.type == "tr_open" and token.map:
            rows.append(_cells(lines[token.map[0]], token.map[0] + 1))
        elif token.type == "table_close":
            grids.append(tuple(map(tuple, rows)))
            rows = []
    links = frozenset(number for number, line in enumerate(contents.lines, 1) if _ONLY_LINKS.fullmatch(line))
    return replace(contents, lines=contents.lines[: contents.front] + lines[contents.front :], grids=tuple(grids), links=links)


def _without_marks(line: str) -> str:
    """`| [Socks](a.md) of **Datang** |` -> `| Socks of Datang |`."""
    line = _LINK.sub(r"\1", line)
    return _EMPHASIS.sub(lambda match: match["strong"] or match["code"] or match["soft"], line)


def _cells(line: str, number: int) -> list[Cell]:
    """The cells between the bars of a row, emphasis and blanks around them left off."""
    spans = spans_between(line, _BAR)
    if spans and not line[slice(*spans[0])].strip():
        spans = spans[1:]
    if spans and not line[slice(*spans[-1])].strip():
        spans = spans[:-1]
    return [cell_within(line, number, *span, _MARKS) for span in spans]
