"""What sentences say of places, trades and figures that no record tells of and nobody was asked about: the last thing a reading asks.

A place beside a trade in one sentence comes first, then a trade whose place the text around it names, figures last. What was told or
asked is not asked again: a trade of a place once a document, a sentence once. Nothing is published from here.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orchestration.common.questions import PASSED_OVER
from orchestration.reading.clusters.mentions import is_about_clusters, may_tell_of_makers
from orchestration.reading.context.topics import tells_of_economy
from orchestration.reading.keys import bare_key, industry_key, is_chinese
from orchestration.reading.layout import Document, Reading
from orchestration.reading.observations import Listing, PlacePart, Question, Statistic, Tally
from orchestration.reading.phrases.figures import COUNT, Figure, find_figures
from orchestration.reading.phrases.measures import measure_of
from orchestration.reading.phrases.names import Spot, find_spots_told, is_city
from orchestration.reading.phrases.names_english import GENERIC
from orchestration.reading.phrases.unnamed import calls_a_centre
from orchestration.reading.tables.furniture import furniture
from orchestration.reading.text.page import kind_of
from orchestration.reading.text.sentences import Passage, Sentence, passages, sentences
from orchestration.reading.words import goods
from orchestration.reading.words.lexicon import Lexicon
from orchestration.reading.words.terms import NO_TRADE_ZH, Stretch, find_terms, industries_of

# In the order of how likely something was lost; who asks people puts all of them behind other questions.
_BESIDE = f"{PASSED_OVER} (1: a place beside a trade)"
_AROUND = f"{PASSED_OVER} (2: a trade whose place the text around it tells)"
_CALLED = f"{PASSED_OVER} (3: a place that makes something)"
_COUNTED = f"{PASSED_OVER} (4: a figure)"
_LIST_IT = "list it in the curation, or reject it"
_SAY_OF_WHAT = "say what the figure is of, or reject it"
_FURNITURE = frozenset(("table header", "column name", "navigation", "source note", "address", "page number", "date", "front matter"))
_NO_TRADE = GENERIC | {"chain"}  # the global supply chain
_FEW, _LARGE_SUM = 5, 1e6
_FEWEST_MAKERS = 3  # places beside trades, that make a document one about such places, whatever it calls them
_ONE_THING = re.compile(r"\b(?:the|an?|this|that)\s$", re.IGNORECASE)  # the bus from Hangzhou
_BEGINNING, _BEGINNING_ZH = 24, 8  # characters
_IN_NAME = re.compile(r"\b[A-Z][a-z]+\s(?:(?:of|for|and|on)\s)?$")  # the Ministry of Industry and Information Technology
_COUNTS = re.compile(r"\"?(?:\s?[a-z\u4e00-\u9fff]|[\t,])")


def ask_about_passed_over(document: Document, reading: Reading, lexicon: Lexicon) -> None:
    """Adds the questions about what was passed over to those of a reading."""
    is_about = bool(reading.listings) or any(map(is_about_clusters, document.lines))
    if not is_about and not any(tells_of_economy(line) or lexicon.renown.may_name(line) for line in document.lines):
        return
    told = _Told(document, reading, lexicon)
    remarks = list(_remarks(document, reading, lexicon))
    makers = {spot.key for remark in remarks if remark.trades for spot in remark.spots[:1]}
    if not is_about:
        has_makers = len(makers) >= _FEWEST_MAKERS
        remarks = [one for one in remarks if (has_makers and one.spots) or tells_of_economy(one.sentence.passage.text)]
    for is_new, reason in (
        (told.is_beside, _BESIDE),
        (told.is_around, _AROUND),
        (told.is_said_to_make, _CALLED),
        (told.is_counted, _COUNTED),
    ):
        for remark in remarks:
            if is_new(remark):
                told.ask(remark, reason)
    reading.questions.sort(key=lambda question: question.line_number or 0)


@dataclass(frozen=True, slots=True)
class _Remark:
    """A sentence, and what it tells.

    Attributes:
        sentence: The sentence.
        spots: The places in it.
        trades: The terms of industries in it.
        around: Where it names no place: those of the heading above it and of the sentence before it, with their print.
        read: What of its paragraph records stand on and questions quote; grows as more is asked.
    """

    sentence: Sentence
    spots: Sequence[Spot]
    trades: Sequence[Stretch]
    around: Sequence[tuple[Spot, str]]
    read: list[Stretch]

    @property
    def places(self) -> Sequence[Spot]:
        """The places it may speak of."""
        return self.spots or [spot for spot, _ in self.around]

    def is_read(self, stretch: Stretch) -> bool:
        """Whether a record or question is made of these words."""
        start, end = (self.sentence.start + offset for offset in stretch)
        return any(first < end and start < last for first, last in self.read)


def _remarks(document: Document, reading: Reading, lexicon: Lexicon) -> Iterator[_Remark]:
    heading: list[tuple[Spot, str]] = []
    before: list[tuple[Spot, str]] = []
    read = _Read(reading)
    for passage in _paragraphs(document):
        if reading.fates[passage.first_line][1] in _FURNITURE or document.links.issuperset(passage.lines(0, len(passage.text))):
            continue
        kind = kind_of(passage.text.strip(), 0, 0)
        if kind in ("navigation", "byline") or furniture(passage.text):
            continue
        stretches = list(read.of(passage))
        for sentence in sentences(passage):
            text = sentence.text
            spots = [spot for spot in find_spots_told(text, lexicon, document.year) if not spot.is_province or is_city(spot)]
            terms = [term for term in find_terms(text, [spot[:2] for spot in spots], lexicon) if _is_trade(text, term, lexicon)]
            yield _Remark(sentence, spots, terms, () if spots else [*heading, *before], stretches)
            if spots:
                named = [(spot, sentence.as_printed(spot.start, spot.end)) for spot in spots]
                heading, before = (named, []) if kind == "heading" else (heading, named)


def _paragraphs(document: Document) -> Iterator[Passage]:
    """The paragraphs of a document; the lines of its tables are none."""
    rows = {cell.line_number for grid in document.cells for row in grid for cell in row}
    yield from passages([line if number not in rows else "" for number, line in enumerate(document.lines, 1)])
    yield from (Passage.of_line(document.lines[number - 1], number) for number in sorted(rows) if document.lines[number - 1].strip())


class _Read:
    """What records stand on and questions quote, by line."""

    def __init__(self, reading: Reading) -> None:
        self._spans: defaultdict[int, list[Stretch]] = defaultdict(list)
        self._quotes: defaultdict[int, list[str]] = defaultdict(list)
        records: tuple[PlacePart | Listing | Statistic | Tally, ...]
        records = (*reading.place_parts, *reading.listings, *reading.statistics, *reading.tallies)
        for record in records:
            self._spans[record.line_number].append((record.char_start, record.char_end))
        for question in reading.questions:
            self._quotes[question.line_number or 0].append(question.printed)

    def of(self, passage: Passage) -> Iterator[Stretch]:
        """The stretches of a paragraph."""
        for line, offset in enumerate(passage.starts, passage.first_line):
            yield from ((offset + start, offset + end) for start, end in self._spans.get(line, ()))
            starts = ((passage.printed.find(quote, offset), quote) for quote in self._quotes.get(line, ()))
            yield from ((start, start + len(quote)) for start, quote in starts if start >= 0)


def _is_trade(text: str, term: Stretch, lexicon: Lexicon) -> bool:
    if is_chinese(text):
        return not NO_TRADE_ZH.match(text, term[1])
    printed = text[slice(*term)]
    is_one = _ONE_THING.search(text, max(0, term[0] - 6), term[0]) is not None and industry_key(printed) == printed.lower()
    is_name = _IN_NAME.search(text, max(0, term[0] - 24), term[0]) is not None and printed[0].isupper()
    return not (is_one or is_name) and goods.is_trade(printed, lexicon) and not _NO_TRADE.issuperset(printed.lower().split())


class _Told:
    """What trades a document tells of which places, and what more is asked."""

    def __init__(self, document: Document, reading: Reading, lexicon: Lexicon) -> None:
        self._document = document
        self._reading = reading
        self._lexicon = lexicon
        self._at: defaultdict[str, set[str]] = defaultdict(set)  # by industry or trade's key: the bare keys of its places
        self._figures = {(abs(statistic.value), statistic.unit) for statistic in reading.statistics}
        places: defaultdict[str, set[str]] = defaultdict(set)
        for part in reading.place_parts:
            places[part.observation_id].add(bare_key(part.key))
        for listing in reading.listings:
            for trade in self._industries(listing.industry_key):
                self._at[trade] |= places[listing.observation_id] | {bare_key(listing.province_key or "")}
        self._places = set().union(*self._at.values())  # of which something is listed or asked

    def ask(self, remark: _Remark, reason: str) -> None:
        """Adds a question that quotes the sentence, behind the places around it where it names none; its trades are told of them then."""
        sentence = remark.sentence
        printed = sentence.as_printed(0, len(sentence.text))
        if reason == _AROUND:
            printed = f"{', '.join(dict.fromkeys(name for _, name in remark.around))} | {printed}"
        suggestion = _SAY_OF_WHAT if reason == _COUNTED else _LIST_IT
        self._reading.questions.append(
            Question(self._document.source_id, self._document.file_name, sentence.lines.start, printed, reason, suggestion)
        )
        remark.read.append((sentence.start, sentence.start + len(sentence.text)))
        self._places |= {bare_key(spot.key) for spot in remark.spots or remark.places[-1:]}
        for trade in remark.trades:
            self._at[industry_key(sentence.text[slice(*trade)])] |= {bare_key(spot.key) for spot in remark.places}

    def is_beside(self, remark: _Remark) -> bool:
        """Whether a sentence puts trades beside places, and one of either is told of none of the other."""
        if not remark.spots or not remark.trades:
            return False
        known = [self._places_of(remark, trade) for trade in remark.trades]
        told = {index for index, spot in enumerate(remark.spots) if remark.is_read(spot[:2])}.union(*known)
        return not all(known) or len(told) < len(remark.spots)

    def is_around(self, remark: _Remark) -> bool:
        """Whether a sentence without places tells a trade that is told of none of those around it."""
        if not remark.around or not (_tells_of_makers(remark) or self.is_counted(remark)):
            return False
        return not all(self._places_of(remark, trade) for trade in remark.trades)

    def is_said_to_make(self, remark: _Remark) -> bool:
        """Whether a sentence names a place told of nothing that is widely known for a trade, or says that it makes something."""
        new = (spot for spot in remark.spots if bare_key(spot.key) not in self._places and not remark.is_read(spot[:2]))
        text = remark.sentence.text
        tells = calls_a_centre(text) or may_tell_of_makers(text)
        return any(tells or self._lexicon.renown.of(spot.key) for spot in new)

    def is_counted(self, remark: _Remark) -> bool:
        """Whether a sentence holds a figure that was read neither there nor elsewhere: one with a measure, any where nothing was read."""
        text = remark.sentence.text
        is_unread = not remark.is_read((0, len(text)))
        return any(
            (figure.value, figure.unit) not in self._figures
            and not remark.is_read((figure.number_start, figure.end))
            and ((is_unread and _has_weight(text, figure)) or measure_of(text, figure, floor, limit))
            for figure, floor, limit in _figures(text)
        )

    def _places_of(self, remark: _Remark, trade: Stretch) -> set[int]:
        """The indexes of the places that a trade is told of; all of them where a record stands on the trade."""
        if remark.is_read(trade):
            return set(range(len(remark.places)))
        printed = remark.sentence.text[slice(*trade)]
        at = {place for name in (industry_key(printed), *self._industries(printed)) for place in self._at.get(name, ())}
        return {index for index, spot in enumerate(remark.places) if any(self._meet(spot.key, place) for place in at)}

    def _meet(self, key: str, place: str) -> bool:
        ways = ((key, place), (place, key))
        return bare_key(key) == place or any(self._lexicon.may_lie_in(one, other, None, towns=False) for one, other in ways)

    def _industries(self, trade: str) -> list[str]:
        """The industries of a trade and of the terms within its name; the name itself where nobody knows it."""
        key = industry_key(trade)
        within = (
            industry for start, end in find_terms(key, (), self._lexicon) for industry in industries_of(key[start:end], self._lexicon)
        )
        return [self._lexicon.industry_of(key) or key, *within]


def _tells_of_makers(remark: _Remark) -> bool:
    """Whether a sentence begins with a trade, or says that something is made."""
    text = remark.sentence.text
    beginning = _BEGINNING_ZH if is_chinese(text) else _BEGINNING
    return any(start <= beginning for start, _ in remark.trades) or may_tell_of_makers(text) or tells_of_economy(text)


def _has_weight(text: str, figure: Figure) -> bool:
    """Whether a figure is a share or a large sum, or counts what stands behind it or the column it stands in."""
    if figure.is_money:
        return figure.value >= _LARGE_SUM
    return figure.unit != COUNT or (figure.value >= _FEW and _COUNTS.match(text, figure.end) is not None)


def _figures(text: str) -> Iterator[tuple[Figure, int, int]]:
    """The figures of a sentence, each with where the one before it ends and the next begins."""
    figures = find_figures(text)
    ends = [0, *(figure.end for figure in figures)]
    starts = [*(figure.start for figure in figures[1:]), len(text)]
    yield from zip(figures, ends, starts, strict=False)
