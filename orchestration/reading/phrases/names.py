"""Names of clusters in running text: the place and the industry in 乐清电气产业集群 or "Suzhou's nanotechnology cluster".

A name needs an industry: "world-class advanced manufacturing clusters" names none. References back ("the cluster", 该集群), groups
("200 Zhejiang-based industrial clusters") and titles of places ("China's Capital of Electronics") are no names either.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from orchestration.reading.keys import HAN, place_key, simplified_in_place
from orchestration.reading.words.lexicon import Lexicon
from orchestration.reading.words.terms import NO_TRADE_ZH, find_terms, industries_of


class Spot(NamedTuple):
    """A place named in a sentence."""

    start: int
    end: int
    key: str
    is_province: bool
    provinces: frozenset[str] = frozenset()  # codes of those it may lie in
    kinds: frozenset[str] = frozenset()  # the last characters of the full names it may have: 市, 县, 区, 镇


@dataclass(frozen=True, slots=True)
class Name:
    """A named cluster, in offsets of its sentence.

    Attributes:
        start: Where the whole mention begins, its place included.
        end: Where it ends.
        industry: What is printed of the industry, "Industrial Cluster" or 产业集群 included.
        locality: The print of its place below the province, None where there is none.
        province: The print of the province in the mention itself.
    """

    start: int
    end: int
    industry: tuple[int, int]
    locality: tuple[int, int] | None
    province: tuple[int, int] | None


_CITIES = frozenset(("110000", "120000", "310000", "500000", "810000", "820000"))  # provinces that are one city
_CLUSTER_WORDS_ZH = ("集群", "块状经济", "塊狀經濟", "产业基地", "產業基地", "产业集聚区", "產業集聚區")

_OTHER_CLUSTERS = re.compile(
    r"\b(?:star|stellar|galaxy|globular|infections?|virus|covid(?:-19)?|disease|outbreak|case|gene|gpu|server|computer) clusters?"
    r"|clusters? (?:of (?:\d+ )?(?:new )?(?:cases|infections|stars|galaxies|islands)|infections?|headache|bombs?|munitions?)"
)
REGIONS = re.compile(
    r"粤港澳大湾区|粵港澳大灣區|长三角(?:地区)?|長三角(?:地區)?|珠三角(?:地区)?|珠江(?:东|西)岸|京津冀(?:地区)?|成渝(?:地区|地區|双城经济圈)?|长株潭|苏锡常(?:泰)?|广深佛莞|广佛惠|深广高|"
    r"(?:Guangdong-Hong Kong-Macao )?Greater Bay Area|Yangtze River Delta|Pearl River Delta|Beijing-Tianjin-Hebei|Chengdu-Chongqing"
)

_NO_PLACES = frozenset(
    (
        "new",
        "medical",
        "development",
        "南部",
        "动力",
        "资源",
        "盐湖",
        "港口",
        "新建",
        "新兴",
        "通道",
        "大方",
        "平安",
        "同心",
        "街道",
        "城镇",
        "乡镇",
        "市区",
        "城区",
    )
)
_TOWN_BEFORE_INDUSTRY = re.compile(r"\b[A-Z][a-z]{3,}(?=['’]s\s[a-z]|\s[a-z])")
_ZONE_EN = re.compile(
    r"(?:\s[A-Z][\w-]+){0,5}?\s(?:Industrial Park|New Area|New District|Development (?:Zone|Area)|Hi(?:gh)?-[Tt]ech Zone|Science Park"
    r"|Science and Technology Park|Software Park|Export Processing Zone|Free Trade Zone|Special Area)\b"
)
_COUNTED = re.compile(r"[一二三四五六七八九十几各]大[新中安]")  # 五大新兴产业 is not 大新县
# A town that the gazetteer does not know, right behind the place it lies in: 海门市三星镇.
_UNKNOWN_TOWN = re.compile(r"(?![各全个個有和与等多辖的])[一-鿿]{1,4}?(?:(?<!小)[镇鎮]|[乡鄉]|街道)(?![级域企办化区村街道])")
_TOWNS = re.compile(r"(?:[镇鎮乡鄉]|街道)$")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")
# How a text says what the place before it is: `Fenshui, a town in Tonglu county`.
_SIDE = r"(?:edge|outskirts|side|north|south|east|west|corner|banks?|coast|suburbs?|part|tip)"
APPOSED = (
    r"(?:(?:,\s(?:which\sis\s)?|\s(?:is|was)\s)(?:an?|the|another|two|three|one\sof\sthe)\s(?:[\w-]+\s){1,4}?"
    r"(?:in|of|under|administered\sby|governed\sby)"
    rf"|,?\s(?:(?:an?|the)\s(?:[\w.-]+\s){{1,6}}?)?(?:on|at|in|near|to)\sthe\s(?:[\w-]+\s){{0,2}}{_SIDE}\sof)\s"
    r"(?:the\s)?(?:(?:[A-Z]\w+|[a-z]+ern)\s(?:China['’]s\s)?|China['’]s\s)?"
)
_APPOSED = re.compile(APPOSED)
_APPOSED_TO = re.compile(rf"\b[A-Z][a-z]+{APPOSED}$")
_LONGEST_APPOSED = 120  # characters from the place to the one it lies in
# How a Chinese text says what the place before it lies in: 柳市镇隶属于浙江省乐清市.
LIES_IN_ZH = re.compile(r"[，,]?(?:现|今)?(?:位于|位於|地处|地處|隶属于?|隸屬於?|坐落[于於在]|属于?|屬於?|处于)(?:中国|中國|我国)?")
_SPEAKS_OF_TOWN = re.compile(rf"(?:^|(?<=[，。；：！？\s“]))[一-鿿]{{2,4}}(?:[镇鎮乡鄉]|街道)(?={LIES_IN_ZH.pattern})")
_SPEAKER = re.compile(r"\s*[\[【][^\]】]{1,16}[\]】]")
# 西邻杭州市余杭区, 距广州市区50分钟, "40 km from Hangzhou": places that only tell where one lies.
_NEIGHBOUR = re.compile(
    r"(?:[东南西北]{1,2}(?:[接邻临连靠依濒]|部?[与和同])|毗邻|紧邻|相邻|比邻|距离?)[一-鿿]{0,4}$"
    r"|\b(?:bordering|borders|adjacent\sto|(?:km|kilomet(?:er|re)s|miles|hours?|minutes?)\s(?:[a-z]+\s)?(?:to|from|of))\s$"
)
_GLOSS = re.compile(r"\s?[(（](?:[^()（）A-Za-z]{0,12}[:：]\s?)?[一-鿿][^()（）A-Za-z]{0,12}[)）]")
_LINK = re.compile(r"\s?,?\s(?:also\s)?in\s(?:the\s)?|\s?,?\s?(?:and|&)\s|\s?[,，/–-]\s?|\s|")


@lru_cache(maxsize=256)
def speaks_of_clusters(text: str) -> bool:
    """Whether the word stands in the text at all: the cheap question before `find_english` and `find_chinese`."""
    lower = text.lower()
    if "cluster" in lower and "cluster" in _OTHER_CLUSTERS.sub("", lower):
        return True
    return any(word in text for word in _CLUSTER_WORDS_ZH)


def find_spots(text: str, lexicon: Lexicon, year: int | None) -> list[Spot]:
    """The places named in a sentence: those of the lexicon, and regions across provinces."""
    return list(_found(text, lexicon, year))


@lru_cache(maxsize=4096)  # a sentence is asked again by what is told last of its document
def _found(text: str, lexicon: Lexicon, year: int | None) -> tuple[Spot, ...]:
    regions = [Spot(m.start(), m.end(), place_key(m.group()), is_province=False) for m in REGIONS.finditer(text)]
    # A possessive is no part of a name: it becomes blanks, so that offsets stay.
    found = lexicon.find_places(_POSSESSIVE.sub("  ", text), year)
    places = [
        Spot(
            *(p.start, p.end, p.key, lexicon.is_province(p.key)),
            # The towns are of one year: one of this name may have been in any province.
            provinces=frozenset(q.province_code for q in p.places if q.level != "town"),
            kinds=frozenset(q.name_zh[-1] for q in p.places),
        )
        for p in found
        if p.key not in _NO_PLACES
    ]
    places = [_with_gloss(text, _with_zone(text, spot)) for spot in places if not _COUNTED.match(text, max(0, spot.start - 1))]
    places = [spot for spot, before in zip(places, [None, *places], strict=False) if before is None or spot.start >= before.end]
    spots = [p for p in places if not any(r.start < p.end and p.start < r.end for r in regions)] + regions
    return tuple(_with_towns(text, sorted(spots), lexicon, year))


def find_spots_told(text: str, lexicon: Lexicon, year: int | None) -> list[Spot]:
    """The places that a sentence tells of: not those of its speaker, `[香港媒体记者]`, nor what a neighbour is next to."""
    speaker = _SPEAKER.match(text)
    told: list[Spot] = []
    beside = -1  # where a neighbour ends: what is glued to it lies in it
    for spot in find_spots(text, lexicon, year):
        if spot.start == beside or _NEIGHBOUR.search(text, max(0, spot.start - 24), spot.start):
            beside = spot.end
        elif speaker is None or spot.start >= speaker.end():
            told.append(spot)
    return told


def _with_zone(text: str, spot: Spot) -> Spot:
    """The place with the kind of zone behind it: `Wuhan East Lake High-tech Development Zone`."""
    zone = _ZONE_EN.match(text, spot.end)
    return spot._replace(end=zone.end(), key=place_key(text[spot.start : zone.end()]), is_province=False) if zone else spot


def _with_gloss(text: str, spot: Spot) -> Spot:
    """The place with its name in Chinese behind it: `Caoxian (曹县)`."""
    gloss = _GLOSS.match(text, spot.end) if text[spot.end - 1].isascii() else None
    return spot._replace(end=gloss.end()) if gloss else spot


def _with_towns(text: str, spots: list[Spot], lexicon: Lexicon, year: int | None) -> list[Spot]:
    """Towns without a word that says so, where the sentence has the county they lie in: 诸暨市大唐, `the Xiqiao cluster in Nanhai`."""
    found = [*spots, *_latin_towns(text, spots, lexicon, year), *_towns_told(text, spots)]
    found += _towns_known(text, found, lexicon) if HAN.search(text) else ()
    at = {spot.start: spot for spot in spots}
    for spot in spots:
        behind = at.get(spot.end)
        if not HAN.match(text[spot.start]) or spot.is_province or (behind and _may_lie_together(spot, behind)):
            continue
        if (end := lexicon.town_behind(text, spot.end, lexicon.candidates(spot.key, year))) is not None:
            found = [other for other in found if other is not behind]
            found.append(Spot(spot.end, end, place_key(text[spot.end : end]), is_province=False))
        elif behind is None and (town := _UNKNOWN_TOWN.match(text, spot.end)) and not _TOWNS.search(text[spot.start : spot.end]):
            found.append(Spot(*town.span(), place_key(town.group()), is_province=False, kinds=frozenset("镇乡道")))
    return sorted(found)


def _towns_told(text: str, spots: Sequence[Spot]) -> Iterator[Spot]:
    """Towns the gazetteer does not know, of which the text says where they lie: 龙港镇位于浙江省苍南县."""
    for town in _SPEAKS_OF_TOWN.finditer(text):
        if not any(spot.start < town.end() and town.start() < spot.end for spot in spots):
            yield Spot(*town.span(), place_key(town.group()), is_province=False, kinds=frozenset("镇乡道"))


def _towns_known(text: str, spots: Sequence[Spot], lexicon: Lexicon) -> Iterator[Spot]:
    """Towns by their bare names in a sentence that names the trade they are known for: 山下湖 where it speaks of 珍珠."""
    towns = [
        (start, end, known)
        for start, end, known in lexicon.renown.towns_in(simplified_in_place(text))
        if not any(spot.start < end and start < spot.end for spot in spots)
    ]
    if not towns:
        return
    found = list(find_terms(text, [town[:2] for town in towns], lexicon))
    markets = {start for start, end in found if NO_TRADE_ZH.match(text, end)}  # 尚村皮毛市场
    named = {industry for term in found for industry in industries_of(text[slice(*term)], lexicon)}
    for start, end, known in towns:
        if end not in markets and not named.isdisjoint(known):
            yield Spot(start, end, place_key(text[start:end]), is_province=False, kinds=frozenset("镇乡道"))


def _latin_towns(text: str, spots: list[Spot], lexicon: Lexicon, year: int | None) -> Iterator[Spot]:
    parents = [
        place for spot in spots if not spot.is_province and not HAN.match(text[spot.start]) for place in lexicon.candidates(spot.key, year)
    ]
    if not parents or not speaks_of_clusters(text):
        return
    for word in _TOWN_BEFORE_INDUSTRY.finditer(text):
        key = place_key(word.group())
        if any(spot.start < word.end() and word.start() < spot.end for spot in spots):
            continue
        if any(town.level == "town" and any(town.lies_in(parent) for parent in parents) for town in lexicon.candidates(key, year)):
            yield Spot(word.start(), word.end(), key, is_province=False)


def latin_chains(text: str, spots: Sequence[Spot]) -> list[list[Spot]]:
    """Places with nothing but a comma, blank or "and" between them, together."""
    chains: list[list[Spot]] = []
    for spot in spots:
        if chains and _LINK.fullmatch(
            re.sub(r"^\s(?:province|city|county|district|town)(?:['’]s)?|^['’]s", "", text[chains[-1][-1].end : spot.start], flags=re.I)
        ):
            chains[-1].append(spot)
        else:
            chains.append([spot])
    return chains


def is_of_another(text: str, start: int, floor: int = 0) -> bool:
    """Whether the place that begins here only tells where the one before it lies: Gaobeidian in `Baigou, a town in Gaobeidian`."""
    return _APPOSED_TO.search(text, max(floor, start - _LONGEST_APPOSED), start) is not None


def spoken_of(text: str, chains: Sequence[list[Spot]]) -> list[Spot]:
    """The last of these chains, or the place that it only tells about: of `Baigou, a town in Gaobeidian,` Baigou."""
    index = len(chains) - 1
    while index and any(link.fullmatch(text, chains[index - 1][-1].end, chains[index][0].start) for link in (_APPOSED, LIES_IN_ZH)):
        index -= 1
    return chains[index]


def is_city(spot: Spot) -> bool:
    """Whether a place is a municipality: a province that makes things as a city does."""
    return spot.is_province and spot.provinces <= _CITIES


def are_provinces(chain: Sequence[Spot]) -> bool:
    """Whether a chain only tells a province: none of it is a city."""
    return all(spot.is_province and not is_city(spot) for spot in chain)


def glued_chains(text: str, spots: Sequence[Spot]) -> list[list[Spot]]:
    """Han places that touch, or have nothing but 、, 和 or 的 between them, together."""
    chains: list[list[Spot]] = []
    for spot in spots:
        gap = text[chains[-1][-1].end : spot.start] if chains else ""
        # Names that touch lie in one another: 云浮 and the 大理 of 大理石 do not.
        if (
            chains
            and re.fullmatch(r"[、和与與及的·・]?|第[一二三四五六七八九十\d]{1,3}[师師]", gap)
            and (gap or _may_lie_together(chains[-1][-1], spot))
        ):
            chains[-1].append(spot)
        else:
            chains.append([spot])
    return chains


def _may_lie_together(one: Spot, other: Spot) -> bool:
    return not one.provinces or not other.provinces or bool(one.provinces & other.provinces)


def trimmed(text: str, end: int) -> int:
    """The end without commas, blanks and "and" before it."""
    while True:
        shorter = len(text[:end].rstrip(" ,，、和与及"))
        if text[:shorter].endswith((" and", " &", " the")):
            shorter = text.rindex(" ", 0, shorter)
        if shorter == end:
            return end
        end = shorter


def join(start: int, end: int, industry: tuple[int, int], chain: Sequence[Spot]) -> Name:
    """The name of a cluster with this industry in these places."""
    provinces = [spot for spot in chain if spot.is_province]
    places = [spot for spot in chain if not spot.is_province]
    # Chongqing and other municipalities are provinces; with a place named inside them the province is the label.
    if len(chain) > 1 and chain[0].is_province and not _may_lie_together(*chain[:2]):
        places, provinces = list(chain), []  # 重庆、成都: places of one cluster beside each other
    locality = (places[0].start, places[-1].end) if places else None
    return Name(min(start, industry[0]), end, industry, locality, provinces[0][:2] if provinces else None)


def province_name(printed: str) -> str:
    """`Zhejiang province` without the kind of place, which is no part of what the print calls the province; Han names keep theirs."""
    return re.sub(r"\s(?:province|municipality|autonomous region)$", "", printed, flags=re.IGNORECASE)
