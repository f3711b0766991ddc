"""Wordings of figures in texts that journalists and officials write: one case a rule, the subject, the measure, the value and the year."""

import re
from datetime import date

import pytest

from orchestration.paths import ROOT, SEEDS
from orchestration.reading.layout import Document
from orchestration.reading.layouts.around import read_sentences
from orchestration.reading.layouts.listing import LAYOUT as LISTING
from orchestration.reading.layouts.prose import LAYOUT
from orchestration.reading.phrases.signals import COUNTS_EN, COUNTS_ZH, MONEY, SHARES
from orchestration.reading.sidecar import SideCar
from orchestration.reading.words.lexicon import Lexicon

LEXICON = Lexicon.load(SEEDS)
Told = tuple[str, str, float, int | None]


def told(text: str) -> list[Told]:
    """The figures of a text published in May 2022, a paragraph a line."""
    side_car = SideCar(published_on=date(2022, 5, 1))
    reading = LAYOUT.read(Document("0" * 16, "page.txt", "text/plain", tuple(text.split("\n")), (), side_car, 2022), LEXICON)
    return [(s.subject_name, s.measure, s.value, s.year) for s in reading.statistics]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Zhili in Wuxing, Huzhou, makes children's clothing. Zhili had sales of 65 billion yuan in 2020 and 70 billion in 2021.",
            [("Zhili", "sales_revenue", 6.5e10, 2020), ("Zhili", "sales_revenue", 7e10, 2021)],
        ),
        (
            "Changge in Henan has a ceramics cluster. In 2010 there were 38 ceramics plants in the city, today there are 112.",
            [("ceramics cluster", "enterprise_count", 38, 2010), ("ceramics cluster", "enterprise_count", 112, None)],
        ),
        (
            "诸暨市袜业产业集群2019年产值为650亿元，2020年达到700亿元。",
            [("诸暨市袜业产业集群", "output_value", 6.5e10, 2019), ("诸暨市袜业产业集群", "output_value", 7e10, 2020)],
        ),
    ],
)
def test_a_figure_of_another_year_is_of_what_the_one_before_it_was(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("永嘉：中国泵阀之乡。该县泵阀企业主要分布在瓯北街道，2019年实现产值280亿元。", [("永嘉", "output_value", 2.8e10, 2019)]),
        ("沭阳县花木节致辞\n花木是沭阳的名片。全县花木从业人员32万人。", [("沭阳县", "employee_count", 320000, None)]),
        (
            "Remarks by the Mayor of Dongyang\nDongyang carves wood. Today our city is home to over 2,200 mahogany furniture makers.",
            [("Dongyang", "enterprise_count", 2200, None)],
        ),
    ],
)
def test_a_level_points_back_to_the_place_spoken_of_not_to_one_within_a_clause(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Its output passed 20 billion yuan in 2021.", [("output_value", 2e10)]),
        ("It has 13,000 children's wear businesses.", [("enterprise_count", 13000)]),
        ("Nine out of ten pairs are sold abroad.", [("export_share", 90)]),
        ("In 2021 eleven firms were newly recognised as sophisticated enterprises.", []),
        ("It has 320 new companies.", []),
        ("Online sales were 6 billion yuan, 27 percent of the total.", [("sales_revenue", 6e9)]),
        ("全镇区域面积89.5平方千米。", [("land_area", 89.5)]),
        ("全镇有袜业企业1.2万余家（含个体户）。", [("enterprise_count", 12000)]),
        ("全镇袜业企业不到百家。", [("enterprise_count", 100)]),
        ("全镇电商销售额5亿元，占全国袜业交易额的三成。", [("sales_revenue", 5e8), ("market_share", 30)]),
    ],
)
def test_a_wording_tells_its_measure_or_none(text: str, expected: list[tuple[str, float]]) -> None:
    before = "诸暨市大唐镇以袜业闻名。" if text[-1] == "。" else "The Zhuji Hosiery Industrial Cluster in Zhejiang grows. "
    assert [(measure, value) for _, measure, value, _ in told(before + text)] == expected


def test_a_review_of_a_year_dates_what_stands_below_it_in_english() -> None:
    text = (
        "Report on the Work of the Government\nI. Review of 2021\nOutput of the Tongxiang Knitwear Industrial Cluster was 6 billion yuan."
    )
    assert told(text) == [("Tongxiang Knitwear Industrial Cluster", "output_value", 6e9, 2021)]


def test_how_many_countries_buy_is_of_no_year_that_only_another_figure_is_of() -> None:
    text = "The Zhuji Hosiery Industrial Cluster in Zhejiang had 4,600 firms at the end of 2020."
    text += " Its exports topped 11 billion yuan, and it sells to 130 countries."
    assert [(measure, year) for _, measure, _, year in told(text)] == [
        ("enterprise_count", 2020),
        ("export_value", 2020),
        ("export_destination_count", None),
    ]


def test_traditional_characters_are_read_as_simplified_ones_and_kept_as_printed() -> None:
    assert told("餘姚模具產業集群2011年產值134億元，上繳稅金3億元。") == [
        ("餘姚模具產業集群", "output_value", 1.34e10, 2011),
        ("餘姚模具產業集群", "tax_revenue", 3e8, 2011),
    ]


def test_the_mark_of_a_footnote_ends_a_sentence_as_its_full_stop_does() -> None:
    text = "The Zhuji Hosiery Industrial Cluster in Zhejiang had 4,600 firms in 2020.[1] It covers an area of 12 square kilometres."
    assert [(measure, year) for _, measure, _, year in told(text)] == [("enterprise_count", 2020), ("land_area", None)]


def test_a_term_in_quotation_marks_is_no_speech_and_a_clause_in_them_is() -> None:
    before = "诸暨市袜业产业集群有企业1200家。"
    assert [value for *_, value, _ in told(before + "其中“小巨人”企业12家，年产值700亿元。")] == [1200, 12, 7e10]
    assert [value for *_, value, _ in told(before + "“去年的产值是700亿元，今年会更好一些。")] == [1200]


def test_a_note_with_a_date_tells_no_day_of_publication() -> None:
    text = "The Zhuji Hosiery Industrial Cluster in Zhejiang earned 65 billion yuan in 2021.\n\nReferences\n2. Socks, 14 March 2020"
    reading = LAYOUT.read(Document("0" * 16, "page.txt", "text/plain", tuple(text.split("\n")), (), SideCar(), None), LEXICON)
    assert [(s.measure, s.year) for s in reading.statistics] == [("sales_revenue", 2021)]


def test_the_winners_of_a_contest_are_several_clusters_together() -> None:
    text = "The national cluster contest has 45 winners, among them the Zhuji Hosiery Industrial Cluster in Zhejiang."
    text += " The 45 winners had a combined output of 20 trillion yuan in 2021."
    assert told(text) == [("The 45 winners", "output_value", 2e13, 2021)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The number of above-scale industrial enterprises grew by 41 to 318.", [("large_enterprise_count", 318)]),
        ("High-tech enterprises reached 76.", [("high_tech_enterprise_count", 76)]),
        ("It made 300 million socks in 2021, worth more than 10 billion yuan.", [("output_quantity", 3e8), ("output_value", 1e10)]),
        ("It turned over CNY 3.2 billion in 2016.", [("sales_revenue", 3.2e9)]),
        ("Imports and exports totalled 17.6 billion yuan.", []),
        ("We shall strive for exports of 5 billion yuan.", []),
        ("全镇进出口总额31亿元，其中出口30亿元。", [("export_value", 3e9)]),
        ("全镇袜子、纱线产值分别为68亿元、95亿元和31亿元。", [("output_value", 6.8e9), ("output_value", 9.5e9), ("output_value", 3.1e9)]),
        ("农民人均收入的七成来自袜业。", []),
        ("全镇特色产业有袜业、纱线、机械三大类。", []),
        ("全镇有袜业企业1200家；实现营业收入438亿元。", [("enterprise_count", 1200), ("sales_revenue", 4.38e10)]),
    ],
)
def test_a_figure_is_read_by_the_words_officials_put_around_it(text: str, expected: list[tuple[str, float]]) -> None:
    before = "诸暨市大唐镇以袜业闻名。" if text[-1] == "。" else "The Zhuji Hosiery Industrial Cluster in Zhejiang grows. "
    assert [(measure, value) for _, measure, value, _ in told(before + text)] == expected


def test_its_is_of_the_place_that_the_sentence_begins_with() -> None:
    text = "The Zhuji Hosiery Industrial Cluster is in Zhejiang. Anping alone has 300 firms, and its exports were $630 million."
    assert told(text) == [("Anping", "enterprise_count", 300, None), ("Anping", "export_value", 6.3e8, None)]


def test_entries_with_a_label_before_the_place_are_of_the_place() -> None:
    text = "浙江省诸暨市袜业产业集群发展快。\n補充樂清：電氣企業1600多家。"
    assert told(text) == [("樂清", "enterprise_count", 1600, None)]


def test_a_heading_with_its_parents_in_brackets_is_of_the_place_before_them() -> None:
    text = "狮岭镇（广东广州花都区）\n皮具生产企业8800多家，年产值300亿元。\n\n白沟某新城（河北保定）\n箱包加工企业3000余家。"
    assert told(text) == [("狮岭镇", "enterprise_count", 8800, None), ("狮岭镇", "output_value", 3e10, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全镇网店1.8万个，现有绣花机2000多台。", [("stall_count", 18000), ("machine_count", 2000)]),
        ("全镇年产缝纫机2万台。", [("output_quantity", 20000)]),
        ("全镇袜业销售额同比增长3倍，达到15亿元。", [("sales_revenue", 1.5e9)]),
        ("我们镇有袜业企业960家。", [("enterprise_count", 960)]),
        ("Tea gardens of the cluster extend over 600,000 mu.", [("land_area", 600000)]),
        ("Roughly 800,000 inhabitants of the county work in the trade.", [("employee_count", 800000)]),
    ],
)
def test_machines_shops_land_and_people_at_work_are_counted(text: str, expected: list[tuple[str, float]]) -> None:
    before = "诸暨市大唐镇以袜业闻名。" if text[-1] == "。" else "The Zhuji Hosiery Industrial Cluster in Zhejiang grows. "
    assert [(measure, value) for _, measure, value, _ in told(before + text)] == expected


def test_that_year_is_the_year_of_the_last_figure() -> None:
    text = "The Zhuji Hosiery Industrial Cluster in Zhejiang made 25 billion socks in 2019.\nIts revenue topped 70 billion yuan that year."
    assert [(measure, year) for _, measure, _, year in told(text)] == [("output_quantity", 2019), ("sales_revenue", 2019)]


def test_in_a_place_that_a_sentence_leads_up_to_it_is_spoken_of() -> None:
    text = "The Zhuji Hosiery Industrial Cluster in Zhejiang grows. In neighbouring Pinghu, bags are the business: 400 makers."
    assert told(text) == [("Pinghu", "enterprise_count", 400, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全镇总面积1909亩。", [("land_area", 1909)]),
        ("全镇拥有袜业企业1200家，年服务企业2000家次。", [("enterprise_count", 1200)]),
        ("全镇袜业企业1200家，137家企业完成智能化改造。", [("enterprise_count", 1200)]),
        ("全镇袜业产值80亿元，自主品牌产品销售收入占比仅为12%。", [("output_value", 8e9)]),
        ("全镇袜业人均产出提高近三成。", []),
        ("全镇袜业产值从40亿元涨到了75亿元。", [("output_value", 7.5e9)]),
        ("全镇袜业企业鼎盛时期有1500家，经过整治现在剩下300家。", [("enterprise_count", 1500), ("enterprise_count", 300)]),
        ("全镇短袜产量占全国的70%，长袜占30%。", [("output_share", 70), ("output_share", 30)]),
        ("全镇拥有浙江名牌5个、浙江省著名商标7个。", [("brand_count", 5), ("brand_count", 7)]),
        ("其中研发投入占比超过2%的只有五分之一。", []),
        ("It exported 840,000 tonnes in 2021, bringing in $1.05 billion.", [("export_quantity", 840000), ("export_value", 1.05e9)]),
        ("Some 40,000 people, better than a third of the population, work in the trade.", [("employee_count", 40000)]),
        ("Three of every five end up abroad.", [("export_share", 60)]),
        ("Zhu Lianxiang started with 400 sewing machines in 1989.", []),
    ],
)
def test_a_wording_tells_what_there_is_or_nothing(text: str, expected: list[tuple[str, float]]) -> None:
    before = "诸暨市大唐镇以袜业闻名。" if text[-1] == "。" else "The Zhuji Hosiery Industrial Cluster in Zhejiang grows. "
    assert [(measure, value) for _, measure, value, _ in told(before + text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "SHANGYU, China - Step off the bus in Songxia.\nThe town is wet.\nMore than 1,200 factories here employ 40,000 people.",
            [("Songxia", "enterprise_count", 1200, None), ("Songxia", "employee_count", 40000, None)],
        ),
        (
            "在环翠区张村镇，渔具店一家挨一家。镇上的电商园里，去年线上销售额达到18.7亿元。",
            [("张村镇", "sales_revenue", 1.87e9, 2021)],
        ),
        ("温岭市泽国镇做空压机。这里的空压机企业有900多家。", [("泽国镇", "enterprise_count", 900, None)]),
    ],
)
def test_what_is_told_of_here_or_of_the_town_is_of_the_place_named_last(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


def test_blocks_are_clusters_and_those_of_them_above_a_size_are_counted_in_the_next_sentence() -> None:
    text = "浙江块状经济调查\n2019年，全省年产值超10亿元的块状经济有312个。其中超百亿元的72个，超千亿元的7个。"
    assert [(measure, value) for _, measure, value, _ in told(text)] == [
        ("cluster_count", 312),
        ("cluster_count", 72),
        ("cluster_count", 7),
    ]


def test_a_sheet_of_labelled_figures_is_of_the_place_of_its_title() -> None:
    sheet = (
        "# 兴化市戴南镇不锈钢产业简介\n\n- **所在地**：江苏省泰州市兴化市戴南镇\n- **镇域面积**：107.9平方公里\n"
        "- **企业数**：1200余家（其中规上企业236家）\n- **不锈钢年产量**：260万吨，约占全国的20%\n- **自营出口（2021年）**：9.2亿美元"
    )
    assert told(sheet) == [
        ("戴南镇", "land_area", 107.9, None),
        ("戴南镇", "enterprise_count", 1200, None),
        ("戴南镇", "large_enterprise_count", 236, None),
        ("戴南镇", "output_quantity", 2.6e6, None),
        ("戴南镇", "output_share", 20, None),
        ("戴南镇", "export_value", 9.2e8, 2021),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全镇智能一体机已经超过3万台，占总量的六成。", [("machine_count", 30000)]),
        ("全镇袜业出口大概降了12%。", [("growth_rate", -12)]),
        ("全镇从事袜子生产、加工、经营的有15万人。", [("employee_count", 150000)]),
        ("全镇袜子加工转化率达到75%。", []),
        ("全镇袜业市场营业面积45万平方米。", []),
        ("2021年全镇财政总收入13亿元。", []),
        ("2021年全镇GDP 72亿元。", [("gdp", 7.2e9)]),
        ("这五年全镇袜业投入加起来有50个亿。", [("investment", 5e9)]),
        ("全镇袜业企业一千七八百家。", []),
        ("全镇一个挡车工管十几台织机。", []),
        (
            "It produces 100 million pairs a year, a third of all the socks China makes.",
            [("output_quantity", 1e8), ("output_share", 33.33)],
        ),
        ("It makes 60 percent of the world's buttons and 40 percent of its zippers.", [("output_share", 60), ("output_share", 40)]),
        ("It makes some 65 per cent of Chinese and 35 per cent of world output.", [("output_share", 65), ("output_share", 35)]),
        ("Median employment of its firms was eleven.", []),
        ("Fewer than two per cent of firms had more than 200 workers.", []),
        ("Total employment was estimated at 150,000.", [("employee_count", 150000)]),
    ],
)
def test_a_count_or_share_is_of_a_measure_or_left(text: str, expected: list[tuple[str, float]]) -> None:
    before = "诸暨市大唐镇以袜业闻名。" if text[-1] == "。" else "The Zhuji Hosiery Industrial Cluster in Zhejiang grows. "
    assert [(measure, value) for _, measure, value, _ in told(before + text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("专访诸暨市大唐镇镇长\n\n答：目前我们有袜子生产企业3000家。", [("大唐镇", "enterprise_count", 3000, None)]),
        ("专访大唐袜业公司董事长\n\n诸暨市大唐镇织袜。\n\n答：目前我们有工人3000人。", []),
        (
            "How Huludao's Xingcheng dressed the world\n\nThe trade began in the 1980s. Today there are 1,180 firms.",
            [("Xingcheng", "enterprise_count", 1180, None)],
        ),
        (
            "CLUSTER PROFILE: ANPING WIRE MESH\n\nPrefecture: Hengshui\n\nPersons employed: approx. 200,000"
            "\n\nExport markets: 150 countries\n\nPatents: 780\n\nLooms: 16,000\n\nAnping weaves wire.",
            [
                ("ANPING", "employee_count", 200000, None),
                ("ANPING", "export_destination_count", 150, None),
                ("ANPING", "patent_count", 780, None),
                ("ANPING", "machine_count", 16000, None),
            ],
        ),
    ],
)
def test_whose_a_figure_is_the_title_tells_and_a_field_of_its_parents_does_not(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


def test_what_several_trades_summed_up_have_is_of_them_and_what_follows_is_not() -> None:
    text = "2019年平湖市工作总结\n平湖市光机电产业集群、箱包产业集群两大集群产值占规上工业比重达41.2%。出口86亿元。"
    assert told(text)[-1] == ("平湖市", "export_value", 8.6e9, 2019)


def test_the_headline_of_another_place_below_a_text_is_no_figure_of_it() -> None:
    text = "亳州中药材\n2021年，亳州市中药材产业集群产值120亿元。\n· 合肥上半年GDP 5216.9亿元，同比增长14.6%"
    assert [subject for subject, *_ in told(text)] == ["亳州市中药材产业集群"]


def test_the_measures_that_words_tell_are_those_of_the_vocabulary() -> None:
    page = (ROOT / "docs" / "vocabulary.md").read_text(encoding="utf-8").split("## Measures of statistics")[1].split("\n## ")[0]
    told = {measure for signals in (MONEY, SHARES, COUNTS_EN, COUNTS_ZH) for measure, _ in signals}
    by_unit = {"land_area", "output_quantity", "export_quantity"}
    assert told | by_unit == set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)), (
        "a measure has its words and its line in docs/vocabulary.md"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全镇袜业出口额9.3亿美元，约占全国的22%。", [("export_value", 9.3e8), ("export_share", 22)]),
        ("全镇袜业产量占全国的百分之六七十。", []),
        ("全镇袜业产值360亿左右。", [("output_value", 3.6e10)]),
        ("Every third sock sold in China was made there.", [("market_share", 33.33)]),
        ("It makes 15 per cent of what the country wears on its feet.", [("market_share", 15)]),
        ("It accounts for 21% and 17% of industrial output respectively.", [("economy_share", 21), ("economy_share", 17)]),
        ("Knitting and dyeing firms: 4,700", [("enterprise_count", 4700)]),
        ("Firms and workers: 4,700", []),
    ],
)
def test_a_share_of_what_stands_before_and_numbers_in_words_are_told(text: str, expected: list[tuple[str, float]]) -> None:
    before = "诸暨市大唐镇以袜业闻名。" if text[-1] == "。" else "The Zhuji Hosiery Industrial Cluster in Zhejiang grows."
    assert [(measure, value) for _, measure, value, _ in told(f"{before}\n\n{text}" if ":" in text else f"{before} {text}")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In Shenhu, looms run all day.\n\nFurther inland, Yinglin sews. The town has 600 firms.",
            [("Yinglin", "enterprise_count", 600, None)],
        ),
        ("The district of Shunde alone counts 1,300 factories.", [("Shunde", "enterprise_count", 1300, None)]),
        (
            "Pumps of Wenling\n\nWenling pumps. The trade is concentrated in Daxi town, where 1,100 enterprises are.",
            [("Daxi town", "enterprise_count", 1100, None)],
        ),
        (
            "关于工艺礼品产业的报告\n\n我县位于浙江省南部。截至目前，全县工艺礼品企业750家。\n\n云和县人民政府",
            [("云和县", "enterprise_count", 750, None)],
        ),
    ],
)
def test_a_place_that_words_lead_up_to_or_that_signs_is_spoken_of(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


def test_below_an_entry_of_several_trades_a_figure_is_of_the_one_named_before_it() -> None:
    text = (
        "● 河北宁晋（电线电缆）\n电缆企业540家。\n\n● 江西余江（眼镜、雕刻）\n眼镜从业人员6万人。雕刻企业118家。\n\n"
        "● 安徽裕安（羽绒）\n企业146家。"
    )
    side_car = SideCar(published_on=date(2022, 5, 1))
    document = Document("0" * 16, "page.txt", "text/plain", tuple(text.split("\n")), (), side_car, 2022)
    reading = LISTING.read(document, LEXICON)
    read_sentences(document, reading, LEXICON)
    told = [(s.subject_name, s.measure, s.value) for s in reading.statistics]
    assert [row for row in told if row[0] in ("眼镜", "雕刻")] == [("眼镜", "employee_count", 60000), ("雕刻", "enterprise_count", 118)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In Yangjiang, 1,500 makers turn out 60 percent of the nation's knives, and 80 percent of its exports.",
            [
                ("Yangjiang", "enterprise_count", 1500, None),
                ("Yangjiang", "output_share", 60, None),
                ("Yangjiang", "export_share", 80, None),
            ],
        ),
        ("Puyuan: last year 4,500 firms, 600 million sweaters.", [("Puyuan", "enterprise_count", 4500, 2021)]),
        ("Weihai tackle makers have hired 30,000 workers.", [("Weihai", "employee_count", 30000, None)]),
        (
            "与我会共建的产业集群共210个；集群内企业总数20.4万家，从业人员858万人。",
            [
                ("产业集群", "cluster_count", 210, None),
                ("产业集群", "enterprise_count", 204000, None),
                ("产业集群", "employee_count", 8.58e6, None),
            ],
        ),
    ],
)
def test_a_figure_behind_another_of_its_sentence_is_of_the_same(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "关于我市板材产业的报告\n\n邳州市政协经济委员会\n\n课题组赴官湖镇调研。\n\n官湖镇集聚企业1200家。\n\n我市现有企业2386家。",
            [("官湖镇", "enterprise_count", 1200, None), ("邳州市", "enterprise_count", 2386, None)],
        ),
        (
            "The Xuzhou Machinery Cluster, one of 45 national manufacturing clusters, has 1,200 companies.",
            [("Xuzhou Machinery Cluster", "enterprise_count", 1200, None)],
        ),
        ("Zhuji makes socks. Exports account for 85% of the country's total.", [("Zhuji", "export_share", 85, None)]),
        (
            "Zhuji makes socks. Sales were RMB 8.7 billion in 2021, 3.2 percent below 2020.",
            [("Zhuji", "sales_revenue", 8.7e9, 2021), ("Zhuji", "growth_rate", -3.2, 2021)],
        ),
    ],
)
def test_our_city_is_the_signers_and_one_of_several_speaks_of_the_one(text: str, expected: list[Told]) -> None:
    assert told(text) == expected
