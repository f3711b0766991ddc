"""Short documents in Chinese, read whole: what they list, by the layout that fits them best."""

from collections.abc import Callable

import pytest

from orchestration.reading.documents import Decoded
from orchestration.reading.reader import read_document
from orchestration.reading.words.lexicon import Lexicon


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "cities that stand among provinces.txt",
            "序号\n省份\n集群名称\n1\n天津市\n静海区自行车产业集群\n2\n大连市\n普兰店区服装产业集群\n3\n宁波市\n慈溪市智能家电产业集群",
            "静海区 自行车产业集群|普兰店区 服装产业集群|慈溪市 智能家电产业集群",
        ),
        (
            "cities that stand among provinces.csv",
            "省份,集群名称\n河北省,安平县丝网产业集群\n青岛市,城阳区轨道交通装备产业集群\n",
            "安平县 丝网产业集群|城阳区 轨道交通装备产业集群",
        ),
        (
            "a full name, and the county beside it.csv",
            "批次,集群全称,所在县（市、区）,所属设区市\n第一批,安平丝网产业集群,安平县,衡水市\n第二批,唐山骨质瓷产业集群,路北区,唐山市\n",
            "安平县 丝网产业集群|路北区 骨质瓷产业集群",
        ),
        (
            "a second row of the header without a place or trade.html",
            "<table><tr><th rowspan=2>市（州）</th><th colspan=2>重点集群</th></tr><tr><th>名称</th><th>重点方向</th></tr>"
            "<tr><td>金昌市</td><td>盐化工产业集群</td><td>氯碱</td></tr><tr><td>临夏州</td><td>皮革产业集群</td><td></td></tr></table>",
            "金昌市 盐化工产业集群|临夏州 皮革产业集群",
        ),
        (
            "a title told behind the shares of goods.txt",
            "黄桥：提琴的故乡\n世界上每三把小提琴里，就有一把来自黄桥。\n中国轻工业联合会把“中国提琴产业之都”的牌子给了黄桥。",
            "黄桥 提琴产业",
        ),
        (
            "parts of goods that are no trade of their own.txt",
            "昌乐县政府工作报告\n2022年，全县珠宝首饰、汽车及零部件两个产业集群产值分别增长6.7%和12.4%。“中国珠宝之都”复评通过。",
            "昌乐县 珠宝首饰|昌乐县 汽车及零部件",
        ),
        (
            "marks that say as above, a place that is none.md",
            "| 省 | 市 | 县 | 主要产品 |\n|---|---|---|---|\n| 江西 | 赣州 | 南康 | 实木家具 |\n| ″ | 景德镇 | — | 陶瓷 |\n"
            "| 湖南 | 邵阳 | 邵东 | 打火机、箱包 |\n",
            "南康 实木家具|景德镇 陶瓷|邵东 打火机|邵东 箱包",
        ),
        (
            "trades that one place is named for.txt",
            "产业带一览\n1. 饰品、玩具——义乌\n2. 灯具——中山古镇\n3. 眼镜、光学镜片——丹阳\n4. 袜子——诸暨大唐",
            "义乌 饰品|义乌 玩具|中山古镇 灯具|丹阳 眼镜|丹阳 光学镜片|诸暨大唐 袜子",
        ),
        (
            "trades enumerated below their places.md",
            "# 中部的块状经济\n\n## 河南\n### 许昌\n发制品、超硬材料\n### 漯河\n食品加工\n\n"
            "## 湖南\n### 醴陵\n陶瓷（日用、电瓷）\n### 邵东\n五金、箱包、打火机\n",
            "许昌 发制品|许昌 超硬材料|漯河 食品加工|醴陵 陶瓷（日用、电瓷）|邵东 五金|邵东 箱包|邵东 打火机",
        ),
        (
            "places told before their paragraph.txt",
            "河北特色产业集群调研\n（一）高阳。毛巾年产量占全国三分之一，现有企业4000余家。\n（二）蠡县。以毛纺、裘皮、皮革三大产业为主。",
            "高阳 毛巾|蠡县 毛纺|蠡县 裘皮|蠡县 皮革",
        ),
        (
            "what a place next door is not.txt",
            "南浔镇\n南浔镇，浙江省湖州市南浔区辖镇，东与江苏省苏州市吴江区震泽镇接壤。\n经济\n2017年，实现地区生产总值168亿元。"
            "工业以电梯、木地板为主导。2005年被授予“中国木地板之都”称号。",
            "南浔镇 木地板|南浔镇 电梯",
        ),
        (
            "what a trade of a place earns.txt",
            "县域产业巡礼\n2021年，桃江竹产业综合产值160亿元。宁乡妇孺用品产业集群年产值突破百亿。",
            "宁乡 妇孺用品产业集群|桃江 竹产业",
        ),
        (
            "a paragraph that points back at the place of the one before.txt",
            "一只口罩背后的产业带\n仙桃彭场，每天有上百辆货车驶出。\n这里是中国最大的无纺布制品加工出口基地，全镇有企业三百余家。\n"
            "长垣的卫材产业占全国市场份额一半以上。\n乐清以电气产业闻名。",
            "仙桃彭场 无纺布制品|长垣 卫材产业|乐清 电气",
        ),
        (
            "a trade of one character, and one of a place that nobody knows.txt",
            "产业集群发展情况\n安溪的茶和藤铁、德化的陶瓷，都是我市的特色产业。\n我市普宁的内衣、榕城的塑料鞋、蓝城阳美的玉器等特色产业，也面临要素瓶颈。",
            "安溪 茶|安溪 藤铁|德化 陶瓷|普宁 内衣|榕城 塑料鞋",
        ),
        (
            "places and trades with wide blanks between.txt",
            "现有县域特色产业集群（部分）\n无为特种电缆　天长仪器仪表　桐城塑料包装　广德电路板　太和医药　叶集家居",
            "无为 特种电缆|天长 仪器仪表|桐城 塑料包装|广德 电路板|太和 医药|叶集 家居",
        ),
    ],
    ids=lambda value: value if value.endswith((".txt", ".csv", ".html", ".md")) else "",
)
def test_a_document_lists_its_clusters(name: str, text: str, expected: str, lexicon: Lexicon, make_decoded: Callable[..., Decoded]) -> None:
    out = read_document(make_decoded(text, name), lexicon)
    assert [f"{o.locality_printed} {o.industry_printed}" for o in out["listings"]] == expected.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "竞争性磋商公告\n预算金额：386万元\n瓷砖：产地为广东佛山或山东淄博；\n石材：福建南安、山东莱州产均可；\n"
        "电缆：江苏宜兴、安徽无为、河北宁晋厂家优先；\n门：浙江永康厂家。\n采购人：某县医院",
        "双十一剁手清单，自用好物\n床品：南通的四件套，369拿下\n锅：永康产的不粘锅\n毛衣：濮院一家小店\n剪刀：阳江十八子\n茶叶：安溪的铁观音",
        "发往地  时效  首重价  主要货源\n广州  2天  8元  服装\n武汉  2天  8元  小商品\n沈阳  3天  12元  服装\n成都  3天  11元  女鞋",
        "广交会参展指南\nA区：家用电器（佛山、宁波展商）、电子（深圳、惠州展商）\nB区：五金工具（永康、临沂展商）\nC区：箱包（广州花都、保定白沟展商）",
        "急招！工厂直招普工，包吃住\n1、佛山顺德空调厂\n2、东莞长安模具厂\n3、慈溪小家电厂\n4、瑞安汽配厂\n5、海宁皮衣厂\n报名电话：略",
    ],
    ids=["a buyer's terms", "a shopper's list", "a carrier's prices", "a fair's halls", "an employer's notice"],
)
def test_goods_beside_places_that_speak_of_something_else_are_no_clusters(
    text: str, lexicon: Lexicon, make_decoded: Callable[..., Decoded]
) -> None:
    assert read_document(make_decoded(text, "other.txt"), lexicon)["listings"] == []
