"""Lists in both languages and all their orders; each fixture is the shape of a real kind of document, in a few lines."""

from collections.abc import Callable

import pytest

from orchestration.reading.corpus import check, choose
from orchestration.reading.layout import Document, Reading
from orchestration.reading.layouts import LAYOUTS
from orchestration.reading.layouts.listing import LAYOUT
from orchestration.reading.lexicon import Lexicon
from orchestration.reading.observations import Fate

Listings = list[tuple[str | None, str | None, str]]

LISTS: dict[str, tuple[str, Listings]] = {
    "numbered, place before industry": (
        "Industrial clusters of China\n1. Shunde, Foshan, Guangdong — Furniture\n2. Chenghai, Shantou, Guangdong - Toys\n",
        [(None, "Shunde, Foshan, Guangdong", "Furniture"), (None, "Chenghai, Shantou, Guangdong", "Toys")],
    ),
    "bulleted, industry before place": (
        "Industrial clusters\n- Furniture: Shunde, Foshan\n- Socks industrial cluster in Zhuji, Shaoxing\n"
        "- Yueqing Electrical Industrial Cluster\n",
        [
            (None, "Shunde, Foshan", "Furniture"),
            (None, "Zhuji, Shaoxing", "Socks industrial cluster"),
            (None, "Yueqing", "Electrical Industrial Cluster"),
        ],
    ),
    "province headings, a town first in the place": (
        "Zhejiang (1)\n* Socks industrial cluster (Zhuji, Shaoxing)\nJiangsu (1)\n* Silk industrial cluster, Shengze, Wujiang, Suzhou\n",
        [
            ("zhejiang", "Zhuji, Shaoxing", "Socks industrial cluster"),
            ("jiangsu", "Shengze, Wujiang, Suzhou", "Silk industrial cluster"),
        ],
    ),
    "a ministry's list": (
        "产业集群名单\n1. 浙江省宁波市磁性材料产业集群\n2. 广东省佛山市顺德区 家具\n3、江苏泰州泰兴黄桥镇提琴产业集群\n",
        [
            (None, "浙江省宁波市", "磁性材料产业集群"),
            (None, "广东省佛山市顺德区", "家具"),
            (None, "江苏泰州泰兴黄桥镇", "提琴产业集群"),
        ],
    ),
    "traditional script": (
        "廣東省產業集群名單\n（一）廣東省佛山市順德區樂從鎮傢俱產業集群\n（二）浙江省樂清市電氣產業集群\n",
        [(None, "廣東省佛山市順德區樂從鎮", "傢俱產業集群"), (None, "浙江省樂清市", "電氣產業集群")],
    ),
    "cities with their industries behind them": (
        "广东省产业集群\n深圳(4个):电子信息、服装、家具、黄金珠宝\n佛山(2个)：陶瓷、铝型材\n",
        [(None, "深圳", x) for x in ("电子信息", "服装", "家具", "黄金珠宝")] + [(None, "佛山", "陶瓷"), (None, "佛山", "铝型材")],
    ),
    "provinces as headings": (
        "特色产业集群\n浙江省：\n乐清市电气产业集群\n永康市五金产业集群\n江苏省：\n邳州市板材产业集群\n",
        [("浙江省", "乐清市", "电气产业集群"), ("浙江省", "永康市", "五金产业集群"), ("江苏省", "邳州市", "板材产业集群")],
    ),
    "industries as headings": (
        "产业集群\n家具\n顺德区\n龙江镇\n玩具\n澄海区\n东莞市\n",
        [(None, "顺德区", "家具"), (None, "龙江镇", "家具"), (None, "澄海区", "玩具"), (None, "东莞市", "玩具")],
    ),
    "a table, one cell a line": (
        "序号\n省份\n市县\n产业集群\n1\n浙江省\n乐清市\n电气产业集群\n2\n浙江省\n永康市\n五金产业集群\n3\n江苏省\n邳州市\n板材产业集群\n",
        [("浙江省", "乐清市", "电气产业集群"), ("浙江省", "永康市", "五金产业集群"), ("江苏省", "邳州市", "板材产业集群")],
    ),
}


@pytest.mark.parametrize("kind", LISTS)
def test_lists_are_chosen_and_read(kind: str, lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    text, listings = LISTS[kind]
    document = make_document(text)
    chosen = choose(document, lexicon, LAYOUTS)
    assert chosen.layout is LAYOUT
    reading = LAYOUT.read(document, lexicon)
    check(reading, document)
    assert [(x.province_key, x.locality_printed, x.industry_printed) for x in reading.listings] == listings


def read(text: str, lexicon: Lexicon, make_document: Callable[..., Document]) -> Reading:
    document = make_document(text)
    reading = LAYOUT.read(document, lexicon)
    check(reading, document)
    return reading


def test_the_count_of_a_province_heading_is_a_tally(lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    reading = read(LISTS["province headings, a town first in the place"][0], lexicon, make_document)
    assert [(t.province_key, t.declared_count, t.quote) for t in reading.tallies] == [
        ("zhejiang", 1, "Zhejiang (1)"),
        ("jiangsu", 1, "Jiangsu (1)"),
    ]


def test_a_heading_stands_in_its_own_line_and_its_listings_point_there(lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    reading = read(LISTS["industries as headings"][0], lexicon, make_document)
    assert [(x.line_number, x.locality_line_number) for x in reading.listings] == [(2, 3), (2, 4), (5, 6), (5, 7)]


def test_a_line_that_fits_no_pattern_is_asked_about(lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    reading = read(
        "1. 浙江省宁波市磁性材料产业集群\n这一条没有写明地方，也没有写明产业。\n2. 浙江省乐清市电气产业集群\n", lexicon, make_document
    )
    assert [q.line_number for q in reading.questions] == [2]
    assert reading.fates[2][0] is Fate.QUARANTINED


@pytest.mark.parametrize(
    "text",
    [
        "Home\nAbout us\nContact\nBeijing\nShanghai\n",
        "The city of Yueqing lies in Zhejiang. It is known for its electrical industrial cluster, as everybody says.\n" * 3,
        "今天天气很好，我们去了杭州的西湖边散步，没有谈到任何集群。\n",
    ],
)
def test_what_is_no_list_is_not_read_as_one(text: str, lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    assert LAYOUT.score(make_document(text), lexicon) < 0.3
