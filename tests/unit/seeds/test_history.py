"""Which code of one year is which code of the next."""

import pytest

from orchestration.errors import BadInput
from tools.seeds import history
from tools.seeds.curated import Succession
from tools.seeds.upstream import DivisionYear


def years(code, name, first, last, *, prefecture="330300", stem=None, town="温州", province="330000"):
    return [DivisionYear(year, "county", code, name, stem or name[:-1], province, prefecture, town) for year in range(first, last + 1)]


def became(from_code, to_code, year, kind):
    return Succession(from_code, to_code, str(year), kind, "told")


def by_last_name(entries, curated=()):
    return {place.last.name: place for place in history.places(entries, list(curated))}


def test_county_that_became_a_city_is_one_place_with_todays_code():
    entries = [*years("330323", "乐清县", 1980, 1992), *years("330382", "乐清市", 1993, 2024)]
    place = by_last_name(entries)["乐清市"]
    assert (place.place_id, place.current_code) == ("p330382", "330382")
    assert [(p.division_id, p.last) for p in place.periods] == [("330323-1980", 1992), ("330382-1993", 2024)]
    assert [(r.from_code, r.to_code, r.year, r.kind) for r in history.successions([place], [])] == [("330323", "330382", "1993", "recoded")]


def test_new_name_under_the_same_code_is_the_same_place():
    entries = [*years("330303", "东郊区", 1980, 1999), *years("330303", "龙湾区", 2000, 2024)]
    place = by_last_name(entries)["龙湾区"]
    assert [p.form.name for p in place.periods] == ["东郊区", "龙湾区"]
    assert history.successions([place], [])[0].kind == "renamed"


def test_codes_exchanged_in_one_year_follow_the_names():
    entries = [
        *years("330321", "甲乙县", 1980, 1981),
        *years("330322", "丙丁县", 1980, 1981),
        *years("330322", "甲乙县", 1982, 2024),
        *years("330321", "丙丁县", 1982, 2024),
    ]
    assert [p.form.code for p in by_last_name(entries)["甲乙县"].periods] == ["330321", "330322"]


def test_city_and_county_of_one_name_keep_apart_when_both_are_recoded():
    entries = [
        *years("332301", "上饶市", 1980, 1999),
        *years("332321", "上饶县", 1980, 1999),
        *years("331101", "上饶市", 2000, 2024),
        *years("331121", "上饶县", 2000, 2024),
    ]
    assert [p.form.code for p in by_last_name(entries)["上饶县"].periods] == ["332321", "331121"]


def test_suburb_of_one_city_is_never_that_of_another():
    entries = [
        *years("330311", "郊区", 1980, 1999, stem="郊区"),
        *years("330211", "郊区", 2000, 2024, stem="郊区", prefecture="330200", town="宁波"),
    ]
    assert {place.place_id for place in history.places(entries, [])} == {"p330311", "p330211"}
    assert {place.current_code for place in history.places(entries, [])} == {"", "330211"}


def test_merged_place_keeps_its_own_id_and_leads_to_what_took_it_in():
    entries = [*years("330384", "胶南市", 1980, 2011), *years("330311", "黄岛区", 1980, 2024)]
    place = by_last_name(entries, [became("330384", "330311", 2012, "merged")])["胶南市"]
    assert (place.place_id, place.current_code) == ("p330384", "330311")


def test_successor_is_followed_to_the_end():
    entries = [*years("330301", "甲一区", 1980, 1999), *years("330302", "乙二区", 1980, 2009), *years("330304", "丙三区", 2010, 2024)]
    curated = [became("330301", "330302", 2000, "merged"), became("330302", "330304", 2010, "renamed")]
    assert by_last_name(entries, curated)["甲一区"].current_code == "330304"


def test_divided_place_has_no_successor_of_today():
    entries = [*years("330301", "甲一区", 1980, 1999), *years("330302", "乙二区", 2000, 2024), *years("330304", "丙三区", 2000, 2024)]
    curated = [became("330301", "330302", 2000, "split"), became("330301", "330304", 2000, "split")]
    assert by_last_name(entries, curated)["甲一区"].current_code == ""


def test_reused_code_does_not_join_two_places():
    entries = [
        *years("500110", "万盛区", 1980, 2010),
        *years("500222", "綦江县", 1980, 2010),
        *years("500110", "綦江区", 2011, 2024),
    ]
    places = history.places(entries, [became("500110", "500110", 2011, "merged")])
    assert sorted((place.place_id, place.current_code) for place in places) == [("p500110", "500110"), ("p500110-2010", "500110")]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (became("330399", "330382", 2000, "merged"), "no 330399 in 1999"),
        (became("330382", "330399", 2000, "merged"), "no 330399 in 2000"),
        (became("330382", "330382", 2000, "vanished"), "kind 'vanished'"),
        (became("330382", "330382", 2000, "renamed"), "follows from the name"),
    ],
)
def test_curated_row_that_meets_nothing_or_is_idle_is_refused(row, message):
    with pytest.raises(BadInput, match=message):
        history.places(years("330382", "乐清市", 1980, 2024), [row])
