"""The files in which people's decisions stand (`dbt_project/seeds/curation`), and the names they may use. Knows no questions.

A row is a decision: its key, its answer, why, and when. An empty answer says that a person looked and there is none. Files keep one row a
key, sorted, so that a decision is one line of a diff.
"""

import csv
import difflib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestration.common.files import write_text
from orchestration.errors import BadInput, JiqunError
from orchestration.reading.keys import place_key

COLUMNS = {
    "place_decisions": ("source_id", "printed", "code", "reason", "decided_on"),
    "place_aliases": ("alias_key", "place_id", "reason", "decided_on"),
    "industry_decisions": ("industry_key", "industry_id", "reason", "decided_on"),
    "cluster_decisions": ("cluster_a", "cluster_b", "decision", "reason", "decided_on"),
}
_KEYS = {"place_decisions": 2, "place_aliases": 1, "industry_decisions": 1, "cluster_decisions": 2}
_FOR_EVER = 9999

Row = tuple[str, ...]


def key_of(file: str, row: Row) -> Row:
    """What a row decides; a pair of clusters is the same pair either way round."""
    key = row[: _KEYS[file]]
    return tuple(sorted(key)) if file == "cluster_decisions" else key


def read(seeds: Path, file: str) -> list[Row]:
    """The decisions of one kind.

    Raises:
        JiqunError: The file is not what the models read.
    """
    path = seeds / "curation" / f"{file}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            header, *rows = (tuple(row) for row in csv.reader(lines, strict=True) if row)
    except (OSError, ValueError, csv.Error) as error:
        raise JiqunError(f"{path} cannot be read: {error}", "Mend it by hand; git has earlier versions.") from error
    if header != COLUMNS[file] or any(len(row) != len(header) for row in rows):
        raise JiqunError(f"{path} must have the columns {', '.join(COLUMNS[file])} in every row", "Mend it by hand.")
    return rows


def write(seeds: Path, file: str, decisions: Iterable[Row]) -> list[Row]:
    """Add decisions, each in the place of an earlier one about the same, in one step.

    Returns:
        The earlier ones.
    """
    rows = {key_of(file, row): row for row in read(seeds, file)}
    new = {key_of(file, row): row for row in decisions}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS[file])
    writer.writerows(sorted((rows | new).values()))
    write_text(seeds / "curation" / f"{file}.csv", text.getvalue())
    return [rows[key] for key in new if key in rows]


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer in one period of its code, as decisions name it."""

    code: str
    place_id: str
    name: str
    level: str
    keys: str
    first_year: int
    last_year: int
    current_code: str

    def __str__(self) -> str:
        return f"{self.code} ({self.name}, {self.level})"


def place_of(seeds: Path, code: str, year: int) -> Place:
    """The place that bore a code in a year.

    Raises:
        BadInput: None did; the hint names places of that name, or the code of another year.
    """
    known = list(_places(seeds))
    periods = [place for place in known if place.code == code]
    if found := next((place for place in periods if place.first_year <= year <= place.last_year), None):
        return found
    if periods:
        spans = ", ".join(f"{p.first_year} to {'now' if p.last_year == _FOR_EVER else p.last_year}" for p in periods)
        then = [p for p in known if p.place_id in {q.place_id for q in periods} and p.first_year <= year <= p.last_year]
        raise BadInput(
            f"{periods[-1]} bore that code {spans}, and the document is of {'today' if year == _FOR_EVER else year}",
            f"Then it was {', '.join(map(str, then))}." if then else f"Its successor is {periods[-1].current_code}.",
        )
    key = place_key(code)
    named = [str(place) for place in known if key and key in place.keys.split(";") and place.first_year <= year <= place.last_year]
    near = difflib.get_close_matches(code, sorted({place.code for place in known}), n=3, cutoff=0.8)
    raise BadInput(
        f"The gazetteer has no code {code!r}",
        f"Did you mean {', '.join(named[:5] or near)}?" if named or near else "Codes stand in dbt_project/seeds/gazetteer.",
    )


def _places(seeds: Path) -> Iterator[Place]:
    for row in _rows(seeds / "gazetteer" / "provinces.csv"):
        code = row["province_code"]
        yield Place(code, code, f"{row['name_en']} {row['name_zh']}", "province", row["keys"], 1, _FOR_EVER, code)
    for file, code, level in (("divisions", "code", ""), ("zones", "zone_id", "zone")):
        for row in _rows(seeds / "gazetteer" / f"{file}.csv"):
            yield Place(
                row[code],
                row["place_id"],
                f"{row['name_en']} {row['name_zh']}",
                level or row["level"],
                row["keys"],
                int(row["valid_from"]),
                int(row["valid_to"] or _FOR_EVER),
                row["current_code"],
            )
    for row in _rows(seeds / "gazetteer" / "towns.csv"):
        name = f"{row['name_en']} {row['name_zh']}"
        yield Place(row["code"], row["code"], name, "town", row["keys"], 1, _FOR_EVER, row["code"])


def check_industry(seeds: Path, industry_id: str) -> None:
    """See that an industry exists.

    Raises:
        BadInput: It does not; the hint names the nearest.
    """
    known = {row["industry_id"]: row for row in _rows(seeds / "industries" / "industries.csv")}
    if industry_id in known:
        return
    words = {name.lower(): key for key, row in known.items() for name in (key, row["name_en"], row["name_zh"])}
    near = difflib.get_close_matches(industry_id.lower(), words, n=3, cutoff=0.5)
    raise BadInput(
        f"There is no industry {industry_id!r}",
        f"Did you mean {', '.join(dict.fromkeys(words[word] for word in near))}?"
        if near
        else "They stand in dbt_project/seeds/industries.",
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
