"""Facts of the committed gazetteer that the rest of the house relies on."""

from collections import Counter

import pytest

from orchestration.paths import RAW
from orchestration.reading.keys import place_key


def _first_key(row):
    return row["keys"].split(";")[0]


@pytest.mark.parametrize(
    ("code", "name_en", "key"),
    [
        ("330382", "Yueqing", "leqing"),
        ("440114", "Huadu", "huadu"),
        ("410728", "Changyuan", "changyuan"),
        ("130981", "Botou", "botou"),
        ("350521", "Hui'an", "huian"),
        ("341500", "Lu'an", "liuan"),
        ("141100", "Lüliang", "luliang"),
        ("371722", "Shanxian", "shan"),
        ("511123", "Qianwei", "qianwei"),
        ("150100", "Hohhot", "huhehaote"),
        ("150600", "Ordos", "eerduosi"),
        ("653100", "Kashgar", "kashi"),
        ("440100", "Guangzhou", "canton"),
        ("350200", "Xiamen", "amoy"),
        ("420500", "Yichang", "宜昌市"),
        ("420528", "Changyang", "changyangtujia"),
        ("152500", "Xilingol", "xilingolleague"),
        ("310115", "Pudong New Area", "pudong"),
    ],
)
def test_place_is_named_and_found_in_2010(divisions_of, code, name_en, key):
    row = (divisions_of("county", 2010) | divisions_of("prefecture", 2010))[code]
    assert row["name_en"] == name_en
    assert place_key(name_en) == _first_key(row)
    assert key in row["keys"].split(";")


@pytest.mark.parametrize(
    ("code", "year", "current", "place_id"),
    [
        ("370284", 2010, "370211", "p370284"),  # Jiaonan, merged into Huangdao
        ("140726", 2010, "140703", "p140703"),  # Taigu
        ("320584", 2010, "320509", "p320509"),  # Wujiang
        ("330621", 2012, "330603", "p330603"),  # Shaoxing county, renamed Keqiao
        ("330382", 2010, "330382", "p330382"),  # Yueqing
        ("110103", 2009, "110101", "p110103"),  # Chongwen
        ("320202", 2010, "320213", "p320202"),  # Chong'an of Wuxi
        ("310108", 2010, "310106", "p310108"),  # Zhabei
        ("341402", 2010, "340181", "p340181"),  # Juchao, today's Chaohu city
        ("469003", 2010, "460400", "p469003"),  # Danzhou, now a prefecture
        ("500110", 2010, "500110", "p500110-2010"),  # Wansheng, whose code Qijiang took over
        ("500222", 2010, "500110", "p500110"),  # Qijiang
        ("500227", 2010, "500120", "p500120"),  # Bishan
        ("320586", 1999, "", "p320586"),  # Wuxian, divided in two
    ],
)
def test_code_leads_to_its_successor_of_today(divisions_of, code, year, current, place_id):
    row = divisions_of("county", year)[code]
    assert (row["current_code"], row["place_id"]) == (current, place_id)


def test_division_ids_are_unique_and_say_code_and_first_year(seeds):
    ids = [row["division_id"] for row in seeds["divisions"]]
    assert len(ids) == len(set(ids))
    assert ids == [f"{row['code']}-{row['valid_from']}" for row in seeds["divisions"]]


def test_codes_have_one_period_a_year(seeds):
    years = Counter(
        (row["code"], year) for row in seeds["divisions"] for year in range(int(row["valid_from"]), int(row["valid_to"] or 2024) + 1)
    )
    assert max(years.values()) == 1


def test_places_have_one_code_a_year(seeds):
    years = Counter(
        (row["place_id"], year) for row in seeds["divisions"] for year in range(int(row["valid_from"]), int(row["valid_to"] or 2024) + 1)
    )
    assert max(years.values()) == 1


def test_every_parent_stands_in_the_same_years(seeds, divisions_of):
    orphans = [
        (row["division_id"], year)
        for year in range(1980, 2025)
        for prefectures in [divisions_of("prefecture", year)]
        for row in divisions_of("county", year).values()
        if row["prefecture_code"] and row["prefecture_code"] not in prefectures
    ]
    assert orphans == []


def test_every_division_has_a_province(seeds):
    assert len(seeds["provinces"]) == 34
    assert {row["province_code"] for row in seeds["divisions"]} <= {row["province_code"] for row in seeds["provinces"]}


def test_current_codes_are_those_of_2024(seeds, divisions_of):
    today = divisions_of("county", 2024) | divisions_of("prefecture", 2024)
    assert {row["current_code"] for row in seeds["divisions"]} - {""} <= set(today)
    assert all(row["current_code"] == code for code, row in today.items())


def test_places_of_2000_and_later_without_successor_were_divided_or_are_few(seeds):
    lost = [row["code"] for row in seeds["divisions"] if not row["current_code"] and int(row["valid_to"]) >= 2000]
    split = {row["from_code"] for row in seeds["successions"] if row["kind"] == "split"}
    assert len([code for code in lost if code not in split]) <= 13


@pytest.mark.parametrize(
    ("scope", "least"),
    [([], 0.79), (["province_code"], 0.98), (["province_code", "prefecture_code"], 0.996)],
    ids=["country", "province", "prefecture"],
)
def test_county_keys_of_2010_tell_counties_apart(divisions_of, scope, least):
    counties = divisions_of("county", 2010).values()
    counts = Counter((*(row[column] for column in scope), _first_key(row)) for row in counties)
    alone = sum(count for count in counts.values() if count == 1)
    assert len(counties) == 2856
    assert alone / len(counties) >= least


def test_keys_are_keys(seeds):
    for rows in seeds.values():
        for row in rows:
            for key in row.get("keys", "").split(";"):
                assert place_key(key) == key, row


def test_towns_strip_one_kind_word_only(seeds):
    towns = {row["code"]: (row["name_zh"], row["name_en"], row["keys"]) for row in seeds["towns"]}
    assert towns["442000105"] == ("古镇镇", "Guzhen", "guzhen;古镇镇;古镇")
    assert towns["330483107"] == ("崇福镇", "Chongfu", "chongfu;崇福镇;崇福")
    assert towns["350581002"] == ("凤里街道", "Fengli", "fengli;凤里街道;凤里")


def test_a_town_that_is_gone_is_there_by_its_full_name_beside_its_heir(seeds):
    towns = {row["code"]: (row["name_zh"], row["keys"]) for row in seeds["towns"]}
    assert towns["330681101"] == ("大唐镇", "大唐镇")  # since 2019 a subdistrict, which has the short names
    assert towns["330327101"] == ("龙港镇", "longgang;龙港镇;龙港")  # since 2019 a city outside the county


@pytest.mark.parametrize(("code", "name"), [("321002401", "杭集镇"), ("320614416", "三星镇"), ("440604010", "石湾镇街道")])
def test_a_town_has_its_own_name_without_what_the_statistics_write_around_it(seeds, code, name):
    assert next(row["name_zh"] for row in seeds["towns"] if row["code"] == code) == name


def test_towns_lie_in_a_county_or_straight_in_a_prefecture_of_2023(seeds, divisions_of):
    codes = divisions_of("county", 2023).keys() | divisions_of("prefecture", 2023).keys()
    assert {row["county_code"] for row in seeds["towns"]} <= codes
    straight = {row["county_code"] for row in seeds["towns"] if row["county_code"].endswith("00")}
    assert {"441900", "442000", "460400", "620200"} <= straight


def test_zone_is_found_by_its_own_words_under_its_parent(seeds):
    wuxi = next(row for row in seeds["zones"] if row["zone_id"] == "wuxi-new-district")
    assert (wuxi["prefecture_code"], wuxi["current_code"]) == ("320200", "320214")
    assert {place_key("New district"), place_key("Wuxi New District"), "无锡新区", "新区"} <= set(wuxi["keys"].split(";"))


def _places_of_the_shipped_table():
    """The cells of its second column, without the letters that stand glued behind some."""
    (path,) = RAW.glob("li_fung/*.txt")
    body = path.read_text(encoding="utf-8").split("1\t2\t3", 1)[1].split("Source:")[0]
    cells = {cell.strip() for line in body.splitlines() for cell in line.split("\t")}
    places = {cell for cell in cells if cell and not cell.isdigit() and "cluster" not in cell and "(" not in cell}
    return sorted(" ".join(words[:1]) if len(words := place.split()) == 2 and "," not in place else place for place in places)


def test_every_place_of_the_shipped_table_has_coordinates(seeds, divisions_of):
    known = {
        key: row
        for row in [*divisions_of("county", 2010).values(), *divisions_of("prefecture", 2010).values(), *seeds["zones"]]
        for key in row["keys"].split(";")
    }
    towns = {key for row in seeds["towns"] for key in row["keys"].split(";")[:1]}
    places = _places_of_the_shipped_table()
    assert len(places) >= 75
    for place in places:
        parts = [place_key(part) for part in place.split(", ")]
        divisions = [part for part in parts if part in known]
        assert divisions, place
        assert all(known[part]["latitude"] for part in divisions), place
        assert all(part in towns for part in parts if part not in known), place


def test_places_of_2010_have_coordinates(divisions_of):
    for level in ("county", "prefecture"):
        assert [row["name_zh"] for row in divisions_of(level, 2010).values() if not row["latitude"]] == []
