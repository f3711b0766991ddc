"""The content hash of a table depends on its rows and nothing else."""

import math
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.errors import JiqunError
from orchestration.gating.hashing import TableHash, hash_rows, table_hashes

TYPES = {"i": "integer", "d": "double", "m": "decimal", "s": "string", "b": "boolean", "t": "date"}
COLUMNS = "i bigint, d double, m decimal(12, 3), s varchar, b boolean, t date"
ROW = (1, 1.5, Decimal("2.500"), "Yueqing 乐清", True, date(2010, 6, 30))


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        yield connection


def hashed(connection: duckdb.DuckDBPyConnection, sql: str) -> TableHash:
    connection.execute(f"create or replace table marts.t as {sql}")
    return table_hashes(connection, ["marts"])["marts.t"]


def test_rows_in_another_order_have_the_same_hash(connection: duckdb.DuckDBPyConnection) -> None:
    forwards = hashed(connection, "select range as i, 'x' || range as s from range(1000)")
    assert hashed(connection, "select range as i, 'x' || range as s from range(1000) order by hash(range)") == forwards


@pytest.mark.parametrize("settings_sql", ["set threads = 1", "set timezone = 'Asia/Shanghai'", "set preserve_insertion_order = false"])
def test_threads_and_time_zones_do_not_matter(connection: duckdb.DuckDBPyConnection, settings_sql: str) -> None:
    sql = "select range as i, range / 7 as d, date '2010-06-30' + range::integer as t from range(10000)"
    before = hashed(connection, sql)
    connection.execute(settings_sql)
    assert hashed(connection, sql) == before


def test_a_duplicate_row_counts(connection: duckdb.DuckDBPyConnection) -> None:
    once = hashed(connection, "values (1), (2)")
    assert hashed(connection, "values (1), (2), (2)") != once
    assert hashed(connection, "values (1), (2), (2), (2), (2)").hash != hashed(connection, "values (1), (2), (2)").hash


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("select null::varchar as s", "select '' as s"),
        ("select null::varchar as s", "select '-' as s"),
        ("select 'ab' as s, 'c' as z", "select 'a' as s, 'bc' as z"),
        ("select '1:a' as s, '' as z", "select '' as s, '1:a' as z"),
        ("select '1' as s", "select 1 as s"),
        ("select 1 as s", "select 1.0::double as s"),
        ("select 1 as s", "select 1 as z"),
        ("select 1 as s, 2 as z", "select 2 as z, 1 as s"),
        ("select 0.1::double as s", "select 0.1::double + 1e-16 as s"),
        ("select true as s", "select 'true' as s"),
        ("select 1 as s where false", "select 1 as z where false"),
    ],
)
def test_what_differs_has_another_hash(connection: duckdb.DuckDBPyConnection, left: str, right: str) -> None:
    assert hashed(connection, left) != hashed(connection, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("select 1::integer as s", "select 1::bigint as s"),
        ("select 1.50::decimal(5, 2) as s", "select 1.5::decimal(18, 6) as s"),
        ("select 100::decimal(5, 0) as s", "select 100.00::decimal(18, 2) as s"),
        ("select 0.5::float as s", "select 0.5::double as s"),
        ("select '-0'::double as s", "select 0::double as s"),
    ],
)
def test_widths_and_signed_zeros_do_not_matter(connection: duckdb.DuckDBPyConnection, left: str, right: str) -> None:
    assert hashed(connection, left) == hashed(connection, right)


def test_a_view_is_hashed_like_the_table_it_shows(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create table marts.t as select 1 as i; create view marts.v as select * from marts.t")
    hashes = table_hashes(connection, ["marts"])
    assert hashes["marts.v"] == hashes["marts.t"]


def test_only_the_schemas_asked_for_are_hashed(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create schema private; create table private.t as select 1 as i; create table marts.t as select 1 as i")
    connection.execute("attach ':memory:' as other; create schema other.marts; create table other.marts.u as select 1 as i")
    assert list(table_hashes(connection, ["marts"])) == ["marts.t"]


def test_the_hash_of_a_known_row_stays_what_it_is() -> None:
    assert hash_rows(TYPES, [ROW, ROW]) == TableHash("88cdeca24c4438ae4d2b015ba28347ff79c5b74952331f25a1d3a70b6fd3b6a0", 2)


values = st.tuples(
    st.none() | st.integers(-(2**63), 2**63 - 1),
    st.none() | st.floats(width=64),
    st.none() | st.decimals(-999_999_999, 999_999_999, places=3),
    st.none() | st.text(st.characters(exclude_categories=["Cs"])),
    st.none() | st.booleans(),
    st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(values, max_size=6))
def test_duckdb_and_plain_python_agree(rows: list[tuple[Any, ...]]) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"create schema marts; create table marts.t ({COLUMNS})")
        for row in rows:
            connection.execute("insert into marts.t values (?, ?, ?, ?, ?, ?)", row)
        assert table_hashes(connection, ["marts"])["marts.t"] == hash_rows(TYPES, rows)


@pytest.mark.parametrize(
    "value", [0.1, -0.1, 1 / 3, 2.0**62 - 512, 2.0**62, 1e300, 5e-324, -5e-324, 120.962, math.inf, -math.inf, math.nan]
)
def test_doubles_at_the_edges_agree(connection: duckdb.DuckDBPyConnection, value: float) -> None:
    assert hashed(connection, f"select '{value!r}'::double as d") == hash_rows({"d": "double"}, [(value,)])


def test_a_type_without_a_text_of_its_own_is_refused_by_name(connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(JiqunError, match=r"marts\.t\.l has type INTEGER\[\]"):
        hashed(connection, "select [1] as l")


def test_a_view_that_cannot_be_read_is_named(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create table marts.t as select 1 as i; create view marts.v as select i from marts.t; drop table marts.t")
    with pytest.raises(JiqunError, match=r"marts\.v cannot be read"):
        table_hashes(connection, ["marts"])
