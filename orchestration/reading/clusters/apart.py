"""Trades told apart from the place that is widely known for them: in the sentence behind it, or in the heading over it. English.

`Then Dehua. White porcelain, mostly.` and a heading `Toothbrushes` over `Hangji, a town in Yangzhou`: two witnesses again, what stands
near and the seed of what places are known for. What such a document is about is for its reader to judge.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from orchestration.reading.clusters.beside import DENIED_EN, places_named, places_told, trades_told
from orchestration.reading.keys import is_chinese
from orchestration.reading.phrases.names import Name, Spot, join
from orchestration.reading.text.texts import Text
from orchestration.reading.words.goods import all_trades
from orchestration.reading.words.lexicon import Lexicon
from orchestration.reading.words.terms import Stretch, industries_of

MOST_BEHIND = 5  # sentences from a place to the trade that is told of it
_SUBJECT_WITHIN = 24  # characters of a sentence, for the place it begins with

_MOST_TITLED = 12  # sentences, for the place that a title's trade is told of
_OF_MAKERS = re.compile(
    r"\b(?:towns?|city|cities|count(?:y|ies)|villages?|districts?|capitals?|kingdoms?|country|industry|hubs?|makers?|where|made|makes?|making|comes?\sfrom)\b",
    re.IGNORECASE,
)


class Apart(NamedTuple):
    """A trade and its place, each in its sentence.

    Attributes:
        text: The sentence or heading of the trade.
        name: The trade.
        home: The sentence and the name of the place.
        is_known: Whether the place is widely known for the trade.
        is_title: Whether the document's title says that it is about where the trade is at home.
    """

    text: Text
    name: Name
    home: tuple[Text, Name]
    is_known: bool
    is_title: bool = False


def find_apart(texts: Sequence[Text], lexicon: Lexicon) -> Iterator[Apart]:
    """The trades of a document that stand apart from their place, in its order."""
    yield from _titled(texts, lexicon)
    topic: tuple[Text, list[Stretch]] | None = None
    spoken: tuple[Text, list[list[Spot]]] | None = None
    for text in texts:
        if is_chinese(text.printed):
            continue
        if text.is_heading:
            goods = all_trades(text.printed, (0, len(text.printed.rstrip(" :?"))), lexicon)
            topic = (text, goods) if goods else None
        if places := places_named(text.printed, text.spots, lexicon):
            yield from _below(topic, text, lexicon) if topic and not text.is_heading else ()
            spoken = (text, places)
        elif spoken and not text.is_heading and _is_behind(text, spoken[0]):
            yield from _behind(text, *spoken, lexicon)


def _titled(texts: Sequence[Text], lexicon: Lexicon) -> Iterator[Apart]:
    """The trade of a title such as `Where the wedding dresses come from`, with the first place told that is known for it."""
    title = next((text for text in texts if text.is_heading), None)
    if title is None or title.spots or is_chinese(title.printed) or not _OF_MAKERS.search(title.printed):
        return
    for stretch in trades_told(title.printed, title.spots, lexicon):
        trade = title.printed[slice(*stretch)]
        for text in islice((text for text in texts if not text.is_heading), _MOST_TITLED):
            known = [place for place in places_told(text.printed, text.spots, lexicon) if _is_known(place, trade, lexicon)]
            if known:
                yield Apart(title, _alone(stretch), (text, _of(known[0])), is_known=True, is_title=True)
                break


def _is_behind(text: Text, other: Text) -> bool:
    return text.number - other.number <= MOST_BEHIND and text.passage - other.passage <= 2


def _below(topic: tuple[Text, list[Stretch]], text: Text, lexicon: Lexicon) -> Iterator[Apart]:
    """The places of a sentence below the heading that names their trade: those known for it, and what it begins with."""
    heading, goods = topic
    for place in places_told(text.printed, text.spots, lexicon):
        for stretch in goods:
            is_known = _is_known(place, heading.printed[slice(*stretch)], lexicon)
            if is_known or place[0].start <= _SUBJECT_WITHIN:
                yield Apart(heading, _alone(stretch), (text, _of(place)), is_known)


def _behind(text: Text, told: Text, places: Sequence[list[Spot]], lexicon: Lexicon) -> Iterator[Apart]:
    """The trades of a sentence that one of the places told last is known for."""
    for stretch in trades_told(text.printed, text.spots, lexicon):
        known = [place for place in places if _is_known(place, text.printed[slice(*stretch)], lexicon)]
        if len(known) == 1 and not DENIED_EN.search(text.printed, 0, stretch[0]):
            yield Apart(text, _alone(stretch), (told, _of(known[0])), is_known=True)


def _is_known(place: Sequence[Spot], trade: str, lexicon: Lexicon) -> bool:
    industries = set(industries_of(trade, lexicon))
    return any(industries & lexicon.renown.of(spot.key) for spot in place)


def _alone(stretch: Stretch) -> Name:
    return Name(*stretch, stretch, None, None)


def _of(place: Sequence[Spot]) -> Name:
    return join(place[0].start, place[-1].end, (place[0].start, place[-1].end), place)
