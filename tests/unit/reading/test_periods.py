"""Of which year a figure is: said in its sentence, carried on from the figure before, or told by the heading above."""

import pytest

from orchestration.paths import SEEDS
from orchestration.reading.layout import Document
from orchestration.reading.layouts.prose import LAYOUT
from orchestration.reading.sidecar import SideCar
from orchestration.reading.statistics.periods import find_years
from orchestration.reading.words.lexicon import Lexicon

LEXICON = Lexicon.load(SEEDS)


def years(*lines: str) -> list[tuple[str, int | None]]:
    reading = LAYOUT.read(Document("0" * 16, "page.txt", "text/plain", lines, (), SideCar(), 2022), LEXICON)
    return [(told.measure, told.year) for told in reading.statistics]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The 2010 census counted 58,000 people.", [2010]),
        ("Its 2019 output was 3 billion yuan.", [2019]),
        ("In the first quarter 2018 exports rose.", [2018]),
        ("比上年增长9%，上年为8%。", [2021]),
        ("二〇一二年产值3亿元。", [2012]),
        ("Sales grew 5 percent over the previous year.", []),
        ("Output was 241 billion yuan in the first ten months of the year.", [2022]),
        ("Founded in 1984, it has 60 workers.", []),
    ],
)
def test_a_sentence_speaks_of_years_but_not_of_those_it_counts_from(text: str, expected: list[int]) -> None:
    assert [year for _, year in find_years(text, 2022)] == expected


def test_what_flows_in_a_year_is_of_the_year_of_the_figure_before_in_its_paragraph() -> None:
    assert years(
        "浙江省诸暨市袜业产业集群2019年实现产值700亿元。出口交货值120亿元，同比增长5%。现有企业1200家。",
        "",
        "诸暨袜业产业集群税收3亿元。",
    ) == [("output_value", 2019), ("export_value", 2019), ("growth_rate", 2019), ("enterprise_count", None), ("tax_revenue", None)]


def test_what_comes_every_year_is_of_no_year() -> None:
    text = "The Zhuji Hosiery Industrial Cluster in Zhejiang earned 70 billion yuan in 2019. It makes 25 billion pairs of socks a year."
    assert years(text) == [("sales_revenue", 2019), ("output_quantity", None)]


def test_a_heading_that_reviews_a_year_dates_what_flows_in_it_and_what_stands_below_one_that_plans_is_no_fact() -> None:
    assert years(
        "海宁市政府工作报告",
        "一、2021年工作回顾",
        "海宁市皮革产业集群实现产值350亿元。全市现有皮革企业2000家。",
        "二、2022年主要目标",
        "海宁市皮革产业集群出口额36亿元。",
    ) == [("output_value", 2021), ("enterprise_count", None)]


def test_a_document_about_one_place_without_a_cluster_publishes_its_figures() -> None:
    text = "2021年，全县实现生产总值32.66亿元，增长7.9%。年末全县规模以上工业企业25家，常住人口6.04万人，全年出生人口392人。"
    note = "规模以上工业企业指年主营业务收入2000万元及以上的工业企业。"
    assert years("宁陕县2021年国民经济和社会发展统计公报", text, note) == [
        ("gdp", 2021),
        ("growth_rate", 2021),
        ("large_enterprise_count", 2021),
        ("population", 2021),
    ]


def test_a_sentence_without_figures_tells_the_year_of_those_behind_it_unless_it_tells_an_event() -> None:
    text = "袜业是支柱。诸暨市袜业产业集群产值700亿元。"
    assert years(f"浙江省：2021年是不平凡的一年。{text}") == [("output_value", 2021)]
    assert years(f"浙江省：2002年被命名为名城。{text}") == [("output_value", None)]


def test_what_a_place_has_is_not_of_the_year_behind_its_output() -> None:
    text = "The Danyang Eyewear Industrial Cluster in Jiangsu has 1,600 firms and exported 400 million dollars in 2018."
    assert years(text) == [("enterprise_count", None), ("export_value", 2018)]


def test_quarters_and_the_year_before_are_counted_from_the_year_of_the_heading() -> None:
    assert years(
        "海宁市皮革产业2020年运行简报",
        "",
        "海宁市皮革产业集群全年实现产值350亿元。一季度产值80亿元。",
        "",
        "上年同期产值330亿元。",
    ) == [("output_value", 2020), ("output_value", 2020), ("output_value", 2019)]


def test_a_heading_that_tells_a_year_in_numbers_dates_what_flows_below_it() -> None:
    lines = (
        "Datang: a town of socks",
        "",
        "2014 in numbers",
        "",
        "The Zhuji Hosiery Industrial Cluster in Zhejiang earned 70 billion yuan.",
    )
    assert years(*lines) == [("sales_revenue", 2014)]
