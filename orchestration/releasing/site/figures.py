"""What the figures of the page show, as numbers ready to draw: shades, bars, pairs and points. No queries, no markup."""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

from orchestration.releasing.site.data import Cluster, Source
from orchestration.releasing.site.map import Map

# The divisions of ISIC Rev. 4 in words short enough for a chart; the official titles are in the release.
DIVISIONS = Path(__file__).parent / "assets" / "isic4_divisions.csv"

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000)
_SHADES = 5
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_MAGNITUDES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its value, its length as a share of the longest, and what choosing it filters by."""

    label: str
    note: str
    value: int
    share: float
    key: str


@dataclass(frozen=True, slots=True)
class Pair:
    """What a source declares for a province and what it lists (None where it names none of them), as shares of the longest."""

    label: str
    declared: int
    listed: int | None
    declared_share: float
    listed_share: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The pairs of one source and measure, the total apart."""

    source: Source
    measure: str
    pairs: list[Pair]
    total: Any | None


@dataclass(frozen=True, slots=True)
class Dot:
    """One place on the map and how many clusters stand there."""

    x: int
    y: int
    label: str
    search: str
    clusters: int

    @property
    def radius(self) -> float:
        """Grows with the root of the count, so that areas compare."""
        return min(6.4 * sqrt(self.clusters), 28)


@dataclass(frozen=True, slots=True)
class Shades:
    """Classes of counts for shading: 0 is none, 1 to 5 grow. `lows` are their first values."""

    lows: tuple[int, ...]

    def of(self, count: int) -> int:
        """The class of a count."""
        return sum(count >= low for low in self.lows)

    @property
    def labels(self) -> list[str]:
        """For the legend: `0`, `1`, `2–4`, ..., `20 and more`."""
        ends = [*(low - 1 for low in self.lows[1:]), None]
        ranges = [
            f"{low:,}+" if end is None else f"{low:,}" if low == end else f"{low:,}–{end:,}"
            for low, end in zip(self.lows, ends, strict=True)
        ]
        return ["0", *ranges]


def shades(counts: Iterable[int]) -> Shades:
    """Up to five classes that begin at 1, 2, 5, 10, ... and end at the largest count."""
    top = max([*counts, 1])
    within = [step for step in _STEPS if step <= top]
    return Shades((*within[:1], *within[1:][-(_SHADES - 1) :]))


def province_bars(provinces: Sequence[Any]) -> list[Bar]:
    """Clusters by province, most first; provinces without any are left to the map."""
    top = max((province.clusters for province in provinces), default=0)
    return [
        Bar(province.name_en, province.name_zh, province.clusters, province.clusters / top, province.code)
        for province in provinces
        if province.clusters
    ]


def division_bars(clusters: Sequence[Cluster]) -> list[Bar]:
    """Clusters by ISIC division, most first; those in none come last, as unclassified."""
    with DIVISIONS.open(encoding="utf-8", newline="") as file:
        labels = {row["isic4_division"]: row["label"] for row in csv.DictReader(file)}
    counts = Counter(cluster.row.division or "" for cluster in clusters)
    top = max(counts.values(), default=1)
    ranked = sorted(counts.items(), key=lambda item: (not item[0], -item[1], item[0]))
    return [Bar(labels.get(key, key) or "Unclassified", key, count, count / top, key) for key, count in ranked]


def comparisons(tallies: Sequence[Any], sources: Sequence[Source]) -> list[Comparison]:
    """Declared against listed, per source and measure that declares anything; those that differ before those that agree."""
    by_id = {source.row.source_id: source for source in sources}
    groups: dict[tuple[str, str], list[Any]] = {}
    for tally in tallies:
        groups.setdefault((tally.source_id, tally.measure), []).append(tally)
    found = [_comparison(by_id[source_id], measure, group) for (source_id, measure), group in groups.items()]
    return sorted(found, key=lambda comparison: all(pair.listed in (None, pair.declared) for pair in comparison.pairs))


def _comparison(source: Source, measure: str, group: list[Any]) -> Comparison:
    provinces = [tally for tally in group if tally.province_code_gb2260]
    top = max([1, *(tally.declared_count for tally in provinces), *(tally.listed_count or 0 for tally in provinces)])
    pairs = [
        Pair(
            tally.province or tally.province_code_gb2260,
            tally.declared_count,
            tally.listed_count,
            tally.declared_count / top,
            (tally.listed_count or 0) / top,
        )
        for tally in provinces
    ]
    return Comparison(source, measure, pairs, next((tally for tally in group if not tally.province_code_gb2260), None))


def dots(clusters: Sequence[Cluster], drawing: Map) -> tuple[list[Dot], dict[str, int]]:
    """Places on the map, most clusters first so that small ones stay on top; and the number of the dot per cluster."""
    at: dict[tuple[int, int], list[Cluster]] = {}
    for cluster in clusters:
        if cluster.row.latitude is not None and cluster.row.longitude is not None:
            at.setdefault(drawing.place(cluster.row.latitude, cluster.row.longitude), []).append(cluster)
    ranked = sorted(at.items(), key=lambda item: (-len(item[1]), item[0]))
    found, numbers = [], {}
    for number, ((x, y), group) in enumerate(ranked):
        row = group[0].row
        name, name_zh = (row.place, row.place_zh) if row.place else (row.province, row.province_zh)
        found.append(Dot(x, y, f"{name or ''} {name_zh or ''}".strip(), name or "", len(group)))
        numbers.update({cluster.row.cluster_id: number for cluster in group})
    return found, numbers


def day(value: Any) -> str:
    """A date for people: `30 June 2010`; nothing where there is none. Not strftime, whose month follows the locale."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}" if value else ""


def quantity(value: float | None, unit: str | None) -> str:
    """A figure with its unit: `55.5 %`, `6,000`, `10 billion CNY`, `41 square metre`."""
    if value is None:
        return ""
    scale, word = next(((size, word) for size, word in _MAGNITUDES if abs(value) >= size), (1, ""))
    number = f"{value / scale:,.4f}".rstrip("0").rstrip(".")
    unit = {"percent": "%", "count": ""}.get(unit or "", (unit or "").replace("_", " "))
    return " ".join(filter(None, (number, word, unit)))
