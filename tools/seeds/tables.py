"""The rows of each seed, put together from history, spelling and seats. Columns as docs/architecture.md has them; no reading of sources."""

import csv
import re
from collections.abc import Iterable
from dataclasses import astuple
from io import StringIO
from typing import Any

from orchestration.errors import BadInput
from orchestration.reading.keys import place_key
from tools.seeds.curated import Province, Succession, Zone
from tools.seeds.history import LAST, Period, Place
from tools.seeds.names import Speller
from tools.seeds.upstream import Point, Town

_TOWN_YEAR = 2023  # of the table of towns
_EARLIER_YEAR = 2015  # of the towns that are gone
_TOWN = re.compile("[一-鿿]{1,6}(?:镇|乡|街道)")
_FILED_UNDER = re.compile("^.{2,}(?:新城|[新园]区|开发区|[市县区])(?=[^省市县区城新园]{2,5}(?:镇|乡|街道)$)")
_ZONE_YEAR = 2010  # of the parents in the curated zones


def provinces(rows: Iterable[Province]) -> str:
    """`provinces.csv`: one row per province-level division."""
    return _csv(
        "province_code iso_3166_2 name_en name_zh type region keys latitude longitude",
        (
            (r.province_code, r.iso_3166_2, r.name_en, r.name_zh, r.type, r.region, _province_keys(r), r.latitude, r.longitude)
            for r in rows
        ),
    )  # fmt: skip


def divisions(found: Iterable[Place], speller: Speller, points: dict[str, Point]) -> str:
    """`divisions.csv`: one row per prefecture or county and period of one code, name and parent."""
    rows = [(period, place) for place in found for period in place.periods]
    rows.sort(key=lambda row: (row[0].form.code, row[0].first))
    return _csv(
        """division_id place_id level code name_zh name_en province_code prefecture_code valid_from valid_to current_code
        keys latitude longitude""",
        (_division(place, period, speller, points.get(place.place_id)) for period, place in rows),
    )


def _division(place: Place, period: Period, speller: Speller, seat: Point | None) -> tuple[Any, ...]:
    form = period.form
    spelling = speller.division(form.name, form.stem, form.province_code)
    return (
        period.division_id,
        place.place_id,
        form.level,
        form.code,
        form.name,
        spelling.name_en,
        form.province_code,
        form.prefecture_code,
        period.first,
        "" if period.last == LAST else period.last,
        place.current_code,
        ";".join(spelling.keys),
        *_degrees(seat),
    )


def towns(rows: Iterable[Town], rows_of_2015: Iterable[Town], found: Iterable[Place], speller: Speller) -> str:
    """`towns.csv`: one row per town or subdistrict of 2023, and per one of 2015 that was gone by then (大唐镇 became 大唐街道).

    `county_code` is of 2023. Where the statistics bureau files towns under a code that is no county (the towns of Dongguan, development
    zones such as 410173), it is the six-digit code of the prefecture. A town that is gone has its short names only if no town there has
    them now.
    """
    at = {(entry.code, entry.year): place for place in found for entry in place.years}
    divisions = {code for code, year in at if year == _TOWN_YEAR}
    counties = {code for code in divisions if not code.endswith("00")}
    today = [(town, town.county_code if town.county_code in counties else town.prefecture_code) for town in rows]
    table = {town.code: _town(town, _own_name(town.name), county, speller) for town, county in today}
    taken = {(county, key) for _, _, _, county, keys in table.values() for key in keys.split(";")}
    names = {(code[:4], name) for code, name, *_ in table.values()}
    for town in rows_of_2015:
        name = re.sub("(?<=街道)办事处$", "", town.name)
        place = at.get((town.county_code, _EARLIER_YEAR)) or at.get((town.prefecture_code, _EARLIER_YEAR))
        if not _TOWN.fullmatch(name) or place is None or place.current_code not in divisions or town.code in table:
            continue
        county = place.current_code
        code, _, name_en, _, keys = _town(town, name, county, speller)
        free = [key for key in keys.split(";") if (county, key) not in taken]
        if name in free and (county[:4], name) not in names:
            table[code] = (code, name, name_en, county, ";".join(free))
    return _csv("code name_zh name_en county_code keys", (table[code] for code in sorted(table)))


def _town(town: Town, name: str, county: str, speller: Speller) -> tuple[str, ...]:
    spelling = speller.town(name)
    return town.code, name, spelling.name_en, county, ";".join(spelling.keys)


def _own_name(name: str) -> str:
    """`扬州市生态科技新城杭集镇` and `三星镇（叠石桥家纺产业园区）` without what the statistics bureau writes around them."""
    bare = re.sub("（[^）]*）", "", name)
    own = _FILED_UNDER.sub("", bare)
    return own if _TOWN.fullmatch(own) and not own.startswith(("特殊", "直属")) else name


def zones(rows: Iterable[Zone], found: Iterable[Place]) -> str:
    """`zones.csv`: the curated zones, with keys and today's code of the division they lie in or became.

    Raises:
        BadInput: A code is not one of its year.
    """
    at = {(entry.code, entry.year): place for place in found for entry in place.years}

    def row(zone: Zone) -> tuple[str, ...]:
        year = max(int(zone.valid_from), _ZONE_YEAR)
        parents = [code for code in (zone.county_code, zone.prefecture_code) if code]
        current = zone.current_code or at[parents[0], year].current_code
        for code, when in (*((code, year) for code in parents), (current, LAST)):
            if (code, when) not in at and code != zone.province_code:
                raise BadInput(f"zones.csv: {zone.zone_id}: no {code} in {when}", "Correct the code or the year")
        keys = dict.fromkeys(place_key(name) for name in (zone.name_en, zone.name_zh, *zone.aliases.split(";")))
        return (
            zone.zone_id,
            f"z{zone.zone_id}",
            zone.name_zh,
            zone.name_en,
            zone.province_code,
            zone.prefecture_code,
            zone.county_code,
            zone.valid_from,
            zone.valid_to,
            current,
            ";".join(key for key in keys if key),
            zone.latitude,
            zone.longitude,
            zone.reason,
        )

    return _csv(
        """zone_id place_id name_zh name_en province_code prefecture_code county_code valid_from valid_to current_code
        keys latitude longitude reason""",
        map(row, rows),
    )


def successions(rows: Iterable[Succession]) -> str:
    """`successions.csv`: one row per change of code or short name, and per merged or split place and heir."""
    return _csv("from_code to_code year kind", (astuple(row)[:4] for row in rows))


def isic4(document: Any) -> str:
    """`isic4.csv`: one row per class of ISIC Rev.4 (419)."""
    return _csv(
        "isic4_class isic4_group isic4_division isic4_section title division_title section_title",
        sorted(
            (c["class"], g["group"], d["division"], s["section"].upper(), c["description"], d["description"], s["description"])
            for s in document["sections"]
            for d in s["divisions"]
            for g in d["groups"]
            for c in g["classes"]
        ),
    )


def _province_keys(row: Province) -> str:
    short_zh = re.sub(r"(?:省|市|特别行政区|(?:壮族|回族|维吾尔)?自治区)$", "", row.name_zh)
    names = (row.name_en, row.name_zh, short_zh, row.name_en_official, *row.aliases.split(";"))
    return ";".join(dict.fromkeys(key for name in names if (key := place_key(name))))


def _degrees(point: Point | None) -> tuple[str, str]:
    """To a thousandth of a degree, about 100 m: more than either table can promise."""
    return ("", "") if point is None else (f"{point.latitude:.3f}", f"{point.longitude:.3f}")


def _csv(header: str, rows: Iterable[Iterable[Any]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header.split())
    writer.writerows(rows)
    return text.getvalue()
