"""The way back: candidate marts out of Spark into the build database a release is made from. Arrow on the way, a bounded part at a time."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from orchestration.common.sql import quoted

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from orchestration.spark.gate import InSpark

# Rows of this process's memory at a time: some 200 MB of the widest mart.
_PART_ROWS = 500_000
# Of what a failed test found; people are shown five, documents are held back by all of these.
_FOUND_ROWS = 10_000
# A view in the build, so that a release has it as one.
_VIEWS = frozenset({"marts.clusters"})


def bring_back(examined: "InSpark", schemas: Collection[str], build_database: Path) -> None:
    """Copy every table of these schemas into a new build database, with Spark's types, which are those of the contracts."""
    with duckdb.connect(str(build_database)) as connection:
        for schema in schemas:
            connection.execute(f"create schema {quoted(schema)}")
        for table in sorted(examined.tables() - _VIEWS):
            _copy(connection, examined.frame(table), ".".join(map(quoted, table.split("."))))


def bring_back_rows(found: "DataFrame", test: str, build_database: Path) -> str:
    """Copy the rows that a failed test found, and say by which query they are had."""
    table = f"found.{quoted(re.sub(r'[^a-z0-9_]', '_', test))}"
    with duckdb.connect(str(build_database)) as connection:
        connection.execute("create schema if not exists found")
        _copy(connection, found.limit(_FOUND_ROWS), table)
    return f"select * from {table}"


def _copy(connection: duckdb.DuckDBPyConnection, frame: "DataFrame", table: str) -> None:
    parts = -(-frame.count() // _PART_ROWS) or 1
    for part in range(parts):
        rows = frame.where(f"pmod(xxhash64(*), {parts}) = {part}") if parts > 1 else frame
        arrow = connection.from_arrow(rows.toArrow())
        if part == 0:
            arrow.create(table)
        else:
            arrow.insert_into(table)
