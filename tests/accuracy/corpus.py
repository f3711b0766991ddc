"""The labelled documents of `tests/documents`: where they are, which are held back, and what their answer tables say. No scoring."""

import csv
import re
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

DOCUMENTS = Path(__file__).resolve().parents[1] / "documents"
INDUSTRIES = DOCUMENTS.parents[1] / "dbt_project" / "seeds" / "industries" / "industries.csv"
ANSWERS = ".answers.csv"
SIDE_CAR = ".meta.yml"
COLUMNS = (
    *("kind", "place_printed", "printed", "place_zh", "place_code", "province_code", "industries"),
    *("measure", "value", "qualifier", "unit", "threshold", "year"),
)
UNKNOWABLE = "?"  # place_code of a listing whose place nobody can tell: it must be asked about, never published


@dataclass(frozen=True, slots=True)
class Answer:
    """One fact a document states. A tuple holds alternatives, any of them right; an empty one is not checked."""

    kind: str  # listing | tally | award | statistic
    place_printed: tuple[str, ...]
    printed: str  # the industry, or the words of the figure or award
    place_zh: tuple[str, ...]
    place_code: tuple[str, ...]
    province_code: tuple[str, ...]
    industries: tuple[str, ...]  # industry ids, or `isic:NN` for any industry of a division
    measure: tuple[str, ...]
    value: tuple[str, ...]
    qualifier: tuple[str, ...]
    unit: tuple[str, ...]
    threshold: str
    year: str

    @property
    def places(self) -> set[tuple[str, str]]:
        """The right (name, code) pairs; ("", "") where the province is all that is said."""
        return set(zip(self.place_zh, self.place_code, strict=True)) or {("", "")}

    @property
    def divisions_of_ids(self) -> set[str]:
        """ISIC divisions of the industries named by id."""
        return {division for industry in self.industries if (division := _division_of().get(industry))}

    @property
    def divisions(self) -> set[str]:
        """ISIC divisions the industry may be of."""
        return self.divisions_of_ids | {industry.removeprefix("isic:") for industry in self.industries if industry.startswith("isic:")}

    @property
    def is_unknowable(self) -> bool:
        return self.place_code == (UNKNOWABLE,)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One document with its answers; `name` is its path below `tests/documents`."""

    name: str
    kind: str
    language: str
    year: int
    is_held_back: bool
    answers: tuple[Answer, ...]


def load() -> list[Labelled]:
    """Every labelled document, by name."""
    held_back = held_back_names()
    return [_labelled(path, held_back) for path in sorted(DOCUMENTS.glob(f"*/*{ANSWERS}"))]


def held_back_names() -> frozenset[str]:
    """The documents nobody looks at while working on the readers, as README.md lists them."""
    text = (DOCUMENTS / "README.md").read_text(encoding="utf-8").partition("## Held back")[2]
    return frozenset(re.findall(r"^- `(.+)`$", text, re.MULTILINE))


def copy_documents(raw: Path) -> None:
    """Make a raw folder of the documents and their side-cars, without the answers."""
    shutil.copytree(DOCUMENTS, raw, ignore=shutil.ignore_patterns(f"*{ANSWERS}", "README*"))


@cache
def _division_of() -> dict[str, str]:
    with INDUSTRIES.open(encoding="utf-8", newline="") as file:
        return {row["industry_id"]: row["isic4_division"] for row in csv.DictReader(file)}


def _labelled(path: Path, held_back: frozenset[str]) -> Labelled:
    document = path.with_name(path.name.removesuffix(ANSWERS))
    side_car = yaml.safe_load(document.with_name(document.name + SIDE_CAR).read_text(encoding="utf-8"))
    name = document.relative_to(DOCUMENTS).as_posix()
    with path.open(encoding="utf-8", newline="") as file:
        answers = tuple(_answer(row) for row in csv.DictReader(file))
    return Labelled(name, document.parent.name, side_car["language"][:2], side_car["as_of_date"].year, name in held_back, answers)


def _answer(row: dict[str, str]) -> Answer:
    def alternatives(column: str) -> tuple[str, ...]:
        return tuple(row[column].split(";")) if row[column] else ()

    names, codes = row["place_zh"].split(";"), row["place_code"].split(";")
    return Answer(
        kind=row["kind"],
        place_printed=alternatives("place_printed"),
        printed=row["printed"],
        place_zh=tuple(names),
        place_code=tuple(codes * len(names) if len(codes) < len(names) else codes),
        province_code=alternatives("province_code"),
        industries=alternatives("industries"),
        measure=alternatives("measure"),
        value=alternatives("value"),
        qualifier=alternatives("qualifier"),
        unit=alternatives("unit"),
        threshold=row["threshold"],
        year=row["year"],
    )
