"""What a whole document or a part of it is about: the one place that all it lists lies in, or that a heading names.

A figure of nobody is of that, where nothing else is spoken of beside it. What a sentence speaks of itself is `subjects.py`'s matter.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from orchestration.reading.keys import bare_key, industry_key
from orchestration.reading.phrases.names import Spot
from orchestration.reading.text.texts import Subject, Text, place_subject
from orchestration.reading.words.gazetteer import LEVELS, Place
from orchestration.reading.words.lexicon import Lexicon

_NEAR = 4  # characters between a province and a place in it
_CLAUSE_ZH = re.compile(r"(?:^|(?<=[，。；]))(?=[一-鿿]{4})")
_MAKES_ZH = re.compile(r"的?(?:年[产產生]|[产產]量|[现現]有|[拥擁]有|共有|[占佔])")
_ECONOMY = re.compile(
    r"(?:生产|地区)总值|[产產]值|增加值|规模以上|規模以上|规上|(?:主营|主營|营业|營業|销售)收入|年?[产產]量|从业人员|從業人員|家[^，。；]{0,6}企[业業]|企[业業]\d"
    r"|\b(?:output|value[\s-]added|GDP|gross domestic product|industrial|factories|manufactur\w+|makers|mills|exports?"
    r"|turn(?:s|ed)? out|R&D|patents|workforce|employees)\b",
    re.IGNORECASE,
)
# 云和县人民政府, 邳州市政协经济科技委员会: below or above a report of 我县
_SIGNED = re.compile(r"[^，。；、\d]{0,12}(?:政府|委员会|管委会|局|办公室|政协|协会|商会)\s*$")
_OWN = re.compile(r"我([市县区镇])(?!场)")
_OFTEN = 2  # mentions that make a place more than one said in passing


@dataclass(frozen=True, slots=True)
class Topic:
    """A place that a text is about.

    Attributes:
        subject: The place, as a subject that stands in no sentence.
        keys: The bare keys of the place and of what it lies in: who speaks of these speaks of nothing else.
    """

    subject: Subject
    keys: frozenset[str]

    def holds_beside(self, spots: Iterable[Spot]) -> bool:
        """Whether these places are no others."""
        places = list(spots)
        if self.subject.kind == "province":
            return all(bare_key(spot.key) in self.keys for spot in places)
        if places and places[0].is_province and (len(places) == 1 or places[1].start - places[0].end > _NEAR):
            return False  # "In Guangdong as a whole, 1,100 firms make locks"
        return all(spot.is_province or bare_key(spot.key) in self.keys for spot in places)


def tells_of_economy(line: str) -> bool:
    """Whether a line speaks of what a place produces, sells or employs: the cheap question before its figures are read."""
    return _ECONOMY.search(line) is not None


class Topics:
    """Tells topics by the gazetteer.

    Args:
        lexicon: The gazetteer.
        year: The year whose names apply.
    """

    def __init__(self, lexicon: Lexicon, year: int | None) -> None:
        self._lexicon = lexicon
        self._year = year

    def of_place(self, text: Text, spot: Spot, others: Iterable[str] = ()) -> Topic:
        """The topic that a place makes, with those among the other keys that it lies in."""
        around = {bare_key(key) for key in others if self.lies_in(spot.key, key)}
        return Topic(replace(place_subject(text, spot), start=-1), frozenset({bare_key(spot.key), *around}))

    def of_document(self, texts: Sequence[Text], listed: Sequence[Sequence[str]], homes: Collection[str] = ()) -> Topic | None:
        """The place told most often in which all that the document lists lies, or the only one it names; None where there is none.

        Args:
            texts: The sentences.
            listed: For every listing the keys of its place, `["datang", "zhuji"]`.
            homes: Keys of places that something was told to be at.
        """
        said = [(text, spot) for text in texts for spot in text.spots if not spot.is_province]
        counts = Counter(bare_key(spot.key) for _, spot in said)
        first: dict[str, tuple[Text, Spot]] = {}
        for text, spot in said:
            first.setdefault(bare_key(spot.key), (text, spot))
        # The most told first; of those told as often the most special.
        own = {level for text in texts for level in _OWN.findall(text.printed)}
        signers = {bare_key(spot.key): (text, spot) for text, spot in said if _SIGNED.match(text.printed, spot.end)}
        first |= {key: told for key, told in signers.items() if own & told[1].kinds}
        for key, count in sorted(counts.items(), key=lambda told: (-told[1], -self._depth(told[0]))):
            text, spot = first[key]
            if own and not own & spot.kinds:
                continue  # 我市 is none of its towns
            is_main = count >= _OFTEN or text.number <= 1 or spot.key in homes or key in signers
            if is_main and (
                all(any(self._is_at(place, spot.key) for place in keys) for keys in listed) if listed else self._is_alone(spot, said)
            ):
                return self.of_place(text, spot, {other.key for _, other in said})
        return self._province_of(texts, listed)

    def _province_of(self, texts: Sequence[Text], listed: Sequence[Sequence[str]]) -> Topic | None:
        """The one province that a document names often, or in its title, where all else that it names or lists lies in it."""
        told = [(text, spot) for text in texts for spot in text.spots if spot.is_province]
        others = [spot.key for text in texts for spot in text.spots if not spot.is_province]
        if len({bare_key(spot.key) for _, spot in told}) != 1 or (len(told) < _OFTEN and not told[0][0].is_heading):
            return None
        text, spot = told[0]
        places = [*others, *(key for keys in listed for key in keys[:1])]
        return self.of_place(text, spot) if all(self._is_at(key, spot.key) for key in places) else None

    def _is_alone(self, spot: Spot, said: Sequence[tuple[Text, Spot]]) -> bool:
        """Whether a document that lists nothing names no place but this, those in it and those it lies in."""
        return all(self._is_at(other.key, spot.key) or self.lies_in(spot.key, other.key) for _, other in said)

    def is_elsewhere(self, spots: Sequence[Spot], topic: Topic | None) -> bool:
        """Whether places have nothing to do with the one that the document is about."""
        spot = topic.subject.spot if topic else None
        return spot is not None and bool(spots) and not any(self.touches(spot.key, other.key) for other in spots)

    def touches(self, one: str, other: str) -> bool:
        """Whether two names may be of one place, or of places one of which lies in the other."""
        others = self._places(other)
        return any(a == b or a.lies_in(b) or b.lies_in(a) for a in self._places(one) for b in others)

    def towns_at_clauses(self, text: Text) -> Iterator[tuple[int, int]]:
        """Where clauses begin with the bare name of a town that is no place of the sentence: the 大唐 of 大唐袜业年产258亿双.

        Which town is meant is not told; that another place is spoken of is enough.
        """
        printed = text.printed
        for match in _CLAUSE_ZH.finditer(printed):
            start = match.end()
            for end in (start + 3, start + 2):
                key = printed[start:end]
                is_free = not any(spot.start < end and start < spot.end for spot in text.spots)
                if is_free and len(key) == end - start and self._is_town(key) and self._makes(printed, end):
                    yield start, end
                    break

    def _is_town(self, key: str) -> bool:
        return not self._lexicon.is_trade(key) and any(place.level == "town" for place in self._lexicon.candidates(key, self._year))

    def _makes(self, printed: str, start: int) -> bool:
        """Whether a trade stands there, or a verb of those who make something."""
        if _MAKES_ZH.match(printed, start):
            return True
        ends = range(start + 2, min(len(printed), start + 6) + 1)
        return any(self._lexicon.is_term(industry_key(printed[start:end])) for end in ends)

    def _depth(self, key: str) -> int:
        return max((LEVELS.index(place.level) for place in self._places(key)), default=0)

    def _is_at(self, key: str, place: str) -> bool:
        return bare_key(key) == bare_key(place) or self.lies_in(key, place)

    def lies_in(self, child: str, parent: str) -> bool:
        """Whether a place of the one name may lie in one of the other."""
        return any(c.lies_in(p) and c.level != p.level for c in self._places(child) for p in self._places(parent))

    def _places(self, key: str) -> tuple[Place, ...]:
        return self._lexicon.candidates(key, self._year)
