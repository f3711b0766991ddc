"""Lists in both languages and all their orders; each fixture is the shape of a real kind of document, in a few lines."""

from collections.abc import Callable

import pytest

from orchestration.reading.documents import Decoded
from orchestration.reading.layout import Document, Reading
from orchestration.reading.layouts import LAYOUTS
from orchestration.reading.layouts.around import read_sentences
from orchestration.reading.layouts.listing import LAYOUT
from orchestration.reading.observations import Fate
from orchestration.reading.promises import check
from orchestration.reading.reader import choose, read_document
from orchestration.reading.words.lexicon import Lexicon

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
        [("广东省", "深圳", x) for x in ("电子信息", "服装", "家具", "黄金珠宝")] + [("广东省", "佛山", x) for x in ("陶瓷", "铝型材")],
    ),
    "provinces as headings": (
        "特色产业集群\n浙江省：\n乐清市电气产业集群\n永康市五金产业集群\n江苏省：\n邳州市板材产业集群\n",
        [("浙江省", "乐清市", "电气产业集群"), ("浙江省", "永康市", "五金产业集群"), ("江苏省", "邳州市", "板材产业集群")],
    ),
    "a count of clusters behind a province, each cluster with its city": (
        "先进制造业集群\n江苏（2个）：无锡物联网集群、徐州工程机械集群\n四川（1个）：成都软件集群\n",
        [("江苏", "无锡", "物联网集群"), ("江苏", "徐州", "工程机械集群"), ("四川", "成都", "软件集群")],
    ),
    "several clusters with their places in one line": (
        "各地产业\n浙江嘉兴海宁皮革产业集群，浙江嘉兴平湖箱包产业集群\n河北保定安国中药材产业集群\n",
        [
            (None, "浙江嘉兴海宁", "皮革产业集群"),
            (None, "浙江嘉兴平湖", "箱包产业集群"),
            (None, "河北保定安国", "中药材产业集群"),
        ],
    ),
    "one cluster over several cities, and of a division of the corps": (
        "先进制造业集群名单\n1 成都市、德阳市高端能源装备集群\n2 新疆生产建设兵团第八师石河子市纺织集群\n3 宁波市绿色石化集群\n",
        [
            (None, "成都市、德阳市", "高端能源装备集群"),
            (None, "新疆生产建设兵团第八师石河子市", "纺织集群"),
            (None, "宁波市", "绿色石化集群"),
        ],
    ),
    "titles, several of one place": (
        "中國之都\n浙江省永康市 中國五金之都、中國門都\n江苏省丹阳市（中国眼镜之都）\n浙江省诸暨市大唐镇——中国袜业名镇\n",
        [
            (None, "浙江省永康市", "五金"),
            (None, "浙江省永康市", "門"),
            (None, "江苏省丹阳市", "眼镜"),
            (None, "浙江省诸暨市大唐镇", "袜业"),
        ],
    ),
    "a board's copy with noise": (
        "江苏各县市产业集群汇总[转]\n楼主 发表于 2012-8-21\n1、宜兴市 电线电缆产业集群9 g' M3 s# k0 l\n8 T* y+ Q5 u) ^: c\n"
        "2、邳州市 板材产业集群4 c% x/ B9 n! z* R3 J\n3、通州区 家纺产业集群\n",
        [("江苏", "宜兴市", "电线电缆产业集群"), ("江苏", "邳州市", "板材产业集群"), ("江苏", "通州区", "家纺产业集群")],
    ),
    "cities as headings of clusters with places of their own": (
        "产业集群（按市）\n南通（1个）\n通州家纺产业集群\n宁波（2个）\n慈溪小家电产业集群\n余姚塑料模具产业集群\n",
        [(None, "通州", "家纺产业集群"), (None, "慈溪", "小家电产业集群"), (None, "余姚", "塑料模具产业集群")],
    ),
    "no word of clusters, but of what is made": (
        "Where your things are made\n\n* Eyeglasses: Danyang\n* Buttons: Qiaotou, Yongjia\n* Women's wear: Humen, Dongguan\n",
        [(None, "Danyang", "Eyeglasses"), (None, "Qiaotou, Yongjia", "Buttons"), (None, "Humen, Dongguan", "Women's wear")],
    ),
    "industries as marked headings, few places each": (
        "# Industrial clusters by product\n## Furniture\n- Shunde, Foshan\n## Lighting\n- Guzhen, Zhongshan\n",
        [(None, "Shunde, Foshan", "Furniture"), (None, "Guzhen, Zhongshan", "Lighting")],
    ),
    "industries as headings": (
        "产业集群\n家具\n顺德区\n龙江镇\n玩具\n澄海区\n东莞市\n",
        [(None, "顺德区", "家具"), (None, "龙江镇", "家具"), (None, "澄海区", "玩具"), (None, "东莞市", "玩具")],
    ),
    "industries as headings, several places on a line": (
        "产业集群分布\n家具\n广东东莞厚街、浙江安吉\n制鞋\n福建晋江、福建莆田\n",
        [(None, "广东东莞厚街", "家具"), (None, "浙江安吉", "家具"), (None, "福建晋江", "制鞋"), (None, "福建莆田", "制鞋")],
    ),
    "columns set apart by blanks": (
        "省份  产业集群  所在地\n浙江  低压电器产业集群  乐清市\n福建  石材产业集群  南安市\n",
        [("浙江", "乐清市", "低压电器产业集群"), ("福建", "南安市", "石材产业集群")],
    ),
    "titles with their places behind a dot, towns without their kind": (
        "特色区域和产业集群名录\n- 中国五金之都·永康\n- 中国制笔之乡·桐庐分水\n- 中国陶瓷历史文化名城·醴陵\n",
        [(None, "永康", "五金"), (None, "桐庐分水", "制笔"), (None, "醴陵", "陶瓷")],
    ),
    "a letterhead, a brand that begins like a place": (
        "湖北省经济和信息化委员会文件\n产业集群名单\n1.松滋市白云边酒业产业集群\n2.大冶市饮料食品产业集群\n"
        "湖北省经信委办公室  2015年7月22日印发\n",
        [(None, "松滋市", "白云边酒业产业集群"), (None, "大冶市", "饮料食品产业集群")],
    ),
    "a numbered table in one line, prefecture and county in columns": (
        "河北省县域特色产业集群 序号 设区市 县(市、区) 产业集群名称 1 石家庄市 辛集市 皮革产业集群 2 保定市 容城县 服装产业集群 "
        "3 沧州市 孟村县 弯头管件产业集群 4 邢台市 宁晋县 电线电缆产业集群\n",
        [
            (None, "石家庄市 辛集市", "皮革产业集群"),
            (None, "保定市 容城县", "服装产业集群"),
            (None, "沧州市 孟村县", "弯头管件产业集群"),
            (None, "邢台市 宁晋县", "电线电缆产业集群"),
        ],
    ),
    "towns by their bare names, of the city in the title": (
        "东莞哪里的产业比较集中？\n虎门：服装服饰、电子信息产业\n厚街：鞋业、家具\n石排：玩具\n",
        [
            (None, "虎门", "服装服饰"),
            (None, "虎门", "电子信息产业"),
            (None, "厚街", "鞋业"),
            (None, "厚街", "家具"),
            (None, "石排", "玩具"),
        ],
    ),
    "marks of a forum, its noise, who speaks": (
        "大陸產業集群整理\n◎江蘇丹陽——眼鏡\n◎浙江溫州甌海——鎖具　# 本版禁止轉載 jk38 #\n◎河南許昌——假髮\n20樓：浙江上虞\n",
        [(None, "江蘇丹陽", "眼鏡"), (None, "浙江溫州甌海", "鎖具"), (None, "河南許昌", "假髮")],
    ),
    "several trades of a town, one of them unknown": (
        "名镇\n山东潍坊高密夏庄镇　登山哨、家纺\n浙江宁波慈溪周巷镇　小家电\n",
        [
            (None, "山东潍坊高密夏庄镇", "登山哨"),
            (None, "山东潍坊高密夏庄镇", "家纺"),
            (None, "浙江宁波慈溪周巷镇", "小家电"),
        ],
    ),
    "headings that count what they head": (
        "家纺聚集地\n家纺聚集地之第一：中国绗缝家纺名城——浦江\n家纺聚集地之第二：中国布艺名城——余杭\n",
        [(None, "浦江", "绗缝家纺"), (None, "余杭", "布艺")],
    ),
    "provinces with their places, the trades in brackets": (
        "全国货源产业带汇总\n浙江：义乌（小商品）、诸暨大唐（袜子）、温岭（鞋）\n江苏：丹阳（眼镜）、扬州（牙刷、毛绒玩具）\n河北：白沟（箱包）、清河（羊绒）\n",
        [
            ("浙江", "义乌", "小商品"),
            ("浙江", "诸暨大唐", "袜子"),
            ("浙江", "温岭", "鞋"),
            ("江苏", "丹阳", "眼镜"),
            ("江苏", "扬州", "牙刷"),
            ("江苏", "扬州", "毛绒玩具"),
            ("河北", "白沟", "箱包"),
            ("河北", "清河", "羊绒"),
        ],
    ),
    "trades over places with a dot behind their province": (
        "产业集群分布\n- 玻璃制品\n  - 山西 · 祁县\n  - 河北 · 河间\n- 医疗器械\n  - 河南 · 长垣\n",
        [(None, "山西 · 祁县", "玻璃制品"), (None, "河北 · 河间", "玻璃制品"), (None, "河南 · 长垣", "医疗器械")],
    ),
    "a numbered table in one line, clusters before their places": (
        "产业集群名单 序号 集群名称 所在地 1 商用厨具产业集群 博兴县 2 化工新材料产业集群 高青县 "
        "3 不锈钢产业集群 沂水县 4 纺机产业集群 胶南市\n",
        [
            (None, "博兴县", "商用厨具产业集群"),
            (None, "高青县", "化工新材料产业集群"),
            (None, "沂水县", "不锈钢产业集群"),
            (None, "胶南市", "纺机产业集群"),
        ],
    ),
    "items numbered in Chinese, no word for clusters": (
        "一、轻工\n（一）制鞋：福建晋江、四川成都武侯\n（二）玩具：广东澄海、浙江云和\n（三）制笔：浙江分水、浙江宁波\n",
        [
            (None, "福建晋江", "制鞋"),
            (None, "四川成都武侯", "制鞋"),
            (None, "广东澄海", "玩具"),
            (None, "浙江云和", "玩具"),
            (None, "浙江分水", "制笔"),
            (None, "浙江宁波", "制笔"),
        ],
    ),
    "blanks of a copied page before the places": (
        "產業集群\n&nbsp;&nbsp;浙江台州黃岩：模具\n&nbsp;&nbsp;江西景德鎮：陶瓷\n&nbsp;&nbsp;湖南瀏陽：花炮\n",
        [(None, "浙江台州黃岩", "模具"), (None, "江西景德鎮", "陶瓷"), (None, "湖南瀏陽", "花炮")],
    ),
    "a title with the kind of its towns": (
        "廣東省專業鎮名錄（摘）\n開平市水口鎮　水暖衛浴\n高要市金利鎮　小五金\n雲城區河口街道　石材\n",
        [(None, "開平市水口鎮", "水暖衛浴"), (None, "高要市金利鎮", "小五金"), (None, "雲城區河口街道", "石材")],
    ),
    "misspelt places set apart by a wide blank": (
        "中国产业名镇名县\n1 浙江省乐青市　低压电器\n2 河北省清合县　羊绒\n3 广东省佛山市顺德区乐丛镇　家具\n",
        [(None, "浙江省乐青市", "低压电器"), (None, "河北省清合县", "羊绒"), (None, "广东省佛山市顺德区乐丛镇", "家具")],
    ),
    "places with their trades, each led by a sentence": (
        "山东“一县一业”看点\n1. 寿光——蔬菜。冬暖式大棚发源地。\n2. 金乡——大蒜。全球大蒜看中国，中国大蒜看金乡。\n"
        "3. 博兴——厨具。商用厨具占全国市场份额四成。\n4. 庆云——石材？（网友提供，未核实）\n",
        [(None, "寿光", "蔬菜"), (None, "金乡", "大蒜"), (None, "博兴", "厨具")],
    ),
    "titles of other towns and doubted ones, a cluster over counties of one prefecture": (
        "产业“金字招牌”\n1　绍兴柯桥——中国轻纺名城、中国窗帘名镇（杨汛桥）\n"
        "2　佛山南海西樵——中国面料名镇、中国妇女卫生用品名镇（应为丹灶？待核）\n3 番茄加工——巴音郭楞州焉耆县、和硕县、博湖县\n",
        [
            (None, "绍兴柯桥", "轻纺"),
            (None, "佛山南海西樵", "面料"),
            (None, "巴音郭楞州焉耆县、和硕县、博湖县", "番茄加工"),
        ],
    ),
    "towns by their bare names, known for their trade": (
        "長三角特色產業城鎮一覽\n大唐：襪業\n永康：五金\n柳市：低壓電器\n濮院：羊毛衫\n",
        [(None, "大唐", "襪業"), (None, "永康", "五金"), (None, "柳市", "低壓電器"), (None, "濮院", "羊毛衫")],
    ),
    "titles with their years": (
        "江苏特色小镇与产业基地名录\n瓯海区 中国锁都 2003年\n瑞安市 中国汽摩配之都 2003年\n永嘉县 中国纽扣之都 2001年\n",
        [(None, "瓯海区", "锁"), (None, "瑞安市", "汽摩配"), (None, "永嘉县", "纽扣")],
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
        "多個產業鎮來港招商。\n河北省安平縣介紹絲網業；枣强縣推介皮草。\n江蘇省海門市帶來疊石橋家紡，邳州市則力推板材。\n",
        "清河县（百科）\n中文名 清河县\n所属地区 河北省邢台市\n机场 邢台褡裢机场\n清河县是全国最大的羊绒加工集散地。\n",
        "Home\nAbout us\nContact\nBeijing\nShanghai\n",
        "The city of Yueqing lies in Zhejiang. It is known for its electrical industrial cluster, as everybody says.\n" * 3,
        "今天天气很好，我们去了杭州的西湖边散步，没有谈到任何集群。\n",
    ],
)
def test_what_is_no_list_is_not_read_as_one(text: str, lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    assert LAYOUT.score(make_document(text), lexicon) < 0.3


def test_the_city_above_a_cluster_tells_namesakes_apart(lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    reading = LAYOUT.read(make_document("产业集群\n南通（1个）\n通州家纺产业集群\n"), lexicon)
    assert [(part.part_ordinal, part.printed) for part in reading.place_parts] == [(1, "通州"), (2, "南通")]


def test_a_clause_about_the_place_is_no_industry_and_is_asked_about(lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    text = (
        "Districts\n1. Humen, Dongguan - garments\n2. Danyang in Jiangsu: spectacles\n3. Danyang in Jiangsu, home to half of the lenses\n"
    )
    reading = read(text, lexicon, make_document)
    assert [(x.locality_printed, x.industry_printed) for x in reading.listings] == [
        ("Humen, Dongguan", "garments"),
        ("Danyang in Jiangsu", "spectacles"),
    ]
    assert reading.fates[4][0] is Fate.QUARANTINED


def test_marked_lines_of_a_text_that_name_no_trade_are_no_entries(lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    said = "鎮裡的廠家去年首次在內地開設三十八間門市，生意不俗，老闆們說日子總要過下去，不能只靠一條腿走路，也不能只看今天。\n"
    text = f"家具產業重鎮求變\n{said}■東莞大嶺山　出口轉內銷\n{said}{said}■佛山樂從　十里長街\n{said}{said}■中山大涌　紅木之都\n{said}"
    assert [(x.locality_printed, x.industry_printed) for x in read(text, lexicon, make_document).listings] == [("中山大涌", "紅木")]


def test_what_a_place_is_to_develop_is_no_industry(lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    text = "产业集群布局解读\n1. 永康市五金产业集群\n2. 宝安区重点布局高端装备、激光\n3. 龙岗区重点发展新一代电子信息\n"
    assert [x.locality_printed for x in read(text, lexicon, make_document).listings] == ["永康市"]


def test_a_nickname_is_asked_about(lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    reading = LAYOUT.read(make_document("名镇\n浙江省永康市五金产业集群\n浙江省嵊州市被称为“中国领带名城”\n"), lexicon)
    assert [listing.locality_printed for listing in reading.listings] == ["浙江省永康市"]
    assert reading.fates[3][0] is Fate.QUARANTINED


def test_a_cluster_no_reader_places_is_asked_about_wherever_it_stands(lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    reading = LAYOUT.read(make_document("集群名单\n1. 星河生命健康集群\n2. 宁波市石化集群\n3. 无锡市物联网集群\n"), lexicon)
    assert reading.fates[2][0] is Fate.QUARANTINED


def test_the_figures_behind_an_entry_are_of_its_cluster(lexicon: Lexicon, make_decoded: Callable[..., Decoded]) -> None:
    text = (
        "产业集群名录\n1. 乐清市电气产业集群（企业1400余家，年产值1200亿元）\n"
        "2. 永康市五金产业集群\n3. 诸暨市袜业产业集群（从业人员20万人）\n"
    )
    records = read_document(make_decoded(text), lexicon)
    listings = {listing.observation_id: listing.locality_printed for listing in records["listings"]}
    assert [(listings[s.listing_observation_id], s.measure, s.value, s.qualifier) for s in records["statistics"]] == [
        ("乐清市", "enterprise_count", 1400, "over"),
        ("乐清市", "output_value", 1.2e11, "exactly"),
        ("诸暨市", "employee_count", 200_000, "exactly"),
    ]


def test_what_stands_right_below_an_entry_is_said_of_it(lexicon: Lexicon, make_decoded: Callable[..., Decoded]) -> None:
    text = (
        "Clusters of China\n\n1. Shengze, Suzhou, Jiangsu - Silk\nIt has 130,000 looms and 2,500 mills.\n\n"
        "2. Changle, Fuzhou, Fujian - Knits\nThere are 610 mills, 38 with sales over Rmb 1bn.\n"
    )
    records = read_document(make_decoded(text), lexicon)
    listings = {listing.observation_id: listing.industry_printed for listing in records["listings"]}
    assert [(listings[s.listing_observation_id], s.measure, s.value, s.threshold_value) for s in records["statistics"]] == [
        ("Silk", "machine_count", 130_000, None),
        ("Silk", "enterprise_count", 2500, None),
        ("Knits", "enterprise_count", 610, None),
        ("Knits", "enterprise_count", 38, 1e9),
    ]


def test_the_entries_of_a_list_that_announces_as_many_winners_are_awards(lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    text = "集群竞赛优胜者公示\n\n按照先进制造业集群竞赛工作方案，现将{count}个决赛优胜者名单予以公示。\n\n"
    text += "1. 常熟纺织服装集群\n2. 宁波绿色石化集群\n3. 呼和浩特乳制品集群\n"
    for count, expected in ((3, ["纺织服装集群", "绿色石化集群", "乳制品集群"]), (4, [])):
        document = make_document(text.format(count=count))
        reading = LAYOUT.read(document, lexicon)
        read_sentences(document, reading, lexicon)
        assert [award.quote for award in reading.awards] == expected
        assert {award.contest_name for award in reading.awards} <= {"先进制造业集群竞赛"}


@pytest.mark.parametrize(
    "text",
    [
        "乐清：一根线连起千亿集群\n本报讯 浙江省温州市乐清市是“中国电器之都”。\n当地电气产业集群产值过千亿元，同比增长一成。\n",
        "大沥镇\n中文名称　大沥镇\n著名景点　黄岐龙母庙、盐步老龙\n大沥镇隶属于广东省佛山市南海区，位于广州与佛山之间，铝材集群有名。\n",
    ],
)
def test_clauses_about_places_make_no_list(text: str, lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    assert choose(make_document(text), lexicon, LAYOUTS).layout is not LAYOUT
