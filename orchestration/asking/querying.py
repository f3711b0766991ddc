"""SQL from outside on a release: reads the release and nothing else, within a time and a memory limit.

Three walls, each enough for most of what one could try: the release is attached read-only; DuckDB's access to files, network and
extensions is switched off and the switch locked; and before any of that, DuckDB's own parser must call the text one SELECT that
calls no table function but harmless ones (some take a memory address, some change settings in spite of the lock).
"""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.common.sql import literal
from orchestration.errors import BadInput, JiqunError
from orchestration.releasing.store import Release, open_release

MEMORY_LIMIT = "2GB"
_ROWS_AT_ONCE = 2000

_HARMLESS = frozenset(
    (
        *("range", "generate_series", "unnest", "repeat", "json_each", "json_tree", "histogram", "histogram_values"),
        *("duckdb_tables", "duckdb_columns", "duckdb_views", "duckdb_schemas", "duckdb_functions", "duckdb_keywords", "duckdb_types"),
    )
)
_LOCKS = (
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set python_enable_replacements = false",
    "set temp_directory = ''",
    f"set memory_limit = '{MEMORY_LIMIT}'",
    "set enable_external_access = false",
    "set lock_configuration = true",
)


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a query, a batch of rows at a time: it may be larger than memory."""

    columns: tuple[str, ...]
    batches: Iterator[Sequence[tuple[Any, ...]]]


@contextmanager
def run_query(release: Release, sql: str, timeout: float) -> Iterator[Rows]:
    """Run one query; the time limit covers reading the rows as well.

    Raises:
        BadInput: The text is not one SELECT, asks for more than the release, or is wrong.
        JiqunError: It took too long or too much memory, or the release is damaged.
    """
    with _asking(release, sql, timeout) as connection:
        result = connection.execute(sql)
        columns = tuple(name for name, *_ in result.description or ())
        yield Rows(columns, iter(lambda: result.fetchmany(_ROWS_AT_ONCE), []))


def write_parquet(release: Release, sql: str, timeout: float, target: Path) -> int:
    """Run one query and let DuckDB write its rows to a Parquet file, types and values exact, without holding them all.

    Returns:
        How many rows were written.

    Raises:
        BadInput: The text is not one SELECT, asks for more than the release, or is wrong.
        JiqunError: It took too long or too much memory, or the release is damaged.
    """
    with _asking(release, sql, timeout, target) as connection:
        connection.sql(sql).write_parquet(str(target))
        written = connection.execute(f"select num_rows from parquet_file_metadata({literal(target)})").fetchone()
    return int(written[0]) if written else 0


@contextmanager
def _asking(release: Release, sql: str, timeout: float, target: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection within the walls, for a text that got through the parser; besides the release it knows `target` at most."""
    _must_only_read(sql)
    open_release(release).close()
    with duckdb.connect() as connection:
        connection.execute(f"attach {literal(release.database)} as jiqun (read_only)")
        connection.execute("set search_path = 'jiqun.marts,jiqun.audit,jiqun.main'")
        if target:
            connection.execute(f"set allowed_paths = [{literal(target)}]")
        for lock in _LOCKS:
            connection.execute(lock)
        is_over = threading.Event()
        clock = threading.Timer(timeout, _stop, (connection, is_over))
        clock.daemon = True
        clock.start()
        try:
            yield connection
        except duckdb.Error as error:
            raise _explained(error, timeout, is_over=is_over.is_set()) from error
        finally:
            clock.cancel()


def _stop(connection: duckdb.DuckDBPyConnection, is_over: threading.Event) -> None:
    is_over.set()
    connection.interrupt()


def _explained(error: duckdb.Error, timeout: float, *, is_over: bool) -> JiqunError:
    if is_over:
        return JiqunError(f"The query was stopped after {timeout:g} seconds", "Ask for less, or allow more with --timeout SECONDS.")
    if isinstance(error, duckdb.OutOfMemoryException):
        return JiqunError(
            f"The query needs more than {MEMORY_LIMIT} of memory", "Ask for less, or query the release's files with your own DuckDB."
        )
    if isinstance(error, duckdb.PermissionException):
        return BadInput(f"A query reads the release and nothing else: {error}")
    return BadInput(str(error), '`jiqun query "show all tables"` lists what there is.')


def _must_only_read(sql: str) -> None:
    """Let DuckDB parse the text, without running it, and look at what it would do."""
    with duckdb.connect() as parser:
        try:
            found = parser.execute(f"select json_serialize_sql({literal(sql)})").fetchone()
        except duckdb.Error as error:
            raise BadInput(f"The query cannot be read: {error}") from error
    tree = json.loads(found[0]) if found else {"error": True}
    if tree["error"]:
        if tree.get("error_type") == "not implemented":
            raise BadInput("A query only reads: one SELECT (or FROM, WITH, VALUES, DESCRIBE, SHOW, SUMMARIZE), and nothing else")
        raise BadInput(f"The query cannot be read: {tree.get('error_message')}")
    if len(tree["statements"]) != 1:
        raise BadInput(f"{len(tree['statements'])} statements were given", "Ask one query at a time.")
    if foreign := sorted(set(_table_functions(tree)) - _HARMLESS):
        raise BadInput(f"A query reads the release and nothing else; it cannot call {', '.join(foreign)}")


def _table_functions(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if node.get("type") == "TABLE_FUNCTION":
            yield str(node["function"]["function_name"]).lower()
        for child in node.values():
            yield from _table_functions(child)
    elif isinstance(node, list):
        for child in node:
            yield from _table_functions(child)
