"""Clusters named in English: `the Wenzhou Yueqing Electrical Industrial Cluster`, `Suzhou's nanotechnology cluster`.

The words before "cluster" are read from right to left, as far as they can belong to a name: to a place, an article or a verb.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from orchestration.reading.keys import KINDS_OF_PLACE, industry_key
from orchestration.reading.phrases.names import Name, Spot, join, latin_chains, spoken_of, trimmed
from orchestration.reading.words.lexicon import Lexicon

HEAD_EN = re.compile(
    r"\b(?P<plural>clusters)\b|\bcluster\b(?!\s+(?:development|policy|policies|contest|competition|infection|of (?:cases|infections|\d)))",
    re.IGNORECASE,
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
GENERIC = _words("""
    industrial industry industries manufacturing advanced world-class world-leading national national-level provincial
    provincial-level state-level municipal local regional key major large larger largest big leading top famous well-known
    emerging strategic strategically important modern traditional special specialized specialised characteristic distinctive
    innovative innovation high-end high-quality global globally domestic chinese international competitive pillar new newly
    selected listed winning based and & economic business enterprise entire other similar so-called complete 100-billion-yuan
    10-billion-yuan trillion-yuan billion-yuan first-class super massive existing potential early-stage mature city-level
    county-level country's nation's nationwide country production own vibrant thriving booming dense growing successful dynamic rural urban
    coastal inland export export-oriented township village small medium-sized family family-run private specialist single-industry
    single-product textbook classic typical real genuine true loose tight compact huge giant vast sprawling nascent fledgling declining
    ageing aging old oldest established best-known next nearby neighbouring neighboring rival foreign overseas supplier suppliers supply
    value product
""")
_NO_INDUSTRY = _words(
    "star galaxy globular stellar infection infections virus covid covid-19 disease outbreak case gene gpu server computer housing"
)
_LEADING_EN = GENERIC - {
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
    "small",
    "medium-sized",
    "export",
    "supply",
    "value",
    "product",
}
# Short keys of zones ("Medical City", "New District") that are words of industries when they stand alone.
_COORDINATED = re.compile(r"\s?,?\s(?:and|&)\s|\s?,\s|\s?/\s?")
_AFTER_PLACE = re.compile(
    r"(?:['’]s?|-based|'s)?(?:\s(?:province|city|county|district|town|prefecture|municipality)(?:['’]s?|-based)?)?\s", re.IGNORECASE
)
_BEHIND = re.compile(
    r"(?:\s\(|\s(?:(?:based|located|situated|headquartered|centred|centered)\s)?(?:in|of|around|at)\s)(?:the\s|"
    r"its\s|nearby\s|(?:East|South|North|West|Central|Northeast|Southwest|Northwest|Southeast|"
    r"eastern|southern|northern|western|central)\s(?:China['’]s\s)?)*",
    re.IGNORECASE,
)
# An industry that is told as that of the place spoken of, and what says that one is of another place, or none yet.
_INDUSTRY_HERE = re.compile(
    r"(?<=\S)\sindustry(?=\s(?:here|there|employs|has|is|was|held|remained|remains|expanded|continued|took|began|grew|dates|started|accounts|makes|produces|reached|rose|fell|generated|earned|posted|recorded|contributed|supports|in\sthe\s(?:town|county|city|district))\b)"
)
_PLACED = re.compile(r"\s(?:in|of|around|near|from)\s(?:the\s)?[A-Z]|['’]s\b")
_ANOTHER = re.compile(
    r"\b(?:no|not|any|another|other|such|similar|every|each|would|could|might|will|shall|hopes?|plans?|planned|wants?|aims?|future|proposed|foreign|rival|competing"
    r"|China['’]s|country['’]s|nation['’]s|world['’]s|province['’]s|national|global|Chinese)\b",
    re.IGNORECASE,
)
_ITS = re.compile(r"\bits\s$|\bthe (?:city|county|town|district|township|province)['’]s\s$", re.IGNORECASE)
_HOSTS = re.compile(
    r"\b(?:home to|shares?|sharing|boasts?|hosts?|has|have|houses?|built|forms?|formed|developed|known for|famous for|"
    r"cultivated|established|created|nurtured|building|possesses)\b[^,;]{0,40}$",
    re.IGNORECASE,
)


def find_english(text: str, spots: Sequence[Spot]) -> Iterator[Name]:
    """The clusters a sentence names in English, in order of their print."""
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
    chains = latin_chains(text, inside)
    if not chains:
        yield from _placed_elsewhere(text, spots, left, head)
        return
    if not is_plural:
        start = chains[-1][0].start
        if industry := _industry(text, _behind(text, chains[-1][-1].end), head.end(), head.start()):
            yield join(start, head.end(), industry, chains[-1])
        return
    for index, chain in enumerate(chains):
        is_last = index + 1 == len(chains)
        end = head.end() if is_last else trimmed(text, chains[index + 1][0].start)
        items = [(_behind(text, chain[-1].end), end)]
        if len(chains) == 1:
            items = _items(text, *items[0])
        for start, stop in items:
            if industry := _industry(text, start, stop, head.start()):
                places = [chain] if not _is_coordinated(text, chain) else [[spot] for spot in chain]
                for place in places:
                    yield join(place[0].start, stop, industry, place)


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
            if not is_comma and (token.lower() in _STOP or token.isdigit()) and not (text[: word.end()].endswith("Internet of")):
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
    telling = [w for w in words if start + w.start() < head and w.group().lower().strip(",") not in GENERIC]
    if telling and telling[-1].group().lower() in _NO_INDUSTRY:
        return None
    if not telling or len(words) > 14 or re.search(r"[.;:()“”\"]", text[start:end]):
        return None
    return start + words[0].start(), trimmed(text, end)


def _placed_elsewhere(text: str, spots: Sequence[Spot], left: int, head: re.Match[str]) -> Iterator[Name]:
    """`the biomedicine cluster in Taizhou`, `Keqiao is home to a textile cluster`."""
    industries = _items(text, left, head.end()) if head["plural"] else [(left, head.end())]
    named = [industry for start, end in industries if (industry := _industry(text, start, end, head.start()))]
    if not named:
        return
    behind = _BEHIND.match(text, head.end())
    if behind and (right := [spot for spot in spots if spot.start >= head.end()]):
        chain = latin_chains(text, right)[0]
        if chain[0].start - behind.end() <= 0 or (chain[0].start == behind.end()):
            separate = head["plural"] and _is_coordinated(text, chain) and len(named) == 1
            for industry in named:
                for place in [[spot] for spot in chain] if separate else [chain]:
                    yield join(industry[0], place[-1].end, industry, place)
            return
    before = [spot for spot in spots if spot.end <= left]
    if before and (_HOSTS.search(text[max(before[-1].end, left - 60) : left]) or _ITS.search(text[before[-1].end : left])):
        chain = spoken_of(text, latin_chains(text, before))
        for industry in named:
            yield join(industry[0], industry[1], industry, chain)


def find_placeless(text: str, spots: Sequence[Spot], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """The industries of single clusters that a sentence names without a place: `Its plastics cluster`, `The violin industry employs`."""
    heads = [head for head in HEAD_EN.finditer(text) if not head["plural"]]
    for head in [*heads, *_INDUSTRY_HERE.finditer(text)]:
        left = _left_edge(text, spots, max(0, head.start() - 80), head.start(), over_commas=False)
        is_placed = any(spot.end > left and spot.start < head.end() for spot in spots) or _PLACED.match(text, head.end())
        if is_placed or _ANOTHER.search(text, 0, left) or text[left : left + 1].isupper() != (left == 0):
            continue
        industry = _industry(text, left, head.end(), head.start())
        if industry and lexicon.is_trade(industry_key(text[slice(*industry)])):
            yield industry
