"""Places beside a trade that they are widely known for, whatever the words between: `Wenling is pumps and shoes`, 灌云靠情趣内衣年入数十亿.

Two witnesses: the sentence puts the two together, and the seed of what places are known for has the pair. What such a document is
about is for its reader to judge.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from orchestration.reading.clusters.specialities import is_near
from orchestration.reading.keys import is_chinese, simplified_in_place
from orchestration.reading.phrases.names import Name, Spot, find_spots, glued_chains, is_of_another, join, latin_chains
from orchestration.reading.text.absent import GONE_BEHIND, GONE_EN, GONE_ZH, PLANNED_EN, PLANNED_ZH
from orchestration.reading.words.goods import ENDS, MAKERS, PRICED, is_trade
from orchestration.reading.words.lexicon import Lexicon
from orchestration.reading.words.terms import NO_TRADE_ZH, Stretch, find_terms, industries_of

_FARTHEST = {True: 36, False: 110}  # characters from a place to the trade behind it, in Han and Latin text
_NEAREST = {True: 16, False: 30}  # and from a trade to the place behind it
_ASKED = re.compile(r"[?？]|也有")  # by a reader, or said of another place as well
_HEADS = re.compile(r"(?:、[一-鿿]{2,6})*\s*(?:[:：]|[-—=]*[→>＞])")  # 飾品、文具 → 浙江義烏
_HEADED = re.compile(r"[ \u3000·*>#\d.、）)•-]*[做要买買]?(?:[一-鿿]{2,6}、)*")
_FEWEST_KNOWN = 3
_MOST_LINES = 200
_NAME_BEFORE = re.compile(r"\b[A-Z][a-z]+\s(?:and\s|&\s)?$")
_NAME_BEHIND = re.compile(r"\s(?:and\s|&\s)?[A-Z][a-z]+")
_NEAR = 24
_LIES = re.compile(r",?\s(?:which|now|over|out|just|today|a|an|the|in)\b[^,.;]{0,40}\b(?:of|in|from|to|under|outside|near)\s(?:the\s)?")
_FROM = re.compile(r"\s(?:\w+\s)?(?:in|of|from|around)\s(?:the\s(?:town|city|county)\sof\s)?")
_ENUMERATED = re.compile(r",\s(?:and\s)?|\s(?:and|&)\s|[、和与與及]")
_BACK = re.compile(
    r"(?:The|This)\s(?:\w+\s)?(?:town|city|county|district|township|village|place)\b(?!\sof\s[A-Z])|(?:全|[该該本我]|我们|咱们)[市县縣区區镇鎮]|[当當]地|[这這][里裡]"
)
_NEXT = re.compile(r"[\s-]([a-z]+)")
_BREAK = re.compile(r"[;；:：?？!！]|——|\s--?\s")
_AND = re.compile(r"[^,.;]{0,16}(?:,(?:\sand)?|\s(?:and|&))\s(?:[\w-]+\s){0,4}|[一-鿿]{0,4}(?:[、和与與及跟]|以及|[还還]有)[一-鿿]{0,4}")
_APART_EN = re.compile(r"\band\b|&|/")
# A place that only tells where another one lies, or where something is brought, and what is no place but a name that begins with one.
_ASIDE_EN = re.compile(
    r"\b(?:drive|ride|minutes?|hours?|kilomet\w+|km|miles?|north|south|east|west|outside|near|close|next|port)\b[^,.;]{0,14}\b(?:of|from|to|outside|near)\s(?:the\s)?$"
    r"|\b(?:part|suburb|district|corner|edge)\sof\s(?:the\s)?$|\b(?:unlike|than|not|near|outside|behind|to|via|towards?)\s(?:the\s)?$"
    r"|\b[Tt]he\s(?:\w+\s)?(?:town|village|district|city|place|county)\sin\s$",
    re.IGNORECASE,
)
_VISITED = re.compile(r"\sfor\s(?!\d)")  # a bus to Dongyang for the redwood furniture
_ASIDE_ZH = re.compile(
    r"(?:[与與跟同和向像]|[学學][习習]|借[鉴鑒]|[对對][标標比]|[离離距]|[毗邻鄰紧緊]{1,2}[邻鄰近]|不像|不是|不同[于於]|比|以前(?:[是在]|都[在是])?|原[来來先](?:[是在])?|[运運發发销銷][往到至])$"
)
_NAMESAKE = re.compile(r"\s(?!City\b|County\b|Town\b|District\b|Township\b|Prefecture\b)[A-Z][a-z]+|[-–][A-Z]")
_NO_TRADE_EN = re.compile(
    r"[\s-](?:city|market|mall|fair|expo|festival|museum|show|street|college|institute|university|association|chamber|company|group|store|shop"
    r"|bank|club|team|station|exhibition|conference|price|co|ltd|inc)\b",
    re.IGNORECASE,
)
DENIED_EN = re.compile(rf"\b(?:{GONE_EN}|{PLANNED_EN}|pushed|driven|not|never|no|without|rather|instead|until)\b|n[’']t\b", re.IGNORECASE)
_DENIED_ZH = re.compile(
    rf"{PLANNED_ZH}|{GONE_ZH}|不[是再做产產]|没有?|沒有?|未|想|公司|集[团團]|股份|大[学學]|[学學]院|某|[淘转轉][汰移]|[关關]停"
)


def is_full_of_known(lines: Sequence[str], lexicon: Lexicon, year: int | None) -> bool:
    """Whether short lines, a forum's, put several places beside what they are known for."""
    places: set[str] = set()
    for line in lines[:_MOST_LINES]:
        if "\t" not in line and lexicon.renown.may_name(line):
            simple = simplified_in_place(line)
            names = find_beside(simple, find_spots(simple, lexicon, year), lexicon)
            places |= {simple[slice(*name.locality)] for name in names if name.locality}
    return len(places) >= _FEWEST_KNOWN


def speaks_back(text: str) -> bool:
    """Whether a sentence begins with the place that another one names: `The town in Yongjia county lives off buttons`."""
    return _BACK.match(text) is not None


def find_beside(text: str, spots: Sequence[Spot], lexicon: Lexicon) -> Iterator[Name]:
    """The trades of a sentence that stand beside a place widely known for them."""
    is_han = is_chinese(text)
    places = places_named(text, spots, lexicon)
    if not any(lexicon.renown.of(spot.key) for place in places for spot in place):
        return
    places = _spoken_of(text, places, lexicon)
    told: dict[int, int] = {}  # where a place begins, to where the last of its trades ends
    for start, end in trades_told(text, spots, lexicon):
        industries = set(industries_of(text[start:end], lexicon))
        for place in _owners(text, (start, end), places, is_han=is_han):
            is_known = not (is_han and GONE_BEHIND.match(text, end)) and any(industries & lexicon.renown.of(spot.key) for spot in place)
            before = told.get(place[0].start)
            if is_known and (before is None or _AND.fullmatch(text, before, start)):
                told[place[0].start] = end
                yield join(min(place[0].start, start), max(place[-1].end, end), (start, end), place)


def places_told(text: str, spots: Sequence[Spot], lexicon: Lexicon) -> list[list[Spot]]:
    """The places a sentence speaks of, not the ones that only tell where another one lies."""
    return _spoken_of(text, places_named(text, spots, lexicon), lexicon)


def trades_told(text: str, spots: Sequence[Spot], lexicon: Lexicon) -> Iterator[Stretch]:
    """The trades that a sentence tells for themselves; none where it asks, or speaks of their price."""
    is_han = is_chinese(text)
    if _ASKED.search(text) or PRICED.search(text):
        return
    for start, end in find_terms(text, [spot[:2] for spot in spots], lexicon):
        is_other = _is_of_name(text, start, end) or not (is_han or is_trade(text[start:end], lexicon))
        if not is_other and _are_goods(text, end, is_han=is_han):
            yield start, end


def places_named(text: str, spots: Sequence[Spot], lexicon: Lexicon) -> list[list[Spot]]:
    """The places of a sentence, each with those it lies in."""
    is_han = is_chinese(text)
    chains = (glued_chains if is_han else latin_chains)(text, spots)
    below = [chain for chain in chains if not all(spot.is_province for spot in chain)]
    return [place for chain in below for place in _apart(text, chain, lexicon, is_han=is_han)]


def _spoken_of(text: str, places: Sequence[list[Spot]], lexicon: Lexicon) -> list[list[Spot]]:
    is_han = is_chinese(text)
    told = [place for place in places if not _is_aside(text, place, is_han=is_han)]
    before = zip([None, *told], told, strict=False)
    return [place for other, place in before if other is None or not _is_around(text, other, place, lexicon)]


def find_placeless(text: str, known: frozenset[str], lexicon: Lexicon) -> Iterator[Stretch]:
    """The trades of a sentence without a place that the place it speaks of is known for."""
    is_han = is_chinese(text)
    for start, end in find_terms(text, (), lexicon):
        if (
            _are_goods(text, end, is_han=is_han)
            and not known.isdisjoint(industries_of(text[start:end], lexicon))
            and not _is_denied(text, 0, start)
        ):
            yield start, end


def _are_goods(text: str, end: int, *, is_han: bool) -> bool:
    """Whether a term is told for itself: not the beginning of a fair's or a firm's name, nor of other goods, `plastic bottle crates`."""
    if is_han:
        return not NO_TRADE_ZH.match(text, end)
    word = _NEXT.match(text, end)
    is_bounded = word is None or text[end - 1] == "s" or word[1] in MAKERS or word[1] in ENDS
    return is_bounded and not _NO_TRADE_EN.match(text, end)


def _is_of_name(text: str, start: int, end: int) -> bool:
    """Whether a capitalised term stands within the name of something: the China National Textile and Apparel Council."""
    return text[start].isupper() and (_NAME_BEFORE.search(text, max(0, start - 24), start) or _NAME_BEHIND.match(text, end)) is not None


def _apart(text: str, chain: Sequence[Spot], lexicon: Lexicon, *, is_han: bool) -> list[list[Spot]]:
    """The places of a chain: what does not lie in the one beside it ends one."""
    places = [[chain[0]]]
    for before, spot in pairwise(chain):
        gap = text[before.end : spot.start]
        is_within = gap in ("", "的", "·") if is_han else not _APART_EN.search(gap) and is_near(before, spot, lexicon)
        if is_within:
            places[-1].append(spot)
        else:
            places.append([spot])
    return places


def _is_aside(text: str, place: Sequence[Spot], *, is_han: bool) -> bool:
    start, end = place[0].start, place[-1].end
    if is_han:
        return _ASIDE_ZH.search(text, max(0, start - 4), start) is not None
    return (
        is_of_another(text, start)
        or (_ASIDE_EN.search(text, max(0, start - 40), start) is not None and not _VISITED.match(text, end))
        or _NAMESAKE.match(text, end) is not None
    )


def _is_around(text: str, before: Sequence[Spot], place: Sequence[Spot], lexicon: Lexicon) -> bool:
    """Whether a place only tells where the one before it lies: `Liushi, over in Yueqing`, `Yanbu, which is a part of Dali now`."""
    gap = text[before[-1].end : place[0].start]
    is_parent = len(gap) <= _NEAR and lexicon.may_lie_in(before[-1].key, place[0].key, None) and not _APART_EN.search(gap)
    return is_parent or _LIES.fullmatch(gap) is not None


def _owners(text: str, term: Stretch, places: Sequence[list[Spot]], *, is_han: bool) -> Iterator[list[Spot]]:
    """The places that a trade is said of: those right behind it that it is `in` or `from`, else those before it, else those behind.

    However far they are where the sentence has no others.
    """
    start, end = term
    if is_han and _HEADS.match(text, end) and _HEADED.fullmatch(text, 0, start):  # 眼镜：丹阳便宜、深圳横岗中高阶
        yield from (place for place in places if place[0].start >= end)
        return
    before, behind = [place for place in places if place[-1].end <= start], [place for place in places if place[0].start >= end]
    if behind and not is_han and _FROM.fullmatch(text, end, behind[0][0].start):
        yield from _run(text, behind)
    elif before and not _is_denied(text, before[-1][-1].end, start):
        if not behind or start - before[-1][-1].end <= _FARTHEST[is_han]:
            yield from _run(text, before[::-1])
    elif (
        behind
        and text[end : end + 1] != "的"
        and not _is_denied(text, end, behind[0][0].start)
        and (not before or behind[0][0].start - end <= _NEAREST[is_han])
    ):
        yield from _run(text, behind)


def _run(text: str, places: Sequence[list[Spot]]) -> Iterator[list[Spot]]:
    """The first of these places, and those enumerated with it: `Lecong and Longjiang`."""
    yield places[0]
    for one, other in pairwise(places):
        first, last = sorted((one, other), key=lambda place: place[0].start)
        if not _ENUMERATED.fullmatch(text, first[-1].end, last[0].start):
            return
        yield other


def _is_denied(text: str, start: int, end: int) -> bool:
    """Whether what stands between parts the two, or says that the one has not the other."""
    return any(pattern.search(text, start, end) for pattern in (_BREAK, _DENIED_ZH if is_chinese(text) else DENIED_EN))
