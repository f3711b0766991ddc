"""The year of a table's numbers: told by its title, by a note beside it, or by the header's row above."""

from collections.abc import Callable

import pytest

from orchestration.reading.documents import Decoded
from orchestration.reading.layout import Document
from orchestration.reading.layouts.grid import LAYOUT
from orchestration.reading.reader import read_document
from orchestration.reading.tables.table_years import year_of_note, year_of_table, year_of_title
from orchestration.reading.words.lexicon import Lexicon


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("2018年福建省重点产业集群情况", 2018),
        ("Table 4. Single-product clusters in the sample, 2018", 2018),
        ("*Table C-2: Selected specialised towns, Guangdong Province, 2009*", 2009),
        ("填报日期：2019年5月16日", None),
        ("Posted 2 July 2015 by Annika", None),
    ],
)
def test_a_title_s_year_is_that_of_its_table_and_a_day_is_none(line: str, year: int | None) -> None:
    assert year_of_title([line]) == year


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("There are eleven of them. Figures are for 2015 unless otherwise stated.", 2015),
        ("The table gives firms, workers and sales as of the end of December 2013.", 2013),
        ("(All numbers relate to 2008, before the crisis.)", 2008),
        ("Size of nine clusters (latest figures: 2018)", 2018),
        ("All data as of 31 December 2016.", 2016),
        ("数据来源：各县市2015年国民经济和社会发展统计公报。", 2015),
        ("注：企业数为年末数，数据截至2014年底。", 2014),
        ("安徽块状特色产业（除注明外，均为2019年数据）", 2019),
        ("Last updated 2 February 2020", None),
        ("Data collected in 2016", None),
        ("Source: China Statistical Yearbook 2016", None),
        ("括号里是能查到的数字，多为2020年", None),
        ("The figures are those of 2015, for two towns those of 2014.", None),
    ],
)
def test_a_note_says_of_which_year_all_figures_are(line: str, year: int | None) -> None:
    assert year_of_note([line]) == year


def test_the_title_right_above_a_table_goes_before_what_is_said_elsewhere() -> None:
    around = ["2018年福建省重点产业集群情况", "2015年浙江省块状经济一览"]
    assert [year_of_table([title], around) for title in around] == [2018, 2015]
    assert year_of_table([], around) is None


def test_two_tables_have_a_year_each(lexicon: Lexicon, make_decoded: Callable[..., Decoded]) -> None:
    table = "| 县市 | 产业集群 | 企业数（家） |\n|---|---|---|\n| {} |\n"
    text = "\n".join(
        f"表{number}　{year}年产业集群情况\n\n" + table.format(row)
        for number, year, row in ((1, 2012, "永康市 | 五金 | 9800"), (2, 2014, "海宁市 | 皮革 | 2100"))
    )
    told = read_document(make_decoded(text, "a.md"), lexicon)["statistics"]
    assert [(figure.value, figure.year) for figure in told] == [(9800, 2012), (2100, 2014)]  # type: ignore[union-attr]


def test_a_year_over_several_columns_is_that_of_their_figures(lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    page = (
        "<table><tr><th rowspan=2>集群</th><th rowspan=2>所在地</th><th colspan=2>2018年</th><th>2019年</th></tr>"
        "<tr><th>营业收入（亿元）</th><th>企业数（户）</th><th>企业数（户）</th></tr>"
        "<tr><td>家具</td><td>南康区</td><td>1600</td><td>8000</td><td>8200</td></tr></table>"
    )
    reading = LAYOUT.read(make_document(page, "a.html"), lexicon)
    assert [(figure.quote, figure.year) for figure in reading.statistics] == [("1600", 2018), ("8000", 2018), ("8200", 2019)]


def test_figures_of_a_list_are_of_the_year_that_a_note_gives(lexicon: Lexicon, make_decoded: Callable[..., Decoded]) -> None:
    text = "湖南特色产业集群（2017年数据）\n\n1. 醴陵市：陶瓷，产值680亿元，企业650家\n2. 浏阳市：花炮，产值216亿元，2018年出口36亿元\n"
    told = read_document(make_decoded(text, "a.txt"), lexicon)["statistics"]
    assert [(figure.measure, figure.year) for figure in told] == [  # type: ignore[union-attr]
        ("output_value", 2017),
        ("enterprise_count", 2017),
        ("output_value", 2017),
        ("export_value", 2018),
    ]
