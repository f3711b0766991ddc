"""The judge itself: what it takes for right, and what it does not."""

from dataclasses import replace

import pytest

from tests.accuracy.corpus import Answer, Labelled
from tests.accuracy.published import Published
from tests.accuracy.scoring import judge

LISTED = Answer("listing", ("Zhuji",), "Socks", ("诸暨市",), ("330681",), ("330000",), ("hosiery",), (), (), (), (), "", "")
ROW = {"line_number": 3, "locality_printed": "Zhuji, Shaoxing", "industry_printed": "Socks industrial cluster", "province": "330000",
       "place_zh": "诸暨市", "level": "county", "county": "330681", "prefecture": "330600",
       "industry_id": "hosiery", "division": "14", "classified_by": "exact_term"}  # fmt: skip
STATED = Answer("statistic", (), "over 6,000", ("诸暨市",), ("330681",), ("330000",), (),
                ("enterprise_count",), ("6000",), ("over",), ("count",), "", "2022")  # fmt: skip
FIGURE = {"line_number": 3, "quote": "over 6,000 companies", "measure": "enterprise_count", "value": 6000.0, "qualifier": "over",
          "unit": "count", "threshold": None, "year": 2022, "province": "330000",
          "place_zh": "诸暨市", "level": "county", "county": "330681", "prefecture": "330600"}  # fmt: skip


def _score(answer: Answer, *rows: dict, asked: str = ""):
    questions = [{"line_number": 1, "printed": asked, "reason": ""}] if asked else []
    published = Published({"listing": [], "statistic": [], "tally": [], "award": [], "question": questions} | {answer.kind: list(rows)})
    document = Labelled("news/socks.txt", "news", "en", 2023, False, (answer,))
    return next(v.score for v in judge(document, published) if v.kind == answer.kind)


def test_the_right_row_is_right():
    assert _score(LISTED, ROW).right == 1
    assert _score(STATED, FIGURE).right == 1


@pytest.mark.parametrize(
    "slip",
    [
        {"province": "320000"},
        {"place_zh": "绍兴市", "level": "prefecture", "county": None},
        {"place_zh": None, "county": None, "prefecture": None},
        {"county": "330682"},
        {"industry_id": "ties"},
        {"industry_id": "i1", "classified_by": "keyword", "division": "15"},
        {"industry_id": "i1", "classified_by": "unclassified", "division": None, "industry_printed": "Socks 8 a$ Q"},
    ],
)
def test_a_listing_wrong_in_one_thing_is_wrong(slip: dict):
    score = _score(LISTED, ROW | slip)
    assert (score.right, score.wrong, score.to_ask) == (0, 1, 1)


@pytest.mark.parametrize(
    "slip", [{"value": 600.0}, {"qualifier": "exactly"}, {"unit": "people"}, {"threshold": 5.0}, {"year": 2021}, {"province": "320000"}]
)
def test_a_figure_wrong_in_one_thing_is_wrong(slip: dict):
    assert _score(STATED, FIGURE | slip).wrong == 1


def test_a_figure_without_its_year_says_less_and_is_counted():
    score = _score(STATED, FIGURE | {"year": None})
    assert (score.right, score.undated) == (1, 1)


def test_the_same_cluster_published_twice_is_wrong_once():
    score = _score(LISTED, ROW, ROW)
    assert (score.right, score.wrong) == (1, 1)


def test_an_industry_of_the_right_division_is_right_as_printed_only():
    unconformed = {"industry_id": "i1", "classified_by": "keyword", "division": "14"}
    assert _score(LISTED, ROW | unconformed).right == 1
    assert _score(LISTED, ROW | unconformed | {"industry_printed": "Socks and ties"}).right == 0


def test_what_is_missed_is_asked_about_or_lost():
    assert _score(LISTED, asked="Socks industrial cluster").asked == 1
    assert _score(LISTED, asked="Ties industrial cluster").asked == 0


def test_a_place_nobody_can_tell_must_be_asked_about_and_never_published():
    unknowable = replace(LISTED, place_zh=("",), place_code=("?",))
    assert _score(unknowable, ROW).wrong == 1
    score = _score(unknowable, asked="Zhuji")
    assert (score.answers, score.to_ask, score.asked) == (0, 1, 1)
