"""A sentence with what was found in it, and what its figures are said of. Types only; `subjects.py` tells which is said of which."""

from dataclasses import dataclass, field

from orchestration.reading.phrases.contests import Tallied
from orchestration.reading.phrases.figures import Figure
from orchestration.reading.phrases.names import Name, Spot
from orchestration.reading.text.sentences import Sentence
from orchestration.reading.words.terms import Stretch

UNKNOWN = "unknown"  # the kind of a subject that points back to a place nobody can tell


@dataclass(slots=True)
class Text:
    """One sentence of a document and what was found in it.

    Attributes:
        number: Its number in the document.
        passage: The number of its paragraph.
        sentence: The sentence, which knows where it is printed.
        is_heading: Whether it is a title: names are read in it, figures not, for the text below tells them again.
        spots: The places in it.
        named: The clusters it names, each with the index of its listing.
        figures: Its figures.
        tallies: Its counts of winners.
    """

    number: int
    passage: int
    sentence: Sentence
    is_heading: bool
    spots: list[Spot] = field(default_factory=list)
    named: list[tuple[Name, int]] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    tallies: list[Tallied] = field(default_factory=list)

    @property
    def printed(self) -> str:
        """The sentence as printed."""
        return self.sentence.text


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure is said of.

    Attributes:
        kind: A subject_type of docs/vocabulary.md.
        start: Where it is printed, in offsets of its sentence; -1 where it stands in an earlier one.
        printed: As printed.
        listing: Index of the cluster's listing in its document, None where the subject is no single cluster.
        place: The print of its place, in offsets of its sentence; for what is no listing.
    """

    kind: str
    start: int
    printed: str
    listing: int | None = None
    place: Stretch | None = None
    sentence: int = -1  # number of the sentence that `place` counts in
    spot: Spot | None = None  # the place itself, where the subject is one


def place_subject(text: Text, spot: Spot) -> Subject:
    """A place as the subject of a figure."""
    kind = "province" if spot.is_province else "locality"
    return Subject(kind, spot.start, text.sentence.as_printed(spot.start, spot.end), None, spot[:2], text.number, spot)


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure, its measure and its subject, in offsets of its sentence."""

    subject: Subject
    measure: str
    value: float
    qualifier: str
    unit: str
    currency: str | None
    threshold: Figure | None
    year: int | None
    start: int
    end: int
