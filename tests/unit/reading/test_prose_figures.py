"""Whom a figure of running text is said of, and which figures are asked about instead of published; nicknames, introductions, winners."""

from datetime import date

import pytest

from orchestration.paths import SEEDS
from orchestration.reading.layout import Document, Reading
from orchestration.reading.layouts.prose import LAYOUT
from orchestration.reading.reader import read_document
from orchestration.reading.sidecar import SideCar
from orchestration.reading.words.lexicon import Lexicon
from tests.unit.reading.conftest import decoded

LEXICON = Lexicon.load(SEEDS)


def read(*lines: str) -> Reading:
    return LAYOUT.read(Document("0" * 16, "page.txt", "text/plain", lines, (), SideCar(), 2022), LEXICON)


def told(reading: Reading) -> list[tuple[str, str, float]]:
    return [(s.subject_name, s.measure, s.value) for s in reading.statistics]


def asked(reading: Reading) -> list[str]:
    return [question.printed for question in reading.questions]


NANAN = "福建省南安市水暖厨卫产业集群产值达1200亿元。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全市现有水暖企业1200余家，上市公司8家。", [("南安市", "enterprise_count", 1200), ("南安市", "listed_company_count", 8)]),
        ("2021年，当地研发投入强度达2.7%，专利1.2万余件。", [("南安市", "r_and_d_intensity", 2.7), ("南安市", "patent_count", 12000)]),
        ("全市生产总值1534亿元。", [("南安市", "gdp", 1.534e11)]),
        ("集群占全市规上工业产值的三成。", [("福建省南安市水暖厨卫产业集群", "economy_share", 30)]),
        ("中国水暖城市场经营户2.9万户。", [("中国水暖城市场", "household_count", 29000)]),
        ("水暖企业由2015年的800家增加到2021年的1600家。", [("福建省南安市水暖厨卫产业集群", "enterprise_count", 1600)]),
        ("南安现有水暖企业2000余家。", [("南安", "enterprise_count", 2000)]),
        ("南安现有50个1亿元以上的企业。", [("南安", "enterprise_count", 50)]),
    ],
)
def test_a_figure_after_the_first_is_of_the_place_or_cluster_its_clause_points_back_to(text: str, expected: list) -> None:
    assert told(read(NANAN, "", text))[1:] == expected


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("龙头企业九牧集团年营收超200亿元。", ["超200亿元"]),
        ("全县水暖企业13600家。", ["13600"]),
        ("南安籍企业家王某投资3亿元在外省建厂。", ["3亿元"]),
        ("当地企业3000至5000家。", ["3000", "5000"]),
        ("全市计划实现产值2000亿元。", ["2000亿元"]),
    ],
)
def test_a_figure_of_somebody_else_or_of_nothing_certain_is_asked_about(text: str, figures: list[str]) -> None:
    reading = read(NANAN, "", text)
    assert told(reading)[1:] == []
    assert asked(reading) == figures


ZHUJI = "Zhuji, a city in Zhejiang province, is home to the Zhuji Hosiery Industrial Cluster."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The city has 12,000 sock makers.", [("Zhuji", "enterprise_count", 12000)]),
        ("The Zhuji cluster earned 80 billion yuan in 2021.", [("Zhuji Hosiery Industrial Cluster", "sales_revenue", 8e10)]),
        ("Zhuji shipped socks worth $3 billion in 2018.", [("Zhuji", "export_value", 3e9)]),
        ("Its 700 or so sock makers made more than 25 billion pairs of socks a year.", [
            ("Zhuji Hosiery Industrial Cluster", "enterprise_count", 700),
            ("Zhuji Hosiery Industrial Cluster", "output_quantity", 2.5e10),
        ]),
        ("Fewer than 500 firms are above designated size.", [("Zhuji Hosiery Industrial Cluster", "large_enterprise_count", 500)]),
    ],
)  # fmt: skip
def test_english_figures_are_of_what_their_sentence_points_back_to(text: str, expected: list) -> None:
    assert told(read(f"{ZHUJI} {text}")) == expected


def test_the_place_a_later_clause_speaks_of_is_what_its_figures_are_of() -> None:
    reading = read("The Foshan Furniture Industrial Cluster has 2,000 firms, and Shunde has 600 makers.")
    assert told(reading) == [("Foshan Furniture Industrial Cluster", "enterprise_count", 2000), ("Shunde", "enterprise_count", 600)]


def test_the_cluster_of_a_place_spoken_of_since_is_the_one_named_there() -> None:
    reading = read(
        "The review covers the Zhangqiu forging cluster and the Botou casting cluster.",
        "",
        "Zhangqiu was a county-level city then. The cluster had 320 firms.",
    )
    assert told(reading) == [("Zhangqiu forging cluster", "enterprise_count", 320)]


@pytest.mark.parametrize(
    "text",
    [
        "Chint Group, a leader of the Zhuji Hosiery Industrial Cluster, posted revenue of 90 billion yuan.",
        "Nationwide, sales reached 90 billion yuan.",
        "The biggest company in town reported revenue of 2.3 billion yuan.",
        "Phone sales top 120 million yuan in quarter",
        "“I sell socks worth 3 million yuan a year.",
        "Energy use is down 11 percent.",
    ],
)
def test_figures_of_companies_countries_speakers_and_headlines_are_not_the_cluster_s(text: str) -> None:
    assert told(read(ZHUJI, "", text)) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Between 12,000 and 15,000 workshops supply it.", ["12,000", "15,000"]),
        ("Langsha Group, founded there, said its revenue rose to 9 billion yuan.", ["9 billion yuan"]),
        ("The county is home to 3,000 firms.", ["3,000"]),
        ("A brand appraisal put the market's brand value at 4.2 billion yuan.", ["4.2 billion yuan"]),
    ],
)
def test_an_english_figure_of_somebody_else_is_asked_about(text: str, figures: list[str]) -> None:
    reading = read(ZHUJI, "", text)
    assert told(reading) == []
    assert asked(reading) == figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Yongkang in Zhejiang province calls itself the "Capital of Hardware".', [("Zhejiang", "Yongkang", "Hardware")]),
        ("Jinjiang in Fujian is widely known as the Shoe Capital of China.", [("Fujian", "Jinjiang", "Shoe")]),
        ('In Jiangsu, Yixing is the country\'s "Pottery Capital".', [("Jiangsu", "Yixing", "Pottery")]),
        ('Fenshui, a town in Tonglu county, Zhejiang, is often called "China\'s Pen Town".', [("Zhejiang", "Fenshui", "Pen")]),
        ("福建省晋江市素有“中国鞋都”之称。", [("福建省", "晋江市", "鞋")]),
        ("福建省晋江市素有“中国鞋都”之称。晋江鞋产业集群产值3000亿元。", [("福建省", "晋江", "鞋产业集群")]),
        ('Kunming is called the "Spring City" and Harbin the "City of Ice".', []),
        ("扬州是“中国历史文化名城”。", []),
        ('Yueqing is known as "China\'s Dragon City".', []),
    ],
)
def test_a_nickname_with_a_trade_lists_a_cluster_where_none_is_named(text: str, expected: list) -> None:
    assert [(o.province_printed, o.locality_printed, o.industry_printed) for o in read(text).listings] == expected


def test_a_place_introduced_in_full_is_meant_by_its_bare_name_from_then_on() -> None:
    reading = read(
        "Datang, a subdistrict of Zhuji in Zhejiang province, knits for the world.",
        "",
        "The Datang Hosiery Industrial Cluster is home to over 6,000 companies.",
    )
    assert [(o.province_printed, o.locality_printed) for o in reading.listings] == [("Zhejiang", "Datang")]
    assert [(p.part_ordinal, p.printed) for p in reading.place_parts] == [(1, "Datang"), (2, "Zhuji")]
    assert told(reading) == [("Datang Hosiery Industrial Cluster", "enterprise_count", 6000)]


def test_a_town_without_its_kind_takes_its_figures_from_the_place_spoken_of_before() -> None:
    reading = read("嵊州领带产业集群占全国的90%；枫桥袜业年产袜子258亿双。")
    assert told(reading) == [("嵊州领带产业集群", "output_share", 90)]
    assert asked(reading) == ["258亿"]


def test_a_figure_behind_clusters_summed_up_is_of_all_of_them() -> None:
    reading = read("其中，绍兴纺织、萧山化纤、永康五金等3个块状经济销售收入超过500亿元。")
    assert told(reading)[-1] == ("绍兴纺织、萧山化纤、永康五金等3个", "sales_revenue", 5e10)


@pytest.mark.parametrize(
    ("text", "subjects", "measure"),
    [
        (
            "The Haining leather cluster and the Tongxiang sweater cluster each have 300 firms.",
            ["Haining leather cluster", "Tongxiang sweater cluster"],
            "enterprise_count",
        ),
        ("海宁皮革产业集群和桐乡毛衫产业集群均有企业300家。", ["海宁皮革产业集群", "桐乡毛衫产业集群"], "enterprise_count"),
        ("海宁皮革产业集群和桐乡毛衫产业集群分别有300家和300家企业。", ["海宁皮革产业集群", "桐乡毛衫产业集群"], "enterprise_count"),
        ("浙江省有300个产业集群，江苏省300个。", ["浙江省", "江苏省"], "cluster_count"),
    ],
)
def test_what_each_of_several_has_is_said_of_each(text: str, subjects: list[str], measure: str) -> None:
    assert told(read(text)) == [(subject, measure, 300) for subject in subjects]


def test_a_figure_of_a_place_called_a_town_that_the_gazetteer_has_as_none_is_asked_about() -> None:
    reading = read("Danyang, a small town in the hills, makes lenses for the Yueqing electrical cluster. Danyang had 3,000 firms in 2019.")
    assert told(reading) == []
    assert asked(reading) == ["3,000"]


def test_its_means_no_group_of_clusters() -> None:
    reading = read("The town of Keqiao is one of four textile clusters. Its mills employ 130,000 people.")
    assert ("clusters", "employee_count", 130000) not in told(reading)


def test_two_places_joined_by_a_hyphen_are_two_places_of_one_cluster() -> None:
    reading = read("They share the Yongkang-Wuyi Hardware Industrial Cluster.")
    assert [(p.place_ordinal, p.printed) for p in reading.place_parts] == [(1, "Yongkang"), (2, "Wuyi")]


def test_winners_named_in_the_next_sentence_have_their_awards() -> None:
    reading = read(
        "The ministry published 45 winners of the national advanced manufacturing cluster contest. "
        "Ten of them are in Jiangsu province, and Guangdong took seven places.",
        "",
        "They include the Wuxi Internet of Things Cluster and the Xuzhou Construction Machinery Cluster.",
    )
    assert {t.province_printed: t.declared_count for t in reading.tallies} == {None: 45, "Jiangsu": 10, "Guangdong": 7}
    assert [(a.contest_name, a.quote) for a in reading.awards] == [
        ("national advanced manufacturing cluster contest", "Wuxi Internet of Things Cluster"),
        ("national advanced manufacturing cluster contest", "Xuzhou Construction Machinery Cluster"),
    ]


def test_a_province_is_not_cut_by_a_county_whose_last_character_it_begins_with() -> None:
    reading = read("公布国家先进制造业集群名单，45个集群入选。其中江苏10个，广东7个。")
    assert {t.province_printed: t.declared_count for t in reading.tallies} == {None: 45, "江苏": 10, "广东": 7}


def test_the_count_a_list_declares_is_a_tally() -> None:
    reading = read("经审核，拟认定以下2个特色产业集群：", "河北省：安平县丝网产业集群、辛集市皮革产业集群。")
    assert [(t.measure, t.province_printed, t.declared_count) for t in reading.tallies] == [("listed_clusters", None, 2)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Number of enterprises: 11,600", [("enterprise_count", 11600, None)]),
        ("| Exports (2018) | US$ 412 million |", [("export_value", 4.12e8, 2018)]),
        ("2020年产值：777亿元", [("output_value", 7.77e10, 2020)]),
        ("面　　积　95.9平方公里", [("land_area", 95.9, None)]),
        ("Postal code: 311800", []),
        ("MR LI: 72 licensed makers came", []),
    ],
)
def test_a_number_beside_its_label_is_of_what_was_spoken_of_above(text: str, expected: list) -> None:
    reading = read(ZHUJI, "", text)
    assert [(s.measure, s.value, s.year) for s in reading.statistics] == expected


def test_a_figure_of_nobody_is_of_the_one_place_the_document_is_about() -> None:
    lines = (ZHUJI, "", "Yarn comes from afar.", "", "Patience pays.", "", "Profits reached 6 billion yuan, and 300 firms are above scale.")
    assert told(read(*lines)) == [("Zhuji", "profit", 6e9), ("Zhuji", "large_enterprise_count", 300)]


@pytest.mark.parametrize(
    "text",
    [
        "His company has 900 workers. Its turnover was 410 million yuan.",
        "Blue Bay Tackle has 900 workers.",
        "The largest of them, Phoenix Strings, builds 300,000 socks a year and has 1,100 staff.",
        "In the past three years 214 small plants were closed.",
        "More than 50 countries supply its yarn.",
        "Its museum received 1.1 million people last year.",
        "Of 50 workers asked, 37 of 50 workers interviewed agreed.",
        "Its people run some 2,000 trading companies in Laos.",
        "In Guangdong as a whole, 1,100 firms make socks.",
        "The trade has grown, 60 percent of which export.",
    ],
)
def test_what_companies_visitors_suppliers_and_other_places_have_is_not_published(text: str) -> None:
    assert told(read(ZHUJI, "", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "近三年来，全市关停小散乱企业214家。",
        "全市新增上市公司8家。",
        "对全市工业增长的贡献率达19.7%。",
        "某水暖公司董事长说，公司去年销售收入4.2亿元。",
        "一般公共预算收入23.8亿元。",
    ],
)
def test_what_is_gone_added_or_of_a_company_is_not_published(text: str) -> None:
    assert told(read(NANAN, "", text))[1:] == []


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("In the first half of this year its exports reached 3 billion yuan.", 2022),
        ("From January to June its exports reached 3 billion yuan.", 2022),
        ("Last year its exports reached 3 billion yuan.", 2021),
        ("In the first half of 2019 its exports reached 3 billion yuan.", 2019),
    ],
)
def test_a_part_of_a_year_is_of_the_year_it_is_told_in(text: str, year: int) -> None:
    published = SideCar(published_on=date(2022, 8, 1))
    reading = LAYOUT.read(Document("0" * 16, "page.txt", "text/plain", (ZHUJI, "", text), (), published, 2022), LEXICON)
    assert [s.year for s in reading.statistics] == [year]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今年上半年，诸暨市袜子出口额10亿元。去年全年，这一数字为18亿元。", [("export_value", 1e9), ("export_value", 1.8e9)]),
        ("Its sales were 7.2 billion yuan in 2017 (2016: 6.6 billion yuan).", [("sales_revenue", 7.2e9), ("sales_revenue", 6.6e9)]),
        ("Output rose 11 percent to 1.9 billion metres.", [("growth_rate", 11), ("output_quantity", 1.9e9)]),
        (
            "Its sales were 7 billion yuan, about 38 percent of the industrial output of Zhuji.",
            [("sales_revenue", 7e9), ("economy_share", 38)],
        ),
        ("全市新增规上袜业企业41家，总数达到212家。", [("large_enterprise_count", 212)]),
        ("诸暨袜子产量约占全市的九成。", [("economy_share", 90)]),
        ("One in seven pairs sold in China is made in Zhuji.", [("market_share", 14.29)]),
        ("Half a dozen factories are in Zhuji.", [("enterprise_count", 6)]),
        ("Exports made up 15 percent of its sales.", [("export_share", 15)]),
    ],
)
def test_what_a_figure_is_of_may_be_told_by_the_one_before_it(text: str, expected: list) -> None:
    assert [(measure, value) for _, measure, value in told(read(ZHUJI, "", text))] == expected


@pytest.mark.parametrize(
    "text",
    [
        "全市淘汰落后设备1300台。",
        "诸暨袜企数量占全省的62%。",
        "外销占比由两成一降至一成七。",
        "The buyers toured three plants.",
        "Socks are used by 20 pharmaceutical companies.",
    ],
)
def test_what_is_scrapped_numbers_of_numbers_and_customers_are_no_measures(text: str) -> None:
    assert [fact for fact in told(read(ZHUJI, "", text)) if fact[1] != "export_share"] == []


def test_a_place_is_no_stranger_to_what_it_is_said_to_lie_in() -> None:
    reading = read(
        "Botou is known as the Casting Town of China.",
        "",
        "Botou is a city of Cangzhou, Hebei. It covers an area of 1,006.5 square kilometres.",
    )
    assert told(reading) == [("Botou", "land_area", 1006.5)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dehua county, in the mountains of Quanzhou, Fujian, has 1,400 ceramics firms.", [("Dehua county", "enterprise_count", 1400)]),
        ("德化县，隶属于泉州市，2016年户籍人口34万人。", [("德化县", "population", 340000)]),
        ("Wenzhou spins cashmere. The cluster employs 68,000 people.", [("Wenzhou", "employee_count", 68000)]),
        ("The number of lighter makers in Wenzhou shrank from more than 3,000 in the 1990s to about 100 today.", [
            ("lighter", "enterprise_count", 100),
        ]),
        ("Wenzhou exported 210 million lighters last year for $137 million.", [
            ("Wenzhou", "export_quantity", 2.1e8),
            ("Wenzhou", "export_value", 1.37e8),
        ]),
        ("Everyday ware makes up 60 percent of output.", []),
    ],
)  # fmt: skip
def test_a_figure_is_of_the_place_spoken_of_and_not_of_what_that_lies_in(text: str, expected: list) -> None:
    assert [fact for fact in told(read(ZHUJI, "", text)) if fact[1] != "output_share"] == expected


def test_bare_facts_one_a_line_are_read_where_no_layout_fits() -> None:
    lines = ("Brief: Wenling, Zhejiang", "- Exports 2020: CNY 38.9 billion", "- Pumps: 2,600 producers, 2020 output CNY 54.2 billion")
    reading = LAYOUT.read(Document("0" * 16, "page.txt", "text/plain", lines, (), SideCar(), 2022), LEXICON)
    assert [(s.subject_name, s.measure, s.year) for s in reading.statistics] == [
        ("Wenling", "export_value", 2020),
        ("Wenling", "enterprise_count", None),
        ("Wenling", "output_value", 2020),
    ]


def test_the_entries_of_a_list_below_words_that_announce_winners_have_their_awards() -> None:
    lines = (
        "先进制造业集群决赛优胜者公示",
        "",
        "工业和信息化部组织开展了先进制造业集群竞赛，现将胜出的集群公示如下：",
        "",
        "沈阳市机器人产业集群",
        "宁德市动力电池产业集群",
        "潍坊市动力装备产业集群",
    )
    told = read_document(decoded("\n".join(lines)), LEXICON)
    assert [(award.contest_name, award.quote) for award in told["awards"]] == [
        ("先进制造业集群竞赛", "机器人产业集群"),
        ("先进制造业集群竞赛", "动力电池产业集群"),
        ("先进制造业集群竞赛", "动力装备产业集群"),
    ]


def test_the_items_below_a_sentence_about_winners_are_winners() -> None:
    reading = read(
        "Of the 45 winners of the Advanced Manufacturing Cluster Contest, two are in Wuxi and Xuzhou.",
        "",
        "- The Wuxi Internet of Things Cluster",
        "- The Xuzhou Construction Machinery Cluster",
        "",
        "The Nantong High-end Textiles Cluster has 300 firms.",
    )
    assert [award.quote for award in reading.awards] == ["Wuxi Internet of Things Cluster", "Xuzhou Construction Machinery Cluster"]


@pytest.mark.parametrize(("title", "total"), [("湖南省中小企业特色产业集群名单（共3个）", 3), ("湖南省产业集群名单", None)])
def test_the_number_behind_the_title_of_a_list_is_its_total(title: str, total: int | None) -> None:
    lines = (title, "", "浏阳市烟花爆竹产业集群", "醴陵市陶瓷产业集群", "邵东市打火机产业集群", "", "上述3个集群共有企业1.3万户。")
    told = read_document(decoded("\n".join(lines)), LEXICON)
    assert [tally.declared_count for tally in told["tallies"]] == ([total] if total else [3])


def test_the_place_a_sentence_begins_with_has_its_figures_and_not_a_cluster_named_behind() -> None:
    reading = read(NANAN, "", "盛泽镇2016年纺织产业销售收入突破1000亿元，其做法值得南安市水暖厨卫产业集群借鉴。")
    assert ("盛泽镇", "sales_revenue", 1e11) in told(reading)


def test_it_means_nobody_where_another_place_was_spoken_of_since() -> None:
    reading = read("Zhuji in Zhejiang has a sock cluster, and Gu'an county does hooks; it has six hundred family workshops.")
    assert told(reading) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In Zhuji, 12,000 firms make socks.", [("Zhuji", "enterprise_count", 12000)]),
        ("诸暨袜子占据国内市场六七成的份额。", []),
        ("Its R&D spending came to 2 billion yuan, or 2.4 percent of revenue.", [
            ("Zhuji Hosiery Industrial Cluster", "r_and_d_spending", 2e9),
            ("Zhuji Hosiery Industrial Cluster", "r_and_d_intensity", 2.4),
        ]),
        ("诸暨袜子产量占全国的70%、出口占全国的85%。", [("诸暨", "output_share", 70), ("诸暨", "export_share", 85)]),
        ("诸暨袜业中，浪莎、梦娜两家龙头企业产值分别达12亿元和7亿元。", []),
        ("There is a one in five chance that your socks come from Zhuji.", []),
    ],
)  # fmt: skip
def test_shares_and_firms_are_read_as_a_careful_person_does(text: str, expected: list) -> None:
    assert told(read(ZHUJI, "", text)) == expected
