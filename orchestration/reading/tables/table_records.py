"""The rows of a table and its labels, and what they add to the records of `records.py`. Nothing is decided."""

from dataclasses import dataclass, replace

from orchestration.reading.layout import Cell
from orchestration.reading.observations import Listing
from orchestration.reading.records import listing_record
from orchestration.reading.tables.columns import LabelText


@dataclass(frozen=True, slots=True)
class PrintedLabel:
    """A province label: its cell, what it says, and the first listing beside or under it."""

    cell: Cell
    text: LabelText
    first_listing: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One cluster of the table: its industry, the places of its row (the finest first), the label the print puts it under."""

    industry: Cell
    places: tuple[Cell, ...]
    is_filled_down: bool
    label: int | None


@dataclass(frozen=True, slots=True)
class AlignedLabel:
    """The label that order, counts and places of the whole table put a listing under."""

    label: PrintedLabel
    confidence: float
    evidence: str


def row_record(source_id: str, ordinal: int, entry: Entry, label: PrintedLabel | None, aligned: AlignedLabel | None) -> Listing:
    """One cluster of the table, under the label the print puts it under and the one that order and counts do."""
    place = entry.places[0] if entry.places else None
    record = listing_record(source_id, ordinal, entry.industry, place, (label.cell, label.text.key) if label else None)
    if aligned is None:
        return replace(record, is_locality_filled_down=entry.is_filled_down)
    return replace(
        record,
        is_locality_filled_down=entry.is_filled_down,
        aligned_province_printed=aligned.label.cell.text,
        aligned_province_key=aligned.label.text.key,
        aligned_line_number=aligned.label.cell.line_number,
        aligned_confidence=aligned.confidence,
        alignment_evidence=aligned.evidence,
    )
