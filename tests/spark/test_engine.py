"""What Spark answers is what one machine answers: hashes, records and rules, in whatever time zone its machines live."""

import json
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from expectations.suite import Expectation, Suite, no_rows
from orchestration.gating.examined import opened
from orchestration.gating.hashing import hash_rows
from orchestration.gating.runner import run_suites
from orchestration.paths import RAW, SEEDS
from orchestration.reading.corpus import raw_schema, read_corpus
from orchestration.spark.gate import InSpark
from orchestration.spark.hashing import table_hashes
from orchestration.spark.reading import read_on_spark
from orchestration.spark.schemas import Schemas

pytestmark = pytest.mark.spark

TYPES = {"number": "integer", "value": "double", "text": "string", "flag": "boolean", "day": "date"}
ROWS: list[tuple[Any, ...]] = [
    (1, 0.1, "乐清 a'b\\n", True, date(2010, 6, 1)),
    (-7, -2.5, "", False, date(1949, 10, 1)),
    (2**40, 1e300, "𠮷|é", None, None),
    (None, float("nan"), None, True, None),
    (0, float("-inf"), "x", False, date(2024, 2, 29)),
    (0, -0.0, "x", False, date(2024, 2, 29)),
    (0, -0.0, "x", False, date(2024, 2, 29)),
]


def test_the_hash_of_a_data_frame_is_that_of_its_rows_in_plain_python(spark: Any) -> None:
    frame = spark.createDataFrame(ROWS, "number bigint, value double, text string, flag boolean, day date")
    assert table_hashes({"t": frame, "none": frame.limit(0)}) == {"t": hash_rows(TYPES, ROWS), "none": hash_rows(TYPES, [])}


def sorted_records(rows: Sequence[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True, default=str, ensure_ascii=False) for row in rows)


def test_workers_read_what_one_machine_reads_duplicates_and_refusals_included(spark: Any, schemas: Schemas, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    shutil.copytree(RAW, raw)
    shutil.copyfile(next(raw.glob("li_fung/*.txt")), raw / "again.txt")
    (raw / "broken.txt").write_bytes("产业集群".encode() + b"\xff\xfe\xfa" * 2)
    here = read_corpus(raw, tmp_path / "observations", SEEDS)
    there, counts = read_on_spark(spark, schemas, raw, SEEDS, {})
    assert (there.documents, there.refused, there.lines, there.bytes) == (here.documents, here.refused, here.lines, here.bytes)
    assert there.refusals == here.refusals
    for table in raw_schema():
        lines = (tmp_path / "observations" / f"{table}.ndjson").read_text(encoding="utf-8").splitlines()
        rows = [row.asDict() for row in spark.table(schemas.table(f"raw.{table}")).collect()]
        assert sorted_records(rows) == sorted_records([json.loads(line) for line in lines]), table
        assert counts[table] == len(lines)


def test_the_gate_tells_of_data_frames_what_it_tells_of_tables(spark: Any, schemas: Schemas, tmp_path: Path) -> None:
    rows = "select id, concat('s', id % 2) as source_id, case when id not in (2, 3) then 'x' end as name from range(5) as t (id)"
    none = f"{rows} where id < 0"
    for table, query in {"marts.t": rows, "marts.none": none}.items():
        spark.sql(f"create table {schemas.table(table)} using parquet as {query}")
    with duckdb.connect(str(tmp_path / "build.duckdb")) as connection:
        connection.execute(f"create schema marts; create table marts.t as {rows}; create table marts.none as {none}")
    suite = Suite(
        "marts.t",
        ("id", "source_id"),
        (
            no_rows("sound", "select id from {batch} where id < 0", "d", examined="select 1 from {batch} where name is not null"),
            no_rows("unnamed", "select id, source_id from {batch} where name is null", "d"),
            Expectation("named", "ExpectColumnValuesToNotBeNull", {"column": "name"}, "d", "warning"),
            no_rows("not_asked", "select nowhere from {batch}", "d"),
        ),
    )
    without_rows = Suite(
        "marts.none",
        ("id", "source_id"),
        (
            no_rows("unnamed", "select id from {batch} where name is null", "d"),
            no_rows("of_another", "select id from marts.t where name is null", "d"),
        ),
    )
    told = list(run_suites(InSpark(spark, schemas), [suite, without_rows]))
    *asked, not_asked = told[:4]
    assert [(answer.outcome, answer.observed) for answer in asked] == [("pass", "0 of 3"), ("fail", "2 of 5"), ("warn", "2 of 5")]
    assert [(answer.outcome, answer.unexpected_count) for answer in told[4:]] == [("pass", 0), ("fail", 2)]
    with opened(tmp_path / "build.duckdb") as here:
        there = list(run_suites(here, [suite, without_rows]))
    assert (asked, told[4:]) == (there[:3], there[4:])
    assert (not_asked.outcome, not_asked.observed[:21]) == ("error", "could not be asked: [")
