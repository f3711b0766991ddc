"""Clusters named in Chinese: 温州市乐清电气集群, 绍兴现代纺织、永康五金等15个省级产业集群.

What stands between a place and 集群 is the industry, unless it holds a verb, a count or nothing but praise.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from orchestration.reading.keys import industry_key
from orchestration.reading.phrases.names import Name, Spot, glued_chains, join, trimmed
from orchestration.reading.words.lexicon import Lexicon

_PLACES_BEHIND = re.compile(r"(?:主要)?(?:有|包括|是|为|分布[在于]|集中[在于]|坐落[在于])?(?:以下)?[:：]?")
_TRADE_BEFORE = re.compile(r"(?:^|[，。；：、\s的大个])(?:全[国國省市]|我[国國]|国内|國內|主要|知名|著名)*(?P<trade>[一-鿿]{2,10})$")
_REMARK = re.compile(r"(?<=[一-鿿])[（(][一-鿿A-Za-z]{2,8}[)）]$")
_LIST_ENDS = re.compile(r"等|[。；，]|$")
_LONGEST = 26  # characters of one industry's name
_MANY = 3  # known trades one behind the other: too many to be one cluster's name

HEAD_ZH = re.compile(
    r"(?:产业|產業|工业|工業|制造业|製造業|制造|製造)?集群(?!化|式|竞赛|競賽|大赛|决赛|促进|名单|政策|效应|优势|数量|总)|(?:产业|產業)(?:集聚区|集聚區|基地)(?!建设|建設)"
)

# What is no trade without the goods before it: 汽车及零部件, 电机与配件.
DEPENDENT = (
    r"(?:零?部件|零?配件|[配附][套件]|上下游|深加工|相[关關]|制品|[装裝][备備配](?:制造)?)(?:[产產][业業品])?"
    r"(?=[、和及与與等两兩一二三四五六七八九十\d]|$)"
)
_EMPTY_ZH = re.compile(
    r"各地[区區]?|[当當]地|^.?年|[亿億]元|先进|先進|制造业?|製造業?|产业|產業|工业|工業|世界级|世界級|世界一流|国家级|国家|國家級|省级|省級|市级|县域|区域|地方|特色|优势|優勢|优胜|重点|重點|战略性新兴|新兴|传统|现代化?|中小企业|中小微企业|创新型?|大型|"
    r"[百千万萬]亿级?|[百千万萬]億級?|若干|一批|多个|多個|各类|各|这些|這些|这个|该|該|此|其|全省|全市|全国|全國|主导|支柱|知名|著名|最大的?|规模|大|"
    r"成熟|完整的?|的|个|個|[一二三四五六七八九十两兩\d]+(?:余|多)?(?:个|個|大|家)"
)
_LEADING_ZH = re.compile(
    r"^(?:的|了|[两兩二三四][省市县縣区區镇鎮地]|一个|一個|一批|这一|等?\d+个|国家级|省级|市级|世界级|世界级的|全国最大的?|全國最大的?|全球最大的?|最大的?|知名的?|著名的?|千亿级?|百亿级?|万亿级?|超?[百千万]亿元?级?|“|等)+"
)
_BROKEN_ZH = re.compile(
    r"介绍|介紹|推介|带来|帶來|力推|形成|拥有|擁有|培育|列入|上榜|崛起|聚集|建成|重点[^、]|主导|主導|优化|優化|壮大|壯大|做大|做强|提升|升级|加强|引导|关于|促进|助力|赋能|带动|认定|申报|协会|協會|商会|商會|公司|集团|集團|学院|大学|參加|参加|代表|论坛|大会|博览会|委员会|委員會|没|沒|未|[是在为為将將把让讓使到等对對从從因由已]|正|共建|共同|联合|聯合|联手|以及|包括|例如|比如|作为|入选|入围|公布|发布|建设|推动|推进|加快|支持|聚焦|围绕|依托|通过|企业|被(?!$|[服褥、])|来自|属于|成为|位于|打造|获|共有|其中|分别|优胜|胜出|获胜|晋级|牵头|申报|再添|新添|新增|跨区域"
)
SEVERAL_ZH = re.compile(r"等[^、]{0,16}$|[一二三四五六七八九十两兩\d]+(?:个|個|大)[^、]{0,8}$")
_COUNTS_ZH = re.compile(r"(?<![所])有(?![机機色线線])|[\d一二三四五六七八九十两兩多几]+(?:余|多)?[个個家]")
_HOSTS_ZH = re.compile(
    r"[是为為][一-鿿]{0,4}(?:最大|重要|知名|著名|主要)的|(?:等[地县縣市区區镇鎮]?)?[为為](?:主体?|代表|中心|核心|龙头|龍頭|重点|重點)的|.{0,12}(?:拥有|共建|共同建设|共同打造|擁有|形成|打造|建成|建设|培育|发展|發展|崛起|聚集|聚起|形成了|有着|集聚|坐拥|建起)(?:出|起|了)?|.{0,8}(?:牵头|(?:联合|共同)?申报|联合培育|选送|报送|推荐|组建)的?"
)


def find_chinese(text: str, spots: Sequence[Spot], lexicon: Lexicon) -> Iterator[Name]:
    """The clusters a sentence names in Chinese, in order of their print."""
    floor = 0
    for head in HEAD_ZH.finditer(text):
        left = _left(text, floor, head.start())
        while (remark := _REMARK.search(text, floor, left)) and left > floor:  # 新型电力（智能电网）装备集群
            left = _left(text, floor, remark.start())
        floor = head.end()
        yield from _chinese_names(text, [s for s in spots if left <= s.start and s.end <= head.start()], left, head, lexicon)


def _left(text: str, floor: int, end: int) -> int:
    """Where the stretch begins that ends here, behind the last mark."""
    return max([floor, end - 120, *(text.rfind(mark, floor, end) + 1 for mark in '，。；：！？:,;（）()《》“”"「」【】 ')])


def _chinese_names(text: str, spots: Sequence[Spot], left: int, head: re.Match[str], lexicon: Lexicon) -> Iterator[Name]:
    """The names that end in one 集群: `绍兴现代纺织、永康五金、海宁皮革等15个省级产业集群` is three."""
    several = SEVERAL_ZH.search(text[left : head.start()])
    items_end = left + several.start() if several else head.end()
    starts = [
        left,
        *(m.end() for m in re.finditer(r"[、和与與及]|以及", text[left:items_end]) if any(s.start == left + m.end() for s in spots)),
    ]
    starts = [starts[0], *(left + s for s in starts[1:])]
    # 广州市、深圳市的智能装备集群: a place alone belongs to the cluster behind it.
    starts = [starts[0], *(b for a, b in pairwise(starts) if not _is_place_only(text, a, b, spots))]
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else items_end
        chains = glued_chains(text, [spot for spot in spots if start <= spot.start and spot.end <= end])
        is_last = not several and index + 1 == len(starts)
        stop, printed_end = (head.start(), head.end()) if is_last else (trimmed(text, end),) * 2
        if found := _industry_of(text, chains, stop):
            chain, begin = found
            trades = split_trades(text, begin, stop, lexicon, is_several=several is not None)
            # 石湾陶瓷、盐步内衣 among pairs: what stands behind a mark may be of a place nobody knows.
            for first, end_of_trade in trades if len(starts) == 1 else trades[:1]:
                last = printed_end if end_of_trade == stop else end_of_trade
                yield join(chain[0].start if first == begin else first, last, (first, last), chain)


def find_places_behind(text: str, spots: Sequence[Spot], lexicon: Lexicon) -> Iterator[Name]:
    """Clusters of one trade whose places are told behind the word: 皮革产业集群主要有浙江海宁、河北辛集、广东花都狮岭."""
    for head in HEAD_ZH.finditer(text):
        link, before = _PLACES_BEHIND.match(text, head.end()), _TRADE_BEFORE.search(text, max(0, head.start() - _LONGEST), head.start())
        if link is None or before is None or not lexicon.is_term(industry_key(before["trade"])):
            continue
        places: list[list[Spot]] = []
        end = link.end()
        for spot in spots:
            if spot.start < end:
                continue
            gap = text[end : spot.start]
            if gap not in ("", "、", "和", "及", "以及", "，"):
                break
            places = [*places, [spot]] if gap or not places else [*places[:-1], [*places[-1], spot]]
            end = spot.end
        if len(places) > 1 and _LIST_ENDS.match(text, end):
            for chain in places:
                yield join(before.start("trade"), head.end(), (before.start("trade"), head.end()), chain)


def _is_place_only(text: str, start: int, end: int, spots: Sequence[Spot]) -> bool:
    start = max(start, text.rfind("以", start, end))  # 形成了以晋江、石狮为主的
    covered = sum(spot.end - spot.start for spot in spots if start <= spot.start and spot.end <= end)
    return covered > 0 and covered >= len(text[start:end].strip("、和與与及以 "))


def _industry_of(text: str, chains: Sequence[list[Spot]], stop: int) -> tuple[list[Spot], int] | None:
    """The first place with a clean industry behind it, and where that begins; else a place that has, builds or forms a cluster."""
    for chain in chains:
        start = behind_lead(text, chain[-1].end, stop)
        if names_industry(text[start:stop]) and not any(start <= other[0].start < stop for other in chains):
            return chain, start
    for chain in reversed(chains):
        if hosted := _HOSTS_ZH.match(text[chain[-1].end : stop]):
            start = behind_lead(text, chain[-1].end + hosted.end(), stop)
            if names_industry(text[start:stop]) and text[stop - 1] not in "省市县區区镇鎮":
                return chain, start
    return None


def behind_lead(text: str, start: int, stop: int) -> int:
    """Where an industry begins behind words that only praise or count it."""
    lead = _LEADING_ZH.match(text[start:stop])
    return start + (lead.end() if lead else 0)


def split_trades(text: str, start: int, stop: int, lexicon: Lexicon, *, is_several: bool) -> list[tuple[int, int]]:
    """`鞋革、服装、低压电器等产业集群` is three trades; `鞋革、服装产业集群` is one, as nothing says that there are several.

    None where another place stands among them.
    """
    pieces = [(a + 1, b) for a, b in pairwise([start - 1, *(m.start() for m in re.compile("、").finditer(text, start, stop)), stop])]
    if len(pieces) == 1 and not is_several:
        return pieces
    first, last = pieces[-1]
    for both in re.finditer(rf"[和与與及](?!{DEPENDENT})", text[first:last]):
        sides = [(first, first + both.start()), (first + both.end(), last)]
        if all(lexicon.is_trade(industry_key(text[slice(*side)])) for side in sides):
            pieces = [*pieces[:-1], *sides]
            break
    known = sum(lexicon.is_trade(industry_key(text[slice(*piece)])) for piece in pieces)
    if any(_begins_with_town(text[slice(*piece)], lexicon) for piece in pieces[1:]):
        return []
    are_several = 2 * known >= len(pieces) if is_several else len(pieces) >= _MANY and known == len(pieces)
    return pieces if are_several else [(start, stop)]


def _begins_with_town(text: str, lexicon: Lexicon) -> bool:
    """Whether a trade has a place before it that only its region would tell: the 小榄 of 小榄五金 is no trade of the place before."""
    if lexicon.is_term(industry_key(text)):
        return False
    return any(lexicon.is_place(text[:size], towns=True) and lexicon.is_term(industry_key(text[size:])) for size in (2, 3))


def names_industry(text: str) -> bool:
    """Whether a stretch before 集群 can be an industry's name: no verb, no count, not praise alone."""
    is_short = 0 < max(map(len, text.split("、"))) <= _LONGEST
    return is_short and not _COUNTS_ZH.search(text) and not _BROKEN_ZH.search(text) and bool(_EMPTY_ZH.sub("", text))
