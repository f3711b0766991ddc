"""Where the seats of divisions are: two independent tables, the shapes of the provinces, and a file of corrections by hand.

A seat is published when both tables have it and agree within `AGREEMENT_KM`, or one has it and it lies in its province, or a person
says where it is in `coordinates_fixes.csv`. Everything else stays without coordinates. The shapes are drawn for orientation only: a
lone witness may be `BORDER_KM` outside, and as many islands are missing, two witnesses or a person `OFFSHORE_KM`.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import cos, hypot, radians
from typing import Any

from orchestration.errors import BadInput
from tools.seeds.curated import CURATED, FIXES, CoordinatesFix, Province, read
from tools.seeds.history import Place
from tools.seeds.upstream import SHAPES, Point, seats_by_code, seats_by_name

AGREEMENT_KM = 30.0  # the wider table is given to a hundredth of a degree, and seats of districts moved between the two
BORDER_KM = 12.0
OFFSHORE_KM = 100.0  # Shengsi is 73 km off the drawn coast; Jiagedaqi, seat of Daxing'anling, 93 km inside Inner Mongolia

Ring = list[tuple[float, float]]  # longitude, latitude


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place whose seat the tables do not settle, for the person who writes `coordinates_fixes.csv`."""

    place: Place
    reason: str
    points: tuple[Point, ...]


class Shapes:
    """The 34 provinces as polygons, from Natural Earth's TopoJSON."""

    def __init__(self) -> None:
        topology: dict[str, Any] = json.loads(SHAPES.read_text(encoding="utf-8"))
        (scale_x, scale_y), (shift_x, shift_y) = topology["transform"]["scale"], topology["transform"]["translate"]
        arcs: list[Ring] = [
            [
                (x * scale_x + shift_x, y * scale_y + shift_y)
                for x, y in accumulate(map(tuple, arc), lambda a, b: (a[0] + b[0], a[1] + b[1]))
            ]
            for arc in topology["arcs"]
        ]
        self._rings: dict[str, list[Ring]] = {}
        for unit in topology["objects"]["data"]["geometries"]:
            polygons = unit["arcs"] if unit["type"] == "MultiPolygon" else [unit["arcs"]]
            self._rings[unit["id"]] = [
                [point for index in ring for point in (arcs[index] if index >= 0 else arcs[~index][::-1])]
                for polygon in polygons
                for ring in polygon
            ]

    def km_outside(self, point: Point, province_code: str) -> float:
        """How far the point is outside its province, 0 inside."""
        rings = self._rings[province_code]
        if sum(_crossings(point, ring) for ring in rings) % 2:
            return 0.0
        return min(_km_to_segment(point, a, b) for ring in rings for a, b in pairwise(ring))


def seats(found: list[Place]) -> tuple[dict[str, Point], list[Doubt]]:
    """Place id -> seat, and the places that stay without one.

    Raises:
        BadInput: A correction meets no place, says what the tables say already, or lies outside its province.
    """
    shapes = Shapes()
    by_code, by_name = seats_by_code(), _ByName(found)
    settled: dict[str, Point] = {}
    doubts: list[Doubt] = []
    for place in found:
        known = [point for point in (_under_code(place, by_code), by_name.seat(place)) if point]
        agreed = len(known) == 2 and km(*known) <= AGREEMENT_KM
        outside = [shapes.km_outside(point, place.last.province_code) for point in known]
        if known and max(outside) <= (OFFSHORE_KM if agreed else BORDER_KM) and (agreed or len(known) == 1):
            settled[place.place_id] = known[0]
        else:
            reason = (
                "not in the tables" if not known else "the tables disagree" if len(known) == 2 and not agreed else "outside its province"
            )
            doubts.append(Doubt(place, reason, tuple(known)))
    _correct(found, settled, shapes)
    _inherit(found, settled)
    return settled, [doubt for doubt in doubts if doubt.place.place_id not in settled]


def km(a: Point, b: Point) -> float:
    """Distance on the ground, good to a percent within China."""
    return _flat_km(a.longitude - b.longitude, a.latitude - b.latitude, a.latitude)


def _under_code(place: Place, by_code: dict[str, Point]) -> Point | None:
    """The seat under the latest code the table knows. A code that went on to another place is not believed for the earlier one."""
    if "-" in place.place_id:
        return None
    return next(
        (by_code[period.form.code] for period in reversed(place.periods) if period.last >= 2010 and period.form.code in by_code), None
    )


class _ByName:
    """The table that knows names only: a place is in it under a full name of 1995 or later that its province has once.

    Namesakes are not believed: the table gives the 新华区 of Shijiazhuang the seat of that of Cangzhou.
    """

    def __init__(self, found: list[Place]) -> None:
        codes = {row.name_zh: row.province_code for row in read(CURATED / "provinces.csv", Province)}
        self._rows: dict[tuple[str, str], list[tuple[str, str, Point]]] = defaultdict(list)
        for (province, prefecture, county), point in seats_by_name().items():
            if province in codes:  # Hong Kong, Macao and Taiwan are one heap there
                self._rows[codes[province], county or prefecture].append((prefecture, county, point))
        self._prefectures = {
            (entry.code, entry.year): entry.name for place in found for entry in place.years if entry.level == "prefecture"
        }

    def seat(self, place: Place) -> Point | None:
        """The seat of its latest period that the table has."""
        for period in reversed(place.periods):
            form = period.form
            rows = self._rows.get((form.province_code, form.name), [])
            if period.last < 1995 or len(rows) != 1:
                continue
            prefecture, county, point = rows[0]
            if form.level == "prefecture":
                if not county:
                    return point
            elif not form.prefecture_code or (county and prefecture == self._prefectures.get((form.prefecture_code, period.last))):
                return point
        return None


def _correct(found: list[Place], settled: dict[str, Point], shapes: Shapes) -> None:
    # A code that several places had in turn is that of the last one.
    periods = sorted((period.last, period.form.code, place.place_id) for place in found for period in place.periods)
    latest = {code: place_id for _, code, place_id in periods}
    provinces = {place.place_id: place.last.province_code for place in found}
    for row in read(FIXES, CoordinatesFix):
        point = Point(float(row.latitude), float(row.longitude))
        place_id = latest.get(row.code)
        if place_id is None:
            raise BadInput(f"coordinates_fixes.csv: no division has the code {row.code}", "Correct the code")
        if place_id in settled and km(settled[place_id], point) < 1:
            raise BadInput(f"coordinates_fixes.csv: {row.code} is where the tables have it already", "Remove the row")
        if shapes.km_outside(point, provinces[place_id]) > OFFSHORE_KM:
            raise BadInput(f"coordinates_fixes.csv: {row.code} lies outside its province", "Correct latitude and longitude")
        settled[place_id] = point


def _inherit(found: list[Place], settled: dict[str, Point]) -> None:
    """A place that ended has the seat of what it became, where that kept its name."""
    today = {place.last.code: place for place in found if place.current_code == place.last.code}
    for place in found:
        heir = today.get(place.current_code)
        if place.place_id not in settled and heir and heir.last.stem == place.last.stem and heir.place_id in settled:
            settled[place.place_id] = settled[heir.place_id]


def _crossings(point: Point, ring: Ring) -> int:
    x, y = point.longitude, point.latitude
    return sum((a[1] > y) != (b[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0] for a, b in pairwise(ring))


def _km_to_segment(point: Point, a: tuple[float, float], b: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    x, y = point.longitude - a[0], point.latitude - a[1]
    share = min(1.0, max(0.0, (x * dx + y * dy) / ((dx * dx + dy * dy) or 1.0)))
    return _flat_km(x - share * dx, y - share * dy, point.latitude)


def _flat_km(degrees_east: float, degrees_north: float, latitude: float) -> float:
    return hypot(degrees_east * cos(radians(latitude)), degrees_north) * 111.2
