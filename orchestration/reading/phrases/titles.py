"""Titles of places: 中国袜业名镇, "China Sock Town".

One conferred names a cluster; one that people use does so where nothing else there is named.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orchestration.reading.keys import HAN
from orchestration.reading.phrases.names import Name, Spot, glued_chains, is_of_another, join, latin_chains, spoken_of

_KIND_ZH = "名[镇鎮城县縣都乡鄉区區村]|之[都乡鄉城]|(?:特色|文化)?(?:产业|產業|生产|制造业?|加工|出口)?基地(?:[市县縣])?|产业名[城镇县]"
_FIRST_ZH = "(?:出口|生产|生產|制造|製造|加工)?第一[镇鎮城县縣市乡鄉村]"
_WHERE_ZH = "西部|东部|東部|北方|南方|东方|東方|华东|华南|华北|华中|江南|世界|全球|亚洲|亞洲"
_ZH = re.compile(
    rf"[“\"《「『](?:中国|中國|全国|全國|国家级?|国际|國際)?(?:{_WHERE_ZH})?(?P<industry>[一-鿿（）()]{{1,16}}?)(?:{_KIND_ZH}|{_FIRST_ZH}|都)[”\"》」』]"
    r"|[“\"《「『](?:中国|中國)(?P<town>[一-鿿]{2,6}?|[伞傘鞋袜襪帽瓷笔筆灯燈锁鎖纸紙门門刀])城[”\"》」』](?!市[场場])"
    # 中国伞城·浙江上虞崧厦, 中国口腔护理用品之都（扬州）: the place stands behind a mark
    rf"|(?:中国|中國)(?P<marked>[^的和与、，。；（）()\W\d]{{1,9}}?)(?:{_KIND_ZH}|{_FIRST_ZH}|[都城])(?=[·・•]|[（(][一-鿿]{{2,8}}[)）])"
    r"|(?:中国|中國|全国|全國)(?P<plain>[^的和与、，。\W\d]{1,8}?)(?:名[镇鎮城]|之[都乡鄉城])"
)
_KIND_EN = r"(?:Town|City|County|Capital|Base|Hometown|Kingdom)"
_QUOTED_EN = r"(?:[Tt]own|[Cc]ity|[Cc]ounty|[Cc]apital|[Bb]ase|[Hh]ometown|[Kk]ingdom)"
_GOODS_EN = r"[A-Z][\w&-]*(?:\s[\w&-]+){0,4}?"
_WORDS_EN = r"[A-Z][\w&-]*(?:\s[A-Z&][\w&-]*){0,3}?"
_EN = re.compile(
    rf"[“\"](?:(?:the\s)?(?:National|China)(?:['’]s)?\s)?(?:(?P<industry>{_GOODS_EN})\s{_QUOTED_EN}(?:\sof\sChina|\sof\sthe\s[Ww]orld)?"
    rf"|{_QUOTED_EN}\sof\s(?P<of>{_GOODS_EN})(?:\sin\sChina)?)[.,]?[”\"]"
    rf"|\b(?:China['’]s|[Tt]he\s(?:country|nation|world)['’]s)\s(?P<chinas>{_WORDS_EN})\s{_KIND_EN}\b"
    rf"|\b[Tt]he\s(?P<china>{_WORDS_EN})\s{_KIND_EN}\sof\s(?:China|the\s[Ww]orld)\b"
    rf"|\b(?:China['’]s|[Tt]he)\s(?:Capital|Hometown|Kingdom)\sof\s(?P<ofplain>{_WORDS_EN})(?=[\s,.;]|$)"
    rf"|\bChina\s(?P<bracketed>{_WORDS_EN})\s{_KIND_EN}(?=\s?[(])",
)
_CONFERRED = re.compile(
    r"授予|命名|认定|認定|评为|評為|评定|获评|獲評|荣获|榮獲|获得|獲得|获批|被列为"
    r"|\b(?:awarded|named|designated|granted|conferred|recogni[sz]ed|honou?red|title of|titles? by|won the)\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"\b(?:withheld|refused|rejected|revoked|withdrawn|denied|appli(?:ed|cations?))\b", re.IGNORECASE)
_NICKNAMED = re.compile(
    r"素有|美誉|美譽|誉为|譽為|之称|之稱|号称|號稱|俗称|人称|享有|堪称"
    r"|\b(?:referred to|known|reputation|called|dubbed|nicknamed|hailed|billed|styled|so-called)\b"
    r"|\b(?:calls|styles|bills|dubs|prides) itself\b",
    re.IGNORECASE,
)
_MARKS = tuple("·・•（(")
# 把“中国提琴产业之都”的牌子给了黄桥, “中国门都”称号花落永康: the place stands behind the giving.
_GIVEN_TO = re.compile(
    r"的?(?:[荣榮][誉譽])?(?:[称稱][号號]|牌[子匾]|桂冠|美[誉譽]|名[号號片])?(?:[再又也]?[给給]了?|[颁頒授]予?[给給]?了?|花落|落[户戶]|落在了?)"
)
_KEPT = re.compile(
    r"的?(?:[称稱][号號]|[复複][评評审審核]|[通][过過]|牌[子匾]|挂牌|授牌|名片|金字招牌)"
)  # behind a title of the place that is spoken of
_BESIDE = re.compile(r"[、，,和及与與]*(?:以及)?")  # what stands between titles of one place
_IS = re.compile(
    r"(?:\b(?:is|was|are|as|became|becoming)|,)\s(?:(?:the|now|still|also)\s|the\scountry['’]s\s)*$|[是为為有，](?:(?:全[国國])?(?:著名|[闻聞]名(?:全[国國]|遐[迩邇]|中外)?|有名|知名)的)?$"
)
# What is no trade: seasons, landscapes, arts, virtues and people.
_NO_TRADE = re.compile(
    r"\b(?:spring|ice|snow|sun(?:shine)?|garden|flowers?|water|mountains?|rivers?|lakes?|springs|forest|oxygen|cultur(?:e|al)|histor(?:y|ic|ical)|poetry|opera|"
    r"music|dances?|song|love|dreams?|hope|hero(?:es)?|peace|happiness|longevity|scholars?|generals?|green|red|smart|sister|ghost|ancient|"
    r"new|big|old|largest|biggest|first|second|provincial|capital|tourism|tourist|gourmet|food|fine|best|overseas|migrants?|innovation|"
    r"art|arts|acrobatics?|martial|football|soccer|sports?|bridges?|universit(?:y|ies)|education|migrant|top|leading|industrial|model)\b"
    r"|历史|歷史|文化|旅游|旅遊|园林|園林|山水|卫生|衛生|文明|英雄|长寿|長壽|将军|將軍|诗词|書法|书法|武术|武術|杂技|足球|艺术|藝術|戏曲|曲艺|美食|温泉|"
    r"华侨|侨|鱼米|院士|状元|浪漫|幸福|爱情|创新|设计|会展|博爱|冰雪|避暑|森林|生态|宜居|教育|革命|红色|桥|东方|首|故",
    re.IGNORECASE,
)
# The place before the title only tells where another one lies that the gazetteer does not know: `Hangji, on the eastern edge of Yangzhou,`.
_SPOKEN_OF = re.compile(r"(?:It|(?:\w+\s)?[Cc]all\sit|(?:The|This)\s(?:city|county|town|district|place|area|township|subdistrict))\b")
_MAYBE = re.compile(
    r"\b(?:Town|City|County|Capital|Base|Hometown|Kingdom|capital|hometown|kingdom)\b|\b(?:town|city|base)[”\"]|\b(?:town|city)\sof\s|之[都乡鄉城]|名[镇鎮城县縣都乡鄉区區村]|基地|第一[镇鎮城县縣市乡鄉村]|[都城][”\"》」』]"
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title and the cluster it names.

    Attributes:
        name: The cluster: the trade in the title, the place it is said of.
        is_conferred: Somebody gave it, rather than people using it.
    """

    name: Name
    is_conferred: bool


def may_hold_title(text: str) -> bool:
    """Whether there is anything like a title at all: the cheap question before `find_titles`."""
    return bool(_MAYBE.search(text)) and bool(_ZH.search(text) or _EN.search(text))


def find_titles(text: str, spots: Sequence[Spot]) -> Iterator[Title]:
    """The titles of a sentence: `授予石狮市“中国休闲服装名城”称号` names 休闲服装 in 石狮市, 素有“中国鞋都”之称 calls it so."""
    start, place, is_conferred = 0, list[Spot](), False
    for match in sorted([*_ZH.finditer(text), *_EN.finditer(text)], key=lambda m: m.start()):
        around, floor = text[start : match.start()], start
        start = match.end()
        group, _ = next((name, printed) for name, printed in match.groupdict().items() if printed)
        if _NO_TRADE.search(match[group]):
            continue
        if group == "bracketed":  # China Pen Capital (Wenzhou)
            place, is_conferred = _bracketed(text, match.end(), spots), not _REFUSED.search(text)
        elif behind := _chain_at(text, match.end(), spots):  # “北方药都”安国
            place, is_conferred = behind, _GIVEN_TO.match(text, match.end()) is not None
        elif not (place and _BESIDE.fullmatch(around)):  # “中国五金之都”、“中国门都” are said of one place
            is_nickname = _NICKNAMED.search(around[-40:] + text[match.end() : match.end() + 8])
            is_conferred = not is_nickname and _CONFERRED.search(around[-80:]) is not None
            is_beside = any(spot.end == match.start() and spot.start >= floor for spot in spots)  # 德化“中国陶瓷之都”
            is_conferred = is_conferred or (is_beside and not is_nickname and _CONFERRED.search(text) is not None)
            is_told = is_conferred or is_nickname or is_beside or _IS.search(around)
            place = _spoken_of(text, floor, [spot for spot in spots if spot.end <= match.start()]) if is_told else []
        if place:
            yield Title(join(place[0].start, match.end(), match.span(group), place), is_conferred=is_conferred)


def _spoken_of(text: str, floor: int, before: Sequence[Spot]) -> list[Spot]:
    """The place that a title is said of: of those named since the last title, else before it."""
    if not before:
        return []
    is_han = HAN.match(text[before[-1].start]) is not None
    place = spoken_of(text, (glued_chains if is_han else latin_chains)(text, [spot for spot in before if spot.start >= floor] or before))
    return [] if is_of_another(text, place[0].start, floor) else place


def _chain_at(text: str, start: int, spots: Sequence[Spot]) -> list[Spot]:
    """The places that begin right behind a title, behind a mark there, or behind the word that it is given to them."""
    given = _GIVEN_TO.match(text, start)
    begins = (start, start + (text[start : start + 1] in _MARKS), given.end() if given else start)
    return next((chain for chain in glued_chains(text, spots) if HAN.match(text[chain[0].start]) and chain[0].start in begins), [])


def _bracketed(text: str, start: int, spots: Sequence[Spot]) -> list[Spot]:
    """The places in the bracket that begins here."""
    end = text.find(")", start)
    return [spot for spot in spots if start < spot.start and spot.end <= end]


def find_placeless(text: str, spots: Sequence[Spot]) -> Iterator[tuple[int, int]]:
    """The trades in titles of a place that another sentence names: `The city, called "Hometown of Tools"`, 授予“中国皮具之都”称号."""
    for match in _ZH.finditer(text):
        trade = next(match.span(name) for name, printed in match.groupdict().items() if printed)
        is_placed = any(spot.end <= match.start() and not spot.is_province for spot in spots)
        is_held = _CONFERRED.search(text, 0, match.start()) or _KEPT.match(text, match.end())
        if is_held and not is_placed and not _NO_TRADE.search(text, *trade):
            yield trade
    for match in _EN.finditer(text):
        trade = next(match.span(name) for name, printed in match.groupdict().items() if printed)
        is_called = _NICKNAMED.search(text, 0, match.start()) or _CONFERRED.search(text, 0, match.start())
        if (
            _SPOKEN_OF.match(text)
            and is_called
            and not any(spot.end <= match.start() for spot in spots)
            and not _NO_TRADE.search(text, *trade)
        ):
            yield trade
