"""Clusters named without their place, 该县毛巾产业集群 or 演出服饰产业集群 in a county's report, and the place the text speaks of there.

A home is taken only where nothing else can be meant: the one place of the paragraph so far, of the heading above, or of the document.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from orchestration.reading.keys import bare_key, industry_key, is_chinese
from orchestration.reading.phrases.names import Spot, find_spots_told, glued_chains, is_city, latin_chains
from orchestration.reading.phrases.names_chinese import HEAD_ZH, SEVERAL_ZH, behind_lead, names_industry, split_trades
from orchestration.reading.text.absent import PLANNED_ZH
from orchestration.reading.text.sentences import LONGEST, Passage, Sentence
from orchestration.reading.text.texts import Text
from orchestration.reading.words.lexicon import Lexicon

_MARKS = '，。；：！？:,;（）()《》“”"「」【】 　的'
_NO_HOME = re.compile(
    rf"{PLANNED_ZH}|全[国國省球]|我[国國省]|各|[国國]内|其他|其它|周[边邊]|外地|打造|将|目标|没|未|不是|例如|比如|[^，。]{{0,6}}[省区]内|公司|集团"
)
_HERE = re.compile(
    r"^(?:目前|如今|现在|当前|近年来|其中|此外|同时|而)?(?:(?:该|該|全|我|本)(?P<kind>[市县縣区區镇鎮乡鄉])|当地|當地|本地)?(?:的|已经?|还|也)?"
)
_HERE_ZH = re.compile(
    r"[这這](?:[里裡儿兒]|[个個座](?:小|[县縣]级|[县縣]級)?[镇鎮县縣市城])|[该該][镇鎮县縣市]|[当當]地"
)  # spoken of in the paragraph before
_HOSTS = re.compile(r"^(?:已)?(?:拥有|擁有|形成|建成|有|培育|发展|發展|聚集)(?:了|出|起)?")
_PRAISE = re.compile(
    r"^(?:中小|小型|大型|高端|新型|绿色|綠色|智能|现代|現代|精[细密細]|特色|传统|傳統|优质|先进|先進|数字|高性能|节能|都市型?|特种)+(?=..)"
)
_AND = re.compile(r"\band\b|&")
_KIND = re.compile(r"(?:该|該|全|我|本)([市县縣区區镇鎮])")
_BACK_EN = re.compile(
    r"\b(?:[Tt]he|[Tt]his)\s(?:[a-z-]+\s){0,2}?(?P<kind>town|township|subdistrict|county|district|city|municipality)\b(?!\s(?:of\s[A-Z]|seat))"
)
_IT = re.compile(r"[Ii]ts?\s")
_PREPOSITION = re.compile(r"\b(?:in|at|of|from|near|to|with|by|than|via|outside|around|under)\s(?:the\s)?$")
_STOP = re.compile(r"[.;!?]\s+")
_SUBJECT_WITHIN = 24  # characters of a sentence, for the place it begins with
_KINDS_EN = (
    dict.fromkeys(("town", "township", "subdistrict"), "镇乡道")
    | {"county": "县旗", "district": "区"}
    | dict.fromkeys(("city", "municipality"), "市")
)
_SIMPLE = str.maketrans("縣區鎮", "县区镇")
_LONGEST = 80
_DATELINE = re.compile(r"[A-Z]{3,}[^a-z]*(?:--?|–|—|\(|,)")

Home = tuple[Text, list[Spot]]


def find_placeless(text: str, spots: Sequence[Spot], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """The industries of clusters that a sentence names before it names any place below a province."""
    floor = 0
    for head in HEAD_ZH.finditer(text):
        left = max(floor, head.start() - _LONGEST, *(text.rfind(mark, floor, head.start()) + 1 for mark in _MARKS))
        left += len(text[left : head.start()]) - len(text[left : head.start()].lstrip("、和与與及"))
        floor = head.end()
        if any(left <= spot.start < head.start() for spot in spots) or _NO_HOME.search(text, 0, head.start()):
            continue
        several = SEVERAL_ZH.search(text[left : head.start()])
        stop = left + several.start() if several else head.start()
        for lead in (_HERE, _HOSTS):
            if found := lead.match(text[left:stop]):
                left += found.end()
        start = behind_lead(text, left, stop)
        if not names_industry(text[start:stop]) or any(spot.start < stop and start < spot.end for spot in spots):
            continue
        trades = split_trades(text, start, stop, lexicon, is_several=several is not None)
        # A term as it stands but for praise: the 盐步 of 盐步内衣 may be a place nobody knows.
        if trades and all(lexicon.is_term(industry_key(_PRAISE.sub("", text[slice(*trade)]))) for trade in trades):
            yield from trades[:-1]
            yield trades[-1][0], trades[-1][1] if several else head.end()


class Homes:
    """Tells of what place a sentence without one speaks.

    Args:
        passages: The paragraphs of the document; `headings` are the numbers of those that are headings.
        lexicon: The gazetteer.
        year: The year whose names apply.
    """

    def __init__(self, passages: Sequence[Passage], headings: Sequence[int], lexicon: Lexicon, year: int | None) -> None:
        self._passages = passages
        self._headings = headings
        self._lexicon = lexicon
        self._year = year
        self._told: dict[int, tuple[Home | None, bool]] = {}  # what headings tell

    def of(self, text: Text, start: int) -> Home | None:
        """The place spoken of at an offset of a sentence: that of its paragraph so far, of the heading above, else the document's."""
        begin = max(0, text.sentence.start - LONGEST)  # a paragraph without an end must not be read again for every sentence
        before = text.sentence.passage.text[begin : text.sentence.start]
        if (back := _last(_BACK_EN, text.printed, start)) and (named := self._of_kind(text, begin, start, back["kind"])):
            return named
        if _IT.match(text.printed) and (named := self._of_subject(text, begin)):
            return named
        home, is_told = self._only(Sentence(text.sentence.passage, text.sentence.start, text.printed[:start]), text.passage)
        if not is_told:
            home, is_told = self._only(Sentence(text.sentence.passage, begin, before), text.passage)
        if not is_told and text.passage and _HERE_ZH.match(text.printed):
            home, is_told = self._of_heading(text.passage - 1)
        if not is_told:
            for heading in reversed([number for number in self._headings if number < text.passage]):
                home, is_told = self._of_heading(heading)
                if is_told:
                    home = self._of_title(home) if home else None
                    break
        if not is_told:
            home = self._of_document
        kind = _KIND.search(text.printed)
        return _at_level(home, kind[1].translate(_SIMPLE)) if home and kind else home

    def _of_kind(self, text: Text, begin: int, start: int, kind: str) -> Home | None:
        """The one place of a kind in the paragraph so far: `Two brothers came home to Zheng'an from Guangzhou. The county ...`."""
        stretch = Sentence(text.sentence.passage, begin, text.sentence.passage.text[begin : text.sentence.start + start])
        told = self._text(stretch, text.passage)
        chains = [chain for chain in latin_chains(stretch.text, told.spots) if _is_of_kind(chain[0], kind)]
        chains = [chain for chain in chains if chain[0].kinds <= set(_KINDS_EN[kind])] or chains  # Zunyi was a county's name as well
        return (told, chains[0]) if len({bare_key(chain[0].key) for chain in chains}) == 1 else None

    def _of_subject(self, text: Text, begin: int) -> Home | None:
        """The place that the sentence before begins with: `The second, Baigou, began with saddles; it now ships bags`."""
        end = text.sentence.start
        before = text.sentence.passage.text[begin:end].rstrip(" .;!?")
        last = _last(_STOP, before, len(before))
        start = begin + (last.end() if last else 0)
        stretch = Sentence(text.sentence.passage, start, text.sentence.passage.text[start:end])
        told = self._text(stretch, text.passage)
        chains = [chain for chain in latin_chains(stretch.text, told.spots) if not all(spot.is_province for spot in chain)]
        are_aside = all(_PREPOSITION.search(stretch.text, max(0, chain[0].start - 12), chain[0].start) for chain in chains[1:])
        return (told, chains[0]) if chains and chains[0][0].start <= _SUBJECT_WITHIN and are_aside else None

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the place that the document is at home in: that of its first heading, or that all its places lie around."""
        title = self._of_heading(self._headings[0])[0] if self._headings else None
        return frozenset(home[1][-1].key for home in (title, self._of_document) if home)

    def _of_title(self, home: Home) -> Home:
        """The place of the document's title where it lies in this one: `Prefecture: Huzhou` in an article on Nanxun."""
        for number in self._headings[:1]:
            title, _ = self._of_heading(number)
            if title and self._lies_in(title[1][-1], home[1][-1]):
                return title
        return home

    def _lies_in(self, one: Spot, other: Spot) -> bool:
        return self._lexicon.may_lie_in(one.key, other.key, self._year)

    def _only(self, stretch: Sentence, number: int) -> tuple[Home | None, bool]:
        """The one place that a stretch of text names, and whether it names any."""
        text = self._text(stretch, number)
        found = _chains(stretch.text, text.spots)
        chains = [chain for chain in found if not all(spot.is_province for spot in chain)]
        if number in self._headings and not chains and len(found) == 1 and is_city(found[0][0]):
            chains = found
        if not chains:
            return None, False
        is_one = all(self._is_near(chains[0][-1], chain[-1]) for chain in chains[1:]) and not _is_list(stretch.text, chains)
        return ((text, chains[0]) if is_one else None), True

    def _of_heading(self, number: int) -> tuple[Home | None, bool]:
        if number not in self._told:
            self._told[number] = self._only(_whole(self._passages[number]), number)
        return self._told[number]

    @cached_property
    def _of_document(self) -> Home | None:
        """The first place of the document, if all the others lie in it or it in them."""
        first: Home | None = None
        for number, passage in enumerate(self._passages):
            text = self._text(_whole(passage), number)
            for chain in _chains(passage.text, text.spots):
                if all(spot.is_province for spot in chain) and not (
                    first is None and is_city(chain[0]) and not _DATELINE.match(passage.text)
                ):
                    continue
                if (first is None and _is_list(passage.text, [chain])) or (first and not self._are_near(first[1][-1], chain)):
                    return None
                first = first or (text, chain)
        return first

    def _are_near(self, one: Spot, others: Sequence[Spot]) -> bool:
        return all(spot.is_province or self._is_near(one, spot) for spot in others)

    def _is_near(self, one: Spot, other: Spot) -> bool:
        if bare_key(one.key) == bare_key(other.key):
            return True
        return self._lies_in(one, other) or self._lies_in(other, one)

    def _text(self, stretch: Sentence, number: int) -> Text:
        return Text(0, number, stretch, is_heading=False, spots=find_spots_told(stretch.text, self._lexicon, self._year))


def _last(pattern: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    return max(pattern.finditer(text, 0, end), key=re.Match.start, default=None)


def _is_of_kind(spot: Spot, kind: str) -> bool:
    return is_city(spot) if spot.is_province else not spot.kinds.isdisjoint(_KINDS_EN[kind])


def _whole(passage: Passage) -> Sentence:
    return Sentence(passage, 0, passage.text)


def _chains(text: str, spots: Sequence[Spot]) -> list[list[Spot]]:
    return (glued_chains if is_chinese(text) else latin_chains)(text, spots)


def _is_list(text: str, chains: Sequence[Sequence[Spot]]) -> bool:
    """Whether places stand beside each other in one chain: 福州、莆田, Cixi and Yuyao."""
    gaps = [text[a.end : b.start] for chain in chains for a, b in pairwise(chain)]
    return any(_AND.search(gap) if gap.isascii() and gap else gap not in ("", "的") for gap in gaps)


def _at_level(home: Home, kind: str) -> Home | None:
    """The home up to the place of this kind: of 睢宁县沙集镇, 全县 is of 睢宁县."""
    text, chain = home
    towns = "镇乡" if not (chain[-1].kinds or chain[-1].is_province) else ""  # 仙桃彭场: a town by its bare name
    fits = [index for index, spot in enumerate(chain) if kind in spot.kinds or text.printed[spot.end - 1] == kind]
    fits = [len(chain) - 1] if kind in towns else fits
    return (text, chain[: fits[-1] + 1]) if fits else None
