"""Suites speak DuckDB's SQL; these are the words that Spark is asked in. No Spark is needed to translate."""

from typing import Any

import pytest

from expectations import SUITES
from orchestration.spark.gate import InSpark
from orchestration.spark.schemas import Schemas

NOBODY: Any = None  # translating asks no session
IN_SPARK = InSpark(NOBODY, Schemas("jiqun_w_", "run_"))


@pytest.mark.parametrize(
    ("duckdb", "spark"),
    [
        (r"select a from {batch} where regexp_matches(a, '\b[A-Z]{{3}}')", r"SELECT a FROM {batch} WHERE a RLIKE '\\b[A-Z]{{3}}'"),
        (r"select a from {batch} where regexp_matches(a, '\p{{Han}}')", r"SELECT a FROM {batch} WHERE a RLIKE '\\p{{IsHan}}'"),
        ("select string_agg(a, ', ' order by b) from {batch}", "SELECT LISTAGG(a, ', ') WITHIN GROUP (ORDER BY b NULLS LAST) FROM {batch}"),
        (
            "select a from {batch} where b in (select b from marts.t)",
            "SELECT a FROM {batch} WHERE b IN (SELECT b FROM jiqun_w_run_marts.t)",
        ),
    ],
)
def test_a_query_is_put_into_the_words_of_spark(duckdb: str, spark: str) -> None:
    assert IN_SPARK.worded(duckdb) == spark


# Translated word for word, and then refused by Spark.
UNKNOWN_TO_SPARK = ("ISFINITE(", "IN (VALUES")


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.table)
def test_every_query_of_the_suites_is_translated_to_what_spark_knows_and_reads_private_schemas_only(suite: Any) -> None:
    for expectation in suite.expectations:
        for query in (expectation.kwargs.get("unexpected_rows_query"), expectation.examined):
            if query:
                text = IN_SPARK.worded(query).format(batch="t")
                assert not any(word in text for word in UNKNOWN_TO_SPARK)
                assert not any(f" {schema}." in text for schema in ("marts", "audit", "answers"))
