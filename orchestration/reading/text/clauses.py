"""The place that a sentence or one of its clauses says something of: `Shunde has 300 firms`, ，2021年大唐共有企业1万家."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from orchestration.reading.keys import HAN
from orchestration.reading.phrases.figures import PERCENT, Figure
from orchestration.reading.phrases.names import Spot
from orchestration.reading.text.texts import Subject, Text, place_subject

_DATELINE = re.compile(r"(?=[A-Z]{3})[^a-z]{3,24}(?:,\s[A-Z][\w.\s]{2,24})?\s?(?:\([^)]{2,24}\)\s?)?(?:—|–|--?)\s")
# 山东名牌5个, "listed in Shenzhen Stock Exchange": a place that something else is named for
_IN_A_NAME = re.compile(
    r"省?(?:名牌|著名商[标標]|知名商[标標]|老字号|名优|出口名牌|科技进步奖|质量奖|证券交易所|证交所|股市)|\s(?:Stock\s|Commodity\s)?Exchange\b|-listed\b"
)
_BEGINNING = 12  # characters that may stand before the place a sentence is about: "In 2020, "
# "Further inland, Yinglin", "The district of Hengfeng": what leads up to the place that a sentence speaks of
_LEADS_UP = re.compile(
    r"(?:[Tt]he|[Tt]his)\s(?:[a-z-]+\s){0,2}(?:district|town|township|county|city|village|prefecture)\sof\s"
    r"|(?:Further|Farther|A\slittle|Some|Just|Nearby|Next\sdoor)\s?[^,.]{0,32},\s(?:in\s)?"
)
_WHERE = re.compile(
    r"(?:\s(?:town|county|district|city|township|subdistrict|village))?,\swhere\s"
)  # "is made in Daxi town, where 1,100 enterprises"
_WITHIN_CLAUSE_ZH = re.compile(r"[^，。；：]{3,}[在于到往自向从]$")  # 该县泵阀企业主要分布在瓯北街道
OF_ANOTHER_ZH = re.compile(
    r"[籍人](?!均)|商人|商会|商會|企业家|企業家|市[长長]|书记|大学|大學|学院|海关|海關|银行|機場|机场|港(?!口)|一家|某|[^，。；]{0,6}(?:集团|集團|公司|股份)"
)
_PREDICATE_EN = re.compile(
    r"(?:\s(?:city|county|district|town|township|subdistrict|province|prefecture))?(?:,[^,]{1,60}(?:,[^,]{1,40}){0,2},)?(?:\s(?:alone|now|also|already|today|itself|currently|still))*"
    r"\s(?:ha[sd]|have|is|was|are|were|boasts?|boasted|hosts?|hosted|houses?|produc\w+|mak(?:es|e)|made|turn(?:s|ed)|ship(?:s|ped)|export\w*|sells?|sold|employ\w*|"
    r"earn\w*|account\w*|count(?:s|ed)|record\w*|report\w*|reach\w*|gather\w*|generat\w+|contribut\w+|supplie[sd]|suppl\w+|says?|saw|registered|posted|churns?|knits?|grows?|"
    r"attract\w*|claim(?:s|ed)|command(?:s|ed)|control(?:s|led)|dominate[sd]?|feeds|fed|invested|owns?|held|holds?|achieved|realized|took|provides?|built|cover\w*)\b|['’]s\s"
    r"|:\s|(?:\s[a-z-]+)?\s\((?=[^)]*\d)"
    r"|(?:\s[a-z-]+){0,3}\s(?:firms|companies|enterprises|makers|manufacturers|factories|producers|mills|workshops|exporters|exports|output|production|sales"
    r"|industry|sector|trade)\s[a-z]+"
    r"|(?:\s[a-z-]+){1,3}\s(?:accounts?\sfor|makes?\sup|holds|commands?|suppl(?:y|ies)|(?:is|are|was|were)\s(?:sold|exported))\b",
    re.IGNORECASE,
)
_CLAUSE_EN = re.compile(
    r"(?:[;,:]\s(?:and\s|while\s|but\s|where\s|whereas\s)?|\b(?:and|while|but|whereas)\s)"
    r"(?:(?:in|by|at)\s[^,;]{2,24},?\s)?(?:the\s)?$"
)
_CLAUSE_ZH = re.compile(r"[，。；：](?:[^，。；\d]{0,3}\d{4}年(?:[底末初])?|目前|去年|如今|而|其中)?，?$")
_SAYS_ZH = re.compile(
    r"[^，。；]{0,8}?(?:有|达|为|实现|占|突破|超|企业|产值|产量|年产|从业|完成|出口|进口|销售|营业|营收|生产|投资|利润|税|生产总值|规上|规模以上)"
)
_MADE_IN = re.compile(r"\b(?:made|produced|manufactured|woven|knitted|firms|companies|makers|factories|producers)\sin\s$")
_COMES_FROM = re.compile(
    r"[^,;.]{0,80}\b(?:comes?|came|made|produced|manufactured|put\stogether|assembled|woven|grown|built|cast)\s(?:from|in)\s|[^，。；]{0,20}(?:产自|產自|来自|來自|出自|产于)"
)
_THERE = re.compile(r"(?:,\s[^,.;\d]{2,80}){0,2}[,:]\s")
ADVERBIAL = re.compile(r"\s?(?:in|from|at)\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[\W\d]*[一-鿿A-Z][^，。；,;]{1,24}[（(]")
_WITHIN = re.compile(r"(?:\s(?:city|county|district|town|township))?(?:,\s|\s(?:in|of|under)\s(?:the\s)?(?:[a-z]+ern\s)?)|['’]s\s")
COORDINATED = re.compile(r"\s?,?\s?\b(?:and|&)\b\s?|[、和与與及]|-")


def spoken_of(text: Text, lies_in: Callable[[str, str], bool]) -> list[Spot]:
    """The places of a sentence but for that of a dateline before one in it, and those in the name of an honour or an exchange."""
    spots = [spot for spot in text.spots if not _IN_A_NAME.match(text.printed, spot.end)]
    dateline = _DATELINE.match(text.printed)
    behind = [spot for spot in spots if dateline and spot.start >= dateline.end()]
    return behind if spots and any(lies_in(spot.key, spots[0].key) for spot in behind) else spots


def clause_places(text: Text, lies_in: Callable[[str, str], bool]) -> Iterator[Subject]:
    """The places that a clause behind the first says something of: `..., and Shunde has 300 firms`, ，2021年大唐共有企业1万家."""
    for before, spot in pairwise([None, *text.spots]):
        if spot is None or (before and before.end == spot.start) or begins_sentence(text, spot) or is_beside_another(text, spot):
            continue
        if any(other.end <= spot.start and lies_in(other.key, spot.key) for other in text.spots):
            continue  # "Gurao town in Chaoyang district, Shantou, makes": what it lies in
        is_han = HAN.match(text.printed[spot.start]) is not None
        if not is_han and _WHERE.match(text.printed, spot.end):
            yield place_subject(text, spot)
            continue
        begins = (_CLAUSE_ZH if is_han else _CLAUSE_EN).search(text.printed, max(0, spot.start - 40), spot.start)
        told = begins and place_spoken_of(text, [other for other in text.spots if other.start >= spot.start])
        if told and (not is_han or _SAYS_ZH.match(text.printed, told.place[1] if told.place else spot.end)):
            yield told


def begins_sentence(text: Text, spot: Spot) -> bool:
    """Whether a sentence begins with this place, but for a day or an adverb."""
    if spot.start > _BEGINNING:
        return _LEADS_UP.fullmatch(text.printed, 0, spot.start) is not None
    return _WITHIN_CLAUSE_ZH.search(text.printed[: spot.start]) is None


def is_of_unknown(text: Text) -> bool:
    """Whether brackets say where something lies that the gazetteer does not know: 某某新城（河北保定）."""
    return bool(text.spots) and _IN_BRACKETS.fullmatch(text.printed, 0, text.spots[0].start) is not None


def begins_clause(text: Text, spot: Spot) -> bool:
    """Whether an English clause begins with this place, which no name of a cluster holds: `..., and Gu'an county does floats`."""
    if spot.is_province or any(name.start <= spot.start < name.end for name, _ in text.named):
        return False
    return _CLAUSE_EN.search(text.printed, max(0, spot.start - 40), spot.start) is not None and not is_beside_another(text, spot)


def is_beside_another(text: Text, spot: Spot) -> bool:
    """`Yongkang and Wuyi, two neighbours`: the place is one of several."""
    behind = [other for other in text.spots if other.start >= spot.end]
    return bool(behind) and COORDINATED.fullmatch(text.printed, spot.end, behind[0].start) is not None


def place_spoken_of(text: Text, places: Sequence[Spot]) -> Subject | None:
    """The place a sentence begins with, where the words behind it make it the subject; the most specific of glued names."""
    spot = places[0]
    for other in places[1:]:
        if other.start != spot.end:
            break
        spot = other
    if is_beside_another(text, spot):
        return None
    if HAN.match(text.printed[spot.start]):
        return None if OF_ANOTHER_ZH.match(text.printed, spot.end) else place_subject(text, spot)
    end = spot.end
    for other in (spot, *places[places.index(spot) + 1 :]):  # "Shahe in Hebei province accounts": what it lies in tells no more
        if other is not spot and not _WITHIN.fullmatch(text.printed, end, other.start):
            break
        end = other.end
        if _PREDICATE_EN.match(text.printed, end):
            return place_subject(text, spot)
    return None


def told_at(text: Text, figure: Figure) -> Subject | None:
    """`In Zhuji, 12,000 firms make socks`, `of the socks made in Zhuji 70 percent`, `half of the world's rods come from Weihai`."""
    places = [spot for spot in text.spots if spot.end <= figure.start]
    behind = [spot for spot in text.spots if spot.start >= figure.end]
    if figure.unit == PERCENT and behind and _COMES_FROM.fullmatch(text.printed, figure.end, behind[0].start):
        return place_spoken_of(text, behind) or place_subject(text, behind[0])
    if places and ADVERBIAL.match(text.printed) and _THERE.fullmatch(text.printed, places[0].end, figure.start):
        return place_subject(text, places[0])
    is_made = places and _MADE_IN.search(text.printed, max(0, places[-1].start - 24), places[-1].start)
    return place_subject(text, places[-1]) if is_made else None
