"""Which of the things places are said to make are clusters that a document tells of: listed, asked about or told already."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from orchestration.reading.clusters import apart, beside, specialities, specialities_chinese
from orchestration.reading.clusters.mentions import may_tell_of_makers, spots_of
from orchestration.reading.clusters.specialities import is_near
from orchestration.reading.context.homes import Homes
from orchestration.reading.context.topics import tells_of_economy
from orchestration.reading.keys import industry_key, is_chinese
from orchestration.reading.phrases.names import Name, Spot, join
from orchestration.reading.text.genres import tells_of_sights
from orchestration.reading.text.texts import Text
from orchestration.reading.words import shares
from orchestration.reading.words.lexicon import Lexicon
from orchestration.reading.words.terms import find_terms, industries_of

_FEWEST_CENTRES = 2  # of some trade, that a document tells of: then it is about such places, whatever it calls them
_FEWEST_GROUNDS = 2  # of these: the document is about such places, the place a centre of the trade, or widely known for it
_FEWEST_KNOWN = 4  # places with what they are widely known for beside them: nobody puts so many together by chance
_FEWEST_MAKERS = 3  # places that make something: then it may be

Told = tuple[Text, Name]


@dataclass(frozen=True, slots=True)
class _Found:
    """What a place is said to make; `home` is the place where another sentence names it."""

    text: Text
    name: Name
    home: Told | None
    is_sure: bool
    is_title: bool = False
    is_beside: bool = False  # no more is said than that: the place is known for it
    is_behind: bool = False  # and that in another sentence than the place: what the document is about others tell
    is_apart: bool = False  # and that in another sentence: what the document is about others tell

    @property
    def grounds(self) -> int:
        """How much the words say: that the place is a centre of the trade, and that it makes a share of all there is."""
        return self.is_sure * (1 + shares.is_of_all(self.text.printed, self.name.industry))

    @property
    def places(self) -> list[Spot]:
        return spots_of(*(self.home or (self.text, self.name)))


@dataclass(slots=True)
class Chosen:
    """The specialities of a document: those that are listed, with their place where another sentence names it, and those asked about.

    Of those that only stand beside their place the sentence's figures are not said: they come with False.
    """

    listed: list[tuple[Text, Name, Told | None, bool]] = field(default_factory=list)
    asked: list[Told] = field(default_factory=list)


def choose(
    texts: Sequence[Text],
    named: Iterable[tuple[Told, Told]],
    listed: Iterable[tuple[str, Spot]],
    homes: Homes,
    lexicon: Lexicon,
    *,
    to_come: frozenset[int],
    is_about_clusters: bool,
) -> Chosen:
    """The specialities told in sentences, without those of clusters that are named: the same trade at the same place.

    The named ones come with the sentence and name of their place, those of a table or list with the keys of trade and place.

    A document about clusters means one by what a place is a centre of, and by what it makes as well where it is known for that;
    another only where it tells of several centres, or of one it is at home in. Where it tells of several places that make something,
    and perhaps no more than that, each is asked about; so is what the passages `to_come` speak of.
    """
    named_in: dict[int, list[Name]] = defaultdict(list)  # by the number of the sentence
    told: dict[str, list[list[Spot]]] = defaultdict(list)  # where each trade is
    for (text, name), place in named:
        named_in[text.number].append(name)
        for trade in _trades(text, name, lexicon):
            told[trade].append(spots_of(*place))
    rows = [(trade, [spot]) for key, spot in listed for trade in _trades_within(key, lexicon)]
    for row_trade, places in rows:
        told[row_trade].append(places)
    places_named = {spot.key for all_places in told.values() for places in all_places for spot in places}
    named_at = list({places[0].key: places for all_places in told.values() for places in all_places if places}.values())
    found = [replace(one, is_sure=False) if one.text.passage in to_come else one for one in _find_all(texts, homes, lexicon)]
    sure = _Sure.of(found, lexicon, is_of_sights=tells_of_sights(text.printed for text in texts))
    is_about = is_about_clusters or sure.tells_of_centres or sure.is_full or not sure.centres.isdisjoint(homes.keys)
    # What a text about one place, or around a table, says of a few others in passing only compares.
    subjects = [*named_at, *(one.places for one in found if one.is_sure and one.places)]
    is_around = bool(rows) and len(sure.known - places_named) < _FEWEST_KNOWN
    is_passing = is_around or (not sure.is_full and any(spots[0].key in homes.keys for spots in subjects))
    may_be_about = sure.makers >= _FEWEST_MAKERS
    chosen = Chosen()
    sentence_of: dict[str, int] = {}
    listed_at: set[str] = set()
    for one in sorted(found, key=lambda one: (not one.is_sure, one.is_behind, not _is_known(one, lexicon))):
        trades, places = _trades(one.text, one.name, lexicon), one.places
        if not places or any(_meet(places, spots, lexicon) for trade in trades for spots in told[trade]):
            continue
        if one.is_beside and any(_overlap(one.name, name) for name in named_in[one.text.number]):
            continue
        is_compared = one.is_beside and is_passing and not any(_meet(places, spots, lexicon) for spots in subjects)
        if one.is_title and places[0].key in places_named:
            continue  # what people call the place tells of its cluster
        if not one.is_sure and any(_meet(places, spots, lexicon) for spots in named_at):
            continue  # so does what is said in passing, of a district of it as well
        is_apart = one.is_beside and sentence_of.setdefault(places[0].key, one.text.number) != one.text.number
        if is_apart or (one.is_behind and places[0].key in listed_at):
            continue  # the trades that a place is known for stand together
        for trade in trades:
            told[trade].append(places)
        grounds = is_about + one.grounds + (sure.is_full or _is_known(one, lexicon))
        if not is_compared and one.text.passage not in to_come and grounds >= _FEWEST_GROUNDS:
            chosen.listed.append((one.text, one.name, one.home, not one.is_beside))
            listed_at |= set() if one.is_behind else {places[0].key}
        elif one.is_sure or is_about or may_be_about:
            chosen.asked.append(one.home if one.home and one.text.is_heading else (one.text, one.name))
    return chosen


@dataclass(frozen=True, slots=True)
class _Sure:
    """What the sentences that name both say of the document: how many places make something, and which are centres of a trade.

    It is full of places that are widely known for what it tells of them where there are many; two trades told apart from their place
    count as one.
    """

    makers: int
    centres: frozenset[str]
    known: frozenset[str] = frozenset()
    is_full: bool = False

    @classmethod
    def of(cls, found: Sequence[_Found], lexicon: Lexicon, *, is_of_sights: bool) -> "_Sure":
        if is_of_sights:
            return cls(0, frozenset())
        witnesses = [(one, one.places[0].key, _is_known(one, lexicon)) for one in found if not one.is_behind and one.places]
        known = {place for _, place, is_known in witnesses if is_known}
        behind = {one.places[0].key for one in found if one.is_behind and one.places} - known
        centres = {place for one, place, is_known in witnesses if one.is_sure or (is_known and _tells_of_makers(one.text))}
        makers = len({place for _, place, _ in witnesses})
        return cls(makers, frozenset(centres), frozenset(known), len(known) + len(behind) / 2 >= _FEWEST_KNOWN)

    @property
    def tells_of_centres(self) -> bool:
        return len(self.centres) >= _FEWEST_CENTRES


def _find_all(texts: Sequence[Text], homes: Homes, lexicon: Lexicon) -> Iterator[_Found]:
    """What sentences say that places make, those without their place included."""
    for text in texts:
        if not text.is_heading:
            yield from _find(text, homes, lexicon)
    for text, name, home, is_known, is_title in apart.find_apart(texts, lexicon):
        is_behind = not (text.is_heading or _tells_of_makers(text))
        yield _Found(text, name, home, is_sure=is_title, is_beside=is_known, is_behind=is_behind)


def _find(text: Text, homes: Homes, lexicon: Lexicon) -> Iterator[_Found]:
    """What a sentence says that places make, those that another sentence names included."""
    of_language = specialities_chinese if is_chinese(text.printed) else specialities
    for one in of_language.find_specialities(text.printed, text.spots, lexicon) if text.spots else ():
        yield _Found(text, one.name, None, one.is_sure, one.is_title)
    for name in beside.find_beside(text.printed, text.spots, lexicon) if text.spots else ():
        yield _Found(text, name, None, is_sure=False, is_beside=True)
    for (start, end), is_sure in of_language.find_placeless(text.printed, text.spots, lexicon):
        if home := homes.of(text, start):
            told, chain = home
            place = join(chain[0].start, chain[-1].end, (chain[0].start, chain[-1].end), chain)
            yield _Found(text, Name(start, end, (start, end), None, None), (told, place), is_sure)
    if (not text.spots or beside.speaks_back(text.printed)) and _tells_of_makers(text) and (home := homes.of(text, 0)):
        told, chain = home
        place = join(chain[0].start, chain[-1].end, (chain[0].start, chain[-1].end), chain)
        known = frozenset(industry for spot in chain for industry in lexicon.renown.of(spot.key))
        for start, end in beside.find_placeless(text.printed, known, lexicon) if known else ():
            yield _Found(text, Name(start, end, (start, end), None, None), (told, place), is_sure=False, is_beside=True)


def _is_known(one: _Found, lexicon: Lexicon) -> bool:
    """Whether the place is widely known for the trade."""
    return one.is_beside or any(_trade(one.text, one.name, lexicon) in lexicon.renown.of(spot.key) for spot in one.places)


def _overlap(one: Name, other: Name) -> bool:
    return one.industry[0] < other.end and other.start < one.industry[1]


def _tells_of_makers(text: Text) -> bool:
    return may_tell_of_makers(text.printed) or tells_of_economy(text.printed)


def is_named(text: Text, name: Name, named: Iterable[Told], lexicon: Lexicon) -> bool:
    """Whether a title only calls a cluster by another word: one of its trade is named at its place, or in or around it."""
    trade, places = _trade(text, name, lexicon), spots_of(text, name)
    return any(trade == _trade(*other, lexicon) and _meet(places, spots_of(*other), lexicon) for other in named)


def _trade(text: Text, name: Name, lexicon: Lexicon) -> str | None:
    key = industry_key(text.printed[slice(*name.industry)])
    return lexicon.industry_of(key) or key


def _trades(text: Text, name: Name, lexicon: Lexicon) -> list[str]:
    """The trade and those it is a kind of: who makes sports shoes makes shoes."""
    printed = text.printed[slice(*name.industry)]
    return list(dict.fromkeys(industries_of(printed, lexicon))) or [industry_key(printed)]


def _trades_within(key: str, lexicon: Lexicon) -> set[str]:
    """The trade of a row and those that its name holds: `bicycles and children's vehicles` are bicycles as well."""
    within = (key[start:end] for start, end in find_terms(key, (), lexicon))
    return {lexicon.industry_of(key) or key, *(industry for term in within for industry in industries_of(term, lexicon))}


def _meet(places: Sequence[Spot], others: Sequence[Spot], lexicon: Lexicon) -> bool:
    """Whether two printed places are one, or one inside the other."""
    return any(a.key == b.key or is_near(a, b, lexicon) for a in places[:1] for b in others[:1])
