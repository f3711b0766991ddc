"""Seeded damage to clean tables, with the truth of every row: what text pulled out of a PDF does to a table, in kinds and strengths.

A clean table is drawn from the gazetteer of 2010: provinces in any order, each with a block of places and industries. Damage then loses
rows, corrupts letters and counts, lets labels slip, loses and doubles tabs, merges cells and puts page furniture between rows.
"""

import random
from dataclasses import dataclass, field

from orchestration.reading.words.gazetteer import Place
from orchestration.reading.words.lexicon import Lexicon

YEAR = 2010
_INDUSTRIES = """Solar Steel Wooden Glass Plastic Silk Copper Rubber Bamboo Ceramic Woolen Paper Marine Medical Laser Cotton
toys valves textiles furniture bearings cables appliances tools shoes lighting pumps packaging fittings machinery"""
_FIRST, _SECOND = (words.split() for words in _INDUSTRIES.splitlines())
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Damage:
    """How strong each kind is: shares of rows, cells or labels, and the most rows a label slips."""

    lost_rows: float = 0.0
    wrong_letters: float = 0.0  # of the place cells, one letter each
    noise: float = 0.0  # of the letters of every place cell
    wrong_counts: float = 0.0
    slip: int = 0
    lost_tabs: float = 0.0
    doubled_tabs: float = 0.0
    merged_cells: float = 0.0
    page_length: int = 0  # rows a page, 0 for no page breaks


@dataclass(frozen=True)
class Row:
    """The truth of one row: what the clean table says."""

    province_code: str
    place: str
    places: tuple[Place, ...]  # the finest first
    industry: str


@dataclass
class Table:
    """Clean truth and damaged text. `truth[line]` are the rows printed on that line, in order; `printed_place[line]` as damaged."""

    text: str
    truth: dict[int, list[Row]] = field(default_factory=dict)


@dataclass
class _Printed:
    row: Row
    label: str
    place: str
    industry: str


def clean_rows(seed: int, lexicon: Lexicon, size: int = 100) -> list[list[Row]]:
    """Blocks of rows, one block a province, as an orderly table has them: large blocks and single rows alike."""
    rng = random.Random(seed)
    counties = _counties(lexicon)
    codes = sorted(code for code, places in counties.items() if len(places) >= 40)
    blocks: list[list[Row]] = []
    used: set[str] = set()
    for code in rng.sample(codes, 19):
        left = size - sum(map(len, blocks))
        count = min(max(1, int(rng.expovariate(1 / 5))), left)
        blocks.append([_row(rng, code, rng.choice(counties[code]), used) for _ in range(count)])
    return [block for block in blocks if block]


def _counties(lexicon: Lexicon) -> dict[str, list[tuple[Place, Place]]]:
    """County and prefecture pairs of the year per province, from the lexicon itself."""
    by_code: dict[str, Place] = {}
    counties: dict[str, list[tuple[Place, Place]]] = {}
    places = {place for key in lexicon._places for place in lexicon._places[key] if place.valid_from <= YEAR <= place.valid_to}
    for place in sorted(places):
        if place.level == "prefecture":
            by_code[place.code] = place
    for place in sorted(places):
        if place.level == "county" and place.prefecture_code in by_code:
            counties.setdefault(place.province_code, []).append((place, by_code[place.prefecture_code]))
    return counties


def _row(rng: random.Random, code: str, pair: tuple[Place, Place], used: set[str]) -> Row:
    industry = f"{rng.choice(_FIRST)} {rng.choice(_SECOND)}"
    while industry in used:
        industry = f"{rng.choice(_FIRST)} {rng.choice(_FIRST).lower()} {rng.choice(_SECOND)}"
    used.add(industry)
    places = (pair[1],) if rng.random() < 0.2 else pair
    return Row(code, ", ".join(place.name_en for place in places), places, f"{industry} industrial cluster")


def damaged(seed: int, damage: Damage, lexicon: Lexicon, size: int = 100) -> Table:
    """A table drawn and damaged by this seed."""
    blocks = clean_rows(seed, lexicon, size)
    rng = random.Random(seed * 7919 + 1)
    names = {code: key for key, code in lexicon.provinces.items() if key.isascii()}
    labels = [f"{names[block[0].province_code].title()} province ({_count(rng, len(block), damage.wrong_counts)})" for block in blocks]
    rows = [_Printed(row, "", row.place, row.industry) for block in blocks for row in block]
    begins = [sum(map(len, blocks[:index])) for index in range(len(blocks))]
    for begin, label in zip(_slipped(rng, begins, damage.slip, len(rows)), labels, strict=True):
        rows[begin].label = label
    rows = _lose_rows(rng, rows, damage.lost_rows)
    for printed in rows:
        if rng.random() < damage.wrong_letters:
            printed.place = _misspelt(rng, printed.place)
        for _ in range(sum(rng.random() < damage.noise for _ in printed.place)):
            printed.place = _misspelt(rng, printed.place)
    return _printed(rng, rows, damage)


def _count(rng: random.Random, count: int, wrong: float) -> int:
    return max(1, count + rng.choice([-2, -1, 1, 2, 10])) if rng.random() < wrong else count


def _slipped(rng: random.Random, begins: list[int], most: int, row_count: int) -> list[int]:
    """Labels stay in order, one a row; from some label on they stand up to `most` rows off, now more, now less."""
    slipped, offset = [], 0
    since = rng.randrange(len(begins)) if most else len(begins)
    for index, begin in enumerate(begins):
        if index >= since and rng.random() < 0.5:
            offset = max(-most, min(most, offset + rng.choice([-2, -1, 1, 2])))
        low = slipped[-1] + 1 if slipped else 0
        high = row_count - (len(begins) - index)
        slipped.append(min(max(begin + offset, low), high))
    return slipped


def _lose_rows(rng: random.Random, rows: list[_Printed], share: float) -> list[_Printed]:
    """A lost row's label is printed beside the next row that has none."""
    kept, pending = [], ""
    for printed in rows:
        if rng.random() < share and not (printed.label and pending):
            pending = pending or printed.label
            continue
        if pending and not printed.label:
            printed.label, pending = pending, ""
        kept.append(printed)
    return kept


def _misspelt(rng: random.Random, place: str) -> str:
    """One letter wrong in one of the names: another, lost, added, or swapped with its neighbour."""
    at = rng.choice([index for index, c in enumerate(place) if c.isalpha()])
    match rng.randrange(4):
        case 0:
            return place[:at] + rng.choice(_LETTERS) + place[at + 1 :]
        case 1:
            return place[:at] + place[at + 1 :]
        case 2:
            return place[:at] + rng.choice(_LETTERS) + place[at:]
        case _:
            return place[:at] + place[at + 1 : at + 2] + place[at] + place[at + 2 :]


def _printed(rng: random.Random, rows: list[_Printed], damage: Damage) -> Table:
    header = ["Provinces (number of clusters)\tCity/county\tIndustrial clusters", "1\t2\t3"]
    lines, table = [f"Chinese {len(rows)} Industrial Clusters", "", *header], Table("")
    index = 0
    while index < len(rows):
        printed = rows[index]
        industry, here = printed.industry, [printed.row]
        is_merged = index + 1 < len(rows) and not rows[index + 1].label and rng.random() < damage.merged_cells
        if is_merged and rows[index + 1].row.province_code == printed.row.province_code:
            industry += " " + rows[index + 1].industry  # the second row's place is lost with its cell: the truth is the first's
            here.append(Row(printed.row.province_code, printed.row.place, printed.row.places, rows[index + 1].industry))
            index += 1
        index += 1
        cells = [printed.label, printed.place, industry]
        line = "\t".join(cells)
        if rng.random() < damage.lost_tabs:
            at = rng.choice([i for i, c in enumerate(line) if c == "\t"])
            line = line[:at] + (" " if at > 0 else "") + line[at + 1 :]
        elif rng.random() < damage.doubled_tabs:
            at = rng.choice([i for i, c in enumerate(line) if c == "\t"])
            line = line[:at] + "\t" + line[at:]
        lines.append(line)
        table.truth[len(lines)] = here
        if damage.page_length and index % damage.page_length == 0:
            lines += ["", f"- {index // damage.page_length} -", "Monthly Review of Industry", "", *header]
    table.text = "\n".join([*lines, "", "Source: Review of Industry, June 2010."]) + "\n"
    return table
