"""What CSV, HTML and Markdown become: lines, and cells that stand exactly in them; and the tables read from them."""

from collections.abc import Callable

import pytest

from orchestration.reading.containers import container_of
from orchestration.reading.containers.contents import Unreadable
from orchestration.reading.layout import Document
from orchestration.reading.layouts import LAYOUTS
from orchestration.reading.observations import Fate
from orchestration.reading.promises import check
from orchestration.reading.reader import choose
from orchestration.reading.words.lexicon import Lexicon

Read = list[tuple[str | None, str | None, str]]

PAGE = """<html><head><title>T</title><style>p{}</style></head><body><nav><a>Home</a> <a>News</a></nav>
<h1>Clusters &amp; towns</h1><p>Some <b>bold</b> text<br>second line</p>
<table><tr><th>Province</th><th>City</th><th>Industrial cluster</th></tr>
<tr><td rowspan="3">Zhejiang</td><td>Yueqing, Wenzhou</td><td>Electrical<br>appliances</td></tr>
<tr><td rowspan=2>Yiwu, Jinhua</td><td>Small commodities</td></tr><tr><td>Socks</td></tr>
<tr><td>Jiangsu</td><td>Pizhou, Xuzhou</td><td>Wood processing</td></tr></table><script>x</script><footer>All rights reserved</footer>"""

TABLES: dict[str, tuple[str, str, Read]] = {
    "CSV in any order, quotes, CRLF, Chinese headers": (
        "a.csv",
        '序号,产业集群名称,省份,所在地\r\n1,"电气,断路器",浙江省,乐清市\r\n2,五金,浙江省,"永康市"\r\n',
        [("浙江省", "乐清市", "电气,断路器"), ("浙江省", "永康市", "五金")],
    ),
    "CSV by semicolons, city and county apart, blank means above": (
        "a.csv",
        "省份;城市;区县;主导产业\n浙江;温州;乐清;电气\n;;瓯海;锁具\n;金华;永康;五金\n",
        [("浙江", "乐清", "电气"), ("浙江", "瓯海", "锁具"), ("浙江", "永康", "五金")],
    ),
    "CSV whose places hold their province": (
        "a.csv",
        "地区,产业集群\n浙江省乐清市,电气\n广东佛山顺德区,家具\n",
        [(None, "浙江省乐清市", "电气"), (None, "广东佛山顺德区", "家具")],
    ),
    "TSV": ("a.tsv", "City\tProvince\tIndustry\nYueqing\tZhejiang\tElectrical\n", [("zhejiang", "Yueqing", "Electrical")]),
    "CSV without a header": (
        "a.csv",
        "浙江省,乐清市,电气产业集群\n浙江省,永康市,五金产业集群\n广东省,佛山市顺德区,家具产业集群\n",
        [("浙江省", "乐清市", "电气产业集群"), ("浙江省", "永康市", "五金产业集群"), ("广东省", "佛山市顺德区", "家具产业集群")],
    ),
    "CSV with columns of other things, and one of places that no word names": (
        "a.csv",
        'No,Cluster,"Place, with its prefecture",Province,Remark,Firms\n1,Bearings,"Linqing, Liaocheng",Shandong,"large, growing",12\n'
        "2,Ceramics,Shijiazhuang,Hebei,,9\n合计,,,,,21\n",
        [("shandong", "Linqing, Liaocheng", "Bearings"), ("hebei", "Shijiazhuang", "Ceramics")],
    ),
    "CSV whose city above is of another province": (
        "a.csv",
        "集群,县市区,地级市,省份\n起重机械,长垣市,新乡市,河南省\n小龙虾,潜江市,,湖北省\n",
        [("河南省", "长垣市", "起重机械"), ("湖北省", "潜江市", "小龙虾")],
    ),
    "CSV whose clusters are named for their place": (
        "a.csv",
        "省份,城市,集群名称\n浙江省,温州市,乐清电气产业集群\n浙江省,永康市,永康五金产业集群\n浙江省,杭州市,龙井茶叶产业集群\n",
        [("浙江省", "乐清", "电气产业集群"), ("浙江省", "永康市", "五金产业集群"), ("浙江省", "杭州市", "龙井茶叶产业集群")],
    ),
    "CSV whose clusters are named for a town of their place, by its bare name": (
        "a.csv",
        "城市,集群名称\n佛山市,顺德区陈村机械装备产业集群\n中山市,古镇灯饰产业集群\n乌鲁木齐市,建设机械产业集群\n宁波市,新材料产业集群\n",
        [
            (None, "顺德区陈村", "机械装备产业集群"),
            (None, "古镇", "灯饰产业集群"),
            (None, "乌鲁木齐市", "建设机械产业集群"),
            (None, "宁波市", "新材料产业集群"),
        ],
    ),
    "HTML, a header of two rows and a total": (
        "a.html",
        "<table><tr><th rowspan=2>No.<th colspan=2>Place<th rowspan=2>Industry<tr><th>Province<th>City"
        "<tr><td>1<td rowspan=2>Fujian<td>Dehua, Quanzhou<td>Ceramics<tr><td>2<td>Nan'an, Quanzhou<td>Stone"
        "<tr><td colspan=4>Total: 2 clusters</table>",
        [("fujian", "Dehua, Quanzhou", "Ceramics"), ("fujian", "Nan'an, Quanzhou", "Stone")],
    ),
    "Markdown, a table under each province, links and emphasis in cells": (
        "a.md",
        "## 浙江省\n|集群|城市|\n|-|-|\n|[袜业](a.md)产业集群|诸暨市|\n## 福建省\n|集群|城市|\n|-|-|\n|**童装**产业集群|石狮市|\n",
        [("浙江省", "诸暨市", "袜业产业集群"), ("福建省", "石狮市", "童装产业集群")],
    ),
    "HTML with row spans": (
        "a.html",
        PAGE,
        [
            ("zhejiang", "Yueqing, Wenzhou", "Electrical appliances"),
            ("zhejiang", "Yiwu, Jinhua", "Small commodities"),
            ("zhejiang", "Yiwu, Jinhua", "Socks"),
            ("jiangsu", "Pizhou, Xuzhou", "Wood processing"),
        ],
    ),
    "Markdown, blank means above": (
        "a.md",
        "# 集群\n\n| 省份 | 城市 | **产业集群** |\n|---|:-:|---|\n| 浙江省 | 乐清市 | 电气 |\n| | 永康市 | 五金 |\n\n来源：某部\n",
        [("浙江省", "乐清市", "电气"), ("浙江省", "永康市", "五金")],
    ),
}


@pytest.mark.parametrize("kind", TABLES)
def test_marked_tables_are_chosen_and_read(kind: str, lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    name, text, listings = TABLES[kind]
    document = make_document(text, name)
    chosen = choose(document, lexicon, LAYOUTS)
    assert chosen.layout and chosen.layout.name == "grid"
    reading = chosen.layout.read(document, lexicon)
    check(reading, document)
    assert [(x.province_key, x.locality_printed, x.industry_printed) for x in reading.listings] == listings
    assert not [fate for fate, _ in reading.fates.values() if fate is Fate.QUARANTINED]


@pytest.mark.parametrize("kind", TABLES)
def test_every_cell_stands_where_it_says(kind: str) -> None:
    name, text, _ = TABLES[kind]
    contents = container_of(name).read(text)
    for grid in contents.grids:
        for row in grid:
            for cell in row:
                assert contents.lines[cell.line_number - 1][cell.char_start : cell.char_end] == cell.text


def test_a_page_is_its_visible_blocks() -> None:
    lines = container_of("a.html").read(PAGE).lines
    assert lines[:4] == ("Home News", "Clusters & towns", "Some bold text", "second line")
    assert lines[-1] == "All rights reserved"


def test_the_caption_of_a_table_is_a_line_above_it() -> None:
    page = "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr><caption>Size of two clusters, <i>2018</i></caption></table>"
    assert container_of("a.html").read(page).lines == ("Size of two clusters, 2018", "a\tb", "1\t2")


def test_a_table_that_only_lays_out_a_page_is_text() -> None:
    contents = container_of("a.html").read("<table><tr><td>left</td><td><p>one</p><p>two</p></td></tr></table>")
    assert contents.grids == ()
    assert contents.lines == ("left", "one", "two")


def test_column_spans_fill_the_columns_they_cover() -> None:
    (grid,) = (
        container_of("a.html").read("<table><tr><td colspan=2>x</td><td>y</td></tr><tr><td>a</td><td>b</td><td>c</td></tr></table>").grids
    )
    assert [[cell.text for cell in row] for row in grid] == [["x", "x", "y"], ["a", "b", "c"]]


def test_bars_in_code_are_no_table() -> None:
    assert container_of("a.md").read("```\n| a | b |\n|---|---|\n| c | d |\n```\n").grids == ()


def test_deep_nesting_is_read_without_recursion() -> None:
    assert container_of("a.html").read("<div>" * 5000 + "x").lines == ("x",)


def test_nesting_deeper_than_any_page_is_refused_and_many_unclosed_items_are_not() -> None:
    with pytest.raises(Unreadable, match="nested more than 5,000 deep"):
        container_of("a.html").read("<div>" * 5001 + "x")
    assert len(container_of("a.html").read("<ul>" + "<li>a" * 9000 + "</ul>").lines) == 9000


def test_a_quoted_cell_over_two_lines_counts_where_it_begins() -> None:
    contents = container_of("a.csv").read('a,b\n"one\ntwo",c\nd,e\n')
    assert [[cell.text for cell in row] for row in contents.grids[0]] == [["a", "b"], ["one"], ["d", "e"]]
