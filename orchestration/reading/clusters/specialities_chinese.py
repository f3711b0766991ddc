"""What places are said to make, where nobody says 集群: 许昌以发制品闻名, 每三双袜子就有一双产自大唐, 舒城主产童装. Chinese.

The counterpart of `specialities.py`: a place, a phrase that says what it is known for, and trades of the lexicon, in the orders that
running text has them. Whether a document is about such places at all is for its reader to judge.
"""

import re
from collections.abc import Iterator, Sequence

from orchestration.reading.clusters.specialities import Speciality
from orchestration.reading.keys import industry_key
from orchestration.reading.phrases.names import Spot, glued_chains, join
from orchestration.reading.phrases.names_chinese import DEPENDENT, names_industry
from orchestration.reading.phrases.pairs_chinese import Pair, find_pairs
from orchestration.reading.text.absent import GONE_BEHIND, PLANNED_ZH
from orchestration.reading.words.lexicon import Lexicon
from orchestration.reading.words.terms import Stretch, industries_of

_LOCAL = (
    r"(?:(?:等[地县縣市区區镇鎮]|一[带帶]|[当當]地|境[内內]|人|这边|這邊)?(?:[的，,]|(?:主要|[则則就也亦更都素]|[还還]有?|自古|一直|[历歷][来來]|[长長]期|如今"
    r"|[现現]在|目前|近年[来來]|同[样樣]|[专專][门門])){0,3})"
)
_COUNTED_AS = r"(?:[优優][势勢]|支柱|主[导導]|特色|[传傳][统統]|[千百][亿億]级?|首位){1,2}"
# What makes a place a centre of the trade behind it, and where the trades end.
_SURE = re.compile(
    rf"{_LOCAL}(?:以(?P<by>[^，。；：]{{2,26}}?)(?:而)?(?:[闻聞]名|著[称稱]|出名|[见見][长長]|[为為](?:主[导導打业業]?|支柱|特色|[龙龍][头頭])(?:[产產][业業])?(?![的体體])|享誉|享譽|[驰馳]名|名[扬揚])"
    r"|(?:盛[产產]|主[产產]|主[营營]|主打|主攻|[专專]做|[专專][营營])(?P<of>[^，。；：]{2,40}))"
)
_MAKES = re.compile(
    rf"{_LOCAL}(?:做|搞|生[产產]|出[产產]|制造|加工|[经經][营營]|[发發]展|[种種]植|[养養]殖|[拥擁]?有(?=[^，。；：]{{2,10}}(?:[产產][业業]|、)))(?:了|起|出)?(?P<of>[^，。；：]{{2,40}})"
)
# What is said of the trade right behind its place: 发制品誉满全球, 珍珠产量占全国八成.
_FAMED = re.compile(
    r"(?:[^，。；]{0,14}?|，(?=名[气氣]|[都均也皆]|在(?:全[国國]|[国國][内內际際]|世界))[^，。；]{0,12}?)[^，。；]{0,6}?(?:[闻聞]名|[驰馳]名|享[誉譽]|[誉譽][满滿]|名[气氣]|[远遠][销銷]|[占佔](?:到|据|據|了)*(?:全[国國球]|世界|[国國][内內])|居全[国國球]|全[国國球]第一"
    r"|[产產][业業][^，。；]{0,10}?(?:支柱|主[导導]|首位|第一大|[龙龍][头頭])|撑起|[举舉]足[轻輕]重|[颇頗极極]具[规規]模|各[具有]特色|各有千秋|最[为為]?出名|有名|叫得(?:[响響]|出名)|[数數]得[着上]|家喻[户戶][晓曉]|[走畅暢][俏销銷]|[响響][当當亮]|知名度|形成[^，。；]{0,4}(?:[气氣]候|[规規]模))"
)
_FAMED_AT_ALL = re.compile(r"[占佔](?:到|据|據|了)*(?:全[国國球]|世界|[国國][内內])|(?:全[国國球]|世界|亚洲|[国國][内內])(?:第一|最大)")
_SETTLED = re.compile(
    r"(?:始|起步|[兴興]起|[发發]端)[于於](?:上[世个個]|[二一]?[十\d]|[明清民])|(?:(?<=[产產][业業])|[产產][业業])(?:始[于於]|起步|起源|[兴興]起|[发發][源端][于於]|现有|現有|[拥擁]有|共有|集聚|已有|年[产產]|[规規]模|(?:[综綜]合|[总總]|年|全[产產][业業][链鏈])?[产產]值)"
)
_BEHIND_TRADE = "的产產年总總在也更则則都占佔享闻聞驰馳誉譽远遠居颇頗业業行撑"
_IS_PILLAR = re.compile(r"(?:[产產][业業]|行[业業])?(?:(?:已经?)?成[为為了]|是|[为為]|作[为為])(?:我[们們])?$")
_PILLAR = re.compile(
    r"的?(?:[一两兩二三四五][个個大])?(?:[传傳][统統]|第一|最大的?|[优優][势勢])?(?:首位|主[导導]|支柱|[龙龍][头頭]|第一大|富民|立[县縣市])[产產][业業]|的?(?:又一|第[一二三四五]|一)?[张張]?金?名片"
)
_SEAT = (
    r"(?:之[都乡鄉]|(?:生[产產]|出口|制造|加工|[种種]植|[养養]殖|集散|[产產][业業])*(?:基地|中心"
    r"|[产產][地区區]|集散地|重[镇鎮]|大[县縣市省]|[强強][县縣市])|王[国國]|名[城镇鎮县縣]|天下|大本[营營]|故[乡鄉]|集聚地|聚集地)"
)
_IS_SEAT = re.compile(
    rf"{_LOCAL}(?:是|[为為]|作[为為]|成[为為]|[称稱號号][称稱為为]*|被?[称誉稱譽][为為作])了?"
    r"[^，。；“”]{0,16}?(?:最大|第一|知名|著名|有名|重要|主要|[闻聞]名)的?(?P<of>[一-鿿、和及]{2,14}?)"
    rf"{_SEAT}"
)
# 商水成了渔网大县; what any county may be is no trade of it
_LARGE = re.compile(
    rf"{_LOCAL}(?:悄悄|逐[渐漸]|已[经經]?)?(?:是|成了?[为為]?|[变變]成)了?(?:[一-鿿]{{0,4}}(?:有名|知名|著名)的)?"
    r"(?!农业|農業|工[业業]|教育|文化|人口|旅游|旅遊|[产產]粮|[经經][济濟])(?P<of>[一-鿿]{2,8}?)(?:大[县縣镇鎮]|[強强][县縣镇鎮]|重[镇鎮]|王[国國])"
)
# 上虞是风机的重要产地; 胜芳镇形成了金属玻璃家具、林木加工两大支柱产业
_SEAT_OF = re.compile(
    rf"{_LOCAL}(?:[还還]?是|[为為])(?P<of>[一-鿿A-Za-z、]{{2,24}}?)的(?:重要|主要|最大|著名|知名|[传傳][统統]|核心|全[国國球])*{_SEAT}"
    rf"|{_LOCAL}(?:[现現]?已|初步|逐步)?(?:形成|[拥擁]有|培育|[发發]展|打造|做[强強])(?:了|起|出)?(?P<formed>[^，。；：]{{2,40}}?)等?[两兩三四五六七八九十\d]+(?:大|[个個])"
    rf"{_COUNTED_AS}[产產][业業](?![园園])"
    rf"|{_LOCAL}(?:[拥擁]?有|形成了?)[两兩三四五六七八九十\d]+(?:大|[个個]){_COUNTED_AS}?[产產][业業][，：:]?(?:就是|即|是|分[别別](?:是|[为為])|包括)(?P<told>[^，。；：]{{2,40}})"
)
_EACH = re.compile(
    r"每[一二三四五六七八九十百两兩\d]+[个個顶頂双雙件条條只隻支把台臺辆輛瓶块塊片盏盞套张張枚颗顆箱部副根株棵头頭斤吨噸]?(?P<of>[一-鿿]{1,8}?)[，,]?[里裡中]?(?:[就便]|至少|大[约約])?(?:[会會]?有)[一二三四五六七八九十两兩\d]+.{0,6}?(?:[产產出来來源]自|是|由)[于於]?$"
)
# The share of a trade's goods that comes from the place behind: 打开衣柜，里面的袜子七成来自浙江诸暨.
_SHARE = re.compile(
    r"(?:^|[，。；：、的])(?P<of>(?:(?!的)[一-鿿]){2,8}?)[，]?(?:有|中|里)?(?:近|[约約]|超[过過]?|大[约約])?(?:[一二三四五六七八九\d.]+(?:成|%|％)|三分之[一二]|[过過]半|一半|大多|[绝絕]?大部分|多[数數])(?:以上|左右|多)?(?:都|均)?(?:[来來产產出源]自|[产產][于於])[于於]?$"
)
# 眼镜业主要集中在瓯海
_GATHERED = re.compile(
    r"(?:^|[，。；：、的])(?P<of>(?![该該本全我当當])(?:(?!的)[一-鿿]){2,8}?)(?:[产產]?[业業])?(?:企[业業])?[则則]?(?:主要)?(?:集中|分布|[产產]地|集聚)(?:主要)?(?:在|[于於]|是)$"
)
_BOUGHT = re.compile(
    r"(?:[买買做]|采[购購]|[进進]货?|(?:^|[，。；：:])(?![买買采进進做]))(?P<of>[一-鿿]{2,6})[，]?(?:就?[去到上找看][一-鿿]{2,4}、)*就?[去到上找看]$"
)  # 买毛衣去濮院
_COMES_FROM = (_EACH, _SHARE, _GATHERED, _BOUGHT)
_BEFORE_GOODS = re.compile(
    r"^(?:除了?|做|如今|[现現]在|目前|的|各[类類种種式]|多[种種]|高端|中低端|[优優][质質]|[传傳][统統]|特色|精品|全[国國球]|世界|[国國][内內]外?|中[国國]|最大|主要|知名|有名|重要|著名|大量|出口|日用的|了|[过過]|一些|[这這]些|小|"
    r"[一二三四五六七八九十两兩]大|[专專][业業])*"
)
_TAIL = re.compile(
    r"(?:等.*|[两兩三四五六七八九十][大个個](?:[产產]|行|[支主特]).*|[产產][业業].*|行[业業].*|生意|[产產]品.*|企[业業].*|[为為]主.*|的.*)$"
)
_SECTOR = re.compile(r"(?:工[业業]|[产產][业業]|(?:[县縣镇鎮市]域)?[经經][济濟])(?:上)?(?=以)")
_MAKING = re.compile(r"(?:生[产產]|制造|深?加工|[种種]植|[养養]殖)$")
_AND = re.compile(rf"(?:[、和及与與跟]|以及|[还還]有)(?!{DEPENDENT})")
_MANY = 3  # places with their trades in a row
# How a text points back at the place it speaks of, and what it says are the trades of that.
_HERE = re.compile(r"我[们們](?=[的两兩二三四])|(?:全|[该該本我]|我们|咱们)[市县縣区區镇鎮乡鄉]|[当當]地|[这這][里裡]|本地")
_PILLARS = re.compile(r"(?:主[导導]|支柱|[优優][势勢]|首位|特色)[产產][业業](?:主要)?(?:是|[为為]|有|包括|以)(?P<of>[^，。；：]{2,40})")
# What an encyclopedia's box says of its place: `特色产业　羊绒、汽摩零部件`; and what an enumeration counts as its trades.
_IN_BOX = re.compile(
    r"^[\W_]*(?:(?:主要|特色|主[导導]|支柱|[优優][势勢]|首位|重[点點])(?:[优優][势勢]|特色)?[产產][业業]|[产產][业業]特色)(?:[：:|\s\u3000]+)(?P<of>[^，。；：]{2,40})$"
)
_COUNTED = re.compile(
    r"(?:^|[，。；：】])(?:[^，。；：、】]{0,8}(?:[发發]展|形成|做[强強]|[壮壯]大|培育)(?:了|起|出)?)?(?P<of>[一-鿿]{1,8}(?:[、和与與][一-鿿]{1,8}){1,6}?)等?[两兩三四五六七八九十\d]+(?:大|[个個])"
    rf"{_COUNTED_AS}[产產][业業](?![园園])"
)
# A trade with its colon, or with what it earned, in a text about one place: 裘皮：全国最大的皮毛集散地, 光伏产业实现产值118亿元.
_LABELLED = re.compile(r"^[\W_]*(?P<of>[一-鿿]{2,8})[:：]")
_EARNS = re.compile(
    r"(?:^|[，。；、：])(?:其中[，]?)?(?P<of>[一-鿿]{2,8})[产產][业業](?:[实實][现現]|完成)[^，。；\d]{0,8}(?:[产產]值|收入|[销銷]售)[^，。；\d]{0,6}\d[\d.,]*多?[亿億]"
)
_DENIED = re.compile(
    rf"{PLANNED_ZH}|曾|[过過]去|公司|集[团團]|股份|[总總]部|想|不再|没|沒|未|不(?:做|是|[产產])|[将將]|要(?:做|[发發]展|打)|淘汰|[关關]停|比|如果"
)
_MAYBE = re.compile(
    r"[为為](?:主[导導]|支柱|[龙龍][头頭])|[闻聞]名|著[称稱]|[见見][长長]|盛[产產]|主[产產]|主[营營]|[专專]做|[产產出来來源]自|之[都乡鄉]|集散|(?:支柱|首位|主[导導]|第一大|[优優][势勢]|主要|重[点點])[产產][业業]"
    r"|[驰馳]名|享[誉譽]|工[艺藝]美[术術]|特色[产產][业業]|[产產][业業](?:[带帶]|基地|始[于於])|[产產][业業]特色|[占佔][^，。；]{0,3}(?:全[国國球]|世界)|最大的[^，。；]{2,12}(?:基地|[产產][地区區])"
)


def is_box_of_trades(line: str, lexicon: Lexicon) -> bool:
    """Whether a line is the field of a box that holds a place's trades."""
    box = _IN_BOX.match(line)
    return box is not None and any(True for _ in goods_within(line, *box.span("of"), lexicon))


def may_tell_of_makers(text: str) -> bool:
    """Whether a line may say that a place is a centre of a trade: the cheap question."""
    return bool(_MAYBE.search(text))


def find_specialities(text: str, spots: Sequence[Spot], lexicon: Lexicon) -> Iterator[Speciality]:
    """The trades of places that a sentence tells, in no order, perhaps one of them twice."""
    chains = [chain for chain in glued_chains(text, spots) if not all(spot.is_province for spot in chain)]
    starts = [chain[0].start for chain in chains]
    for chain in chains:
        stop = min((start for start in starts if start > chain[0].start), default=len(text))
        for stretch, is_sure in _of_place(text, (chain[0].start, chain[-1].end), stop, lexicon):
            yield Speciality(join(chain[0].start, stretch[1], stretch, chain), is_sure=is_sure)
    pairs = find_pairs(text, spots, lexicon)
    famed = [_FAMED.match(text, pair.end) is not None for pair in pairs]
    for index, pair in reversed(list(enumerate(pairs[:-1]))):  # 温县的怀药、孟州的皮毛加工名气不小
        famed[index] = famed[index] or (famed[index + 1] and _stands_beside(text, pair, pairs[index + 1]))
    famed = [one or other for one, other in zip(famed, _among_known(text, pairs, lexicon), strict=True)]
    for pair, is_famed in zip(pairs, famed, strict=True):
        is_settled = _SETTLED.match(text, pair.end) is not None
        if pair.is_bounded or is_settled or (is_famed and text[pair.end] in _BEHIND_TRADE):  # 缝纫线产量 is no 缝纫
            yield Speciality(pair.name, is_sure=(is_famed or is_settled) and not _is_denied(text, pair))


def _is_denied(text: str, pair: Pair) -> bool:
    return _DENIED.search(text, _clause(text, pair.start), pair.start) is not None or GONE_BEHIND.match(text, pair.end) is not None


def _stands_beside(text: str, pair: Pair, other: Pair) -> bool:
    return text[pair.end : other.chain[0].start] in ("、", "和", "与", "及")


def _among_known(text: str, pairs: Sequence[Pair], lexicon: Lexicon) -> list[bool]:
    """Of each pair, whether it is one of many in a row of which half the places are widely known for their trade."""
    rows: list[list[Pair]] = []
    for pair in pairs:
        if rows and pair.is_term and _stands_beside(text, rows[-1][-1], pair):
            rows[-1].append(pair)
        else:
            rows.append([pair])
    told: list[bool] = []
    for row in rows:
        known = sum(_is_known(text, pair, lexicon) for pair in row)
        told += [len(row) >= _MANY and 2 * known >= len(row)] * len(row)
    return told


def _is_known(text: str, pair: Pair, lexicon: Lexicon) -> bool:
    trades = set(industries_of(text[pair.start : pair.end], lexicon))
    return any(trades & lexicon.renown.of(spot.key) for spot in pair.chain)


def _clause(text: str, end: int) -> int:
    return max(text.rfind(mark, 0, end) + 1 for mark in "，。；：、")


def find_placeless(text: str, spots: Sequence[Spot], lexicon: Lexicon) -> Iterator[tuple[Stretch, bool]]:
    """The trades that a sentence tells of a place that another one names, and whether it is a centre of them.

    全县主产柳编, 日用陶瓷是我县的首位产业, 主导产业为服装、家具.
    """
    floor = min((spot.start for spot in spots if not spot.is_province), default=len(text))
    text = text[:floor]  # what stands behind another place is that one's
    if (label := _LABELLED.match(text)) and lexicon.is_term(industry_key(label["of"])):
        yield label.span("of"), _FAMED_AT_ALL.search(text, label.end()) is not None
    for earns in _EARNS.finditer(text):
        if lexicon.is_term(industry_key(earns["of"])):
            yield earns.span("of"), True
    # The place itself may be left out: `蠡县。以毛纺、裘皮为主。`, 工业以电梯为主导
    sector = _SECTOR.match(text)
    alone = _of_place(text, (0, sector.end() if sector else 0), len(text), lexicon)
    yield from ((stretch, True) for stretch, is_sure in alone if is_sure)
    for subject in _HERE.finditer(text):
        yield from _of_place(text, subject.span(), len(text), lexicon)
    for pillar in [*_PILLARS.finditer(text), *_IN_BOX.finditer(text), *_COUNTED.finditer(text)]:
        if not _DENIED.search(text, _clause(text, pillar.start()), pillar.start()):
            yield from ((stretch, True) for stretch in goods_within(text, *pillar.span("of"), lexicon))


def _of_place(text: str, place: Stretch, stop: int, lexicon: Lexicon) -> Iterator[tuple[Stretch, bool]]:
    """What is said of a place that is printed here, before another one is spoken of at `stop`."""
    start, end = place
    for pattern, is_sure in ((_SURE, True), (_IS_SEAT, True), (_SEAT_OF, True), (_LARGE, True), (_MAKES, False)):
        if match := pattern.match(text, end):
            group = next(name for name, printed in match.groupdict().items() if printed)
            goods = [stretch for stretch in goods_within(text, *match.span(group), lexicon) if stretch[1] <= stop]
            is_denied = _DENIED.search(text, _clause(text, start), match.start(group)) is not None
            yield from ((stretch, is_sure and not is_denied) for stretch in goods)
            if goods:
                return
    if each := next(filter(None, (pattern.search(text, 0, start) for pattern in _COMES_FROM)), None):
        yield from ((stretch, True) for stretch in goods_within(text, *each.span("of"), lexicon))
    if (is_pillar := _IS_PILLAR.search(text, 0, start)) and _PILLAR.match(text, end):
        begin = max(text.rfind(mark, 0, is_pillar.start()) + 1 for mark in "，。；：")
        yield from ((stretch, True) for stretch in goods_within(text, begin, is_pillar.start(), lexicon))


def goods_within(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Stretch]:
    """The trades that a stretch of text enumerates from its beginning on: 纺织、服装和鞋."""
    position = start
    for mark in [*_AND.finditer(text, start, end), None]:
        last = mark.start() if mark else end
        begin = position + len(_BEFORE_GOODS.match(text[position:last]).group())  # type: ignore[union-attr]  # matches anything
        tail = _TAIL.search(text, begin, last)
        stop = tail.start() if tail else last
        if (making := _MAKING.search(text, begin, stop)) and not lexicon.is_trade(industry_key(text[begin:stop])):
            stop = making.start()
        if not (stop - begin > 1 and names_industry(text[begin:stop]) and lexicon.is_trade(industry_key(text[begin:stop]))):
            return
        yield begin, stop
        if tail and "等" in tail.group():
            return
        position = mark.end() if mark else end
