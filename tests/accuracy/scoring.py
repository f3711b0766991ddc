"""Published rows against answers: which are right, which are wrong, which answers were missed, and which of those were asked about."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.accuracy.corpus import Answer, Labelled
from tests.accuracy.published import Published, Row

KINDS = ("listing", "statistic", "tally", "award")

_CONFORMED = ("curated", "exact_term")
# What a print may add to its industry: the words of clusters and titles.
_NOT_THE_INDUSTRY = re.compile(
    r"\b(?:china(?:['’]s)?|capital|town|city|of|the|industrial|industry|manufacturing|clusters?|base)\b"
    r"|中[国國]|先[进進]制造业?|[产產][业業]|工业|集群|基地|名[城镇鎮]|之[都乡鄉]|都$"
)


@dataclass(slots=True)
class Score:
    """Counts of one kind of fact, added up over documents."""

    documents: int = 0
    answers: int = 0  # facts to publish
    published: int = 0
    right: int = 0
    unclassified: int = 0  # of the right: the industry is published as printed, conformed to none
    undated: int = 0  # of the right: the figure's year is stated and not published
    to_ask: int = 0  # answers not published right, and those nobody can tell
    asked: int = 0

    def __iadd__(self, other: "Score") -> "Score":
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self

    @property
    def wrong(self) -> int:
        return self.published - self.right

    @property
    def precision(self) -> float:
        return self.right / self.published if self.published else math.nan

    @property
    def recall(self) -> float:
        return self.right / self.answers if self.answers else math.nan

    @property
    def asked_share(self) -> float:
        return self.asked / self.to_ask if self.to_ask else math.nan


@dataclass(frozen=True, slots=True)
class Verdict:
    """One document, one kind of fact: the score and what stands behind it."""

    document: Labelled
    kind: str
    score: Score
    wrong: tuple[Row, ...] = ()
    missed: tuple[Answer, ...] = ()
    lost: tuple[Answer, ...] = field(default=())  # missed, and nobody was asked


def judge(document: Labelled, published: Published) -> list[Verdict]:
    """The verdict on every kind of fact of one document."""
    return [_verdict(document, kind, published.facts[kind], published.facts["question"]) for kind in KINDS]


def _verdict(document: Labelled, kind: str, rows: list[Row], questions: list[Row]) -> Verdict:
    answers = [answer for answer in document.answers if answer.kind == kind]
    open_answers = [answer for answer in answers if not answer.is_unknowable]
    missed = list(open_answers)
    wrong, unclassified, undated = [], 0, 0
    for row in rows:
        answer = next((a for a in missed if _RIGHT[kind](a, row)), None)
        if answer is None:
            wrong.append(row)
        else:
            missed.remove(answer)
            unclassified += row.get("classified_by", _CONFORMED[0]) not in _CONFORMED
            undated += bool(answer.year) and row.get("year") is None
    to_ask = missed + [answer for answer in answers if answer.is_unknowable]
    lost = [answer for answer in to_ask if not is_asked(answer, questions)]
    score = Score(
        documents=1,
        answers=len(open_answers),
        published=len(rows),
        right=len(rows) - len(wrong),
        unclassified=unclassified,
        undated=undated,
        to_ask=len(to_ask),
        asked=len(to_ask) - len(lost),
    )
    return Verdict(document, kind, score, tuple(wrong), tuple(missed), tuple(lost))


def is_asked(answer: Answer, questions: list[Row]) -> bool:
    """Whether a row of quarantine or review prints the industry, figure or a place of the answer; all of a refused document is asked."""
    words = [text for text in (answer.printed, *answer.place_printed) if text]
    figure = answer.printed if answer.kind == "statistic" else ""  # its question may print the number alone
    return any(row["line_number"] is None or row["printed"] in figure or any(word in row["printed"] for word in words) for row in questions)


def place_is_right(answer: Answer, row: Row) -> bool:
    """Province and most specific place, by name and by the code of the document's year. A zone has no code of its own."""
    if answer.province_code and row["province"] not in answer.province_code:
        return False
    if row["place_zh"] is None:
        return ("", "") in answer.places
    codes = (row["county"], row["prefecture"])
    return any(name == row["place_zh"] and (code in codes if code else row["level"] == "zone") for name, code in answer.places if name)


def industry_is_right(answer: Answer, row: Row) -> bool:
    """The conformed industry, or one of its division. One that was not conformed is right as printed, if its division is not another."""
    if row["classified_by"] in _CONFORMED:
        return row["industry_id"] in answer.industries or f"isic:{row['division']}" in answer.industries
    return _bare(row["industry_printed"]) == _bare(answer.printed) and row["division"] in (None, *answer.divisions)


def _bare(industry: str) -> str:
    return re.sub(r"[\W_]", "", _NOT_THE_INDUSTRY.sub("", industry.casefold()))


def _listing_is_right(answer: Answer, row: Row) -> bool:
    return place_is_right(answer, row) and industry_is_right(answer, row)


def _tally_is_right(answer: Answer, row: Row) -> bool:
    province = row["province"] in answer.province_code if answer.province_code else row["province"] is None
    return province and row["measure"] in answer.measure and str(row["value"]) in answer.value


def _statistic_is_right(answer: Answer, row: Row) -> bool:
    """The figure with its measure, qualifier, unit, and threshold; a year or place that the answer names must not be contradicted."""
    return (
        row["measure"] in answer.measure
        and any(math.isclose(row["value"], float(value), rel_tol=1e-3) for value in answer.value)
        and row["qualifier"] in answer.qualifier
        and row["unit"] in answer.unit
        and (row["threshold"] == float(answer.threshold) if answer.threshold else row["threshold"] is None)
        and (not answer.year or row["year"] in (None, int(answer.year)))
        and _subject_is_right(answer, row)
    )


def _subject_is_right(answer: Answer, row: Row) -> bool:
    """A figure without a place says less than it could, but nothing wrong."""
    if answer.province_code and row["province"] not in (None, *answer.province_code):
        return False
    codes = {code for _, code in answer.places if code}
    return not codes or row["place_zh"] is None or bool(codes & {row["county"], row["prefecture"]})


_RIGHT: dict[str, Callable[[Answer, Row], bool]] = {
    "listing": _listing_is_right,
    "award": _listing_is_right,
    "tally": _tally_is_right,
    "statistic": _statistic_is_right,
}
