"""Columns of numbers in tables of clusters: what their header measures, and the figures of the rows."""

from collections.abc import Callable

import pytest

from orchestration.reading.documents import Decoded
from orchestration.reading.layout import Document, Reading
from orchestration.reading.layouts.grid import LAYOUT
from orchestration.reading.reader import read_document
from orchestration.reading.tables.number_columns import number_column, units_of_note
from orchestration.reading.words.lexicon import Lexicon


@pytest.mark.parametrize(
    ("header", "cell", "measure", "value", "qualifier", "unit"),
    [
        ("企业数量（家）", "2010", "enterprise_count", 2010, "exactly", "count"),
        ("规上企业数(户)", "32", "large_enterprise_count", 32, "exactly", "count"),
        ("企業數", "1,500余家", "enterprise_count", 1500, "over", "count"),
        ("产值（亿元）", "12.5", "output_value", 1.25e9, "exactly", "CNY"),
        ("产值", "12亿元", "output_value", 1.2e9, "exactly", "CNY"),
        ("年出口额(万美元)", "约1,200", "export_value", 1.2e7, "about", "USD"),
        ("从业人员（万人）", "3.2", "employee_count", 32_000, "exactly", "people"),
        ("市场占有率（%）", "35", "market_share", 35, "exactly", "percent"),
        ("同比增长%", "-3.5", "growth_rate", -3.5, "exactly", "percent"),
        ("年产量（万吨）", "30", "output_quantity", 300_000, "exactly", "tonne"),
        ("Number of enterprises", "1,500", "enterprise_count", 1500, "exactly", "count"),
        ("Companies", "over 200", "enterprise_count", 200, "over", "count"),
        ("Output value (100 million yuan)", "12.5", "output_value", 1.25e9, "exactly", "CNY"),
        ("Exports (US$ million)", "35", "export_value", 3.5e7, "exactly", "USD"),
        ("Employees (10,000)", "3", "employee_count", 30_000, "exactly", "people"),
        ("Annual sales, RMB bn", "3.1", "sales_revenue", 3.1e9, "exactly", "CNY"),
        ("Employees ('000)", "19", "employee_count", 19_000, "exactly", "people"),
        ("Sales", "$3.5 million", "sales_revenue", 3.5e6, "exactly", "USD"),
    ],
)
def test_a_cell_is_the_figure_that_its_header_makes_of_it(
    header: str, cell: str, measure: str, value: float, qualifier: str, unit: str
) -> None:
    column = number_column(header)
    told = column.read(cell) if column else None
    assert told is not None
    assert (told.measured.measure, told.figure.value, told.figure.qualifier, told.measured.unit) == (measure, value, qualifier, unit)


@pytest.mark.parametrize("header", ["2019年产值（亿元）", "产值（2019年，亿元）", "Output 2019 (billion yuan)"])
def test_the_year_of_a_header_is_that_of_its_figures(header: str) -> None:
    column = number_column(header)
    assert column is not None
    assert column.year == 2019


@pytest.mark.parametrize("header", ["序号", "Rank", "Year founded", "认定时间", "备注", "主导产品", "Remarks", "批次", ""])
def test_other_columns_measure_nothing(header: str) -> None:
    assert number_column(header) is None


@pytest.mark.parametrize(("header", "cell"), [("产值", "12"), ("企业数（家）", "约有"), ("企业数（家）", "300家，工人5000人")])
def test_a_cell_that_does_not_say_its_unit_or_says_two_things_is_not_read(header: str, cell: str) -> None:
    column = number_column(header)
    assert column is None or column.read(cell) is None


@pytest.mark.parametrize(
    ("header", "cell", "value"), [("企业数", "5600", 5600), ("2018年销售收入", "2150.3", 2.1503e11), ("从业人员", "42.6", 426_000)]
)
def test_a_note_above_the_table_gives_each_column_the_unit_that_fits(header: str, cell: str, value: float) -> None:
    column = number_column(header, units_of_note(["填报单位：某中心　填报日期：2019年5月16日　（单位：家、亿元、万人）"]))
    told = column.read(cell) if column else None
    assert told is not None
    assert told.figure.value == value


def test_counts_in_a_unit_that_is_printed_nowhere_are_asked_about(lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    reading = _read("地市\t主导产业\t从业人员\n温州市\t鞋革\t42.6\n台州市\t泵\t9\n", lexicon, make_document)
    assert reading.statistics == []
    assert [question.printed for question in reading.questions] == ["42.6", "9"]


def _read(text: str, lexicon: Lexicon, make_document: Callable[..., Document]) -> Reading:
    return LAYOUT.read(make_document(text, "a.tsv"), lexicon)


def test_the_figures_of_a_row_are_of_its_cluster(lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    text = (
        "地市\t县区\t主导产业\t企业数量（家）\t2019年产值（亿元）\n温州市\t瑞安市\t汽车零部件\t1500\t12.5\n台州市\t温岭市\t泵与电机\t—\t\n"
    )
    reading = _read(text, lexicon, make_document)
    assert [(s.listing_observation_id, s.measure, s.value, s.year, s.quote) for s in reading.statistics] == [
        (reading.listings[0].observation_id, "enterprise_count", 1500, None, "1500"),
        (reading.listings[0].observation_id, "output_value", 1.25e9, 2019, "12.5"),
    ]
    assert reading.questions == []


def test_a_number_of_several_clusters_in_one_row_is_asked_about(lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    reading = _read("地市\t主导产业\t企业数（家）\n温州市\t鞋革产业集群、服装产业集群\t3000\n", lexicon, make_document)
    assert len(reading.listings) == 2
    assert reading.statistics == []
    assert [question.printed for question in reading.questions] == ["3000"]


def test_a_line_behind_a_table_whose_figures_tell_nothing_is_no_question(lexicon: Lexicon, make_decoded: Callable[..., Decoded]) -> None:
    table = "| Town | Industry | Firms |\n|---|---|---|\n| Zhuji, Zhejiang | Socks | 2,100 |\n| Yongkang, Zhejiang | Hardware | 900 |\n"
    records = read_document(make_decoded(f"{table}\nThe bus from Hangzhou costs 38 yuan and takes 100 minutes.\n", "a.md"), lexicon)
    assert len(records["statistics"]) == 2
    assert records["questions"] == []


def test_the_year_of_a_title_is_that_of_columns_that_name_none(lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    text = "## 2018年重点产业集群情况\n\n| 地市 | 主导产业 | 企业数（家） |\n|---|---|---|\n| 温州市 | 鞋革 | 300 |\n| 台州市 | 泵 | 90 |\n"
    reading = LAYOUT.read(make_document(text, "a.md"), lexicon)
    assert [(s.value, s.year) for s in reading.statistics] == [(300, 2018), (90, 2018)]
