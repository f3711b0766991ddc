"""A short campaign of seeded damage: what is read, aligned and publishable by two witnesses, by kind and strength of damage.

A row counts as publishable where the aligned label and the gazetteer agree on the province, as conforming demands.
"""

from collections import Counter
from collections.abc import Callable

import pytest

from orchestration.reading.layout import Document
from orchestration.reading.layouts.tab_table import LAYOUT
from orchestration.reading.observations import Fate
from orchestration.reading.promises import check
from orchestration.reading.words.lexicon import Lexicon
from orchestration.reading.words.places import province_weights
from tests.unit.reading.damage import YEAR, Damage, damaged

KINDS: dict[str, Damage] = {
    "none": Damage(),
    "labels slipped by up to 5": Damage(slip=5),
    "10 % of rows lost": Damage(lost_rows=0.1),
    "a wrong letter in 15 % of places": Damage(wrong_letters=0.15),
    "10 % of all letters of places wrong": Damage(noise=0.1),
    "10 % of counts wrong": Damage(wrong_counts=0.1),
    "10 % of tabs lost, 10 % doubled": Damage(lost_tabs=0.1, doubled_tabs=0.1),
    "10 % of cells merged": Damage(merged_cells=0.1),
    "a page break every 20 rows": Damage(page_length=20),
    "the bar: rows, letters, counts 10 %, slip 5": Damage(lost_rows=0.1, wrong_letters=0.1, wrong_counts=0.1, slip=5),
    "everything at once": Damage(0.1, 0.1, 0.0, 0.1, 5, 0.05, 0.05, 0.05, 25),
}


def campaign(damage: Damage, seeds: range, lexicon: Lexicon, make_document: Callable[..., Document]) -> Counter[str]:
    """How many rows there were, and how many were read, aligned right, asked about, publishable, and published wrong."""
    counts: Counter[str] = Counter()
    for seed in seeds:
        table = damaged(seed, damage, lexicon)
        document = make_document(table.text)
        reading = LAYOUT.read(document, lexicon)
        check(reading, document)
        for line, rows in table.truth.items():
            listings = [x for x in reading.listings if x.line_number == line]
            counts["rows"] += len(rows)
            counts["asked"] += len(rows) * (reading.fates[line][0] is Fate.QUARANTINED)
            for row, listing in zip(rows, listings, strict=False):
                aligned = lexicon.provinces[listing.aligned_province_key or ""]
                weights = province_weights(listing.locality_printed or "", lexicon, YEAR)
                counts["read"] += listing.industry_printed == row.industry
                counts["aligned"] += aligned == row.province_code
                if weights.get(aligned, 0) == max(weights.values(), default=1) and (listing.aligned_confidence or 0) >= 0.6:
                    counts["published"] += 1
                    counts["wrong"] += aligned != row.province_code
    return counts


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_tables_are_read_and_what_two_witnesses_agree_on_is_right(
    kind: str, lexicon: Lexicon, make_document: Callable[..., Document], capsys: pytest.CaptureFixture[str]
) -> None:
    counts = campaign(KINDS[kind], range(4), lexicon, make_document)
    rows = counts["rows"]
    with capsys.disabled():
        shares = ", ".join(f"{name} {counts[name] / rows:.1%}" for name in ("read", "aligned", "published"))
        print(f"\n  {kind}: {rows} rows, {shares}, published wrong {counts['wrong']}", end="")
    assert counts["read"] >= 0.99 * rows
    assert counts["aligned"] >= 0.97 * rows
    assert counts["published"] >= 0.85 * rows
    assert counts["wrong"] <= 0.003 * counts["published"]


def test_the_same_seed_damages_alike(lexicon: Lexicon) -> None:
    damage = KINDS["everything at once"]
    assert damaged(3, damage, lexicon) == damaged(3, damage, lexicon)
    assert damaged(3, damage, lexicon).text != damaged(4, damage, lexicon).text
