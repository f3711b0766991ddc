"""Figures say the numbers they are drawn from, and the map puts places where they are."""

import csv
import re
from datetime import date
from itertools import pairwise
from types import SimpleNamespace

import pytest

from orchestration.paths import SEEDS
from orchestration.releasing.site.data import Source, search_text
from orchestration.releasing.site.figures import DIVISIONS, comparisons, day, dots, province_bars, quantity, shades
from orchestration.releasing.site.map import WIDTH, draw_map

MAP = draw_map()


def ring_corners(path: str) -> list[list[tuple[int, int]]]:
    """The rings of a path of absolute moves and relative steps."""
    rings = []
    for ring in path.rstrip("z").split("z"):
        move, steps = ring.removeprefix("M").split("l")
        x, y = map(int, re.findall(r"-?\d+", move))
        corners, numbers = [(x, y)], list(map(int, re.findall(r"-?\d+", steps)))
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step_x, y + step_y
            corners.append((x, y))
        rings.append(corners)
    return rings


def is_inside(point: tuple[int, int], path: str) -> bool:
    """Whether a ray from the point crosses the outline an odd number of times."""
    x, y = point
    crossings = 0
    for corners in ring_corners(path):
        for (x1, y1), (x2, y2) in pairwise([*corners, corners[0]]):
            crossings += (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    return crossings % 2 == 1


def test_map_has_every_province_level_division_of_the_gazetteer() -> None:
    with (SEEDS / "gazetteer" / "provinces.csv").open(encoding="utf-8", newline="") as file:
        assert {outline.code for outline in MAP.outlines} == {row["province_code"] for row in csv.DictReader(file)}


def test_outlines_fill_the_drawing_and_do_not_leave_it() -> None:
    corners = [corner for outline in MAP.outlines for ring in ring_corners(outline.path) for corner in ring]
    assert (min(x for x, _ in corners), max(x for x, _ in corners)) == (0, WIDTH)
    assert (min(y for _, y in corners), max(y for _, y in corners)) == (0, MAP.height)


@pytest.mark.parametrize(
    ("place", "latitude", "longitude", "code"),
    [
        ("Beijing", 39.90, 116.40, "110000"),
        ("Urumqi", 43.83, 87.62, "650000"),
        ("Lhasa", 29.65, 91.12, "540000"),
        ("Harbin", 45.80, 126.53, "230000"),
        ("Yiwu", 29.31, 120.07, "330000"),
        ("Haikou", 20.02, 110.35, "460000"),
        ("Taichung", 24.15, 120.68, "710000"),
    ],
)
def test_place_falls_into_its_own_province_and_no_other(place: str, latitude: float, longitude: float, code: str) -> None:
    point = MAP.place(latitude, longitude)
    assert [outline.code for outline in MAP.outlines if is_inside(point, outline.path)] == [code]


def test_divisions_have_a_label_each() -> None:
    with (SEEDS / "industries" / "isic4.csv").open(encoding="utf-8", newline="") as file:
        official = {row["isic4_division"] for row in csv.DictReader(file)}
    with DIVISIONS.open(encoding="utf-8", newline="") as file:
        labels = {row["isic4_division"]: row["label"] for row in csv.DictReader(file)}
    assert labels.keys() == official
    assert all(0 < len(label) < 40 for label in labels.values())


@pytest.mark.parametrize(
    ("counts", "labels"),
    [
        ([], ["0", "1+"]),
        ([0, 1, 1], ["0", "1+"]),
        ([0, 3], ["0", "1", "2+"]),
        ([27, 16, 1], ["0", "1", "2–4", "5–9", "10–19", "20+"]),
        ([5000], ["0", "1–499", "500–999", "1,000–1,999", "2,000–4,999", "5,000+"]),
    ],
)
def test_shades_cover_every_count_without_gap(counts: list[int], labels: list[str]) -> None:
    classes = shades(counts)
    assert classes.labels == labels
    assert [classes.of(low) for low in (0, *classes.lows)] == list(range(len(labels)))


def test_bars_leave_out_provinces_without_clusters() -> None:
    provinces = [
        SimpleNamespace(name_en=name, name_zh="", clusters=count, code=name)
        for name, count in (("Zhejiang", 4), ("Jiangsu", 1), ("Tibet", 0))
    ]
    assert [(bar.label, bar.value, bar.share) for bar in province_bars(provinces)] == [("Zhejiang", 4, 1.0), ("Jiangsu", 1, 0.25)]


def test_declared_stands_beside_listed_and_none_listed_is_not_zero() -> None:
    source = Source(SimpleNamespace(source_id="s"), None)
    tallies = [
        SimpleNamespace(source_id="s", measure="m", province_code_gb2260=code, province=name, declared_count=declared, listed_count=listed)
        for code, name, declared, listed in (("33", "Zhejiang", 4, 3), ("32", "Jiangsu", 2, None), (None, None, 25, 3))
    ]
    (comparison,) = comparisons(tallies, [source])
    assert [(pair.label, pair.declared, pair.listed) for pair in comparison.pairs] == [("Zhejiang", 4, 3), ("Jiangsu", 2, None)]
    assert comparison.total.declared_count == 25


def test_clusters_at_one_place_are_one_dot() -> None:
    def cluster(name: str, latitude: float | None) -> SimpleNamespace:
        return SimpleNamespace(
            row=SimpleNamespace(
                cluster_id=name,
                latitude=latitude,
                longitude=120.0,
                place="Yiwu",
                place_zh="义乌市",
                province="Zhejiang",
                province_zh="浙江省",
            )
        )

    found, dot_of = dots([cluster("a", 29.0), cluster("b", 30.0), cluster("c", 30.0), cluster("nowhere", None)], MAP)
    assert [dot.clusters for dot in found] == [2, 1]
    assert dot_of == {"b": 0, "c": 0, "a": 1}
    assert found[0].label == "Yiwu 义乌市"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (55.5, "percent", "55.5 %"),
        (6000, "count", "6,000"),
        (1e10, "CNY", "10 billion CNY"),
        (1.52e9, "USD", "1.52 billion USD"),
        (33.3333, "percent", "33.3333 %"),
        (41, "square_metre", "41 square metre"),
        (None, "CNY", ""),
        (0, "count", "0"),
    ],
)
def test_figures_are_written_with_their_unit(value: float | None, unit: str, text: str) -> None:
    assert quantity(value, unit) == text


def test_dates_are_written_in_english_whatever_the_locale() -> None:
    assert day(date(2010, 6, 30)) == "30 June 2010"
    assert day(None) == ""


@pytest.mark.parametrize(
    ("text", "key"), [("Xi'an", "xian"), ("Lüliang", "luliang"), ("Hui’an CITY", "huian city"), ("乐清市", "乐清市"), ("ＩＴ", "it")]
)
def test_search_meets_accents_apostrophes_and_width(text: str, key: str) -> None:
    assert search_text(text) == key
