"""What the rows of a table say as records of `observations.py`: fields filled from cells, nothing decided."""

from dataclasses import dataclass

from orchestration.reading.columns import LabelText
from orchestration.reading.keys import industry_key
from orchestration.reading.layout import Cell
from orchestration.reading.number_columns import Told
from orchestration.reading.observations import Listing, Statistic


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


def listing_record(source_id: str, ordinal: int, entry: Entry, label: PrintedLabel | None, aligned: AlignedLabel | None) -> Listing:
    """One cluster of the table, under the label the print puts it under and the one that order and counts do."""
    place = entry.places[0] if entry.places else None
    return Listing(
        observation_id=f"{source_id}-l{ordinal:04}",
        source_id=source_id,
        ordinal=ordinal,
        line_number=entry.industry.line_number,
        char_start=entry.industry.char_start,
        char_end=entry.industry.char_end,
        industry_printed=entry.industry.text,
        industry_key=industry_key(entry.industry.text),
        locality_printed=place.text if place else None,
        locality_line_number=place.line_number if place else None,
        locality_char_start=place.char_start if place else None,
        locality_char_end=place.char_end if place else None,
        is_locality_filled_down=entry.is_filled_down,
        province_printed=label.cell.text if label else None,
        province_key=label.text.key if label else None,
        province_line_number=label.cell.line_number if label else None,
        province_char_start=label.cell.char_start if label else None,
        province_char_end=label.cell.char_end if label else None,
        aligned_province_printed=aligned.label.cell.text if aligned else None,
        aligned_province_key=aligned.label.text.key if aligned else None,
        aligned_line_number=aligned.label.cell.line_number if aligned else None,
        aligned_confidence=aligned.confidence if aligned else None,
        alignment_evidence=aligned.evidence if aligned else None,
    )


def statistic_record(listing: Listing, ordinal: int, told: Told, cell: Cell) -> Statistic:
    """The figure of a cell, said of the cluster of its row."""
    return Statistic(
        observation_id=f"{listing.source_id}-s{ordinal:04}",
        source_id=listing.source_id,
        subject_type="cluster",
        subject_name=listing.industry_printed,
        listing_observation_id=listing.observation_id,
        measure=told.measured.measure,
        value=told.figure.value,
        qualifier=told.figure.qualifier,
        unit=told.measured.unit,
        currency=told.figure.unit if told.figure.is_money else None,
        threshold_value=None,
        threshold_unit=None,
        year=told.year,
        line_number=cell.line_number,
        char_start=cell.char_start,
        char_end=cell.char_end,
        quote=cell.text,
    )
