"""Documents of running text with what a careful person reads out of them, beside the tests: `prose_documents/*.txt`.

Each is a text, a line of equals signs, and the expected observations as YAML: listings as (province, locality, industry) as
printed, tallies as (province, count), statistics as (measure, value, qualifier, unit, year, part of the subject[, threshold]).
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from orchestration.paths import SEEDS
from orchestration.reading.layout import Document, Reading
from orchestration.reading.layouts.prose import LAYOUT
from orchestration.reading.observations import Fate
from orchestration.reading.sidecar import SideCar
from orchestration.reading.words.lexicon import Lexicon

FOLDER = Path(__file__).parent / "prose_documents"
DOCUMENTS = sorted(path.stem for path in FOLDER.glob("*.txt"))


@dataclass(frozen=True)
class Told:
    """A document, its reading and what was expected of it."""

    document: Document
    reading: Reading
    expected: dict


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load(SEEDS)


def read(name: str, lexicon: Lexicon) -> Told:
    text, _, answers = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").partition("\n=====\n")
    document = Document("0" * 16, f"{name}.txt", "text/plain", tuple(text.split("\n")), (), SideCar(), 2021)
    return Told(document, LAYOUT.read(document, lexicon), yaml.safe_load(answers))


@pytest.fixture(params=DOCUMENTS)
def told(request: pytest.FixtureRequest, lexicon: Lexicon) -> Told:
    return read(request.param, lexicon)


def listings(told: Told) -> list[tuple]:
    return [(o.province_printed, o.locality_printed, o.industry_printed) for o in told.reading.listings]


def test_the_clusters_named_are_its_listings(told: Told) -> None:
    assert listings(told) == [tuple(row) for row in told.expected["listings"]]


def test_the_counts_declared_are_its_tallies(told: Told) -> None:
    found = Counter((o.province_printed, o.declared_count) for o in told.reading.tallies)
    assert found == Counter(tuple(row) for row in told.expected.get("tallies", []))


def test_the_winners_are_its_awards(told: Told) -> None:
    assert len(told.reading.awards) == told.expected.get("awards", 0)
    for award in told.reading.awards:
        assert (award.contest_name, award.organiser) == (
            told.expected.get("contest", award.contest_name),
            told.expected.get("organiser", award.organiser),
        )


def test_the_figures_are_its_statistics(told: Told) -> None:
    found = [(o.measure, o.value, o.qualifier, o.unit, o.year, o.threshold_value) for o in told.reading.statistics]
    wanted = [(*row[:5], row[6] if len(row) > 6 else None) for row in told.expected["statistics"]]
    assert found == wanted
    for statistic, row in zip(told.reading.statistics, told.expected["statistics"], strict=True):
        assert row[5] in statistic.subject_name


def test_every_span_is_exact_and_every_line_has_a_fate(told: Told) -> None:
    lines = told.document.lines
    for row in [*told.reading.tallies, *told.reading.awards, *told.reading.statistics]:
        assert lines[row.line_number - 1][row.char_start : row.char_end] == row.quote
    for listing in told.reading.listings:
        assert lines[listing.line_number - 1][listing.char_start : listing.char_end] == listing.industry_printed
    for part in told.reading.place_parts:
        assert lines[part.line_number - 1][part.char_start : part.char_end] == part.printed
    assert sorted(told.reading.fates) == list(range(1, len(lines) + 1))
    assert {n for n, (fate, _) in told.reading.fates.items() if fate is Fate.BLANK} == {
        n for n, line in enumerate(lines, 1) if not line.strip()
    }


def test_the_day_of_publication_is_read_off_the_byline(told: Told) -> None:
    assert told.reading.facts.get("published_on") == (str(told.expected["published_on"]) if "published_on" in told.expected else None)
