"""Columns of numbers in a table of clusters: what the header says they measure, and the figure in each cell.

A cell is read as the sentence that its header makes of it, by the same words as running text: under `产值（亿元）` the cell `12.5` is
产值12.5亿元, under `Number of enterprises` the cell `1,500` is "1,500 enterprises".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from orchestration.reading.keys import HAN
from orchestration.reading.phrases.figures import COUNT, Figure, find_figures
from orchestration.reading.phrases.measures import measure_of
from orchestration.reading.phrases.signals import Measured
from orchestration.reading.text.texts import Statement, Subject

_LONGEST_HEADER = 60
_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)\s?年?[度末底]?")
_UNIT = re.compile(
    r"(?:in\s)?(?:(?P<sign>RMB|CNY|USD|US\$|\$|€|¥)\s?)?(?P<times>\d[\d,]*)?\s?"
    r"(?P<scale>hundred|thousand|million|billion|mln|mn|bn|m(?![a-z])|k(?![a-z])|[十百千万萬亿億]{1,3})?s?(?:\s?of)?\s?"
    r"(?P<unit>%|％|percent|per cent|yuan|RMB|CNY|USD|U\.?S\.? dollars?|dollars?|euros?|people|persons|companies|firms|enterprises|pcs"
    r"|人民币|[美欧港日]?元|[家个個户戶人名项項件種种台套双雙只支条條辆亩畝米吨噸]|公顷|平方公里|平方米|tonnes|tons)?",
    re.IGNORECASE,
)
_COUNT_OF = re.compile(r"^(?:the\s)?(?:(?:total\s)?(?:number|no\.?|nos\.?|count|quantity)\s(?:of\s)?|total\s|annual\s|#\s?)", re.IGNORECASE)
_SPLIT = re.compile(r"[，/、;；]|,(?!\d{3})")
_OPEN = re.compile(r"[\d.,，十百千万萬亿億多余餘]\s?\+?$")  # a cell that ends so has no unit of its own
_THOUSANDS = re.compile(r"['’‘]000s?|000s|[x×]\s?1,?000", re.IGNORECASE)
_IN_SOMETHING = re.compile(r"\d|thousand|million|billion|[百千万萬亿億元%％]", re.IGNORECASE)
_NOTE = re.compile(r"(?:(?:计量|金额|数量)单位|(?<![一-鿿])(?:单位|單位)|\b[Uu]nits?)\s*[：:]\s*(?P<units>[^()（）]{1,40})")
_AREA = re.compile(r"\barea\b|面积|面積")
_PROBES, _LANDS = ("7亿元", "7 million yuan", "7%"), ("7 km²", "7平方公里")  # cells that a header must make sense of
_NOTHING = re.compile(
    r"[-–—―./*\s?？]*|n\.?/?a\.?|nil|(?:none|not)(?: (?:reported|available|known|stated))?|no (?:data|information|main \w+)|unknown"
    r"|to be (?:added|confirmed|determined)|tb[acd]|无|無|不详|暂无|未知",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a cell of numbers says: the figure with its value in full, what it is of, and of which year."""

    figure: Figure
    measured: Measured
    year: int | None

    def said_of(self, subject: Subject, start: int, end: int, year_above: int | None = None) -> Statement:
        """What it states of a subject, printed there; of the year told above where it names none."""
        figure, measured = self.figure, self.measured
        currency, year = figure.unit if figure.is_money else None, self.year or year_above
        return Statement(subject, measured.measure, figure.value, figure.qualifier, measured.unit, currency, None, year, start, end)


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """What the header of a column of numbers says.

    Attributes:
        label: The measure's words, such as `产值` or `enterprises`.
        unit: What follows a number without a unit of its own, such as `亿元` or `billion yuan`.
        times: What the numbers are in, beyond the unit: `100 million yuan` is 100 and `million yuan`.
        year: The year the figures are of, None where the header names none.
    """

    label: str
    unit: str
    times: float
    year: int | None

    def read(self, cell: str) -> Told | None:
        """What a cell says; None where the cell holds none, or more than one."""
        cell, sign = (cell[1:].strip(), -1) if cell[:1] in ("-", "−", "–") else (cell, 1)
        has_unit = not _OPEN.search(cell)
        if HAN.search(self.label):
            sentence = f"{self.label}{cell}{'' if has_unit else self.unit}"
        else:
            sentence = f"{cell} {self.label}" if has_unit else f"{cell} {self.unit} {self.label}".replace("  ", " ")
        found = find_figures(sentence)
        measured = measure_of(sentence, found[0], 0, len(sentence)) if len(found) == 1 else None
        if measured is None:
            return None
        figure, times = found[0], sign if has_unit else sign * self.times
        return Told(replace(figure, value=round(figure.value * times, 4)), measured, self.year)


def units_of_note(lines: Sequence[str]) -> tuple[str, ...]:
    """The units that a line above a table gives for all of it: （单位：家、亿元、万人）."""
    notes = [match["units"] for line in lines if (match := _NOTE.search(line))]
    return tuple(piece.strip() for piece in _SPLIT.split(notes[0]) if piece.strip()) if len(notes) == 1 else ()


def number_column(header: str, noted: Sequence[str] = ()) -> NumberColumn | None:
    """What a header measures: `企业数量（家）`, `2022年产值/亿元`, `Exports (US$ million)`; None for any other column.

    Args:
        header: The header's cell.
        noted: The units a note gives for the whole table; the one that fits is taken where the header names none.
    """
    column = _column(header)
    if column is None or column.unit or column.times != 1 or not noted:
        return column
    alone = column.read("7")
    fits = []
    for match in filter(None, map(_UNIT.fullmatch, noted)):
        unit, times = _unit_of(match)
        other = replace(column, unit=unit, times=times)
        told = other.read("7")
        if told and (told.figure.is_money if alone is None else told.measured.measure == alone.measured.measure):
            fits.append(other)
    return fits[0] if len(fits) == 1 else None if fits else column


def _column(header: str) -> NumberColumn | None:
    if not header or len(header) > _LONGEST_HEADER:
        return None
    years = _YEAR.findall(header)
    bare = _YEAR.sub("", header)
    bare = _THOUSANDS.sub("1,000", bare)
    pieces = [piece.strip() for group in _BRACKETS.findall(bare) for piece in _SPLIT.split(group)]
    label, *behind = _SPLIT.split(_BRACKETS.sub("", bare).strip())
    units = [match for piece in [*pieces, *behind] if piece.strip() and (match := _UNIT.fullmatch(piece.strip()))]
    if any(_IN_SOMETHING.search(piece) and not _UNIT.fullmatch(piece) for piece in pieces):
        return None  # in something that is not understood: `thousand sq m`
    label = _COUNT_OF.sub("", label.strip()).lower()
    label = (
        "employees" if label in ("people", "persons", "persons employed", "people employed", "headcount", "employment", "jobs") else label
    )
    if label.endswith(("%", "％")):
        label, units = label[:-1], [match for match in [_UNIT.fullmatch("%")] if match]
    if not label or len(units) > 1 or len(set(years)) > 1:
        return None
    unit, times = _unit_of(units[0]) if units else ("", 1.0)
    column = NumberColumn(label, unit, times, int(years[0]) if years else None)
    probe = column.read("7")
    # Money needs its unit: under 产值 alone a cell may be in 万元 or in 亿元, and says which or is not understood.
    is_told = probe is not None or any(column.read(cell) for cell in _PROBES + _LANDS * bool(_AREA.search(label)))
    return column if is_told else None


def _unit_of(match: re.Match[str]) -> tuple[str, float]:
    times = float((match["times"] or "1").replace(",", ""))
    scale, unit, sign = match["scale"] or "", match["unit"] or "", match["sign"] or ""
    scale = {"m": "million", "mn": "million", "k": "thousand"}.get(scale.lower(), scale)
    currency = {"RMB": "yuan", "CNY": "yuan", "¥": "yuan", "USD": "dollars", "US$": "dollars", "$": "dollars", "€": "euros"}
    if HAN.search(scale + unit):
        return f"{scale}{unit}", times
    unit = currency.get(sign.upper(), "") or {"CNY": "yuan", "USD": "dollars"}.get(unit.upper(), unit)
    if unit.lower() in ("people", "persons", "companies", "firms", "enterprises", "pcs"):
        unit = ""
    return f"{scale} {unit}".strip(), times


def years_over(row: Sequence[str], columns: int) -> list[int | None]:
    """The years that a header's row gives the columns below it: 2018年, over several."""
    years: list[int | None] = []
    for text in row:
        year = _YEAR.fullmatch(text)
        years.append(int(year[1]) if year else None if text or not years else years[-1])
    return years + [None] * (columns - len(years))


def is_broken_count(told: Told) -> bool:
    """Whether a count is no whole number: its column is then in a unit that is printed nowhere."""
    return told.measured.unit in (COUNT, "people") and told.figure.value % 1 != 0


def is_nothing(cell: str) -> bool:
    """Whether a cell says that there is no figure: a dash, `n/a`, 无."""
    return _NOTHING.fullmatch(cell) is not None
