"""Whose a figure is when somebody stands between it and its subject: a company, the whole country, a place set apart by a comma."""

import re
from functools import lru_cache

from orchestration.reading.phrases.figures import Figure, find_figures
from orchestration.reading.text.texts import Subject, Text

# A company, market or project is what the figures behind it are of, not the cluster or place that the sentence speaks of.
_ANOTHER_ZH = re.compile(
    r"(?<!上市)(?<!家)(?<!子)(?<!个)(?:集团|集團|公司|股份|银行|大学)(?![等、和与及與数數总聚]|\d+[余多]?[家个])"
    r"|、[一-鿿]{2,8}[两二三四五六七八九]家[^，。；]{0,4}企业|(?:这|該|该|某|一|那)家[^，。；]{0,12}?(?:企业|企業|工厂|工廠|公司|厂)?|(?:该|某)(?:企业|企業|公司|厂|项目|市场)|某[^，。；]{1,10}(?:企业|集团|公司|厂)"
    r"|(?:^|[，。；])(?:目前|如今|\d{4}年)?，?(?:全国|全國|我国|我國|全球|世界|国内|國內)(?![最第各]|的?\d|[^，。；]{0,12}(?:集群|占|佔|市[场場]|份[额額]))"
)
_COMPANY_EN = (
    "company|firm|enterprise|factory|group|maker|manufacturer|venture|workshop|plant|giant|startup|start-up|mill|retailer|supplier|chain"
    "|builder|developer|brewer"
)
_ANOTHER_EN = re.compile(
    r"\b(?:[A-Z][\w&’'-]*\s){1,5}(?:Group|Co|Corp|Corporation|Company|Inc|Ltd|Holdings?|Technolog(?:y|ies)|University|Bank)\b"
    rf"|\b(?:[Tt]he|[Aa]n?|[Oo]ne|[Tt]his|[Tt]hat|[Ww]hose|[Ii]ts|[Hh]is|[Hh]er|[Mm]y|[Oo]ur|[Tt]heir)\s(?:[a-z-]+(?:\sof\sthe)?\s){{0,4}}(?:{_COMPANY_EN}|fair|expo|expressway|railway|station|hotel(?!\s[a-z]+\s(?:sector|industry|trade|makers)))\b(?!['’]?s?\s(?:cluster|association))"
    r"|\b[Tt]he\s(?:[a-z-]+\s)?(?:market|mall|park|port|fair|bank)['’]s\b"
    r"|\b(?:[A-Z][\w&’'-]*\s){1,4}(?:City|Market|Mall|Fair|Plaza|Cent(?:er|re)|Port),?\s(?:whose|which)\b"
    rf"|\b[A-Z][\w&’'-]*(?:\s[A-Z][\w&’'-]*){{0,3}},\s(?:the|an?)\s(?:[\w’'-]+\s){{0,5}}?(?:{_COMPANY_EN})\b"
    r"|\b(?:largest|biggest|leading|leader|best[\s-]known)(?:\sof\s(?:them|all|these))?,\s[A-Z][\w&’'-]*(?:\s[A-Z][\w&’'-]*){0,3},"
    r"|(?:^|[;,]\s(?:while\s|and\s|but\s)?)(?:Nationwide|Globally|Worldwide|Nationally|China|[Tt]he\s(?:country|nation|world)|[Tt]he\snational\s\w+)\b(?=,|['’]s|\s[a-z]+)"
)
_AS_EXAMPLE = re.compile(
    r"\b(?:led by|such as|including|include|includes|like|with|and|home to|named|hosts|of)\s(?:the\s)?$"
    r"|(?:拥有|有|包括|如|以)[^，。]{0,12}$"
)
# 波司登去年营收162亿元: beside a place, these are words of companies, unless a trade stands with them.
_OF_A_FIRM = re.compile(r"营收|營收|营业收入|营业额|净利润")
# 宜家全年营收410亿欧元: a name that nobody knows begins a sentence and earns.
_EARNER_ZH = re.compile(
    r"(?![^，。；]{0,8}(?:集群|企业|企業|[全该该本当][市县区镇地]))(?!去年|今年|前年|上年|截至|目前|如今|其中|同期|主营|实现|完成|累计|规上|年)(?![^，。；]{1,5}[业業]|[^，。；]{0,6}[占佔])[一-鿿]{2,6}?(?:全年|去年|今年|\d{4}年|上半年)?(?:实现|實現)?(?:营收|營收|净利|营业收入)"
)
_NOBODY = re.compile(r"(?:\d{4}年|[去今上前全当]年|年|共|累计|合计|预计|已|实现|完成|主营|达到?|创造)*")
_OF_A_TRADE = re.compile(r"[产產行工]业|集群|[全该][市县区镇]|规上|企业")
_APART = re.compile(r"[,;，；]\s?(?:and\s|while\s|but\s|而|其中)?$")
_BEGINS_ANOTHER = re.compile(r"(?:[,;]\s(?:and|while|but|where)?\s?|\b(?:and|while|but)\s)$|[、，；]$")
# A name of several words that begins a sentence and does something: `Blue Bay Tackle has 900 workers`.
_NAME_EN = re.compile(
    r"(?:[A-Z][\w&’'-]*\s){2,4}(?:now\s|also\s|alone\s)?(?:ha[sd]|is|was|employs?|employed|sells?|sold|makes?|made|earn\w*|report\w*|posted|saw|said"
    r"|owns?|owned|paid|started|began|founded|runs|ran|bought|acquired|leased|opened|ships?|shipped|export(?:s|ed)|produce[sd]?|builds?|built|booked|accounts|accounted)\b"
)
_HAS = re.compile(
    r"\s(?:ha[sd]|is|was|produced|made|earned|sold|exported|contributed|accounted|reported)\b|(?:的)?[^，。；]{0,8}(?:有|达|为|实现|占|突破|超)"
)


_ELSEWHERE = re.compile(
    r"[^,;.\d]{0,40}?\s(?:(?:worldwide|nationwide|across\sthe\s(?:country|world)|around\sthe\s(?:country|world))\b|(?:in|across)\s(?:the\s)?(?P<where>[A-Z][a-z]+))"
)
_MONTHS = re.compile(r"January|February|March|April|May|June|July|August|September|October|November|December")

_FIRST = 12  # characters that may stand before the subject of a sentence


def _is_another_place(text: Text, start: int, figure: Figure) -> bool:
    """Whether another place, none that anything lies in, comes from or goes to, is spoken of last: `and Gu'an county does hooks`."""
    chain_end = start
    for spot in text.spots:
        before = text.printed[max(0, spot.start - 16) : spot.start]
        is_first = spot.start <= start or spot.start - chain_end <= 2 or spot.is_province
        if spot.end > figure.start or any(name.start <= spot.start < name.end for name, _ in text.named):
            continue
        if not is_first and _BEGINS_ANOTHER.search(before):
            return True
        chain_end = spot.end
    return False


def _is_elsewhere(text: Text, figure: Figure) -> bool:
    """Whether what is counted is somewhere the gazetteer has nothing of: `run some 2,000 trading companies in Laos`."""
    match = _ELSEWHERE.match(text.printed, figure.end)
    if match is None or match["where"] is None:
        return match is not None
    return not any(spot.start <= match.start("where") < spot.end for spot in text.spots) and not _MONTHS.fullmatch(match["where"])


@lru_cache(maxsize=4)
def _others(text: str) -> tuple[tuple[int, int], ...]:
    """The companies a sentence names, but as examples."""
    found = [*_ANOTHER_ZH.finditer(text), *_ANOTHER_EN.finditer(text)]
    return tuple(match.span() for match in found if not _AS_EXAMPLE.search(text[max(0, match.start() - 20) : match.start()]))


def speaks_of_another(text: Text) -> bool:
    """Whether a sentence is about a company: what is said next of nobody is of that."""
    return any(at < _FIRST for at, _ in _others_of(text))


def names_another(text: Text) -> bool:
    """Whether a sentence speaks of a company at all, but as an example."""
    return bool(_others_of(text))


def _others_of(text: Text) -> list[tuple[int, int]]:
    """The companies of a sentence, one whose name begins it included."""
    found = list(_others(text.printed))
    if (named := _NAME_EN.match(text.printed)) and not (_is_known(text, named.end()) or find_figures(named.group())):
        found.append(named.span())
    return found


def _is_known(text: Text, end: int) -> bool:
    """Whether a place or a cluster is named before this."""
    return any(spot.start < end for spot in text.spots) or any(name.start < end for name, _ in text.named)


def is_of_another(text: Text, figure: Figure, subject: Subject, measure: str) -> bool:
    """Whether a company, or a place set apart by a comma, stands between the subject and the figure: the figure may be of that."""
    printed = text.printed
    named = max([subject.start, *(name.start for name, _ in text.named if name.start < figure.start)])
    start = max(0, named)
    is_count_of_firms = measure in ("enterprise_count", "listed_company_count", "high_tech_enterprise_count")
    others = [at for at, end in _others_of(text) if end <= figure.start]
    # "Chint Group, a leader of the Yueqing cluster, posted": whom a sentence begins with, its figures are of.
    is_led = any(at < _FIRST and subject.start > at and "," in printed[at : subject.start] for at in others)
    is_begun = any(at < _FIRST and start <= at for at in others)  # "Ikea, the Swedish retailer, has 12,000 suppliers"
    if is_begun or (not is_count_of_firms and (is_led or any(start <= at for at in others))):
        return True
    if subject.start < 0 and _EARNER_ZH.match(printed) and not (text.spots and text.spots[0].start < _FIRST):
        return True
    clause = max(start, *(printed.rfind(mark, 0, figure.start) + 1 for mark in "，；,;"))
    if subject.kind == "locality" and measure in ("sales_revenue", "profit") and _OF_A_FIRM.search(printed, clause, figure.start):
        earns = _OF_A_FIRM.search(printed, clause, figure.start)
        is_unnamed = earns and _NOBODY.fullmatch(printed, clause, earns.start())  # ；实现营业收入438亿元
        return not (is_unnamed or _OF_A_TRADE.search(printed, clause, figure.start))
    if _is_another_place(text, start, figure) or (measure.endswith("_count") and _is_elsewhere(text, figure)):
        return True
    if subject.kind not in ("cluster", "product"):
        return False
    apart = [
        spot for spot in text.spots if start < spot.start < figure.start and _APART.search(printed[max(0, spot.start - 12) : spot.start])
    ]
    named_spots = [spot for spot in apart if not any(name.start <= spot.start < name.end for name, _ in text.named)]
    return any(_HAS.match(printed, spot.end) for spot in named_spots)
