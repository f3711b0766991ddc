"""How Chinese texts name clusters without saying so of each: what is published of a sentence, and what is only asked about."""

import pytest

from orchestration.paths import SEEDS
from orchestration.reading.layout import Document, Reading
from orchestration.reading.layouts.prose import LAYOUT
from orchestration.reading.sidecar import SideCar
from orchestration.reading.words.lexicon import Lexicon
from orchestration.reading.words.places import split_place


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load(SEEDS)


def read(text: str, lexicon: Lexicon) -> Reading:
    return LAYOUT.read(Document("0" * 16, "x.txt", "text/plain", tuple(text.split("\n")), (), SideCar(), 2018), lexicon)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在浙江，绍兴轻纺、嵊州领带、海宁皮革等块状经济闻名全国。", "绍兴 轻纺|嵊州 领带|海宁 皮革"),
        (
            "福建省的晋江运动鞋、石狮休闲服，浙江省的温州皮鞋，都是国内知名的产业集群。",
            "福建省 晋江 运动鞋|石狮 休闲服|浙江省 温州 皮鞋",
        ),
        ("湖南醴陵的陶瓷、邵东的五金和打火机，都已形成百亿级产业集群。", "湖南 醴陵 陶瓷|湖南 邵东 五金|湖南 邵东 打火机"),
        ("东莞市大朗镇毛织、虎门镇服装，均为省级产业集群升级示范区。", "东莞市大朗镇 毛织|虎门镇 服装"),
        ("安徽省天长市仪表电缆、太和县医药、蒙城县汽车制造三大产业集群入选。", "天长市 仪表电缆|太和县 医药|蒙城县 汽车制造"),
        ("武进区形成了新能源汽车、智能装备、绿色建材三大产业集群。", "武进区 新能源汽车|武进区 智能装备|武进区 绿色建材"),
        ("据统计，温州市已形成鞋革、服装、泵阀等百亿级产业集群。", "温州市 鞋革|温州市 服装|温州市 泵阀"),
        ("温州市鞋革、服装产业集群产值增长。", "温州市 鞋革、服装产业集群"),
        ("全省形成了以晋江、石狮为主的纺织服装产业集群，以德化为代表的陶瓷产业集群。", "晋江、石狮 纺织服装产业集群|德化 陶瓷产业集群"),
        ("永康市先后获得“中国五金之都”、“中国门都”称号。", "永康市 五金|永康市 门"),
        ("河北有“中国箱包之都”高碑店、“中国皮革之都”辛集。", "高碑店 箱包|辛集 皮革"),
        ("东莞市大岭山镇是“中国家具出口第一镇”。", "东莞市大岭山镇 家具"),
        ("柳市镇隶属于浙江省乐清市，被誉为“中国电器之都”。", "柳市镇 电器"),
        ("中国轻工业联合会授予海门市三合口镇“中国牙刷之都”称号。", "海门市三合口镇 牙刷"),
        ("全国皮革产业集群主要有：浙江海宁、河北辛集。", "浙江 海宁 皮革产业集群|河北 辛集 皮革产业集群"),
        (
            "东莞大朗镇毛织产业集群在变。毛织之外，东莞还有虎门女装、厚街家具、茶山玩具等。",
            "东莞大朗镇 毛织产业集群|虎门 女装|厚街 家具|茶山 玩具",
        ),
        ("湖州有长兴新能源小镇、安吉椅业小镇，绍兴有诸暨袜艺小镇、上虞梦想小镇。", "长兴 新能源|安吉 椅业|诸暨 袜艺"),
        ("苏州市纳米新材料集群、南京市新型电力（智能电网）装备集群。", "苏州市 纳米新材料集群|南京市 新型电力（智能电网）装备集群"),
        ("四川有两个集群，二是与德阳合办的成都市、德阳市高端能源装备集群。", "四川 德阳市 高端能源装备集群"),
        ("阳信县是著名的“中国鸭梨之乡”“中国古典家具文化产业基地”。", "阳信县 鸭梨|阳信县 古典家具"),
        ("温州的块状经济有：永嘉的泵阀、纽扣，平阳的塑编，苍南的印刷、包装……", "永嘉 泵阀|永嘉 纽扣|平阳 塑编|苍南 印刷|苍南 包装"),
        ("店口镇为国内最大的制冷配件产业集群所在地。", "店口镇 制冷配件产业集群"),
        ("云浮大理石产业集群和安吉白茶产业集群。", "云浮 大理石产业集群|安吉 白茶产业集群"),
        ("温州鞋革、服装和眼镜等产业集群正在升级。", "温州 鞋革|温州 服装|温州 眼镜"),
        ("温州市鞋革、服装、眼镜产业集群正在升级。", "温州市 鞋革|温州市 服装|温州市 眼镜产业集群"),
        ("重庆、成都电子信息产业集群产值增长。", "重庆、成都 电子信息产业集群"),
        ("舒城县，安徽省六安市辖县。\n主导产业：童装、羽绒\n2020年，舒城县有童装企业300家。", "安徽省 舒城县 童装|安徽省 舒城县 羽绒"),
    ],
)
def test_every_cluster_of_a_sentence_is_listed_with_its_own_place_and_trade(text: str, expected: str, lexicon: Lexicon) -> None:
    found = read(text, lexicon).listings
    told = [
        (f"{o.locality_printed} {o.industry_printed}", f"{o.province_printed} {o.locality_printed} {o.industry_printed}") for o in found
    ]
    wanted = expected.split("|")
    assert len(told) == len(wanted)
    assert all(one in forms for one, forms in zip(wanted, told, strict=True)), told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("曹县人民政府工作报告\n各位代表：\n演出服饰产业集群入选山东省特色产业集群。", "曹县 演出服饰产业集群"),
        ("河北省高阳县地处冀中。该县拥有毛巾、家纺两大产业集群。", "高阳县 毛巾|高阳县 家纺"),
        ("桐乡市濮院镇人人做衣服，毛衫产业集群年产毛衫7亿件。", "桐乡市濮院镇 毛衫产业集群"),
        ("睢宁县沙集镇远近闻名。全县家具产业集群产值过百亿。", "睢宁县 家具产业集群"),
        ("绍兴、嵊州相邻。领带产业集群历史悠久。", ""),
        ("海宁市和桐乡市各有所长。全省皮革产业集群不多。", ""),
    ],
)
def test_a_cluster_named_without_its_place_has_the_one_the_text_speaks_of(text: str, expected: str, lexicon: Lexicon) -> None:
    found = read(text, lexicon).listings
    assert [f"{o.locality_printed} {o.industry_printed}" for o in found] == [one for one in expected.split("|") if one]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("温州产业集群众多。一提到领带，人们就想到嵊州；一提到袜子，人们就想到诸暨。", "袜子"),
        ("全区产业集群加快壮大，消费品产业集群势头良好。", "消费品产业集群"),
        ("湖北省马口镇的霜品、仙桃市彭场镇的无纺布、潜江市张金镇的服装，形成了纺织服装产业集群。", "霜品"),
        ("广东涌现出虎门服装、小榄五金、石湾陶瓷、霜步内衣等一批特色产业集群。", "霜步内衣"),
        ("四会玉器产业集群从业人员15万人。佛山南海玉器也在做。", "南海玉器"),
    ],
)
def test_what_is_not_certain_is_asked_about_and_not_published(text: str, asked: str, lexicon: Lexicon) -> None:
    reading = read(text, lexicon)
    assert any(asked in question.printed for question in reading.questions)
    assert not any(asked.endswith(o.industry_printed) for o in reading.listings if o.industry_printed != "玉器产业集群")


@pytest.mark.parametrize(
    "text",
    [
        "浙江省重点培育的产业集群有20个。",
        "杭州市服装协会、温州市鞋业协会代表参加了产业集群会议。",
        "我国产业集群众多，全国各地的家具产业集群各有特点。",
        "湖北省经济和信息化委员会文件公布了重点成长型产业集群。",
    ],
)
def test_what_names_no_cluster_lists_none(text: str, lexicon: Lexicon) -> None:
    assert read(text, lexicon).listings == []


def test_a_town_named_alone_lies_in_the_county_spoken_of_before(lexicon: Lexicon) -> None:
    reading = read("花都区狮岭镇皮具产业集群出名。邻近的花山镇化妆品产业集群也在崛起。", lexicon)
    parts = [(part.observation_id[-1], part.printed) for part in reading.place_parts]
    assert parts == [("1", "狮岭镇"), ("1", "花都区"), ("2", "花山镇"), ("2", "花都区")]


def test_a_town_whose_name_ends_like_a_street_is_no_street(lexicon: Lexicon) -> None:
    assert [part.printed for part in split_place("广东东莞厚街", lexicon, 2018)] == ["厚街", "东莞", "广东"]
