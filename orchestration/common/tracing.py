"""Source lines with the spans marked that a value was read from. Shared by the page and the commands that trace; reads an open release."""

from collections import defaultdict, namedtuple
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


_KEPT = 200  # characters kept at each end of what is shortened


class Span(NamedTuple):
    """A stretch of one source line; without characters, the whole line is meant and nothing in it is marked."""

    source_id: str
    line_number: int
    char_start: int | None
    char_end: int | None


class Segment(NamedTuple):
    """A piece of a line, and whether a span covers it."""

    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """One source line, cut where marks begin and end; the segments joined are the line, character for character."""

    source_id: str
    line_number: int
    segments: tuple[Segment, ...]


Lines = dict[tuple[str, int], str]


def rows(connection: "DuckDBPyConnection", sql: str) -> list[Any]:
    """The rows of a query, with their columns as attributes."""
    cursor = connection.execute(sql)
    row = namedtuple("row", [column[0] for column in cursor.description], rename=True)  # type: ignore[misc]  # columns are the query's
    return [row._make(values) for values in cursor.fetchall()]


def records(connection: "DuckDBPyConnection", sql: str) -> list[dict[str, Any]]:
    """The rows of a query as one dictionary each."""
    cursor = connection.execute(sql)
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, values, strict=True)) for values in cursor.fetchall()]


def segments(text: str, marks: Iterable[tuple[int, int]]) -> tuple[Segment, ...]:
    r"""The text cut at the marks; marks that overlap become one, and what lies outside the text is dropped.

    `segments("Linqing Ki\tAxle bearing", [(0, 7)])` is `("Linqing", marked), (" Ki\tAxle bearing", not marked)`.
    """
    pieces: list[Segment] = []
    at = 0
    for char_start, char_end in sorted(marks):
        start, end = max(char_start, at), min(char_end, len(text))
        if start >= end:
            continue
        if pieces and pieces[-1].is_marked and start == at:
            pieces[-1] = Segment(pieces[-1].text + text[start:end], is_marked=True)
        else:
            if start > at:
                pieces.append(Segment(text[at:start], is_marked=False))
            pieces.append(Segment(text[start:end], is_marked=True))
        at = end
    if at < len(text) or not pieces:
        pieces.append(Segment(text[at:], is_marked=False))
    return tuple(pieces)


def shortened(pieces: Iterable[Segment]) -> tuple[Segment, ...]:
    """The pieces with the middle of very long ones left out: a document may be one line of a hundred thousand characters."""
    return tuple(
        Segment(f"{piece.text[:_KEPT]} […] {piece.text[-_KEPT:]}", piece.is_marked) if len(piece.text) > 2 * _KEPT + 5 else piece
        for piece in pieces
    )


def marked_lines(lines: Lines, spans: Iterable[Span]) -> list[MarkedLine]:
    """Each line that a span touches, once, in the order of the document, with every span of it marked."""
    marks: dict[tuple[str, int], set[tuple[int, int]]] = defaultdict(set)
    for span in spans:
        found = marks[span.source_id, span.line_number]
        if span.char_start is not None and span.char_end is not None:
            found.add((span.char_start, span.char_end))
    return [
        MarkedLine(source_id, number, segments(lines[source_id, number], found))
        for (source_id, number), found in sorted(marks.items())
        if (source_id, number) in lines
    ]
