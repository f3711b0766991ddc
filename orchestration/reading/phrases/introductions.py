"""Places as a document introduces them: `Fenshui, a town in Tonglu county, Hangzhou`, 福建省泉州市晋江市.

A place told in full once is meant by its bare name from then on; a town that only its introduction tells to be one is found from then
on. What the introduction puts a place in is believed only where the gazetteer has it there.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from orchestration.reading.keys import HAN, bare_key, industry_key, is_chinese, place_key
from orchestration.reading.phrases.names import APPOSED, LIES_IN_ZH, Spot
from orchestration.reading.words.gazetteer import LEVELS, Place
from orchestration.reading.words.lexicon import Lexicon

_KIND = r"(?:province|city|county|district|town|township|subdistrict|prefecture|village)"
_REGION = r"(?:the\s)?(?:(?:[A-Z]\w+|[a-z]+ern)\s(?:China['’]s\s)?|China['’]s\s)?"
_UP = re.compile(rf"(?:\s{_KIND})?(?:{APPOSED}|,?\s(?:also\s|located\s|situated\s|based\s)?(?:in|of|under)\s{_REGION}|,\s)")
_BESIDE = re.compile(r"\s?,?\s(?:and|&)\s|[、和与]|-")
_DOWN_EN = re.compile(r"['’]s\s|,\s|\s")
_NAME = r"[A-Z][a-z]+(?:['’][a-z]+)?"
_TOWN = re.compile(
    rf"\b(?P<name>{_NAME}),?\s(?:which\sis\s|is\s)?(?:an?|the|one)\s(?:[\w-]+\s){{0,3}}?(?:town|township|subdistrict)\b(?:[^.;]|\.\d){{0,70}}?"
    rf"\s(?:in|of|under|outside|near|administered\sby)\s{_REGION}(?=[A-Z])"
    rf"|\b[Tt]he\s(?:[\w-]+\s)?(?:town|township|subdistrict)\sof\s(?P<of>{_NAME})\b"
    rf"|\b(?P<bare>{_NAME})\s(?:[Tt]own|[Tt]ownship|[Ss]ubdistrict)\b"
)
_TOWN_KIND = re.compile(r"\s(?:town|township|subdistrict)$", re.IGNORECASE)
_BARE = re.compile(r"\b[A-Z][a-z]+(?:['’][a-z]+)?\b|[一-鿿]")
_SHORTEST_TOWN = 5  # letters: shorter ones are words and names of people
_REMEMBERED = 2  # places named before the last one
_FARTHEST_PARENT = 40  # characters
_LONGEST_BARE = 4  # characters of a town's name without its kind
_TOWN_ZH = re.compile(r"(?:镇|鎮|乡|鄉|街道)$")
_ITEM_ZH = re.compile(r"[、，；：有出如是和與与及](?=[一-鿿]{4})")
_MARK_ZH = re.compile(r"[、，。；：和與与及等]|$")
_LONGEST_TRADE = 9  # characters, the mark behind it included
_LABEL = re.compile(r"[\W\d_]|\b[Pp]rovince\b")  # what may stand with a province that is a heading of its own
_MAY_INTRODUCE = re.compile(
    r",\s(?:an?|the|two)\s|,\s[A-Z]|[省市县縣][^，。；]{1,6}[市县縣区區镇鎮]|\b(?:town|subdistrict)\b", re.IGNORECASE
)


def may_introduce(text: str) -> bool:
    """Whether a sentence may introduce a place: the cheap question."""
    return bool(_MAY_INTRODUCE.search(text))


class Introductions:
    """What a document has said so far of where its places lie.

    Args:
        lexicon: The gazetteer.
        year: The year whose names apply.
    """

    def __init__(self, lexicon: Lexicon, year: int | None) -> None:
        self._lexicon = lexicon
        self._year = year
        self._towns: dict[str, str] = {}  # the bare name of a town, to its key
        self._province: tuple[int, Spot] | None = None  # that of the heading in force, and the number of its sentence
        self._spoken_of: list[tuple[int, Spot]] = []  # the last prefectures and counties named in Chinese, with their sentences
        self._counties: list[tuple[int, Spot]] = []  # the last one named in English, with its sentence
        self._parents: dict[str, tuple[int, tuple[Spot, ...]]] = {}  # key of a place: where it was introduced, and what it lies in

    def hear(self, number: int, text: str, spots: Sequence[Spot], *, is_heading: bool = False) -> list[Spot]:
        """The places of a sentence, towns known from introductions included; remembers what it introduces.

        Args:
            number: The sentence's number in the document.
            text: The sentence.
            spots: Its places as the gazetteer finds them.
            is_heading: Whether it is one: a province alone in it is that of the names below it that several provinces have.
        """
        introduced = dict(self._introduced_towns(text, spots))
        found = sorted([*introduced, *(spot for spot in spots if not any(town.start == spot.start for town in introduced))])
        found = sorted([*found, *self._known_towns(text, found)])
        found = sorted([*found, *self._towns_around(number, text, found)]) if not is_chinese(text) else found
        if is_heading:
            is_label = len(found) == 1 and found[0].is_province and len(_LABEL.sub("", text)) <= found[0].end - found[0].start
            self._province = (number, found[0]) if is_label else None
        for town, parent in introduced.items():
            above = self._chain(text, found, found.index(parent))
            self._parents.setdefault(bare_key(town.key), (number, (parent, *above)))
        for index, spot in enumerate(found):
            parents = self._chain(text, found, index)
            if not parents and self._province and len(spot.provinces) > 1 and self._province[1].provinces & spot.provinces:
                self._parents.setdefault(bare_key(spot.key), (self._province[0], (self._province[1],)))
                continue
            known = self._parents.get(bare_key(spot.key))
            if parents and (known is None or len(known[1]) < len(parents)):
                self._parents[bare_key(spot.key)] = (number, parents)
            if HAN.match(text[spot.start]):
                self._hear_han(number, text, spot)
        return found

    def _towns_around(self, number: int, text: str, spots: Sequence[Spot]) -> Iterator[Spot]:
        """Towns by their bare names in a text that speaks of the county they lie in: Cizao below a heading `Jinjiang`."""
        counties = [(number, spot) for spot in spots if any(p.level == "county" for p in self._candidates(spot))]
        around = [*counties[::-1], *self._counties]
        self._counties = around[:1]
        for word in _BARE.finditer(text) if around else ():
            towns = self._lexicon.towns(place_key(word.group())) if len(word.group()) >= _SHORTEST_TOWN else ()
            if not towns or any(spot.start < word.end() and word.start() < spot.end for spot in spots):
                continue
            for told, county in around:
                if any(town.lies_in(place) for town in towns for place in self._candidates(county)):
                    key = place_key(word.group())
                    self._parents.setdefault(key, (told, (county,)))
                    yield Spot(*word.span(), key, is_province=False, provinces=county.provinces, kinds=frozenset("镇乡道"))
                    break

    def _candidates(self, spot: Spot) -> Sequence[Place]:
        return self._lexicon.candidates(spot.key, self._year, towns=False)

    def _hear_han(self, number: int, text: str, spot: Spot) -> None:
        """A town named alone lies in the place spoken of last that has one of its name: 花都区狮岭镇 ... 邻近的花山镇."""
        if not _TOWN_ZH.search(text[spot.start : spot.end]):
            if not spot.is_province:
                self._spoken_of = [(number, spot), *self._spoken_of[:_REMEMBERED]]
        elif bare_key(spot.key) not in self._parents:
            for told, parent in self._spoken_of:
                if self._lies_in(spot.key, parent.key, child_level="town"):
                    self._parents[bare_key(spot.key)] = (told, (parent,))
                    return

    def parents(self, spot_key: str) -> tuple[int, tuple[Spot, ...]] | None:
        """The sentence that introduced a place, and the places it lies in, the nearest first."""
        return self._parents.get(bare_key(spot_key))

    def _introduced_towns(self, text: str, spots: Sequence[Spot]) -> Iterator[tuple[Spot, Spot]]:
        """Towns that the sentence says are towns of a place, each with that place; a county of the same name is not meant."""
        yield from self._listed_towns(text, spots)
        for match in _TOWN.finditer(text) if not is_chinese(text) else ():
            name = match.lastgroup or ""
            key, start = place_key(match[name]), match.start(name)
            parent = next((spot for spot in spots if spot.start >= match.end(name)), None)
            if parent is None or parent.start - match.end() > _FARTHEST_PARENT or (name == "bare" and not _UP.match(text, match.end())):
                continue
            if self._lies_in(key, parent.key, child_level="town"):
                self._towns[match[name]] = key
                town = Spot(start, match.end(name), key, is_province=False, provinces=parent.provinces, kinds=frozenset("镇乡道"))
                yield town, parent
        for spot in spots:
            printed = text[spot.start : spot.end]
            if _TOWN_KIND.search(printed):
                self._towns[_TOWN_KIND.sub("", printed)] = spot.key
            elif (bare := _TOWN_ZH.sub("", printed)) != printed and len(bare) > 1 and not _TOWN_ZH.search(bare):
                self._towns[bare] = spot.key

    def _listed_towns(self, text: str, spots: Sequence[Spot]) -> Iterator[tuple[Spot, Spot]]:
        """Towns by their bare names with trades behind them, under a place of the sentence: 东莞还有虎门女装、厚街家具."""
        above = [(spot, self._lexicon.candidates(spot.key, self._year, towns=False)) for spot in spots] if "、" in text else []
        for item in _ITEM_ZH.finditer(text) if above else ():
            start = item.end()
            for end in range(start + _LONGEST_BARE, start + 1, -1):
                if any(spot.start < end and start < spot.end for spot in spots) or not self._is_trade_behind(text, end):
                    continue
                towns = self._lexicon.towns(place_key(text[start:end]))
                for parent, places in reversed(above):
                    inside = [town for town in towns if any(town.lies_in(place) for place in places)]
                    if parent.end <= start and len(inside) == 1:
                        yield Spot(start, end, place_key(text[start:end]), is_province=False, kinds=frozenset("镇乡道")), parent
                        break

    def _is_trade_behind(self, text: str, start: int) -> bool:
        """Whether a term of some industry begins here, with a mark behind it."""
        mark = _MARK_ZH.search(text, start, start + _LONGEST_TRADE)
        return mark is not None and self._lexicon.is_term(industry_key(text[start : mark.start()]))

    def _known_towns(self, text: str, spots: Sequence[Spot]) -> Iterator[Spot]:
        """Later mentions by the bare name: `the Datang Hosiery Industrial Cluster`."""
        for start, end in self._bare_names(text) if any(name in text for name in self._towns) else ():
            if not any(spot.start < end and start < spot.end for spot in spots):
                yield Spot(start, end, self._towns[text[start:end]], is_province=False, kinds=frozenset("镇乡道"))

    def _bare_names(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a town's bare name stands, the longest first; never overlapping."""
        floor = 0
        for match in _BARE.finditer(text):
            ends = range(match.start() + _LONGEST_BARE, match.start() + 1, -1) if HAN.match(match.group()) else (match.end(),)
            end = next((end for end in ends if text[match.start() : end] in self._towns), None)
            if end is not None and match.start() >= floor:
                floor = end
                yield match.start(), end

    def _chain(self, text: str, spots: Sequence[Spot], index: int) -> tuple[Spot, ...]:
        """The places a place is said to lie in, the nearest first; none where the gazetteer does not have it there."""
        spot = spots[index]
        if spot.is_province:
            return ()
        if index + 1 < len(spots) and _BESIDE.fullmatch(text, spot.end, spots[index + 1].start):
            parents = self._chain(text, spots, index + 1)  # Yongkang and Wuyi, two neighbours under Jinhua
            return parents if parents and self._lies_in(spot.key, parents[0].key) else ()
        if HAN.match(text[spot.start]):
            if (link := LIES_IN_ZH.match(text, spot.end)) and (above := self._run(spots, link.end())):
                is_unknown = not self._lexicon.candidates(spot.key, self._year)
                return above if is_unknown or self._lies_in(spot.key, above[0].key) else ()
            before = spots[:index][::-1]
            return self._linked(spot, [(a, b) for a, b in pairwise([spot, *before]) if b.end == a.start])
        upward = self._linked(spot, [(a, b) for a, b in pairwise(spots[index:]) if _UP.fullmatch(text, a.end, b.start)])
        last, parent = upward[-1] if upward else spot, spots[index - 1] if index else None
        if parent and _DOWN_EN.fullmatch(text, parent.end, spot.start) and self._lies_in(last.key, parent.key):
            return (*upward, parent)  # "Hebei's Baigou", "In Jiangsu, Yixing"
        return upward

    def _run(self, spots: Sequence[Spot], start: int) -> tuple[Spot, ...]:
        """The names that touch from here on, the most specific first."""
        run: list[Spot] = []
        for spot in spots:
            if spot.start == start:
                run.append(spot)
                start = spot.end
        return tuple(reversed(run))

    def _linked(self, spot: Spot, links: Sequence[tuple[Spot, Spot]]) -> tuple[Spot, ...]:
        """The unbroken run of links that begins at a place, as far as each lies in the next."""
        found = [spot]
        for child, parent in links:
            if child is not found[-1] or not self._lies_in(child.key, parent.key):
                break
            found.append(parent)
        return tuple(found[1:])

    def _lies_in(self, child: str, parent: str, child_level: str | None = None) -> bool:
        """Whether the gazetteer has a place of the one name inside one of the other, at a higher level."""
        children = self._lexicon.towns(child) if child_level == "town" else self._lexicon.candidates(child, self._year)
        parents = self._lexicon.candidates(parent, self._year, towns=False)
        return any(c.lies_in(p) and LEVELS.index(p.level) < LEVELS.index(c.level) for c in children for p in parents)
