"""The map of the page: province outlines as SVG paths, and places on the same projection. Drawing only; no counts, no colours.

Outlines are Natural Earth 1:10m (public domain), quantised to a TopoJSON keyed by GB/T 2260 code. For orientation only: no position
on any boundary is taken. The projection is Albers' equal-area conic with the parallels commonly used for China, so that
shaded areas compare honestly.
"""

import json
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sin, sqrt
from pathlib import Path

_SHAPES = Path(__file__).parent / "assets" / "cn_provinces_ne10m.topo.json"
WIDTH = 2000  # whole units, fine enough for the map to be drawn six times as large
_TOLERANCE = 0.6  # in units of WIDTH
_PARALLELS = (radians(25), radians(47))
_ORIGIN = (radians(105), radians(36))

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """A province's shape: its GB/T 2260 code and the `d` of its path."""

    code: str
    path: str


@dataclass(frozen=True, slots=True)
class Map:
    """The 34 outlines and what it takes to put a place on them."""

    outlines: tuple[Outline, ...]
    height: int
    left: float
    top: float
    scale: float

    def place(self, latitude: float, longitude: float) -> tuple[int, int]:
        """Where a place stands, in the units of the paths."""
        x, y = _albers(longitude, latitude)
        return round((x - self.left) * self.scale), round((self.top - y) * self.scale)


def draw_map() -> Map:
    """The map, WIDTH units wide."""
    topology = json.loads(_SHAPES.read_text(encoding="utf-8"))
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    xs, ys = [x for arc in arcs for x, _ in arc], [y for arc in arcs for _, y in arc]
    left, top, scale = min(xs), max(ys), WIDTH / (max(xs) - min(xs))
    fitted = [_simplified([((x - left) * scale, (top - y) * scale) for x, y in arc]) for arc in arcs]
    outlines = tuple(Outline(geometry["id"], _path(geometry, fitted)) for geometry in topology["objects"]["data"]["geometries"])
    return Map(outlines, round((top - min(ys)) * scale), left, top, scale)


def _albers(longitude: float, latitude: float) -> Point:
    """Albers' equal-area conic on the sphere of radius 1 (Snyder, Map Projections, 14-1 to 14-6)."""
    first, second = _PARALLELS
    meridian, origin = _ORIGIN
    n = (sin(first) + sin(second)) / 2
    c = cos(first) ** 2 + 2 * n * sin(first)
    rho = sqrt(c - 2 * n * sin(radians(latitude))) / n
    theta = n * (radians(longitude) - meridian)
    return rho * sin(theta), sqrt(c - 2 * n * sin(origin)) / n - rho * cos(theta)


def _decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    """A quantised arc is a walk: each pair is the step from the one before."""
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append(_albers(x * scale_x + move_x, y * scale_y + move_y))
    return points


def _simplified(points: list[Point]) -> list[Point]:
    """Douglas and Peucker's line, within the tolerance. Arcs are shared by neighbours, so that no gaps open between them."""
    (x0, y0), (x1, y1) = points[0], points[-1]
    length = sqrt((x1 - x0) ** 2 + (y1 - y0) ** 2)

    def off(point: Point) -> float:
        if not length:
            return sqrt((point[0] - x0) ** 2 + (point[1] - y0) ** 2)
        return abs((x1 - x0) * (y0 - point[1]) - (x0 - point[0]) * (y1 - y0)) / length

    if len(points) < 3:
        return points
    farthest = max(range(1, len(points) - 1), key=lambda index: off(points[index]))
    if off(points[farthest]) <= _TOLERANCE:
        return [points[0], points[-1]]
    return _simplified(points[: farthest + 1])[:-1] + _simplified(points[farthest:])


def _path(geometry: dict[str, object], arcs: list[list[Point]]) -> str:
    """The `d` of a (multi)polygon: absolute moves, whole-unit relative steps."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return "".join(_ring(ring, arcs) for polygon in polygons for ring in polygon)  # type: ignore[attr-defined]  # TopoJSON is nested lists


def _ring(ring: list[int], arcs: list[list[Point]]) -> str:
    """One closed ring; `~3` in TopoJSON is arc 3 backwards, and an arc begins where the last one ended."""
    points = [(round(x), round(y)) for index in ring for x, y in (arcs[index] if index >= 0 else arcs[~index][::-1])]
    steps = [(x - before_x, y - before_y) for (before_x, before_y), (x, y) in pairwise(points)]
    walk = " ".join(f"{x} {y}" for x, y in steps if x or y)
    return f"M{points[0][0]} {points[0][1]}l{walk}z".replace(" -", "-")
