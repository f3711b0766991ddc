"""Terms of industries where running text has them, the longest first. Which of them are said of what is not asked."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from orchestration.reading.keys import HAN, industry_key, is_chinese, place_key, simplified_in_place
from orchestration.reading.words.lexicon import Lexicon
from orchestration.reading.words.trades import Trades

Stretch = tuple[int, int]  # of a text: from the first character to behind the last

_WORD = re.compile(r"[A-Za-z][\w’'&-]*")
# What goes on behind a Han term makes it the name of a market, a firm or a fair, or of who works there.
NO_TRADE_ZH = re.compile(
    r"[厂廠城场場市协協商店会會公博展机機学學院校行街路村节節馆館局部师師工人员員]|集[团團]|品牌|股份|指[数數]|价格|價格"
)
_PRONOUN = "it"
_MOST_WORDS = 4  # of a term
_LONGEST_TERM = 8  # Han characters


def find_terms(text: str, places: Sequence[Stretch], lexicon: Trades) -> Iterator[Stretch]:
    """The longest terms of industries in a sentence, from left to right, outside these names of places."""
    taken = {position for start, end in places for position in range(start, end)}
    if is_chinese(text):
        simple, start = simplified_in_place(text), 0
        while start < len(simple):
            end = start if start in taken else lexicon.longest_term(simple, start, start + _LONGEST_TERM)
            if end > start and not taken.intersection(range(start, end)):
                yield start, end
            start = max(end, start + 1)
        return
    words = [word for word in _WORD.finditer(text) if word.start() not in taken]
    floor = 0
    for index, word in enumerate(words):
        if word.start() < floor:
            continue
        run = [word]
        for before, after in pairwise(words[index : index + _MOST_WORDS]):
            if text[before.end() : after.start()] not in (" ", "-"):
                break
            run.append(after)
        for last in reversed(run):
            if (key := industry_key(text[word.start() : last.end()])) != _PRONOUN and lexicon.is_term(key):
                yield word.start(), last.end()
                floor = last.end()
                break


def industries_of(text: str, lexicon: Trades) -> Iterator[str]:
    """The industries of a term and of the terms that it ends in: leather shoes are shoes as well."""
    key = industry_key(text)
    cuts = range(len(key) - 1) if HAN.search(key) else [0, *(match.end() for match in re.finditer(" ", key))]
    for cut in cuts:
        if industry := lexicon.industry_of(key[cut:], exact=True):
            yield industry


def is_known_for(place: str, trade: str, lexicon: Lexicon) -> bool:
    """Whether a place, a town by its bare Han name perhaps, is widely known for a trade: 濮院 for 羊毛衫."""
    return HAN.match(place) is not None and not lexicon.renown.of(place_key(place)).isdisjoint(industries_of(trade, lexicon))
