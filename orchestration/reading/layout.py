"""What a layout reader takes and gives. The types only; the layouts stand in `layouts/`, choosing among them in `reader.py`.

A layout is a module-level object with a name, a score and a read function, pure in both: the same document and lexicon give the
same reading. It states the fate of every line; `promises.check` holds it to that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from orchestration.reading.observations import (
    Award,
    Fate,
    Listing,
    PlacePart,
    Question,
    Statistic,
    Tally,
)

if TYPE_CHECKING:
    from orchestration.reading.sidecar import SideCar
    from orchestration.reading.words.lexicon import Lexicon

FITS = 0.3  # a layout that scores less is none; the shipped table scores 0.87, a news page with a tab in it 0.05


@dataclass(frozen=True, slots=True)
class Document:
    """A document as decoded: what every layout reads.

    Attributes:
        source_id: First 16 hex digits of the sha256 of its bytes.
        file_name: Path relative to the raw folder.
        media_type: As detected, such as `text/plain`.
        lines: The text layer, one string a line, without terminators. For containers (PDF, spreadsheet, Word) the text layer
            that the container's reader made; spans count in it.
        cells: For containers and delimited files that are tables already: per table, rows of cells with their spans. Empty for plain text.
        side_car: What the side-car says; all fields None where there is none.
        year: The year that place names are looked up in (of `as_of_date`, else `published_on`), None where nothing says.
        front: How many lines at the top are front matter, read already: what it says is in `side_car`.
        links: Numbers of the lines that are links and nothing else: in running text they lead elsewhere.
    """

    source_id: str
    file_name: str
    media_type: str
    lines: tuple[str, ...]
    cells: tuple["Grid", ...]
    side_car: "SideCar"
    year: int | None
    front: int = 0
    links: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell and where it stands: `lines[line_number - 1][char_start:char_end] == text`."""

    text: str
    line_number: int
    char_start: int
    char_end: int


Grid = Sequence[Sequence[Cell]]


@dataclass(slots=True)
class Reading:
    """What a layout made of one document. Fates default to none: every line must be given one before the reading is handed on."""

    listings: list[Listing] = field(default_factory=list)
    place_parts: list[PlacePart] = field(default_factory=list)
    tallies: list[Tally] = field(default_factory=list)
    awards: list[Award] = field(default_factory=list)
    statistics: list[Statistic] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    fates: dict[int, tuple[Fate, str]] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)  # what the text says of itself: "title", "publisher", "published_on", "as_of_date"


class Layout(Protocol):
    """A way documents are laid out."""

    @property
    def name(self) -> str:
        """What a side-car's `layout` calls it."""
        ...

    def score(self, document: Document, lexicon: "Lexicon") -> float:
        """How well the document fits, 0 (not at all) to 1; the best score above the threshold reads it."""
        ...

    def read(self, document: Document, lexicon: "Lexicon") -> Reading:
        """The observations, and the fate of every line."""
        ...
