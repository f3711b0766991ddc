"""Invented corpora of any size, from a seed: documents for readers, or what readers would have made of them for the models.

Places are the gazetteer's and industries the lexicon's, so that names are as ambiguous as they are; see corpus.sql for how often what is
printed. Of ten documents six are clean tab tables, two damaged ones and two running text; one in three is Chinese.
"""

import csv
import random
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import duckdb
import pyarrow as pa

from orchestration.paths import SEEDS
from orchestration.reading.corpus import raw_schema
from orchestration.reading.keys import industry_key

SEED = 7

_SQL = Path(__file__).parent
_KINDS = ("High-end ", "高端"), ("Traditional ", "传统"), ("Smart ", "智能"), ("Export ", "出口"), ("Small ", "小型")
_PAIRED = 10  # of two hundred trades, this many are two in one name: what no lexicon holds


def write_documents(raw: Path, documents: int, listings_each: int = 20, seed: int = SEED) -> None:
    """Write text documents into a raw folder, a thousand a folder."""
    with duckdb.connect() as connection:
        _draw(connection, documents * listings_each, listings_each, seed)
        found = connection.execute(
            "select document, is_zh, has_label, province, place, industry, figure from drawn order by document, place_in_document"
        )
        for document, rows in groupby(iter(found.fetchone, None), key=itemgetter(0)):
            file = raw / f"{document // 1000:03}" / f"{document:06}.txt"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(_document(document, [row[1:] for row in rows], random.Random(seed * 1_000_003 + document)), encoding="utf-8")


def write_observations(build_database: Path, listings: int, listings_each: int = 100, seed: int = SEED, memory: str = "2GB") -> None:
    """Write schema `raw` of a new build database, without reading any text."""
    with duckdb.connect(str(build_database), config={"memory_limit": memory, "preserve_insertion_order": False}) as connection:
        _draw(connection, listings, listings_each, seed)
        connection.execute(_SQL.joinpath("observations.sql").read_text(encoding="utf-8").format(per_document=listings_each, seed=seed))
        for table, columns in raw_schema().items():
            types = ", ".join(f"{name} {kind}" for name, kind in columns.items())
            connection.execute(f"create table if not exists raw.{table} ({types})")


def _draw(connection: duckdb.DuckDBPyConnection, listings: int, per_document: int, seed: int) -> None:
    """Table `drawn` of corpus.sql."""
    connection.register("trades", _trades(seed))
    query = _SQL.joinpath("corpus.sql").read_text(encoding="utf-8")
    connection.execute(query.format(seeds=SEEDS, seed=seed, listings=listings, per_document=per_document))


def _trades(seed: int) -> pa.Table:
    """Names of industries with their keys: mostly as the lexicon has them, some with a word before them, some two in one."""
    with (SEEDS / "industries" / "industries.csv").open(encoding="utf-8", newline="") as file:
        known = [(row["name_en"], row["name_zh"]) for row in csv.DictReader(file)]
    rng = random.Random(seed)
    pairs = [(en, zh) for en, zh in known for _ in range(200 - len(_KINDS) * 4 - _PAIRED)]
    pairs += [(before_en + en.lower(), before_zh + zh) for en, zh in known for before_en, before_zh in _KINDS for _ in range(4)]
    pairs += [(f"{a[0]} and {b[0].lower()}", f"{a[1]}和{b[1]}") for a in known for b in rng.sample(known, _PAIRED)]
    names = [(f"{en} industrial cluster", f"{zh}产业集群") for en, zh in pairs]
    return pa.table(
        {
            "number": range(len(names)),
            "en": [en for en, _ in names],
            "en_key": [industry_key(en) for en, _ in names],
            "zh": [zh for _, zh in names],
            "zh_key": [industry_key(zh) for _, zh in names],
        }
    )


def _document(number: int, rows: list[tuple[bool, bool, str, str, str, int]], rng: random.Random) -> str:
    lines = _prose(rows, number) if number % 10 >= 8 else _table(rows)
    return "\n".join(_damaged(lines, rng) if number % 10 in (6, 7) else lines) + "\n"


def _table(rows: list[tuple[bool, bool, str, str, str, int]]) -> list[str]:
    lines = ["省份\t地区\t产业集群" if rows[0][0] else "Province\tCity\tIndustrial cluster"]
    for index, (_, has_label, province, place, industry, _) in enumerate(rows):
        label = f"{province} ({min(10, len(rows) - index)})" if has_label else ""
        lines.append(f"{label}\t{place}\t{industry}")
    return lines


def _prose(rows: list[tuple[bool, bool, str, str, str, int]], number: int) -> list[str]:
    """A paragraph a listing; the last line makes documents of the same words different ones."""
    if rows[0][0]:
        return [f"{province}{place}的{industry}有企业{figure}家。" for _, _, province, place, industry, figure in rows] + [
            f"文件{number}号"
        ]
    told = [f"The {industry} of {place}, {province}, had {figure} enterprises in 2010." for _, _, province, place, industry, figure in rows]
    return [*told, f"Report No. {number}"]


def _damaged(lines: list[str], rng: random.Random) -> list[str]:
    """What pages suffer when they become text: lost and doubled tabs, a header repeated, blank lines, labels that slipped a row."""
    lines = lines.copy()
    for index in range(1, len(lines)):
        label, tab, rest = lines[index].partition("\t")
        match rng.randrange(12):
            case 0:
                lines[index] = f"{label}{tab}{rest}".lstrip("\t")
            case 1:
                lines[index] = f"{label}\t{tab}{rest}"
            case 2 if label and index + 1 < len(lines):
                lines[index], lines[index + 1] = f"{tab}{rest}", label + lines[index + 1]
    middle = len(lines) // 2
    return [*lines[:middle], "", "2", "", lines[0], *lines[middle:]]
