"""Tables that plain text holds without marking them: columns parted by blanks, and records of a field a line."""

from collections.abc import Callable

import pytest

from orchestration.reading.documents import Decoded
from orchestration.reading.reader import read_document
from orchestration.reading.words.lexicon import Lexicon

RIGHT_ALIGNED = """Industrial clusters of two provinces, 2010

Province   City      Industry                  Firms
--------   -------   -----------------------   -----
Zhejiang   Yueqing   Electrical appliances     1,200
           Yongjia   Valves and pumps            300
Jiangsu    Danyang   Eyeglasses                  900

Source: survey of the provincial bureaus.
"""
WIDE = """产业集群一览
省份      所在地      主导产业
浙江省    乐清市      低压电器
          永嘉县      泵阀
江苏省    丹阳市      眼镜
"""
WIDE_BLANKS = """省份　　所在地　　　产业
浙江　　乐清　　　　低压电器
浙江　　永嘉　　　　泵阀
江苏　　丹阳　　　　眼镜
"""
RAGGED = """Province  City      Industry
Zhejiang  Yueqing  Electrical appliances
Zhejiang  Yongjia County  Valves and pumps
Jiangsu  Danyang  Eyeglasses
"""
LISTED = [("Zhejiang", "Yueqing"), ("Zhejiang", "Yongjia"), ("Jiangsu", "Danyang")]
TRADES = ["Electrical appliances", "Valves and pumps", "Eyeglasses"]

MakeDecoded = Callable[..., Decoded]


@pytest.mark.parametrize(
    ("text", "listed", "trades"),
    [
        (RIGHT_ALIGNED, LISTED, TRADES),
        (RAGGED, [LISTED[0], ("Zhejiang", "Yongjia County"), LISTED[2]], TRADES),
        (WIDE, [("浙江省", "乐清市"), ("浙江省", "永嘉县"), ("江苏省", "丹阳市")], ["低压电器", "泵阀", "眼镜"]),
        (WIDE_BLANKS, [("浙江", "乐清"), ("浙江", "永嘉"), ("江苏", "丹阳")], ["低压电器", "泵阀", "眼镜"]),
    ],
    ids=["blank means above, figures to the right", "ragged", "wide characters", "wide blanks"],
)
def test_columns_parted_by_blanks_are_read_as_a_table(
    text: str, listed: list[tuple[str, str]], trades: list[str], make_decoded: MakeDecoded, lexicon: Lexicon
) -> None:
    read = read_document(make_decoded(text), lexicon)
    assert read["sources"][0].layout == "grid"
    assert [(row.province_printed, row.locality_printed) for row in read["listings"]] == listed
    assert [row.industry_printed for row in read["listings"]] == trades
    assert read["questions"] == []


def test_figures_of_an_aligned_table_are_of_their_rows(make_decoded: MakeDecoded, lexicon: Lexicon) -> None:
    read = read_document(make_decoded(RIGHT_ALIGNED), lexicon)
    assert [(row.measure, row.value) for row in read["statistics"]] == [("enterprise_count", n) for n in (1200, 300, 900)]


def test_a_header_of_two_lines_is_one(make_decoded: MakeDecoded, lexicon: Lexicon) -> None:
    text = (
        "Table 3.1  Selected shoe clusters, Fujian\n\nCity/county     Product          No. of       Sales\n"
        "                                 producers    (CNY bn)\nJinjiang        Sports shoes     3,012        98.0\n"
        "Shishi          Casual wear      2,460        61.5\nChendai         Shoe materials   1,150        30.2\n"
    )
    read = read_document(make_decoded(text), lexicon)
    assert [(row.measure, row.value) for row in read["statistics"]][:2] == [("enterprise_count", 3012), ("sales_revenue", 9.8e10)]
    assert read["tallies"] == []  # 3.1 is the number of the table


@pytest.mark.parametrize(
    "text",
    [
        RIGHT_ALIGNED.replace("           Yongjia   Valves and pumps  ", "      Yongjia Valves   and pumps      "),
        "Name      Industry of the firm   Price\nAcme      Steel                  300\nBolt                             400\n",
        "The cluster in Yueqing grew.  It has many firms.\nAnother in Wenzhou grew.  It makes shoes.\nA third grew.  It is small.\n",
    ],
    ids=["a row that stands under no column", "a table of something else", "two blanks after a full stop"],
)
def test_what_stands_in_no_columns_of_clusters_is_no_table(text: str, make_decoded: MakeDecoded, lexicon: Lexicon) -> None:
    assert read_document(make_decoded(text), lexicon)["sources"][0].layout != "grid"


RECORDS = """Directory of industrial clusters

Name: Yueqing Electrical cluster
Province: Zhejiang
Location: Yueqing
Industry: Low-voltage electrical appliances
Firms (2009): 1,200

Name: Danyang Eyeglasses cluster
Province: Jiangsu
Location: Danyang
Industry: Eyeglasses
Website: http://example.org/
Firms (2009): 900
"""
RECORDS_ZH = """1、集群名称：低压电器产业集群
   所在地：浙江省乐清市
   企业数量：1200家
2、集群名称：眼镜产业集群
   所在地：江苏省丹阳市
   企业数量：900家
"""


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        (RECORDS, [("Zhejiang", "Yueqing", "Low-voltage electrical appliances"), ("Jiangsu", "Danyang", "Eyeglasses")]),
        (RECORDS_ZH, [(None, "浙江省乐清市", "低压电器产业集群"), (None, "江苏省丹阳市", "眼镜产业集群")]),
    ],
    ids=["a blank line between records", "numbered records"],
)
def test_records_of_a_field_a_line_are_rows(
    text: str, listed: list[tuple[str | None, str, str]], make_decoded: MakeDecoded, lexicon: Lexicon
) -> None:
    read = read_document(make_decoded(text), lexicon)
    assert [(row.province_printed, row.locality_printed, row.industry_printed) for row in read["listings"]] == listed
    assert [(row.measure, row.value) for row in read["statistics"]] == [("enterprise_count", 1200), ("enterprise_count", 900)]
    assert read["questions"] == []


def test_every_line_of_a_record_says_what_it_was_used_for(make_decoded: MakeDecoded, lexicon: Lexicon) -> None:
    fates = {line.text.partition(":")[0]: line.detail for line in read_document(make_decoded(RECORDS), lexicon)["lines"][2:7]}
    used = {"Province": "province label", "Location": "listing", "Industry": "listing", "Firms (2009)": "figure"}
    assert fates == {"Name": "table header", **used}


def test_a_record_without_its_place_does_not_take_the_one_above(make_decoded: MakeDecoded, lexicon: Lexicon) -> None:
    text = RECORDS + "\nName: Chenghai Toy cluster\nProvince: Guangdong\nIndustry: Toys\nFirms (2009): 3,000\n"
    read = read_document(make_decoded(text), lexicon)
    assert [row.locality_printed for row in read["listings"]] == ["Yueqing", "Danyang"]
    assert "Name: Chenghai Toy cluster" in [question.printed for question in read["questions"]]


@pytest.mark.parametrize(
    "text",
    [RECORDS.split("\n\n")[1], RECORDS.replace("Name", "Company"), RECORDS.replace("Industry", "Contact")],
    ids=["a single record", "records of firms", "no trade"],
)
def test_fields_that_are_no_records_of_clusters_are_no_rows(text: str, make_decoded: MakeDecoded, lexicon: Lexicon) -> None:
    assert read_document(make_decoded(text), lexicon)["listings"] == []


@pytest.mark.parametrize(
    "text",
    [
        """Selected industrial clusters, key figures for 2016

Cluster                  Firms    Output (RMB bn)
Anping wire mesh         9,800    61.4
Qinghe cashmere          2,100    23.8
Yongnian fasteners       2,600    -

Source: survey.
""",
        """重点块状经济2016年主要指标

块状经济　企业数（家）　产值（亿元）
安平丝网　9800　614
清河羊绒　2100　238
永年标准件　2600　-
""",
    ],
)
def test_clusters_with_nothing_but_their_numbers_begin_with_their_places(text: str, lexicon: Lexicon, make_decoded: MakeDecoded) -> None:
    records = read_document(make_decoded(text), lexicon)
    trades = ["wire mesh", "cashmere", "fasteners"] if text.isascii() else ["丝网", "羊绒", "标准件"]
    assert [listing.industry_printed for listing in records["listings"]] == trades
    assert [(figure.measure, figure.value, figure.year) for figure in records["statistics"]] == [
        ("enterprise_count", 9800, 2016),
        ("output_value", 6.14e10, 2016),
        ("enterprise_count", 2100, 2016),
        ("output_value", 2.38e10, 2016),
        ("enterprise_count", 2600, 2016),
    ]


def test_cells_a_line_are_rows_where_numbers_stand_where_they_belong(make_decoded: MakeDecoded, lexicon: Lexicon) -> None:
    text = (
        "附表：特色产业镇主要指标（2021年）\n镇名\n特色产业\n企业个数（个）\n主营业务收入（亿元）\n"
        "邹平市魏桥镇\n纺织\n86\n612.4\n博兴县兴福镇\n厨具\n1800\n120.5\n周村区王村镇\n耐火材料\n152\n98.6\n"
    )
    read = read_document(make_decoded(text), lexicon)
    assert [(row.locality_printed, row.industry_printed) for row in read["listings"]] == [
        ("邹平市魏桥镇", "纺织"),
        ("博兴县兴福镇", "厨具"),
        ("周村区王村镇", "耐火材料"),
    ]
    assert [row.value for row in read["statistics"]] == [86, 6.124e10, 1800, 1.205e10, 152, 9.86e9]


NUMBERED = [
    (7, "河北省清河县羊绒制品产业集群", ("河北省清河县", "羊绒制品产业集群")),
    (8, "浙江省织里镇童装产业集群", ("浙江省织里镇", "童装产业集群")),
    (9, "湖北省孝感市高新区光电信息产业集群", ("湖北省孝感市高新区", "光电信息产业集群")),
    (10, "湖南省永兴县白银产业集群", ("湖南省永兴县", "白银产业集群")),
    (11, "河北省高阳县巾被产业集群", ("河北省高阳县", "巾被产业集群")),
]


@pytest.mark.parametrize("header", ["", "序号\t集群名称\n"], ids=["no header", "a header"])
def test_numbered_names_with_their_places_are_the_rows_of_a_table(header: str, make_decoded: MakeDecoded, lexicon: Lexicon) -> None:
    rows = "".join(f"{number}\t{name}\n" for number, name, _ in NUMBERED)
    listings = read_document(make_decoded(f"全国产业集群名单\n{header}{rows}"), lexicon)["listings"]
    assert [(x.locality_printed, x.industry_printed) for x in listings] == [told for _, _, told in NUMBERED]


def test_a_list_reads_goods_that_are_written_like_a_word_of_grammar(make_decoded: MakeDecoded, lexicon: Lexicon) -> None:
    lines = "\n".join(f"{number}. {name}" for number, name, _ in NUMBERED)
    listings = read_document(make_decoded(f"全国产业集群名单\n\n{lines}\n"), lexicon)["listings"]
    assert NUMBERED[-1][2] in [(x.locality_printed, x.industry_printed) for x in listings]


def test_a_name_without_a_place_takes_none_from_the_name_above(make_decoded: MakeDecoded, lexicon: Lexicon) -> None:
    text = "全国产业集群名单\n1\t河北省清河县羊绒制品产业集群\n2\t纺织产业集群\n3\t河北省高阳县巾被产业集群\n"
    listings = read_document(make_decoded(text), lexicon)["listings"]
    assert [x.locality_printed for x in listings] == ["河北省清河县", None, "河北省高阳县"]
