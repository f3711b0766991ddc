"""The clusters of a document: their mentions put together, the place and province each is listed with. No records."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from orchestration.reading.clusters import specialities, specialities_chinese
from orchestration.reading.context.topics import tells_of_economy
from orchestration.reading.keys import bare_key, industry_key, is_chinese, place_key
from orchestration.reading.observations import Listing
from orchestration.reading.phrases import names, titles
from orchestration.reading.phrases.figures import find_figures, has_number
from orchestration.reading.phrases.introductions import Introductions, may_introduce
from orchestration.reading.phrases.names import Name, Spot
from orchestration.reading.phrases.names_chinese import find_chinese, find_places_behind
from orchestration.reading.phrases.names_english import find_english
from orchestration.reading.text.absent import NOT_THERE
from orchestration.reading.text.sentences import Passage, sentences
from orchestration.reading.text.texts import Text
from orchestration.reading.words import places
from orchestration.reading.words.lexicon import Lexicon

_FEWEST_FACTS = 2  # lines of bare facts, a quarter of all
_BEGINNING = 24  # characters of a sentence within which the place it speaks of stands
_CLUSTER_HEADING = re.compile(r"#{1,6}\s(?:The\s)?[\w ,&-]{3,50}\scluster", re.IGNORECASE)
_CLUSTER_ALONE = re.compile(r"\s*(?:(?:advanced\s)?(?:manufacturing|industrial|industry)\s)?clusters?|(?:产业|產業)?集群", re.IGNORECASE)
# What is said of a place known for a trade that is not called a cluster: its share of the country's, the largest base, one of the capitals.
_MAKES_FOR_ALL = re.compile(
    r"[占佔]了?(?:到|据|據)?(?:了|整个)?(?:全[国國球]|世界|[国國][内內]|海内外|[内內][销銷]|中[国國])[^，。；]{0,10}?(?:成|[%％]|分之|一半|半[数數]|半壁)"
    r"|(?:全[国國球省]|我[国國]|世界|亚洲)[^，。；]{0,6}最大的?[^，。；]{1,14}(?:基地|[产產][地区區]|集散地|集散中心)"
    r"|(?:[产產][业業]|工业|工業)(?:聚落|[带帶])"
    r"|(?:China|country|nation|world|Asia)['’]s\s(?:[\w-]+\s){1,5}?"
    r"(?:capitals?|heartlands?|(?:production|manufacturing|making|export|processing|industry|industrial)\s(?:hubs?|cent(?:er|re)s?|bases?))\b"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A cluster named in a sentence; `home` is the place that another sentence tells, in that sentence."""

    text: Text
    name: Name
    home: tuple[Text, Name] | None = None

    @property
    def place(self) -> tuple[Text, Name]:
        """The sentence that names its place, and the name whose place it is."""
        return self.home or (self.text, self.name)


@dataclass(slots=True)
class Cluster:
    """A cluster of the document, with all its mentions."""

    mentions: list[Mention] = field(default_factory=list)

    @property
    def best(self) -> Mention:
        """The mention that says most about its place, the first of them."""
        return max(self.mentions, key=lambda m: (2 * (m.place[1].locality is not None) + (m.place[1].province is not None), -m.text.number))


class Clusters:
    """The clusters a document names, in the order it names them."""

    def __init__(self) -> None:
        self.found: list[Cluster] = []
        self._known: dict[tuple[str, str], int] = {}  # by industry and place
        self._industries: set[str] = set()
        self._places: set[str] = set()

    def of(self, text: Text, name: Name, home: tuple[Text, Name] | None = None) -> int:
        """The index of the cluster a name is of: the same industry, and a place in common."""
        industry = industry_key(text.printed[slice(*name.industry)])
        keys = _place_keys(*(home or (text, name)))
        index = min((self._known[industry, key] for key in keys if (industry, key) in self._known), default=len(self.found))
        if index == len(self.found):
            self.found.append(Cluster())
        self.found[index].mentions.append(Mention(text, name, home))
        for key in keys:
            self._known.setdefault((industry, key), index)
        self._industries.add(industry)
        self._places |= keys
        return index

    def is_named_at(self, text: Text, name: Name) -> bool:
        """Whether the document names a cluster at the place of a title: what people call the place then tells of that one."""
        return not self._places.isdisjoint(_place_keys(text, name))

    def is_at(self, spot: Spot) -> bool:
        """Whether a cluster of the document is at this place."""
        return bare_key(spot.key) in self._places

    def has(self, text: Text, name: Name) -> bool:
        """Whether a cluster of this industry, or of its end, is known at the place of a name."""
        key = industry_key(text.printed[slice(*name.industry)])
        return any((key[first:], place) in self._known for first in range(len(key)) for place in _place_keys(text, name))

    def has_industry(self, key: str) -> bool:
        """Whether a cluster's industry is the end of this key: 皮革 of 星河市皮革."""
        return any(key[first:] in self._industries for first in range(len(key)))

    def has_trade_at(self, key: str, spots: Sequence[Spot], lexicon: Lexicon) -> bool:
        """Whether one of these places has a cluster of the trade, whatever it is called: 珠宝首饰 where the key is 珠宝."""
        trade, places = lexicon.industry_of(key) or key, {bare_key(spot.key) for spot in spots}
        return any(place in places and (lexicon.industry_of(industry) or industry) == trade for industry, place in self._known)


def _place_keys(text: Text, name: Name) -> set[str]:
    keys = {bare_key(spot.key) for spot in spots_of(text, name)}
    return keys or {bare_key(place_key(text.printed[slice(*(name.locality or name.province or name.industry))]))}


def spots_of(text: Text, name: Name) -> list[Spot]:
    """The places within the print of a name's place; of a province, where it is a city."""
    span = name.locality or name.province
    within = [spot for spot in text.spots if span and span[0] <= spot.start and spot.end <= span[1]]
    return within if name.locality else [spot for spot in within if names.is_city(spot)]


def is_not_there(text: Text, name: Name) -> bool:
    """Whether the sentence says of the place that it wants the cluster, or once had it: 合肥计划打造显示产业集群."""
    return name.locality is not None and NOT_THERE.search(text.printed, name.locality[1], name.industry[0]) is not None


def find_names(text: Text, lexicon: Lexicon) -> Iterator[Name]:
    """The clusters a sentence names by the word, in order of their print."""
    if names.speaks_of_clusters(text.printed):
        yield from find_english(text.printed, text.spots)
        yield from find_chinese(text.printed, text.spots, lexicon)
        yield from find_places_behind(text.printed, text.spots, lexicon)


def is_about_clusters(text: str) -> bool:
    """Whether a line or sentence may name a cluster: one without the word tells figures at most."""
    return names.speaks_of_clusters(text) or titles.may_hold_title(text) or _MAKES_FOR_ALL.search(text) is not None


def may_tell_of_makers(text: str) -> bool:
    """Whether a line or sentence may say that a place is a centre of a trade: the cheap question."""
    return specialities_chinese.may_tell_of_makers(text) if is_chinese(text) else specialities.may_tell_of_makers(text)


def tells(told: Sequence[str], lines: Sequence[str], blocks: int, lexicon: Lexicon) -> bool:
    """Whether a text of few sentences is worth a reading.

    One of eight paragraphs names a cluster, a heading does, a box holds the trades of a place, or facts stand one a line.
    """
    if 8 * sum(map(is_about_clusters, told)) >= max(blocks, 1):
        return True
    if any(_CLUSTER_HEADING.fullmatch(line.strip()) for line in lines):
        return True
    if told and any(specialities_chinese.is_box_of_trades(line, lexicon) for line in lines):
        return True
    facts = sum("\t" not in line and has_number(line) and tells_of_economy(line) for line in lines)
    return facts >= max(_FEWEST_FACTS, blocks / 4)


def matters(sentence: str, lexicon: Lexicon, year: int | None) -> bool:
    """Whether a sentence may name a cluster, state a figure, or say what place those behind it speak of."""
    if is_about_clusters(sentence) or has_number(sentence) or may_introduce(sentence) or may_tell_of_makers(sentence):
        return True
    return bool(lexicon.find_places(sentence[:_BEGINNING], year))


def on_one_line(text: Text, name: Name) -> Name | None:
    """The name where each of its parts is printed on one line; "Cluster" alone may stand on the next, and is left off then."""
    start, end = name.industry
    first_line = text.sentence.span(start, end)
    if text.printed[start + first_line.end - first_line.start : end].strip():
        end = start + first_line.end - first_line.start
        if not _CLUSTER_ALONE.fullmatch(text.printed, end, name.industry[1]):
            return None
    if any(span and not text.sentence.is_on_one_line(*span) for span in (name.locality, name.province)):
        return None
    return replace(name, industry=(start, end))


def province_of(mention: Mention, lexicon: Lexicon, year: int | None) -> tuple[int, int] | None:
    """The province in the name itself; else the only one its sentence states, where the gazetteer has the place in it."""
    text, name = mention.place
    printed = text.printed
    if name.province:
        return name.province[0], name.province[0] + len(names.province_name(printed[slice(*name.province)]))
    if not name.locality:
        return None
    provinces = [spot for spot in text.spots if spot.is_province]
    if len({lexicon.provinces[spot.key] for spot in provinces}) != 1:
        return None
    weights = places.province_weights(printed[slice(*name.locality)], lexicon, year)
    code = lexicon.provinces[provinces[0].key]
    if weights.get(code, 0.0) < max(weights.values(), default=0.0):
        return None
    nearest = [spot for spot in provinces if spot.end <= name.start] or provinces
    spot = nearest[-1]
    return spot.start, spot.start + len(names.province_name(printed[spot.start : spot.end]))


def parents_of(spots: list[Spot], introductions: Introductions) -> tuple[int, tuple[Spot, ...]] | None:
    """What the document says elsewhere that a place lies in, beyond the print of the place itself, and in which sentence."""
    known = [introduced for spot in spots if (introduced := introductions.parents(spot.key))]
    if not known:
        return None
    own = {bare_key(spot.key) for spot in spots}
    number, parents = max(known, key=lambda introduced: len(introduced[1]))
    return number, tuple(parent for parent in parents if bare_key(parent.key) not in own)


def entry_texts(listing: Listing, line: str, lexicon: Lexicon, year: int | None) -> Iterator[Text]:
    """The sentences on the line of a list's entry; its own place is no other that they speak of."""
    own = range(listing.locality_char_start or 0, listing.locality_char_end or 0)
    for sentence in sentences(Passage.of_line(line, listing.line_number)):
        spots = [spot for spot in names.find_spots(sentence.text, lexicon, year) if spot.start + sentence.start not in own]
        yield Text(0, listing.line_number, sentence, is_heading=False, spots=spots, figures=find_figures(sentence.text))
