"""Lines that put a number beside its label: `Number of enterprises: 11,600`, `| Exports | US$ 412 million |`, 面积 95.9平方公里.

A label is read as the header of a column of numbers is (`number_columns.py`); whose the number is, `subjects.py` knows. What a line says
behind its first number, `1200余家（其中规上企业236家）`, is read as running text is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from orchestration.reading.keys import HAN
from orchestration.reading.phrases.figures import COUNT, find_figures
from orchestration.reading.phrases.measures import measure_of
from orchestration.reading.tables.number_columns import Told, is_broken_count, number_column
from orchestration.reading.text.sentences import BULLETS

_CELL = re.compile(r"[^|｜]+")
_PAIR = re.compile(
    rf"\s*(?:(?:[-*+]\s|[{BULLETS}])\s*)?(?P<label>\**(?:(?:19|20)\d\d年?\s?)?[^\d\s:：|*{BULLETS}-][^:：|]{{1,48}}?)"
    r"(?:[:：]\**|\t|　|\s{2,})\s*"
    r"(?P<value>(?:(?:approx\.|approximately|about|around|over|nearly|almost|some|more\sthan|close\sto|ca?\.)\s)?(?:[<>≤≥~±]|[约近超逾]|[A-Za-z$¥€]{1,6}\s?){0,2}\d.{0,160}?)[\s.。;；]*"
)
_YEAR = re.compile(r"(?:[(（]|\s(?:in|for)\s)((?:19|20)\d\d)(?:年?[^()（）]{0,12}[)）])?\s*$")
_SPOKEN = re.compile(r"\b(?:[Ww]e|I|[Oo]urs?|[Tt]hey|[Ii]t)\b|[我他她]")  # "And we export: 460 million dollars" is somebody's words
_CLAUSE = re.compile(r"[,，;；.。]")
_BLANK = re.compile(r"[\s　*_]+")
_SEVERAL = re.compile(r"\band\b|[及和与、]")  # labels of two things in one
_MORE = re.compile(r"\s?[(（](?!(?:19|20)\d\d)|[，；;]|,\s(?!\d)|\s(?:or|of\swhich)\s")  # where a value says more than its number
_LONGEST = 300  # characters of a line of labels


@dataclass(frozen=True, slots=True)
class Labelled:
    """A number and its label, in offsets of the line."""

    told: Told
    start: int
    end: int


@lru_cache(maxsize=64)
def find_labelled(text: str) -> tuple[Labelled, ...]:
    """The labelled numbers that a line consists of, or begins with where it is a single one; none where it is anything else."""
    if len(text) > _LONGEST or not re.search(r"[:：|\t]|[\s　]{2}", text):
        return ()
    return tuple(_labelled(text))


def are_figures(lines: Sequence[str]) -> bool:
    """Whether a text is a sheet of figures: several lines of labelled numbers, and hardly more of any other."""
    printed = [line for line in lines if line.strip()]
    labelled = sum(bool(find_labelled(line)) for line in printed)
    return labelled >= _FEWEST and 3 * labelled >= len(printed)


_FEWEST = 4  # labelled numbers that make a sheet of figures


def _labelled(text: str) -> Iterator[Labelled]:
    cells = [cell for cell in _CELL.finditer(text) if cell.group().strip(" *-")]
    if len(cells) == 2 and not _PAIR.fullmatch(cells[0].group()):  # a row of a table
        if told := _told(cells[0].group(), cells[1].group()):
            yield Labelled(told, *_trimmed(text, cells[0].start(), cells[1].end()))
        return
    for cell in cells:
        if pair := _PAIR.fullmatch(cell.group()):
            more = _MORE.search(pair["value"])
            value = pair["value"][: more.start()] if more and len(cells) == 1 else pair["value"]
            if told := _told(pair["label"], value):
                start, end = cell.start() + pair.start("label"), cell.start() + pair.start("value") + len(value.rstrip())
                yield Labelled(told, start + len(pair["label"]) - len(pair["label"].lstrip("*")), end)


def _told(label: str, value: str) -> Told | None:
    """What a value says under its label, where it is one figure and begins with it."""
    label = _BLANK.sub("" if HAN.search(label) else " ", label).strip()
    year = _YEAR.search(value)
    value = (value[: year.start()] if year else value).strip(" *")
    figures = find_figures(value)
    halves = [number_column(half.strip()) for half in _SEVERAL.split(label)]
    is_label = not ((len(halves) > 1 and all(halves)) or _SPOKEN.search(label))
    column = number_column(label) if is_label and len(figures) == 1 and figures[0].start <= 1 else None
    told = column.read(value) if column else None
    if told is None and is_label and len(figures) == 1:
        told = _told_by_both(label, value)
    if told is None or is_broken_count(told):
        return None
    return Told(told.figure, told.measured, int(year[1]) if year else told.year)


def _told_by_both(label: str, value: str) -> Told | None:
    """What a value says with a noun of its own: `Export markets: 150 countries`."""
    text = f"{label} {value}"
    if label.isupper() or _CLAUSE.search(label):
        return None
    figure = find_figures(text)[-1]
    measured = measure_of(text, figure, 0, len(text)) if figure.end < len(text) and figure.unit == COUNT else None
    return Told(figure, measured, None) if measured else None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    printed = text[start:end]
    return start + len(printed) - len(printed.lstrip(" *")), start + len(printed.rstrip(" *"))
