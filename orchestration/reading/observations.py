"""What a reader may say about a document: the records that cross from reading to conforming.

This module holds the records and nothing else: no reading, no files, no database. Each record class is one table of the
schema `raw` in the build database and one NDJSON file of the same name; a field is a column. Records hold what was *printed*
(verbatim strings with exact spans) and the context the layout gives it. Which place, province or industry a name *is*
is decided by the dbt models, never here.

Spans: `line_number` is 1-based in the document as decoded; `char_start` and `char_end` are 0-based, end-exclusive, counted in
characters within that line. `line[char_start:char_end]` is always exactly the printed string it stands beside.

Identifiers: `source_id` is the first 16 hex digits of the sha256 of the document's bytes; an `observation_id` is
`<source_id>-<kind><ordinal>`, kind being `l` (listing), `t` (tally), `a` (award), `s` (statistic); ordinals are 1-based, in
reading order, zero-padded to four digits: `a9175d87f7a6e4c8-l0001`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Fate(StrEnum):
    """What became of a source line, as the reader proposes it; a `used` line whose rows are all held back ends as quarantined."""

    USED = "used"
    BOILERPLATE = "boilerplate"
    BLANK = "blank"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Source:
    """One document that could be decoded. Table `raw.sources`."""

    source_id: str
    file_name: str  # path relative to the raw folder, with forward slashes
    title: str | None
    publisher: str | None
    url: str | None
    published_on: date | None
    as_of_date: date | None  # the day the facts are of: side-car, else the text's own source note, else published_on
    accessed_on: date | None
    language: str | None  # BCP 47: "en", "zh-Hans", "zh-Hant"
    licence: str | None
    media_type: str
    encoding: str
    sha256: str
    byte_count: int
    line_count: int
    layout: str | None  # None where no layout fits: every line is then quarantined
    layout_score: float | None
    layout_runner_up: str | None
    layout_runner_up_score: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source, exactly once each. Table `raw.lines`."""

    source_id: str
    line_number: int
    text: str  # without its line terminator
    fate: Fate
    detail: str  # why: "table header", "navigation", "listing", "page number", ...


@dataclass(frozen=True, slots=True)
class Listing:
    """One cluster as a source names it (winners of an award included). Table `raw.listings`.

    The span is that of `industry_printed`. In `Yuyao, Ningbo<TAB>Mold industrial cluster` that is the second cell; in "the Wenzhou
    Yueqing Electrical Industrial Cluster" it is "Electrical Industrial Cluster", with `locality_printed` "Wenzhou Yueqing".

    `province_printed` is the label the print puts above or beside the row; `aligned_province_printed` the label that order
    and declared counts of the whole table put it under (None where a source has no such labels). They differ where labels slipped.
    """

    observation_id: str
    source_id: str
    ordinal: int  # 1-based order of the listing within its source
    line_number: int
    char_start: int
    char_end: int
    industry_printed: str
    industry_key: str  # keys.industry_key(industry_printed)
    locality_printed: str | None
    locality_line_number: int | None
    locality_char_start: int | None
    locality_char_end: int | None
    is_locality_filled_down: bool  # the cell was blank and took the place above it
    province_printed: str | None
    province_key: str | None  # keys.place_key of the province's name alone, without its count
    province_line_number: int | None
    province_char_start: int | None
    province_char_end: int | None
    aligned_province_printed: str | None
    aligned_province_key: str | None
    aligned_line_number: int | None
    aligned_confidence: float | None  # 0 to 1
    alignment_evidence: str | None  # for people: "label 8 of 19 declares 3; rows 78-80"


@dataclass(frozen=True, slots=True)
class PlacePart:
    """One name within a printed place, of any observation. Table `raw.place_parts`.

    `Chongfu, Tongxiang, Jiaxing` is three parts of place 1: part 1 Chongfu, part 2 Tongxiang, part 3 Jiaxing (1 = the most specific
    as printed). A cluster over several places has place_ordinal 1, 2, ... Provinces named inside a place are parts as well.
    """

    observation_id: str
    source_id: str
    place_ordinal: int
    part_ordinal: int
    printed: str
    key: str  # keys.place_key(printed)
    shortened_key: str | None  # the key without the last word of several ("Linqing Ki" -> "linqing"), for junk glued on by OCR
    line_number: int
    char_start: int
    char_end: int


@dataclass(frozen=True, slots=True)
class Tally:
    """A count a source declares, per province or in total. Table `raw.tallies`."""

    observation_id: str
    source_id: str
    measure: str  # "listed_clusters" (a table's label or title), "contest_winners"
    province_printed: str | None  # None for the total of the source
    province_key: str | None
    declared_count: int
    line_number: int
    char_start: int
    char_end: int
    quote: str  # the text of the span


@dataclass(frozen=True, slots=True)
class Award:
    """One winner of a contest, as a source names it. Table `raw.awards`. The winner is a listing as well."""

    observation_id: str
    source_id: str
    listing_observation_id: str
    contest_name: str
    contest_line_number: int
    contest_char_start: int
    contest_char_end: int
    organiser: str | None
    launched_year: int | None
    launched_line_number: int | None
    launched_char_start: int | None
    launched_char_end: int | None
    winner_count_declared: int | None
    line_number: int  # of the winner's name
    char_start: int
    char_end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Statistic:
    """One figure a source states. Table `raw.statistics`. The place of its subject, if any, is in `raw.place_parts`."""

    observation_id: str
    source_id: str
    subject_type: str  # "cluster", "cluster_group" ("200 Zhejiang-based clusters"), "locality", "province", "industry"
    subject_name: str  # as printed
    listing_observation_id: str | None  # where the subject is a cluster this source lists
    measure: str  # from docs/vocabulary.md: "market_share", "output_share", "product_types", "cluster_count", ...
    value: float
    qualifier: str  # exactly | over | about | nearly | under
    unit: str  # "percent", "count", "CNY", ...
    currency: str | None  # ISO 4217
    threshold_value: float | None
    threshold_unit: str | None  # "CNY" where the threshold is money
    year: int | None  # the year the figure is of, where the text says
    line_number: int
    char_start: int
    char_end: int
    quote: str  # the text of the span


@dataclass(frozen=True, slots=True)
class Question:
    """A thing that was not understood, kept with its reason instead of being skipped. Table `raw.questions`.

    `source_id` and `line_number` are None where the document could not be decoded at all; `printed` then is its file name.
    """

    source_id: str | None
    file_name: str
    line_number: int | None
    printed: str
    reason: str
    suggestion: str


Record = Source | Line | Listing | PlacePart | Tally | Award | Statistic | Question

TABLES: dict[str, type] = {
    "sources": Source,
    "lines": Line,
    "listings": Listing,
    "place_parts": PlacePart,
    "tallies": Tally,
    "awards": Award,
    "statistics": Statistic,
    "questions": Question,
}
