"""Names of clusters in running text: the place and the industry in 乐清电气产业集群 or "Suzhou's nanotechnology cluster".

A name needs an industry: "world-class advanced manufacturing clusters" names none. References back ("the cluster", 该集群), groups
("200 Zhejiang-based industrial clusters") and titles of places ("China's Capital of Electronics") are no names either.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from orchestration.reading.keys import HAN, KINDS_OF_PLACE, place_key
from orchestration.reading.lexicon import Lexicon


class Spot(NamedTuple):
    """A place named in a sentence."""

    start: int
    end: int
    key: str
    is_province: bool


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


HEAD_EN = re.compile(
    r"\b(?P<plural>clusters)\b|\bcluster\b(?!\s+(?:development|policy|policies|contest|competition|infection|of (?:cases|infections|\d)))",
    re.IGNORECASE,
)
HEAD_ZH = re.compile(
    r"(?:产业|產業|工业|工業|制造业|製造業|制造|製造)?集群(?!化|式|发展|發展|竞赛|競賽|大赛|决赛|促进|培育|建设|建設|名单|政策|效应|优势|数量|総|总|的(?:发展|建设))|(?:产业|產業)(?:集聚区|集聚區|基地)(?!建设|建設)"
)
CLUSTER = re.compile(r"\bclusters?\b|集群|块状经济|塊狀經濟|产业基地|產業基地|产业集聚区|產業集聚區", re.IGNORECASE)

_REGIONS = re.compile(
    r"粤港澳大湾区|粵港澳大灣區|长三角(?:地区)?|長三角(?:地區)?|珠三角(?:地区)?|京津冀(?:地区)?|成渝(?:地区|地區|双城经济圈)?|长株潭|苏锡常(?:泰)?|广深佛莞|广佛惠|深广高|"
    r"(?:Guangdong-Hong Kong-Macao )?Greater Bay Area|Yangtze River Delta|Pearl River Delta|Beijing-Tianjin-Hebei|Chengdu-Chongqing"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD = re.compile(r"[A-Za-z0-9][\w&/.'’-]*|[,，]|&")
_STOP = _words("""
    a an the this that these those its their his her our every each some any all both many most several various numerous certain
    another other such no of in for with to by from at on as into onto within across around near is are was were be been being
    has have had having which who whose where when while if than then namely including include includes included like among
    between also or but not it they we he she said says built build building form formed forms forming boasts boast boasting
    hosts host hosting develop developed developing create created creating cultivate cultivated cultivating establish
    established houses become became becoming called named known joining join joined via through about over under nearly more
    less will would can could may must one two three four five six seven eight nine ten eleven twelve dozen hundreds first
    second third whole entire
""")
_EMPTY_EN = _words("""
    industrial industry industries manufacturing advanced world-class world-leading national national-level provincial
    provincial-level state-level municipal local regional key major large larger largest big leading top famous well-known
    emerging strategic strategically important modern traditional special specialized specialised characteristic distinctive
    innovative innovation high-end high-quality global globally domestic chinese international competitive pillar new newly
    selected listed winning based and & economic business enterprise entire other similar so-called complete 100-billion-yuan
    10-billion-yuan trillion-yuan billion-yuan first-class super massive existing potential early-stage mature city-level
    county-level country's nation's nationwide country production
""")
_LEADING_EN = _EMPTY_EN - {
    "new",
    "innovation",
    "and",
    "&",
    "modern",
    "advanced",
    "special",
    "industrial",
    "high-end",
    "business",
    "production",
    "economic",
}
_LINK = re.compile(r"\s?,?\s?(?:and|&)\s|\s?[,，/–-]\s?|\s|")
_COORDINATED = re.compile(r"\s?,?\s(?:and|&)\s|\s?,\s|\s?/\s?")
_AFTER_PLACE = re.compile(
    r"(?:['’]s?|-based|'s)?(?:\s(?:province|city|county|district|town|prefecture|municipality)(?:['’]s?|-based)?)?\s", re.IGNORECASE
)
_BEHIND = re.compile(
    r"\s(?:(?:based|located|situated|headquartered|centred|centered)\s)?(?:in|of|around|at)\s(?:the\s|"
    r"its\s|nearby\s|(?:East|South|North|West|Central|Northeast|Southwest|Northwest|Southeast|"
    r"eastern|southern|northern|western|central)\s(?:China['’]s\s)?)*",
    re.IGNORECASE,
)
_HOSTS = re.compile(
    r"\b(?:home to|boasts?|hosts?|has|have|houses?|built|forms?|formed|developed|known for|famous for|"
    r"cultivated|established|created|nurtured|building|possesses)\b[^,;]{0,40}$",
    re.IGNORECASE,
)

_EMPTY_ZH = re.compile(
    r"先进|先進|制造业?|製造業?|产业|產業|工业|工業|世界级|世界級|世界一流|国家级|国家|國家級|省级|省級|市级|县域|区域|地方|特色|优势|優勢|优胜|重点|重點|战略性新兴|新兴|传统|现代化?|中小企业|中小微企业|创新型?|大型|"
    r"[百千万萬]亿级?|[百千万萬]億級?|若干|一批|多个|多個|各类|各|这些|這些|这个|该|該|此|其|全省|全市|全国|全國|主导|支柱|知名|著名|最大的?|规模|大|"
    r"成熟|完整的?|的|个|個|[一二三四五六七八九十两兩\d]+(?:余|多)?(?:个|個|大|家)"
)
_LEADING_ZH = re.compile(
    r"^(?:的|了|一个|一個|一批|这一|等?\d+个|国家级|省级|市级|世界级|世界级的|全国最大的?|全國最大的?|全球最大的?|最大的?|知名的?|著名的?|千亿级?|百亿级?|万亿级?|超?[百千万]亿元?级?|“|等)+"
)
_BROKEN_ZH = re.compile(
    r"[是在为為将將把被让讓使到等对對从從因由已]|以及|包括|例如|比如|作为|入选|入围|公布|发布|建设|推动|推进|加快|支持|聚焦|围绕|依托|通过|企业|来自|属于|成为|位于|打造|获|共有|其中|分别|优胜"
)
_HOSTS_ZH = re.compile(r".{0,12}(?:拥有|擁有|形成|打造|建成|建设|培育|发展|發展|崛起|聚集|聚起|形成了|有着|集聚|坐拥|建起)(?:出|起|了)?")
_TOWN_ZH = re.compile(r"[一-鿿]{2,3}(?:镇|鎮|街道|乡|鄉|县|縣|区|區|市|新区|开发区|高新区|经开区)")


def find_spots(text: str, lexicon: Lexicon, year: int | None) -> list[Spot]:
    """The places named in a sentence: those of the lexicon, and regions across provinces."""
    regions = [Spot(m.start(), m.end(), place_key(m.group()), is_province=False) for m in _REGIONS.finditer(text)]
    places = [Spot(p.start, p.end, p.key, lexicon.is_province(p.key)) for p in lexicon.find_places(text, year)]
    spots = [p for p in places if not any(r.start < p.end and p.start < r.end for r in regions)] + regions
    return _with_towns(text, sorted(spots), lexicon, year)


def _with_towns(text: str, spots: list[Spot], lexicon: Lexicon, year: int | None) -> list[Spot]:
    """Towns glued behind the county they lie in, without a word that says so: 诸暨市大唐."""
    found = list(spots)
    taken = {spot.start for spot in spots}
    for spot in spots:
        if not HAN.match(text[spot.start]) or spot.end in taken or spot.is_province:
            continue
        parents = lexicon.candidates(spot.key, year)
        for length in (4, 3, 2):
            printed = text[spot.end : spot.end + length]
            if (
                len(printed) == length
                and HAN.match(printed[-1])
                and any(
                    place.level == "town" and any(place.lies_in(parent) for parent in parents)
                    for place in lexicon.candidates(place_key(printed), year)
                )
            ):
                found.append(Spot(spot.end, spot.end + length, place_key(printed), is_province=False))
                break
    return sorted(found)


def find_names(text: str, spots: Sequence[Spot]) -> list[Name]:
    """The clusters a sentence names, in order of their print."""
    return sorted([*_english(text, spots), *_chinese(text, spots)], key=lambda name: (name.industry, name.start))


def _english(text: str, spots: Sequence[Spot]) -> Iterator[Name]:
    floor = 0
    for head in HEAD_EN.finditer(text):
        found = list(_before_head(text, spots, floor, head))
        yield from found
        floor = head.end()


def _before_head(text: str, spots: Sequence[Spot], floor: int, head: re.Match[str]) -> Iterator[Name]:
    """The names that end in one "cluster" or "clusters"."""
    is_plural = head["plural"] is not None
    left = _left_edge(text, spots, max(floor, head.start() - 400), head.start(), over_commas=is_plural)
    inside = [spot for spot in spots if left <= spot.start and spot.end <= head.start()]
    chains = _chains(text, inside)
    if not chains:
        yield from _placed_elsewhere(text, spots, left, head)
        return
    if not is_plural:
        start = chains[-1][0].start
        if industry := _industry(text, _behind(text, chains[-1][-1].end), head.end(), head.start()):
            yield _name(start, head.end(), industry, chains[-1])
        return
    for index, chain in enumerate(chains):
        is_last = index + 1 == len(chains)
        end = head.end() if is_last else _trimmed(text, chains[index + 1][0].start)
        items = [(_behind(text, chain[-1].end), end)]
        if len(chains) == 1:
            items = _items(text, *items[0])
        for start, stop in items:
            if industry := _industry(text, start, stop, head.start()):
                places = [chain] if not _is_coordinated(text, chain) else [[spot] for spot in chain]
                for place in places:
                    yield _name(place[0].start, stop, industry, place)


def _left_edge(text: str, spots: Sequence[Spot], floor: int, end: int, *, over_commas: bool) -> int:
    """Where the words that can belong to a name begin: behind the last article, verb, bracket or, for a single name, comma."""
    covered = {position for spot in spots for position in range(spot.start, spot.end) if spot.end <= end}
    left = end
    for word in reversed(list(_WORD.finditer(text, floor, end))):
        gap = text[word.end() : left]
        if gap.strip(" -–") and word.end() not in covered:
            break
        if word.start() not in covered:
            token = word.group()
            is_comma = token in ",，"
            if is_comma and not over_commas and not _joins_spots(spots, word):
                break
            if (
                not is_comma
                and (token.lower() in _STOP or token.isdigit())
                and not (token.lower() == "of" and text[word.start() - 8 : word.end()] == "Internet of")
            ):
                break
            # "the country's leather cluster": only a place's own kind ("Suzhou City's") stays inside the name.
            if token.lower().endswith(("'s", "’s")) and not _is_spot_word(spots, word) and token.lower()[:-2] not in KINDS_OF_PLACE:
                break
        left = word.start()
    while left < end and text[left] in " ,，&-":
        left += 1
    for connector in ("and ", "& "):
        if text.startswith(connector, left):
            left += len(connector)
    return left


def _joins_spots(spots: Sequence[Spot], comma: re.Match[str]) -> bool:
    """Whether a comma stands between two places: `Yueqing, Wenzhou`, `Guangzhou, Foshan and Huizhou`."""
    before = any(0 <= comma.start() - spot.end <= 9 for spot in spots)
    return before and any(0 <= spot.start - comma.end() <= 5 for spot in spots)


def _is_spot_word(spots: Sequence[Spot], word: re.Match[str]) -> bool:
    return any(spot.start < word.end() and word.start() < spot.end for spot in spots)


def _chains(text: str, spots: Sequence[Spot]) -> list[list[Spot]]:
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


def _is_coordinated(text: str, chain: Sequence[Spot]) -> bool:
    return len(chain) > 1 and any(re.search(r"\band\b|&|、|和|与", text[a.end : b.start]) for a, b in pairwise(chain))


def _behind(text: str, end: int) -> int:
    """Where the industry begins behind a place: past "'s", "-based", "City's", "province"."""
    match = _AFTER_PLACE.match(text, end)
    return match.end() if match else end


def _items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """`new energy, new materials and biomedicine clusters` is three industries."""
    items, position = [], start
    for match in _COORDINATED.finditer(text, start, end):
        if match.start() > position:
            items.append((position, match.start()))
        position = match.end()
    return [*items, (position, end)]


def _industry(text: str, start: int, end: int, head: int) -> tuple[int, int] | None:
    """The industry's print from `start`, without words that only praise it; None where nothing is left that names one."""
    words = list(re.finditer(r"\S+", text[start:end]))
    while words and words[0].group().lower().strip(",'’") in _LEADING_EN | {"and", "the", "&", ","}:
        words.pop(0)
    telling = [w for w in words if start + w.start() < head and w.group().lower().strip(",") not in _EMPTY_EN]
    if not telling or len(words) > 14 or re.search(r"[.;:()“”\"]", text[start:end]):
        return None
    return start + words[0].start(), _trimmed(text, end)


def _trimmed(text: str, end: int) -> int:
    """The end without commas, blanks and "and" before it."""
    while True:
        shorter = len(text[:end].rstrip(" ,，、和与及"))
        if text[:shorter].endswith((" and", " &", " the")):
            shorter = text.rindex(" ", 0, shorter)
        if shorter == end:
            return end
        end = shorter


def _name(start: int, end: int, industry: tuple[int, int], chain: Sequence[Spot]) -> Name:
    provinces = [spot for spot in chain if spot.is_province]
    places = [spot for spot in chain if not spot.is_province]
    # Chongqing and other municipalities are provinces; with a place named inside them the province is the label.
    locality = (places[0].start, places[-1].end) if places else None
    return Name(min(start, industry[0]), end, industry, locality, provinces[0][:2] if provinces else None)


def _placed_elsewhere(text: str, spots: Sequence[Spot], left: int, head: re.Match[str]) -> Iterator[Name]:
    """`the biomedicine cluster in Taizhou`, `Keqiao is home to a textile cluster`."""
    industries = _items(text, left, head.end()) if head["plural"] else [(left, head.end())]
    named = [industry for start, end in industries if (industry := _industry(text, start, end, head.start()))]
    if not named:
        return
    behind = _BEHIND.match(text, head.end())
    if behind and (right := [spot for spot in spots if spot.start >= head.end()]):
        chain = _chains(text, right)[0]
        if chain[0].start - behind.end() <= 0 or (chain[0].start == behind.end()):
            separate = head["plural"] and _is_coordinated(text, chain) and len(named) == 1
            for industry in named:
                for place in [[spot] for spot in chain] if separate else [chain]:
                    yield _name(industry[0], place[-1].end, industry, place)
            return
    before = [spot for spot in spots if spot.end <= left]
    if before and _HOSTS.search(text[max(before[-1].end, left - 60) : left]):
        chain = _chains(text, before)[-1]
        for industry in named:
            yield _name(industry[0], industry[1], industry, chain)


def _chinese(text: str, spots: Sequence[Spot]) -> Iterator[Name]:
    floor = 0
    for head in HEAD_ZH.finditer(text):
        left = max(
            [floor, head.start() - 120, *(text.rfind(mark, floor, head.start()) + 1 for mark in '，。；：！？:,;（）()《》“”"「」【】 ')]
        )
        floor = head.end()
        yield from _chinese_names(text, [s for s in spots if left <= s.start and s.end <= head.start()], left, head)


def _chinese_names(text: str, spots: Sequence[Spot], left: int, head: re.Match[str]) -> Iterator[Name]:
    """The names that end in one 集群: `绍兴现代纺织、永康五金、海宁皮革等15个省级产业集群` is three."""
    several = re.search(r"等[^、]{0,16}$", text[left : head.start()])
    items_end = left + several.start() if several else head.end()
    starts = [
        left,
        *(m.end() for m in re.finditer(r"[、和与與及]|以及", text[left:items_end]) if any(s.start == left + m.end() for s in spots)),
    ]
    starts = [starts[0], *(left + s for s in starts[1:])]
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else items_end
        inside = [spot for spot in spots if start <= spot.start and spot.end <= end]
        yield from _chinese_name(text, _glued(text, inside), end, head, is_last=not several and index + 1 == len(starts))


def _glued(text: str, spots: Sequence[Spot]) -> list[list[Spot]]:
    chains: list[list[Spot]] = []
    for spot in spots:
        if chains and re.fullmatch(r"[、和与與及的·・]?", text[chains[-1][-1].end : spot.start]):
            chains[-1].append(spot)
        else:
            chains.append([spot])
    return chains


def _chinese_name(text: str, chains: Sequence[Sequence[Spot]], end: int, head: re.Match[str], *, is_last: bool) -> Iterator[Name]:
    """The first place with a clean industry behind it; else a place that has, builds or forms a cluster."""
    stop = head.start() if is_last else _trimmed(text, end)
    printed_end = head.end() if is_last else stop
    for chain in chains:
        start = chain[-1].end
        if lead := _LEADING_ZH.match(text[start:stop]):
            start += lead.end()
        if _names_industry(text[start:stop]):
            yield _name(chain[0].start, printed_end, (start, printed_end), chain)
            return
    for chain in reversed(chains):
        hosted = _HOSTS_ZH.match(text[chain[-1].end : stop])
        if not hosted:
            continue
        start = chain[-1].end + hosted.end()
        if lead := _LEADING_ZH.match(text[start:stop]):
            start += lead.end()
        if _names_industry(text[start:stop]):
            yield _name(chain[0].start, printed_end, (start, printed_end), chain)
            return


def _names_industry(text: str) -> bool:
    return 0 < len(text) <= 26 and not _BROKEN_ZH.search(text) and bool(_EMPTY_ZH.sub("", text))
