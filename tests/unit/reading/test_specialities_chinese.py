"""What Chinese sentences say that places make: which pairs of place and trade are found, and how sure they are."""

import pytest

from orchestration.reading.clusters.specialities_chinese import find_placeless, find_specialities
from orchestration.reading.phrases.names import find_spots
from orchestration.reading.words.lexicon import Lexicon


def told(text: str, lexicon: Lexicon) -> dict[tuple[str, str], bool]:
    found: dict[tuple[str, str], bool] = {}
    for one in find_specialities(text, find_spots(text, lexicon, 2019), lexicon):
        pair = (text[slice(*one.name.locality)] if one.name.locality else "", text[slice(*one.name.industry)])
        found[pair] = found.get(pair, False) or one.is_sure
    return found


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("同属许昌的禹州以钧瓷闻名。", [("许昌的禹州", "钧瓷")]),
        ("豫东的尉氏县以纺织、服装为主导产业。", [("尉氏县", "纺织"), ("尉氏县", "服装")]),
        ("邻近的舒城主产童装和电子信息产品。", [("舒城", "童装"), ("舒城", "电子信息")]),
        ("许昌的发制品誉满全球。", [("许昌", "发制品")]),
        ("焦作温县的怀药、孟州的皮毛加工，名气同样不小。", [("焦作温县", "怀药"), ("孟州", "皮毛加工")]),
        ("狮岭镇皮革皮具产业始于20世纪70年代末。", [("狮岭镇", "皮革皮具产业")]),
        ("世界上每十顶假发就有六顶出自许昌。", [("许昌", "假发")]),
        ("揭阳市的不锈钢制品占全国市场的三成。", [("揭阳市", "不锈钢制品")]),
        ("日用陶瓷是黎川县的首位产业。", [("黎川县", "日用陶瓷")]),
        ("曹县是全国最大的演出服饰生产基地。", [("曹县", "演出服饰")]),
        ("浙江溫州的打火機曾經打遍天下，如今眼鏡業主要集中在甌海。", [("甌海", "眼鏡")]),
        ("沙集镇电商家具享誉全国。", [("沙集镇", "电商家具")]),
        ("鹤山的雅瑶镇以钢格板生产著称。", [("鹤山的雅瑶镇", "钢格板")]),
        ("上虞还是LED照明、风机的重要产地。", [("上虞", "LED照明"), ("上虞", "风机")]),
        ("胜芳镇形成了金属玻璃家具、林木加工两大支柱产业。", [("胜芳镇", "金属玻璃家具"), ("胜芳镇", "林木加工")]),
        ("雨傘去福建晉江東石鎮，還有別處。", [("晉江東石鎮", "雨傘")]),
        ("买床品去南通，买羊毛衫去桐乡。", [("南通", "床品"), ("桐乡", "羊毛衫")]),
        ("做轴承，去临西、去瓦房店、去新昌，别处免谈。", [("临西", "轴承"), ("瓦房店", "轴承"), ("新昌", "轴承")]),
        ("河南商水悄悄成了渔网大县。", [("商水", "渔网")]),
        ("河南商水是农业大县。", []),
        ("当湖街道是羽绒服的天下。", [("当湖街道", "羽绒服")]),
        ("山东曹县除了汉服，还有别的。", []),
        ("高邮羽绒服装起步于上世纪90年代。", [("高邮", "羽绒服装")]),
        ("同样灯火通明的还有桐乡濮院羊毛衫市场。", []),
        ("海宁有三大传统产业，就是皮革、经编、家纺。", [("海宁", "皮革"), ("海宁", "经编"), ("海宁", "家纺")]),
        ("电机，是嵊州的第三张名片。", []),
        ("电机产业是嵊州的第三张名片。", [("嵊州", "电机")]),
        ("海边游泳，每4件泳衣里便有1件产自辽宁兴城。", [("兴城", "泳衣")]),
        ("打开衣柜，里面的袜子七成来自浙江诸暨。", [("诸暨", "袜子")]),
        ("章丘的鼓风机、诸城的汽车，在全国都叫得响。", [("章丘", "鼓风机"), ("诸城", "汽车")]),
        ("大家看了曹县的演出服饰、定陶的酱菜、鄄城的人发制品。", [("曹县", "演出服饰"), ("定陶", "酱菜"), ("鄄城", "人发制品")]),
    ],
)
def test_a_centre_of_a_trade_is_told_by_its_phrase(text: str, pairs: list[tuple[str, str]], lexicon: Lexicon) -> None:
    assert [pair for pair, is_sure in told(text, lexicon).items() if is_sure] == pairs


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("隔壁的舒城做童装。", ("舒城", "童装")),
        ("舒城曾经以童装闻名。", ("舒城", "童装")),
        ("舒城力争发展童装。", ("舒城", "童装")),
        ("莆田有鞋业、红木家具，宁德有电机。", ("莆田", "鞋业")),
        ("公司总部位于舒城，主营童装。", ("舒城", "童装")),
    ],
)
def test_what_a_place_makes_as_well_or_made_once_is_less_sure(text: str, pair: tuple[str, str], lexicon: Lexicon) -> None:
    assert not told(text, lexicon).get(pair, False)


@pytest.mark.parametrize(
    ("text", "trades"),
    [
        ("全县主产柳编，产品95%以上出口。", ["柳编"]),
        ("主导产业为服装、家具，企业不少。", ["服装", "家具"]),
        ("日用陶瓷是我们县的首位产业。", ["日用陶瓷"]),
        ("如今，木耳成了全县的首位产业。", ["木耳"]),
        ("全县力争主产柳编。", []),
        ("【产业基础】形成了机械电子、纺织服装两大主导产业，其中沙集镇生产家具。", ["机械电子", "纺织服装"]),
        ("特色产业　羊绒、汽摩零部件", ["羊绒", "汽摩零部件"]),
        ("电动工具、门业、保温杯三大优势产业产值增长。", ["电动工具", "门业", "保温杯"]),
    ],
)
def test_a_trade_is_told_of_the_place_spoken_of(text: str, trades: list[str], lexicon: Lexicon) -> None:
    found = find_placeless(text, find_spots(text, lexicon, 2019), lexicon)
    assert [text[slice(*stretch)] for stretch, is_sure in found if is_sure] == trades
