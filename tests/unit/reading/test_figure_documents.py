"""How figures are really written: the texts of `figure_documents`, made up before the readers were tuned.

Each begins with `# name`, or with `# name | day` where it says when it was published; behind `--` stands one figure a
line: measure, value, qualifier, unit, year where one is said, `@` and part of
the subject. Alternatives are parted by commas. `~ measure value` may be told or not, `? print` must be asked about.
"""

import math
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from orchestration.reading.layout import Document, Reading
from orchestration.reading.layouts.prose import LAYOUT
from orchestration.reading.observations import Statistic
from orchestration.reading.sidecar import SideCar
from orchestration.reading.words.lexicon import Lexicon

FOLDER = Path(__file__).parent / "figure_documents"
PRECISION, FOUND = 0.95, 0.80  # the bars for documents nobody has seen


@dataclass
class Score:
    """What was read of one language's documents."""

    stated: int = 0
    found: int = 0
    wrong: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)

    @property
    def published(self) -> int:
        return self.found + len(self.wrong)


def _is(answer: str, told: Statistic) -> bool:
    words, _, subject = answer.partition(" @")
    measure, value, qualifier, unit, *year = words.split()
    return (
        told.measure in measure.split(",")
        and math.isclose(told.value, float(value), rel_tol=1e-3)
        and told.qualifier in qualifier.split(",")
        and told.unit in unit.split(",")
        and (not year or told.year == int(year[0]))
        and (subject in told.subject_name or told.subject_type == "product")
    )


def _judge(name: str, reading: Reading, answers: list[str], score: Score) -> None:
    left = list(reading.statistics)
    for answer in [answer for answer in answers if answer[0] not in "~?"]:
        score.stated += 1
        if told := next((statistic for statistic in left if _is(answer, statistic)), None):
            left.remove(told)
            score.found += 1
    allowed = [answer[1:].split() for answer in answers if answer[0] == "~"]
    for told in left:
        if not any(told.measure == measure and math.isclose(told.value, float(value), rel_tol=1e-3) for measure, value in allowed):
            score.wrong.append(f"{name}: {told.subject_name} {told.measure} {told.value} {told.qualifier} {told.unit} {told.year}")
    printed = [question.printed for question in reading.questions]
    asked = [answer[1:] for answer in answers if answer[0] == "?"]
    score.unasked += [f"{name}: {answer}" for answer in asked if not any(p in answer or answer in p for p in printed)]


@pytest.fixture(scope="module", params=["en", "zh", "en_dated", "zh_dated"])
def score(request: pytest.FixtureRequest, lexicon: Lexicon) -> Score:
    score = Score()
    for document in f"\n{(FOLDER / f'{request.param}.txt').read_text(encoding='utf-8')}".split("\n# ")[1:]:
        head, _, rest = document.partition("\n")
        name, _, day = head.partition(" | ")
        side_car = SideCar(published_on=date.fromisoformat(day)) if day else SideCar()
        year = side_car.published_on.year if side_car.published_on else 2024
        text, _, answers = rest.partition("\n--\n")
        lines = tuple(text.split("\n"))
        reading = LAYOUT.read(Document("0" * 16, "page.txt", "text/plain", lines, (), side_car, year), lexicon)
        _judge(name, reading, [line for line in answers.split("\n") if line], score)
    return score


def test_what_is_published_is_right(score: Score) -> None:
    assert (score.published - len(score.wrong)) / score.published >= PRECISION, score.wrong


def test_what_is_stated_is_found(score: Score) -> None:
    assert score.found / score.stated >= FOUND


def test_a_company_s_figures_and_plans_are_asked_about(score: Score) -> None:
    assert score.unasked == []
