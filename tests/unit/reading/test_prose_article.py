"""The shipped news page, read completely: every cluster, count, award and figure in it, and nothing else."""

from pathlib import Path

import pytest

from orchestration.paths import RAW, SEEDS
from orchestration.reading.layout import Document, Reading
from orchestration.reading.layouts.prose import LAYOUT
from orchestration.reading.observations import Fate
from orchestration.reading.sidecar import SideCar
from orchestration.reading.words.lexicon import Lexicon

ARTICLE = RAW / "zhejiang_gov" / "004_f39f7fba967055bf.txt"
CONTEST = "Contest for Advanced Manufacturing Clusters in China"
MINISTRY = "Ministry of Industry and Information Technology"


def document(path: Path) -> Document:
    lines = tuple(path.read_bytes().decode("utf-8").split("\n"))
    return Document(path.stem[4:], path.name, "text/plain", lines, (), SideCar(), 2021)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return LAYOUT.read(document(ARTICLE), Lexicon.load(SEEDS))


def test_the_three_named_clusters_are_listed_with_the_province_their_sentence_states(reading: Reading) -> None:
    assert [(o.line_number, o.province_printed, o.locality_printed, o.industry_printed) for o in reading.listings] == [
        (10, "Zhejiang", "Hangzhou", "Digital Security and Protection Industrial Cluster"),
        (10, "Zhejiang", "Ningbo", "Magnetic Material Industrial Cluster"),
        (10, "Zhejiang", "Wenzhou Yueqing", "Electrical Industrial Cluster"),
    ]


def test_yueqing_is_a_part_of_its_place_more_specific_than_wenzhou(reading: Reading) -> None:
    third = reading.listings[2].observation_id
    assert [(p.part_ordinal, p.printed) for p in reading.place_parts if p.observation_id == third] == [(1, "Yueqing"), (2, "Wenzhou")]


def test_nine_provinces_have_the_25_winners_between_them(reading: Reading) -> None:
    tallies = {o.province_printed: o.declared_count for o in reading.tallies}
    total = tallies.pop(None)
    assert tallies == {
        "Zhejiang": 3, "Jiangsu": 6, "Guangdong": 6, "Shanghai": 2, "Shandong": 2, "Hunan": 2, "Sichuan": 2, "Anhui": 1, "Shaanxi": 1,
    }  # fmt: skip
    assert sum(tallies.values()) == total == 25
    assert {o.measure for o in reading.tallies} == {"contest_winners"}


def test_each_of_the_three_won_the_contest_the_ministry_launched_in_2019(reading: Reading) -> None:
    assert [o.listing_observation_id for o in reading.awards] == [o.observation_id for o in reading.listings]
    assert {(o.contest_name, o.organiser, o.launched_year, o.winner_count_declared) for o in reading.awards} == {
        (CONTEST, MINISTRY, 2019, 25)
    }
    assert {(o.contest_line_number, o.launched_line_number) for o in reading.awards} == {(8, 14)}


def test_every_figure_is_read_with_its_subject_qualifier_unit_threshold_and_year(reading: Reading) -> None:
    hangzhou, _, yueqing = (o.observation_id for o in reading.listings)
    found = [
        (o.listing_observation_id, o.subject_type, o.measure, o.value, o.qualifier, o.unit, o.threshold_value, o.year)
        for o in reading.statistics
    ]
    assert found == [
        (hangzhou, "cluster", "output_share", 55.5, "exactly", "percent", None, None),
        (hangzhou, "product", "market_share", 50.0, "nearly", "percent", None, None),
        (yueqing, "cluster", "market_share", 65.0, "exactly", "percent", None, None),
        (yueqing, "cluster", "product_types", 6000.0, "over", "count", None, None),
        (yueqing, "cluster", "product_models", 25000.0, "over", "count", None, None),
        (None, "cluster_group", "cluster_count", 200.0, "exactly", "count", 1e10, 2020),
        (None, "cluster_group", "cluster_count", 14.0, "exactly", "count", 1e11, 2020),
        (None, "cluster_group", "cluster_count", 3.0, "exactly", "count", 1e12, 2020),
    ]
    assert reading.statistics[1].subject_name == "Its key video monitor products"
    assert [o.quote for o in reading.statistics[5:]] == [
        "200 Zhejiang-based industrial clusters earned over 10 billion yuan",
        "14 earned over 100 billion yuan",
        "three earned over 1 trillion yuan",
    ]
    assert {o.threshold_unit for o in reading.statistics[5:]} == {"CNY"}


def test_every_line_has_its_fate(reading: Reading) -> None:
    used = {8, 10, 12, 14, 18, 20, 22}
    assert {n for n, (fate, _) in reading.fates.items() if fate is Fate.USED} == used
    details = {n: detail for n, (fate, detail) in reading.fates.items() if fate is Fate.BOILERPLATE}
    assert details == {1: "navigation", 2: "navigation", 4: "title", 6: "byline", 16: "quotation", 24: "navigation"}
    assert reading.questions == []


def test_what_the_page_says_of_itself_is_told(reading: Reading) -> None:
    assert reading.facts == {
        "title": "Three Zhejiang-based industrial clusters stand out in national arena",
        "publisher": "ALMS",
        "published_on": "2021-04-01",
    }


def test_a_page_of_full_sentences_scores_high_as_prose_and_the_table_low() -> None:
    lexicon = Lexicon.load(SEEDS)
    table = next((RAW / "li_fung").glob("000_*.txt"))
    assert LAYOUT.score(document(ARTICLE), lexicon) > 0.8
    assert LAYOUT.score(document(table), lexicon) < 0.1
