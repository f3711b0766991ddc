"""The seeds of industries: sound as data, and right about prints, those of the shipped documents and many others.

`classified` is the rule of the models in a dozen lines of Python: a whole print that is known decides; otherwise the
weights of the words found in it are summed per industry, and the heaviest wins if it is clearly ahead.
"""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from orchestration.reading.keys import HAN, industry_key

ROOT = Path(__file__).parents[3]
SEEDS = ROOT / "dbt_project/seeds/industries"
MARGIN = 1.0  # keyword_margin of dbt_project.yml, asked of industries here, of classes and divisions there


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


INDUSTRIES = {row["industry_id"]: row for row in rows_of(SEEDS / "industries.csv")}
TERMS = rows_of(SEEDS / "industry_terms.csv")
EXACT = {row["term_key"]: row["industry_id"] for row in TERMS if row["match"] == "exact"}
KEYWORDS: dict[str, list[tuple[str, float]]] = defaultdict(list)
for _row in TERMS:
    if _row["match"] == "keyword":
        KEYWORDS[_row["term_key"]].append((_row["industry_id"], float(_row["weight"])))


def stretches(key: str) -> set[str]:
    """Where a keyword may stand in a key: every run of whole words of a Latin one, of characters of a Han one."""
    units, joint = (list(key), "") if HAN.search(key) else (key.split(), " ")
    runs = {joint.join(units[start:end]) for start in range(len(units)) for end in range(start + 1, len(units) + 1)}
    return runs if joint else {run for run in runs if HAN.search(run)}


def classified(printed: str) -> str | None:
    """The industry of a print, or None where no industry is clearly ahead."""
    key = industry_key(printed)
    if key in EXACT:
        return EXACT[key]
    scores: dict[str, float] = defaultdict(float)
    for run in stretches(key) & KEYWORDS.keys():
        for industry_id, weight in KEYWORDS[run]:
            scores[industry_id] += weight
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < 1:
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= MARGIN else None


# Print of a shipped document, the industry it is, and its ISIC Rev.4 division, all written by hand.
SHIPPED = """
Steel structures = steel_structures 25
Boxboard = paperboard 17
Lighter = lighters 32
Locks = locks 25
Medium and low voltage electrical appliances = low_voltage_electrical_equipment 27
Valves = valves 28
Plastic woven packaging = plastic_woven_products 22
Fur = fur 14
Leather = leather 15
Warp knitting = warp_knitting 13
Opto-mechatronics = optomechatronics 26
Mold = moulds 25
Household electronic appliances = household_appliances 27
Stationery = stationery 32
Small commodities = small_commodities 32
Hardware = hardware 25
Electric tools = electric_tools 28
Textile = textiles 13
Dyeing = dyeing_and_printing 13
Socks = hosiery 14
Pearls = pearls 32
Ties = ties 14
Plastic shoes = plastic_shoes 15
Solid waste recycling = solid_waste_recycling 38
Bamboo products = bamboo_products 16
Electric wires and cables = wires_and_cables 27
Environmental protection equipment = environmental_equipment 28
Purple clay tea ware = purple_clay_teaware 23
Electric car = electric_vehicles 29
Electronics = electronics 26
Photovoltaic = photovoltaics 26
IT = information_technology 26
Circuit board = circuit_boards 26
Apparel = apparel 14
Silk textile = silk_textiles 13
Eyewear = eyewear 32
Ship building = shipbuilding 30
Energy equipment = energy_equipment 28
Wood processing = wood_processing 16
Leather shoes = leather_shoes 15
Silicone products = silicones 20
Machinery and electronics = machinery_and_electronics 28
Packaging = packaging 17
Lighting = lighting 27
Casual wear = casual_wear 14
Electronic products = electronics 26
Denim clothing = denim 14
Automobile = automobiles 29
Underclothing = underwear 14
Toys = toys 32
Stone = stone 23
Kitchenware = kitchenware 25
Shoes = footwear 15
Textile machinery = textile_machinery 28
Sweater = sweaters 14
Wine = wine 11
Axle bearing = bearings 28
Fisheries = fisheries 03
Transport equipment = transport_equipment 29
Solar water heater = solar_water_heaters 27
Steel pipe = steel_pipes 24
Crop protection machinery = crop_protection_machinery 28
Trainers = sports_shoes 15
Zipper = zippers 32
Plumbing hardware = plumbing_hardware 28
Snacks = snacks 10
Jade processing = jade 32
Chinese classical furniture = classical_furniture 31
Children's wear = childrens_wear 14
Insulation materials = insulation_materials 23
Metal casting = metal_casting 24
Cashmere = cashmere 13
Rubber (applied in engineering) = rubber_products 22
Furniture = furniture 31
Fasteners = fasteners 25
Stainless steel = stainless_steel 24
Radiator = radiators 25
Forging = forging 25
Coking = coking 19
Aluminum products = aluminium_products 24
Refractory materials = refractories 23
Cranes = cranes 28
Ceramic building materials = building_ceramics 23
Magnesium products = magnesium_products 24
Measuring instruments = measuring_instruments 26
Phosphorus chemicals = phosphorus_chemicals 20
Nonwoven textile = nonwovens 13
Fireworks and firecrackers = fireworks 20
Ceramics = ceramics 23
Pharmaceutical = pharmaceuticals 21
Steel = steel 24
Chemicals = chemicals 20
Motorcycle = motorcycles 30
Household appliances = household_appliances 27
Linen products = linen_textiles 13
Chinese liquor = liquor 11
Titanium products = titanium_products 24
Cotton textile = cotton_textiles 13
Digital Security and Protection = security_products 26
Magnetic Material = magnetic_materials 25
Electrical = low_voltage_electrical_equipment 27
"""
SHIPPED_PRINTS = [tuple(line.replace(" = ", "\t").rpartition(" ")[::2]) for line in SHIPPED.strip().splitlines()]
OTHER_PRINTS = rows_of(Path(__file__).with_name("industry_prints.csv"))


def test_every_industry_has_codes_of_isic_that_nest() -> None:
    isic = rows_of(SEEDS / "isic4.csv")
    sections = {row["isic4_division"]: row["isic4_section"] for row in isic}
    divisions = {row["isic4_class"]: row["isic4_division"] for row in isic}
    for industry_id, row in INDUSTRIES.items():
        assert row["isic4_section"] == sections[row["isic4_division"]], industry_id
        assert not row["isic4_class"] or divisions[row["isic4_class"]] == row["isic4_division"], industry_id


def test_every_industry_is_named_reasoned_and_listed_once() -> None:
    assert len(INDUSTRIES) == len(rows_of(SEEDS / "industries.csv"))
    assert list(INDUSTRIES) == sorted(INDUSTRIES)
    for industry_id, row in INDUSTRIES.items():
        assert industry_id.replace("_", "").isalnum() and industry_id == industry_id.lower()
        assert row["name_en"] and HAN.search(row["name_zh"]) and row["reason"], industry_id


@pytest.mark.parametrize("name", ["name_en", "name_zh"])
def test_an_industry_is_found_by_its_own_names(name: str) -> None:
    lost = {key for key, row in INDUSTRIES.items() if classified(row[name]) != key}
    assert not lost


def test_every_term_names_an_industry_that_exists() -> None:
    assert {row["industry_id"] for row in TERMS} == set(INDUSTRIES)


def test_every_term_is_a_key_with_a_weight_and_a_reason() -> None:
    for row in TERMS:
        assert industry_key(row["term_key"]) == row["term_key"] != ""
        assert row["match"] in {"exact", "keyword"} and float(row["weight"]) > 0 and row["reason"]


def test_no_whole_print_is_two_industries_and_no_keyword_counts_twice() -> None:
    assert [key for key, n in Counter(row["term_key"] for row in TERMS if row["match"] == "exact").items() if n > 1] == []
    assert [key for key, n in Counter((row["term_key"], row["industry_id"], row["match"]) for row in TERMS).items() if n > 1] == []


@pytest.mark.parametrize(("pair", "division"), SHIPPED_PRINTS)
def test_prints_of_the_shipped_documents_get_their_industry_and_division(pair: str, division: str) -> None:
    printed, industry_id = pair.split("\t")
    assert classified(f"{printed} industrial cluster") == industry_id
    assert INDUSTRIES[industry_id]["isic4_division"] == division


def test_the_shipped_prints_are_those_of_the_documents() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "raw").glob("*/*.txt"))).lower()
    assert [pair for pair, _ in SHIPPED_PRINTS if f"{pair.split(chr(9))[0]} industrial cluster".lower() not in text] == []


@pytest.mark.parametrize(("printed", "industry_id"), [(row["printed"], row["industry_id"]) for row in OTHER_PRINTS])
def test_prints_of_other_clusters_get_their_industry(printed: str, industry_id: str) -> None:
    assert classified(printed) == industry_id


@pytest.mark.parametrize(
    "printed", ["Furniture and toys", "锁具与灯饰", "龙泉青瓷宝剑", "陶瓷、灯饰、家具", "Zhejiang clusters", "块状经济"]
)
def test_prints_of_several_industries_or_of_none_are_left_unclassified(printed: str) -> None:
    assert classified(printed) is None


@pytest.mark.parametrize("place", ["Exampleton", "示例县"])
def test_a_whole_print_keeps_its_industry_behind_the_name_of_its_place(place: str) -> None:
    """Single words and characters excepted: behind a place they are too weak a witness."""
    is_han = bool(HAN.search(place))
    whole = {
        key: industry for key, industry in EXACT.items() if bool(HAN.search(key)) == is_han and (len(key) > 2 if is_han else " " in key)
    }
    lost = {key for key, industry in whole.items() if classified(f"{place} {key}") != industry}
    assert len(whole) > 2000
    assert not lost
