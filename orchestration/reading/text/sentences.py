"""Running text as passages and sentences, each of which knows the lines and columns it was printed in. No meaning here.

A passage is one line, or several where the text layer wraps its paragraphs at a width. All scans are linear in the text, and no
sentence is longer than `LONGEST`: what stands on one line of ten million characters is cut there.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from orchestration.reading.keys import HAN, respelt

# Full-width digits and signs and the odd blanks, for their plain forms: one character for one, so that offsets stay.
_PLAIN = str.maketrans("０１２３４５６７８９．％＋－／＄～\u00a0\u2009\u202f", "0123456789.%+-/$~   ")

# Frequent traditional characters, none of which a text in simplified ones holds: OpenCC is asked only where one of them stands.
_TRADITIONAL = re.compile("[產業縣鎮億萬國發經從達資電機進銷織長東廣額個為]")

# Marks that begin an item, as a class of characters; `-` and `*` do with a blank behind them.
BULLETS = "•·●▪▸▶►◆◇■□★☆△▲○◎※√➢①-⑳⑴-⒇⒈-⒛❶-❿☀-❵\U0001f300-\U0001faff"

LONGEST = 1500  # characters of a sentence; the longest of ministry announcements are near 700

_LONGEST_BRACKET = 120  # characters behind a semicolon in it
_NOTES = r"(?:\[(?:\d{1,3}|[a-z]|citation needed)\])*"  # the marks of footnotes behind a full stop
_END = re.compile(rf"[。！？；!?][”’」』）\"')]*{_NOTES}|\.[”’\"')]*{_NOTES}(?=\s+[\"“‘'(]?[A-Z0-9\u4e00-\u9fff]|\s*$)|;(?=\s)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“'])(?:[A-Z]|[A-Za-z](?:\.[A-Za-z])+|Mr|Mrs|Ms|Dr|Prof|St|No|Nos|Inc|Co|Corp|Ltd|vs|approx|etc|ca|cf|Fig|Vol|Gov|Gen|Jan|Feb|Mar"
    r"|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)$"
)
_TERMINAL = re.compile(r"[.!?;:。！？；：”\"」』]\s*$")


class Span(NamedTuple):
    """Where something is printed: `lines[line_number - 1][start:end]`."""

    line_number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: its text, and for each of its lines the offset in the text at which it begins.

    The text is in simplified characters and plain digits, `printed` as the document has it; both have the same offsets.
    """

    text: str
    first_line: int
    starts: tuple[int, ...]
    printed: str

    @classmethod
    def of_line(cls, line: str, number: int) -> "Passage":
        """A line that is a paragraph of its own."""
        return cls(_plain(line), number, (0,), line)

    def span(self, start: int, end: int) -> Span:
        """The printed span of these offsets; where it runs over a line break, the part on the line it begins on."""
        row = bisect_right(self.starts, start) - 1
        limit = self.starts[row + 1] if row + 1 < len(self.starts) else len(self.text)
        printed = self.text[start : min(end, limit)].rstrip()
        return Span(self.first_line + row, start - self.starts[row], start - self.starts[row] + len(printed))

    def is_on_one_line(self, start: int, end: int) -> bool:
        """Whether these offsets are printed on one line."""
        return bisect_right(self.starts, start) == bisect_right(self.starts, end - 1)

    def lines(self, start: int, end: int) -> range:
        """Numbers of the lines these offsets are printed on."""
        return range(
            self.first_line + bisect_right(self.starts, start) - 1, self.first_line + bisect_right(self.starts, max(start, end - 1))
        )


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its text, and where in its passage it begins."""

    passage: Passage
    start: int
    text: str

    def span(self, start: int, end: int) -> Span:
        """The printed span of these offsets of the sentence."""
        return self.passage.span(self.start + start, self.start + end)

    def is_on_one_line(self, start: int, end: int) -> bool:
        """Whether these offsets of the sentence are printed on one line."""
        return self.passage.is_on_one_line(self.start + start, self.start + end)

    def as_printed(self, start: int, end: int) -> str:
        """The words at these offsets as the document prints them."""
        return self.passage.printed[self.start + start : self.start + end]

    @property
    def lines(self) -> range:
        """Numbers of the lines the sentence is printed on."""
        return self.passage.lines(self.start, self.start + len(self.text))


def passages(lines: Sequence[str]) -> Iterator[Passage]:
    """The paragraphs of these lines, blank ones skipped."""
    row = 0
    while row < len(lines):
        if not lines[row].strip():
            row += 1
            continue
        last = row
        while last + 1 < len(lines) and _goes_on(lines, last):
            last += 1
        yield _passage(lines, row, last)
        row = last + 1


def _goes_on(lines: Sequence[str], row: int) -> bool:
    """Whether the paragraph of a line goes on in the next: the line is full, unfinished, and the next begins as text does."""
    line, after = lines[row].rstrip(), lines[row + 1]
    if not after.strip() or "\t" in line or "\t" in after or _TERMINAL.search(line[-3:]) or len(line) > 160:
        return False
    if after[0].islower():
        return len(line) >= 40
    neighbours = [len(lines[r].rstrip()) for r in (row - 1, row + 1) if 0 <= r < len(lines)]
    width = 24 if HAN.search(line) else 56
    return after[0].isalnum() and len(line) >= width and any(abs(len(line) - n) <= width / 5 for n in neighbours)


def _passage(lines: Sequence[str], first: int, last: int) -> Passage:
    text, starts = "", []
    for row in range(first, last + 1):
        starts.append(len(text))
        # Joined by the blank that the line break stands for, except between Han characters, which need none.
        glue = "" if row == last or HAN.match(lines[row].rstrip()[-1:]) else " "
        text += lines[row] + glue
    return Passage(_plain(text), first + 1, tuple(starts), text)


def _plain(printed: str) -> str:
    if printed.isascii():
        return printed
    text = printed.translate(_PLAIN)
    return respelt(text) if _TRADITIONAL.search(text) else text


def sentences(passage: Passage) -> Iterator[Sentence]:
    """The sentences of a passage: at 。！？； and at full stops that do not close an abbreviation."""
    text, start = passage.text, 0
    for match in _END.finditer(text):
        if text[match.start()] == "." and _ABBREVIATION.search(text, max(start, match.start() - 12), match.start()):
            continue
        if text[match.start()] == ";" and _is_bracketed(text, start, match.start()):
            continue
        yield from _pieces(passage, start, match.end())
        start = match.end()
    yield from _pieces(passage, start, len(text))


def _is_bracketed(text: str, start: int, mark: int) -> bool:
    """Whether a mark stands in a bracket: `Jiaozhou (wigs; 100 workshops)` is no two sentences."""
    opened = text.rfind("(", start, mark)
    closed = text.find(")", opened, mark + _LONGEST_BRACKET) if opened >= 0 else -1
    return closed > mark


def _pieces(passage: Passage, start: int, end: int) -> Iterator[Sentence]:
    """The text between two full stops, without the blanks around it, in pieces that are not too long."""
    text = passage.text
    while start < end and text[start].isspace():
        start += 1
    while start < end:
        cut = end
        if end - start > LONGEST:
            cut = max(text.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in " ,，、") + 1 or start + LONGEST
        piece = text[start:cut].rstrip()
        if piece:
            yield Sentence(passage, start, piece)
        start = cut
