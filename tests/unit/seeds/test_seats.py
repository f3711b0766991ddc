"""Seats of divisions: shapes, witnesses, corrections."""

import pytest

from orchestration.errors import BadInput
from tools.seeds import history, seats
from tools.seeds.upstream import DivisionYear, Point


@pytest.fixture(scope="module")
def shapes():
    return seats.Shapes()


def places(*codes_and_names):
    entries = [
        DivisionYear(year, "prefecture", code, name, name[:-1], code[:2] + "0000", "", "")
        for code, name in codes_and_names
        for year in range(1980, 2025)
    ]
    return history.places(entries, [])


@pytest.mark.parametrize(
    ("latitude", "longitude", "province", "inside"),
    [
        (30.27, 120.15, "330000", True),  # Hangzhou in Zhejiang
        (30.27, 120.15, "320000", False),
        (38.04, 114.51, "130000", True),  # Shijiazhuang in Hebei
        (39.90, 116.41, "130000", False),  # Beijing is a hole in Hebei
        (29.65, 91.13, "540000", True),  # Lhasa in Tibet
    ],
)
def test_shape_says_whether_a_seat_is_in_its_province(shapes, latitude, longitude, province, inside):
    assert (shapes.km_outside(Point(latitude, longitude), province) == 0) is inside


def test_distance_to_the_province_is_in_kilometres(shapes):
    assert 20 < shapes.km_outside(Point(30.73, 122.45), "330000") < 100  # Shengsi islands
    assert 110 < seats.km(Point(30, 120), Point(31, 120)) < 112


@pytest.fixture
def tables(monkeypatch, tmp_path):
    """The two tables and the corrections, made by hand."""

    def make(by_code, by_name, fixes=""):
        path = tmp_path / "coordinates_fixes.csv"
        path.write_text("code,latitude,longitude,reason\n" + fixes, encoding="utf-8")
        monkeypatch.setattr(seats, "FIXES", path)
        monkeypatch.setattr(seats, "seats_by_code", lambda: by_code)
        monkeypatch.setattr(seats, "seats_by_name", lambda: by_name)

    return make


HANGZHOU = Point(30.27, 120.15)


def test_two_tables_that_agree_give_the_finer_seat(tables):
    tables({"330100": HANGZHOU}, {("浙江省", "杭州市", ""): Point(30.3, 120.2)})
    assert seats.seats(places(("330100", "杭州市")))[0] == {"p330100": HANGZHOU}


@pytest.mark.parametrize(
    ("by_code", "by_name", "reason"),
    [
        ({"330100": HANGZHOU}, {("浙江省", "杭州市", ""): Point(28.0, 120.7)}, "the tables disagree"),
        ({"330100": Point(39.9, 116.4)}, {}, "outside its province"),
        ({}, {}, "not in the tables"),
    ],
)
def test_seat_in_doubt_is_left_out_with_its_reason(tables, by_code, by_name, reason):
    tables(by_code, by_name)
    points, doubts = seats.seats(places(("330100", "杭州市")))
    assert (points, [doubt.reason for doubt in doubts]) == ({}, [reason])


def test_correction_settles_a_doubt(tables):
    tables({}, {}, "330100,30.27,120.15,looked up\n")
    assert seats.seats(places(("330100", "杭州市")))[0] == {"p330100": HANGZHOU}


@pytest.mark.parametrize(
    ("fix", "message"),
    [
        ("339999,30.27,120.15,looked up\n", "no division has the code 339999"),
        ("330100,39.9,116.4,looked up\n", "outside its province"),
        ("330100,30.27,120.15,looked up\n", "already"),
    ],
)
def test_correction_that_is_wrong_or_idle_is_refused(tables, fix, message):
    tables({"330100": HANGZHOU}, {}, fix)
    with pytest.raises(BadInput, match=message):
        seats.seats(places(("330100", "杭州市")))
