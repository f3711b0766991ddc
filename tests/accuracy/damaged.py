"""Damaged tables from raw to marts: of the rows still printed, how many are published, and how many of those rightly.

The damage and its truth come from `tests/unit/reading/damage.py`; there the readers alone are held to it, here the whole pipeline is.
"""

from dataclasses import dataclass
from pathlib import Path

from orchestration.paths import SEEDS
from orchestration.reading.words.lexicon import Lexicon
from tests.accuracy.published import Row, refresh
from tests.unit.reading import damage
from tests.unit.reading.test_damage import KINDS

_TABLES = 3  # of each kind of damage
_FIRST_SEED = 100  # other tables than those of the readers' own test, and for every kind others: equal files are refused
_SIDE_CAR = f"title: Damaged table\nas_of_date: {damage.YEAR}-06-30\nlanguage: en\n"


@dataclass(slots=True)
class Tables:
    """Counts over the tables of one kind of damage."""

    rows: int = 0
    published: int = 0
    province_right: int = 0
    place_right: int = 0


def measure(work: Path) -> dict[str, Tables]:
    """Damage tables in every way, refresh them all in one go in an empty folder, and count by kind of damage."""
    lexicon = Lexicon.load(SEEDS)
    truths = {
        f"{seed}.txt": (kind, damage.damaged(seed, strength, lexicon))
        for number, (kind, strength) in enumerate(KINDS.items())
        for seed in range(_FIRST_SEED + number * _TABLES, _FIRST_SEED + (number + 1) * _TABLES)
    }
    raw = work / "raw"
    raw.mkdir(parents=True)
    for name, (_, table) in truths.items():
        (raw / name).write_text(table.text, encoding="utf-8")
        (raw / f"{name}.meta.yml").write_text(_SIDE_CAR, encoding="utf-8")
    refreshed = refresh(raw, work / "warehouse")
    counts = {kind: Tables() for kind in KINDS}
    for name, (kind, table) in truths.items():
        _count(counts[kind], table, refreshed.documents[name].facts["listing"])
    return counts


def _count(counts: Tables, table: damage.Table, listings: list[Row]) -> None:
    counts.published += len(listings)
    for line, rows in table.truth.items():
        counts.rows += len(rows)
        left = [listing for listing in listings if listing["line_number"] == line]
        for row in rows:
            if listing := next((x for x in left if x["industry_printed"] == row.industry), None):
                left.remove(listing)
                counts.province_right += listing["province"] == row.province_code
                counts.place_right += listing["province"] == row.province_code and _is_place(row.places[0].code, listing)


def _is_place(code: str, listing: Row) -> bool:
    return code == (listing["county"] if listing["level"] == "county" else listing["prefecture"])
