"""More wordings of figures: what they count, share or cost, and who "we" are; one case a rule."""

from collections.abc import Callable
from datetime import date

import pytest

from orchestration.reading.layout import Document
from orchestration.reading.layouts.prose import LAYOUT
from orchestration.reading.lexicon import Lexicon
from orchestration.reading.sidecar import SideCar

Told = tuple[str, str, float, int | None]
Tell = Callable[[str], list[Told]]

SOCKS_ZH = "诸暨市大唐镇以袜业闻名。"
SOCKS_EN = "The Zhuji Hosiery Industrial Cluster in Zhejiang grows. "


@pytest.fixture(scope="module")
def told(lexicon: Lexicon) -> Tell:
    """The figures of a text published in May 2022, a paragraph a line."""

    def tell(text: str) -> list[Told]:
        side_car = SideCar(published_on=date(2022, 5, 1))
        reading = LAYOUT.read(Document("0" * 16, "page.txt", "text/plain", tuple(text.split("\n")), (), side_car, 2022), lexicon)
        return [(s.subject_name, s.measure, s.value, s.year) for s in reading.statistics]

    return tell


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("More than a third of the total was shipped overseas.", [("export_share", 33.33)]),
        ("Its sales were 7 billion yuan, 85 percent of them from abroad.", [("sales_revenue", 7e9), ("export_share", 85)]),
        ("R&D outlays accounted for 2.9 percent of turnover.", [("r_and_d_intensity", 2.9)]),
        ("Spending on research and development was equal to 2.86 percent of revenue.", [("r_and_d_intensity", 2.86)]),
        ("The cluster spent 120 million yuan on R&D.", [("r_and_d_spending", 1.2e8)]),
        ("It holds 1,340 patents, of which 210 are for inventions.", [("patent_count", 1340), ("patent_count", 210)]),
        ("It has 577 firms; more than 60 of the firms own a brand.", [("enterprise_count", 577)]),
        ("The cluster has a workforce exceeding 30,000.", [("employee_count", 30000)]),
        ("Zhuji added 61 high-tech enterprises, bringing the total to 258.", [("high_tech_enterprise_count", 258)]),
        ("Output should exceed 45 billion yuan. Sales are to grow by 6 percent.", []),
        ("R&D centres in the cluster rose to 215.", [("r_and_d_institution_count", 215)]),
        ("Firms of the cluster with sales of more than 20 million yuan numbered 76.", [("enterprise_count", 76)]),
        ("当地企业及各类加工户1万余家。", [("enterprise_count", 10000)]),
        ("人口逾17万的大唐镇很忙。", [("population", 170000)]),
        ("全镇袜业销售额从2013年的2亿元，增长到2020年的156亿元。", [("sales_revenue", 1.56e10)]),
        ("去年，袜子占据网上平台袜业销售额的70%。", [("market_share", 70)]),
        ("[2] 规模以上企业指年主营业务收入2000万元以上的企业。", []),
        ("全镇有袜厂360间。", [("enterprise_count", 360)]),
    ],
)  # fmt: skip
def test_a_phrase_tells_what_its_figure_is_of(told: Tell, text: str, expected: list[tuple[str, float]]) -> None:
    before = SOCKS_ZH if text[-1] == "。" else SOCKS_EN
    assert [(measure, value) for _, measure, value, _ in told(before + text)] == expected


def test_a_sum_behind_a_semicolon_is_of_what_the_one_before_it_was(told: Tell) -> None:
    text = "The output of auto parts was 35.2 billion yuan in 2021, up 4.8 percent; valves reached 42.6 billion yuan, down 1.3 percent."
    assert [(measure, value) for _, measure, value, _ in told(SOCKS_EN + text)] == [
        ("output_value", 3.52e10),
        ("growth_rate", 4.8),
        ("output_value", 4.26e10),
        ("growth_rate", -1.3),
    ]


def test_in_a_speech_we_are_those_of_its_place_and_in_another_text_nobody_knows(told: Tell) -> None:
    text = "Socks are made in Zhuji.\nAnd we export: 460 million dollars in 2021, against 390 million the year before."
    assert told("Remarks by the mayor of Zhuji\n" + text) == [
        ("Zhuji", "export_value", 4.6e8, 2021),
        ("Zhuji", "export_value", 3.9e8, 2020),
    ]
    assert told("News from Zhuji\n" + text) == []


def test_a_bulletin_of_a_year_dates_its_counts_and_another_text_does_not(told: Tell) -> None:
    text = "Firms in Zhuji numbered 12,600."
    assert told("Statistical Bulletin of Zhuji for 2020\n" + text) == [("Zhuji", "enterprise_count", 12600, 2020)]
    assert told("Zhuji and its socks\n" + text) == [("Zhuji", "enterprise_count", 12600, None)]


def test_marked_items_are_text_and_marked_labels_have_their_numbers(told: Tell) -> None:
    text = "大唐镇位于浙江省诸暨市。\n★ 企业：各类袜业企业960家\n★ 从业人员：6.5万人"
    assert [(measure, value) for _, measure, value, _ in told(text)] == [("enterprise_count", 960), ("employee_count", 65000)]


def test_winners_go_on_behind_a_semicolon(lexicon: Lexicon) -> None:
    text = (
        "The winners of the National Export Cluster Competition are the Zhuji Hosiery Cluster in Zhejiang; the Zhongshan Lighting Cluster"
    )
    text += " and the Foshan Furniture Cluster in Guangdong; the Danyang Eyeglasses Cluster in Jiangsu."
    reading = LAYOUT.read(Document("0" * 16, "page.txt", "text/plain", (text,), (), SideCar(), 2022), lexicon)
    assert len(reading.awards) == 4
