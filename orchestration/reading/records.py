"""What documents say as records of `observations.py`: fields filled from cells, nothing decided."""

from dataclasses import dataclass

from orchestration.reading.keys import industry_key
from orchestration.reading.layout import Cell
from orchestration.reading.observations import Award, Listing, Statistic, Tally
from orchestration.reading.text.texts import Statement


@dataclass(frozen=True, slots=True)
class Contest:
    """A contest as a document names it."""

    name: Cell
    organiser: str | None
    launched: Cell | None
    winner_count: int | None


def listing_record(
    source_id: str, ordinal: int, industry: Cell, locality: Cell | None, province: tuple[Cell, str | None] | None
) -> Listing:
    """A cluster as it is named, its province with the key of that; what only a table knows is said there (`table_records`)."""
    label, province_key = province or (None, None)
    return Listing(
        observation_id=f"{source_id}-l{ordinal:04}",
        source_id=source_id,
        ordinal=ordinal,
        line_number=industry.line_number,
        char_start=industry.char_start,
        char_end=industry.char_end,
        industry_printed=industry.text,
        industry_key=industry_key(industry.text),
        locality_printed=locality.text if locality else None,
        locality_line_number=locality.line_number if locality else None,
        locality_char_start=locality.char_start if locality else None,
        locality_char_end=locality.char_end if locality else None,
        is_locality_filled_down=False,
        province_printed=label.text if label else None,
        province_key=province_key,
        province_line_number=label.line_number if label else None,
        province_char_start=label.char_start if label else None,
        province_char_end=label.char_end if label else None,
        aligned_province_printed=None,
        aligned_province_key=None,
        aligned_line_number=None,
        aligned_confidence=None,
        alignment_evidence=None,
    )


def tally_record(
    source_id: str, ordinal: int, measure: str, declared: int, cell: Cell, *, province: tuple[str, str | None] | None = None
) -> Tally:
    """A count of winners or of clusters listed, of a province as printed and its key, or in all."""
    province_printed, province_key = province or (None, None)
    return Tally(
        observation_id=f"{source_id}-t{ordinal:04}",
        source_id=source_id,
        measure=measure,
        province_printed=province_printed,
        province_key=province_key,
        declared_count=declared,
        line_number=cell.line_number,
        char_start=cell.char_start,
        char_end=cell.char_end,
        quote=cell.text,
    )


def award_record(source_id: str, ordinal: int, listing_id: str, winner: Cell, contest: Contest) -> Award:
    """One winner of a contest."""
    launched = contest.launched
    return Award(
        observation_id=f"{source_id}-a{ordinal:04}",
        source_id=source_id,
        listing_observation_id=listing_id,
        contest_name=contest.name.text,
        contest_line_number=contest.name.line_number,
        contest_char_start=contest.name.char_start,
        contest_char_end=contest.name.char_end,
        organiser=contest.organiser,
        launched_year=int(launched.text) if launched else None,
        launched_line_number=launched.line_number if launched else None,
        launched_char_start=launched.char_start if launched else None,
        launched_char_end=launched.char_end if launched else None,
        winner_count_declared=contest.winner_count,
        line_number=winner.line_number,
        char_start=winner.char_start,
        char_end=winner.char_end,
        quote=winner.text,
    )


def statistic_record(source_id: str, ordinal: int, statement: Statement, listing_id: str | None, cell: Cell) -> Statistic:
    """One figure with what it is said of."""
    threshold = statement.threshold
    return Statistic(
        observation_id=f"{source_id}-s{ordinal:04}",
        source_id=source_id,
        subject_type=statement.subject.kind,
        subject_name=statement.subject.printed,
        listing_observation_id=listing_id,
        measure=statement.measure,
        value=statement.value,
        qualifier=statement.qualifier,
        unit=statement.unit,
        currency=statement.currency,
        threshold_value=threshold.value if threshold else None,
        threshold_unit=threshold.unit if threshold else None,
        year=statement.year,
        line_number=cell.line_number,
        char_start=cell.char_start,
        char_end=cell.char_end,
        quote=cell.text,
    )
