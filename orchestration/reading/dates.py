"""Days and months as they are written, in both languages. What a date is the date of is others' matter."""

import calendar
import re
from datetime import date

_MONTHS = tuple(name.lower() for name in calendar.month_name)  # the first is empty, so that January is 1
_MONTH_NAME = "|".join(f"{month}|{month[:3]}\\.?" for month in _MONTHS[1:])
_MONTH_YEAR = re.compile(
    rf"\b(?P<month>{_MONTH_NAME})\s*,?\s*(?P<year>(?:19|20)\d\d)\b|(?P<year_zh>(?:19|20)\d\d)\s*年\s*(?P<month_zh>\d{{1,2}})\s*月", re.I
)
_NUMERIC = re.compile(r"(?P<first>\d{1,2})\s*[/.-]\s*(?P<second>\d{1,2})\s*[/.-]\s*(?P<year>(?:19|20)\d\d)")
_ISO = re.compile(r"(?P<year>(?:19|20)\d\d)\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?")
_WITHIN = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s?[-/.年]\s?(?P<m>\d{1,2})\s?[-/.月]\s?(?P<d>\d{1,2})"
    r"|(?P<m2>[A-Z][a-z]{2,8})\.?\s(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s(?P<y2>(?:19|20)\d\d)"
    r"|(?P<d3>\d{1,2})\s(?P<m3>[A-Z][a-z]{2,8})\.?,?\s(?P<y3>(?:19|20)\d\d)"
)


def holds_date(text: str) -> bool:
    """Whether a date stands anywhere in a text, though it may be of no day there is."""
    return _WITHIN.search(text) is not None


def day_within(text: str) -> date | None:
    """The first date of a text: `ALMS|Updated: April 1, 2021`, 2021年4月1日."""
    match = _WITHIN.search(text)
    if match is None:
        return None
    month = match["m2"] or match["m3"]
    number = _month_of(month) if month else int(match["m"])
    return _day(int(match["y"] or match["y2"] or match["y3"]), number, int(match["d"] or match["d2"] or match["d3"]))


def is_date(line: str) -> bool:
    """Whether a line is a date, or a month, and nothing else."""
    return any(pattern.fullmatch(line) for pattern in (_ISO, _NUMERIC, _MONTH_YEAR))


def day_of(line: str) -> date | None:
    """The day that a line is; of `3/4/2019` nobody can say which is the month."""
    if match := _ISO.fullmatch(line):
        return _day(int(match["year"]), int(match["month"]), int(match["day"]))
    if match := _NUMERIC.fullmatch(line):
        first, second = int(match["first"]), int(match["second"])
        if first > 12 or second > 12 or first == second:
            return _day(int(match["year"]), min(first, second), max(first, second))
    return None


def month_end(text: str) -> date | None:
    """The last day of the month a text names: facts of `June 2010` are those of 30 June 2010."""
    match = _MONTH_YEAR.search(text)
    if match is None:
        return None
    number = _month_of(match["month"]) if match["month"] else int(match["month_zh"])
    return last_day_of_month(int(match["year"] or match["year_zh"]), number) if 1 <= number <= 12 else None


def last_day_of_month(year: int, month: int) -> date:
    """The last day of a month.

    Raises:
        ValueError: There is no such month.
    """
    return date(year, month, calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 1)


def _month_of(name: str) -> int:
    """1 for January, however it is cut; 0 for what is no month."""
    return next((number for number, month in enumerate(_MONTHS) if number and month[:3] == name[:3].lower()), 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
