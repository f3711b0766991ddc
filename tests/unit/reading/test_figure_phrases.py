"""More wordings of figures: what they count, share or cost, and who "we" are; one case a rule."""

from collections.abc import Callable
from datetime import date

import pytest

from orchestration.reading.layout import Document
from orchestration.reading.layouts.prose import LAYOUT
from orchestration.reading.sidecar import SideCar
from orchestration.reading.words.lexicon import Lexicon

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
        ("The padlock trade took 5 billion yuan in 2021. Overseas buyers accounted for 62 percent of that.", [("export_share", 62)]),
        ("Twenty-nine of the firms are big enough to be counted as above designated size.", [("large_enterprise_count", 29)]),
        ("It had 22,000 workshops. Only 526 were left.", [("household_count", 22000), ("household_count", 526)]),
        ("Companies: 362, not counting the workshops.", [("enterprise_count", 362)]),
        ("It has grown for a sixth straight year.", []),
        ("Exports brought in $96 million, or about 16 percent of sales.", [("export_value", 9.6e7), ("export_share", 16)]),
        ("The cluster plans to invest 2 billion yuan; it hopes for sales of 9 billion yuan.", [("investment", 2e9)]),
        ("It contributes 40 percent of local fiscal revenue.", [("economy_share", 40)]),
        ("袜业销量占全国的60%左右。", [("market_share", 60)]),
        ("产销量占全国总量的一半以上。", [("output_share", 50)]),
        ("去年产值6.8亿元，同比微增1.5%。", [("output_value", 6.8e8), ("growth_rate", 1.5)]),
        ("袜子出口同比下降三成，但线上销售逆势增长45%。", [("growth_rate", -30), ("growth_rate", 45)]),
        ("规上袜业企业研发费用占营业收入的1.7%。", [("r_and_d_intensity", 1.7)]),
        ("全镇袜业市场面积300万平方米。", [("land_area", 3e6)]),
        ("2020年，全镇实现工业总产值278亿元，其中袜业占八成。", [("output_value", 2.78e10), ("economy_share", 80)]),
        ("镇里先后投入技改资金12.7亿元。", [("investment", 1.27e9)]),
        ("这个面积仅54平方公里的小镇，聚集了袜业企业960家。", [("land_area", 54), ("enterprise_count", 960)]),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全国每卖出10双袜子，就有3双来自浙江诸暨。", [("诸暨", "market_share", 30, None)]),
        ("许村镇位于浙江省海宁市西部，东接长安镇，西邻杭州市余杭区，区域面积86.35平方公里。", [("许村镇", "land_area", 86.35, None)]),
        (
            "The glove capital of China is no port but a county: Gaomi. Around 1,000 factories there make gloves.",
            [("Gaomi", "enterprise_count", 1000, None)],
        ),
    ],
)
def test_a_place_is_spoken_of_wherever_its_sentence_puts_it(told: Tell, text: str, expected: list[Told]) -> None:
    assert told(text) == expected


def test_a_year_goes_on_in_the_next_paragraph_while_it_is_the_only_one(told: Tell) -> None:
    sales, exports = "Zhuji had sales of 65 billion yuan in 2020", "Its exports were 11 billion yuan."
    assert [year for *_, year in told(f"{sales}.\n{exports}")] == [2020, 2020]
    assert [year for *_, year in told(f"{sales} and 60 billion yuan in 2019.\n{exports}")] == [2020, 2019, None]


def test_a_bulletin_of_a_year_dates_what_flows_in_it_and_no_count(told: Tell) -> None:
    text = "Statistical Bulletin on the Industries of Counties in Zhejiang, 2020\n\n"
    text += "Zhuji had sales of 65 billion yuan. Firms in Zhuji numbered 12,600."
    assert [(measure, year) for _, measure, _, year in told(text)] == [("sales_revenue", 2020), ("enterprise_count", None)]


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("园区规划用地8000亩，已引进袜业项目65个。", [("project_count", 65)]),
        ("2021年，全镇预计实现产值120亿元。", [("output_value", 1.2e10)]),
        ("2023年，全镇预计实现产值120亿元。", []),
        ("全镇力争实现产值120亿元，出口额12亿元。", []),
        ("全镇超额完成年度目标，实现产值120亿元。", [("output_value", 1.2e10)]),
    ],
)
def test_beside_a_plan_what_is_there_is_a_fact(told: Tell, text: str, expected: list[tuple[str, float]]) -> None:
    assert [(measure, value) for _, measure, value, _ in told(SOCKS_ZH + text)] == expected


def test_counts_of_a_paragraph_are_of_the_year_of_the_last_dated_one(told: Tell) -> None:
    text = "The Zhuji Hosiery Industrial Cluster in Zhejiang had 4,600 firms in 2020. They employed 50,000 people. It has 130 patents."
    assert [(measure, year) for _, measure, _, year in told(text)] == [
        ("enterprise_count", 2020),
        ("employee_count", 2020),
        ("patent_count", None),
    ]


def test_a_document_about_one_province_says_its_figures_of_the_province(told: Tell) -> None:
    text = "Notebooks from Chongqing\n\nOne laptop in three is assembled here. Output reached 61 million notebooks in 2017."
    assert told(text)[-1:] == [("Chongqing", "output_quantity", 6.1e7, 2017)]


def test_neighbours_named_only_to_say_where_a_place_lies_are_not_spoken_of(told: Tell) -> None:
    text = "金利镇位于广东省肇庆市高要区，毗邻佛山三水，距广州市区50分钟车程。\n★ 就业：6.5万人"
    assert told(text) == [("金利镇", "employee_count", 65000, None)]


def test_a_heading_of_targets_that_were_met_is_no_plan(told: Tell) -> None:
    text = "大唐镇产业发展情况\n\n诸暨市大唐镇以袜业闻名。\n\n一、主要目标任务{}\n\n全镇袜业实现产值120亿元。"
    assert [(measure, value) for _, measure, value, _ in told(text.format("完成情况"))] == [("output_value", 1.2e10)]
    assert told(text.format("")) == []
