"""Trades that another sentence or a heading names than the one with the place that is known for them."""

from collections.abc import Callable

import pytest

from orchestration.reading.documents import Decoded
from orchestration.reading.reader import read_document
from orchestration.reading.words.lexicon import Lexicon

MakeDecoded = Callable[..., Decoded]
KNOWN = "Wenling is pumps. Yongkang is hardware. Shunde is household appliances. Donghai is crystals."


def listed(text: str, lexicon: Lexicon, make_decoded: MakeDecoded) -> set[tuple[str | None, str]]:
    read = read_document(make_decoded(text), lexicon)
    return {(listing.locality_printed, listing.industry_printed) for listing in read["listings"]}


def test_a_trade_is_told_of_the_place_named_before_that_is_known_for_it(lexicon: Lexicon, make_decoded: MakeDecoded):
    text = f"What we saw on the way to the coast.\n\n{KNOWN} Then we drove on to Dehua. White porcelain, most of it for Christmas.\n"
    assert ("Dehua", "porcelain") in listed(text, lexicon, make_decoded)


def test_a_trade_is_not_told_of_a_place_that_is_not_known_for_it(lexicon: Lexicon, make_decoded: MakeDecoded):
    text = f"What we saw on the way to the coast.\n\n{KNOWN} Then we drove on to Dehua. Guitars hung on the wall of the hotel.\n"
    assert not any(place == "Dehua" for place, _ in listed(text, lexicon, make_decoded))


def test_two_places_known_for_a_trade_leave_it_to_neither(lexicon: Lexicon, make_decoded: MakeDecoded):
    text = f"What we saw on the way to the coast.\n\n{KNOWN} We saw Dehua, and slept in Jingdezhen. Porcelain is everywhere there.\n"
    assert not any(trade == "Porcelain" for _, trade in listed(text, lexicon, make_decoded))


def test_a_heading_names_the_trade_of_the_places_below_it_that_are_known_for_it(lexicon: Lexicon, make_decoded: MakeDecoded):
    text = (
        "Where to look, town by town\n\nToothbrushes\n\nThere is really only Hangji, a town in Yangzhou, and it is worth the trip.\n\n"
        "Luggage\n\nTwo names to remember. Pinghu, in Zhejiang, when shells must be hard. Baigou, in Hebei, when they must be cheap.\n\n"
        "Glassware\n\nFengyang presses it by machine, and no longer by hand, for the breweries above all.\n"
    )
    assert {("Hangji", "Toothbrushes"), ("Pinghu", "Luggage"), ("Baigou", "Luggage"), ("Fengyang", "Glassware")} <= listed(
        text, lexicon, make_decoded
    )


@pytest.mark.parametrize("behind", ["Is there any porcelain left?", "There is no porcelain here any more.", "Porcelain fell by 3 yuan."])
def test_a_trade_that_is_asked_about_denied_or_priced_is_told_of_no_place(behind: str, lexicon: Lexicon, make_decoded: MakeDecoded):
    text = f"What we saw on the way to the coast.\n\n{KNOWN} Then we drove on to Dehua. {behind}\n"
    assert not any(place == "Dehua" for place, _ in listed(text, lexicon, make_decoded))
