"""From a build database to the files of a release: the allow-listed tables, their views and comments, and Parquet of each.

DuckDB only; whether any of it may be published is decided elsewhere. Rows lie in the order of their keys, so that the same tables
make the same Parquet bytes whatever order a build wrote them in.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from orchestration.common.sql import bounded, literal, quoted
from orchestration.errors import GateRefused, JiqunError
from orchestration.releasing.descriptions import TableDoc
from orchestration.releasing.store import write_ahead_log
from orchestration.releasing.tables import GATE_RESULTS, RELEASED, TABLES, Table

if TYPE_CHECKING:
    from orchestration.gating.record import GateRecord

# The oldest format that has all we use: clients since DuckDB 1.2 read it.
_STORAGE_VERSION = "v1.2.0"


def open_build(build: Path) -> duckdb.DuckDBPyConnection:
    """A connection that sees a build database, read-only, as `build`, and uses it.

    Raises:
        JiqunError: It is missing, torn, still open elsewhere, or was not closed properly.
    """
    if not build.is_file():
        raise JiqunError(f"The build database {build} is missing", "Run the whole job: `jiqun refresh`.")
    if log := write_ahead_log(build):
        raise JiqunError(
            f"{log} lies beside the build database: whoever wrote that did not close it", "Refresh again: the build is made anew."
        )
    connection = duckdb.connect()
    try:
        connection.execute(f"{bounded()}; attach {literal(build)} as build (read_only); use build")
    except duckdb.Error as error:
        connection.close()
        raise JiqunError(f"The build database {build} cannot be opened: {error}", "Close what holds it and refresh again.") from error
    return connection


def require_tables(build: duckdb.DuckDBPyConnection) -> None:
    """Refuse a build that lacks a table of the allow-list.

    Raises:
        GateRefused: Naming what is missing.
    """
    if missing := [table.full_name for table, columns in _columns(build, TABLES).items() if not columns]:
        raise GateRefused(f"The build lacks {', '.join(missing)}", "A release holds every table of the contract: build all models.")


def copy_tables(build: Path, target: Path, docs: Mapping[str, TableDoc]) -> None:
    """Copy the allow-list out of a build database into a new database file, views as views, with comments. Anything else is left out.

    Raises:
        GateRefused: A table lacks its key, or a view reads what is not copied.
    """
    with open_build(build) as connection:
        views = _views(connection)
        columns = _columns(connection, TABLES)
        # What is sorted beyond the memory limit is spilled beside the file, whose folder is cleared if this dies.
        connection.execute(f"set temp_directory = {literal(target.with_name('spill'))}")
        connection.execute(f"attach {literal(target)} as target (storage_version {literal(_STORAGE_VERSION)})")
        # One transaction, here and below: each is a sync to disk, and there are two hundred statements.
        connection.execute("begin")
        for schema in sorted({table.schema for table in RELEASED}):
            connection.execute(f"create schema target.{schema}")
        for table in TABLES:
            if table not in views:
                rows = in_order(table, columns[table], catalog="build")
                connection.execute(f"create table target.{table.full_name} as {rows}")
        connection.execute("commit; use target; detach build; checkpoint target")
        selects = {table: _without_catalog(connection, sql, "build") for table, sql in views.items()}
    with duckdb.connect(str(target)) as connection:
        connection.execute("begin")
        for table, select in selects.items():
            _create_view(connection, table, columns[table], select)
        _comment(connection, columns, docs, views)
        connection.execute("commit")


def add_gate_results(target: Path, record: "GateRecord") -> None:
    """Write the answers of the gate beside the tables they are about, as `audit.gate_results`."""
    from orchestration.gating.record import GATE_RESULTS_COLUMNS, gate_results_rows

    types = {"string": "varchar", "integer": "bigint"}
    columns = ", ".join(f"{quoted(name)} {types[kind]}" for name, kind in GATE_RESULTS_COLUMNS.items())
    rows = ", ".join(f"({', '.join(map(literal, row))})" for row in gate_results_rows(record))
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"create table {GATE_RESULTS.full_name} ({columns})")
        connection.execute(f"insert into {GATE_RESULTS.full_name} values {rows}")


def checkpoint(target: Path) -> None:
    """Bring a database file to rest: everything in the file itself, nothing beside it.

    Raises:
        JiqunError: A write-ahead log is left, because something else holds the file.
    """
    with duckdb.connect(str(target)) as connection:
        connection.execute("checkpoint")
    if log := write_ahead_log(target):
        raise JiqunError(f"{log} is left after a checkpoint", "Another process holds the file: refresh again.")


def write_parquet(database: Path, folder: Path, docs: Mapping[str, TableDoc], citation: str) -> None:
    """Write every table and view of a release as `<schema>.<table>.parquet`; the same rows and citation give the same bytes.

    Each file says in its key-value metadata what a row of it is (`description`), what its columns mean (`columns`, a JSON object) and
    how it is cited (`citation`).
    """
    folder.mkdir()
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute(bounded())
        columns = _columns(connection, RELEASED)
        for table in RELEASED:
            rows = in_order(table, columns[table])
            file = literal(folder / f"{table.full_name}.parquet")
            told = _metadata(docs.get(table.full_name, TableDoc("")), citation)
            connection.execute(f"copy ({rows}) to {file} (format parquet, compression zstd, row_group_size 122880, kv_metadata {told})")


def _metadata(doc: TableDoc, citation: str) -> str:
    columns = json.dumps({name: column.description for name, column in doc.columns.items()}, ensure_ascii=False)
    return f"{{description: {literal(doc.description)}, columns: {literal(columns)}, citation: {literal(citation)}}}"


def in_order(table: Table, columns: Sequence[str], catalog: str = "") -> str:
    """The query for all rows of a table in one order: by its key, then by everything else, so that even equal keys have an order.

    Raises:
        GateRefused: A column of the key is missing.
    """
    if missing := [column for column in table.key if column not in columns]:
        raise GateRefused(f"{table.full_name} lacks its key {', '.join(missing)}", "See the contract of this table in dbt_project/models.")
    source = f"{catalog}.{table.full_name}" if catalog else table.full_name
    order = [*table.key, *(column for column in columns if column not in table.key)]
    return f"select * from {source} order by {', '.join(f'{quoted(column)} nulls last' for column in order)}"


def _columns(connection: duckdb.DuckDBPyConnection, tables: Sequence[Table]) -> dict[Table, list[str]]:
    """The columns of each table, in order, none where there is no such table; by one question, since each costs as much as a small copy."""
    rows = connection.execute(
        "select schema_name || '.' || table_name, list(column_name order by column_index) from duckdb_columns() "
        "where database_name = current_database() group by all"
    ).fetchall()
    found = dict(rows)
    return {table: found.get(table.full_name, []) for table in tables}


def _views(connection: duckdb.DuckDBPyConnection) -> dict[Table, str]:
    found = connection.execute(
        "select schema_name || '.' || view_name, sql from duckdb_views() where database_name = current_database() and not internal"
    ).fetchall()
    sql = dict(found)
    return {table: sql[table.full_name] for table in TABLES if table.full_name in sql}


def _without_catalog(connection: duckdb.DuckDBPyConnection, create_view: str, catalog: str) -> str:
    """The select of a view, free of the database name it was built under.

    DuckDB 1.x keeps `build.marts.dim_clusters` in the view's SQL, which means nothing once the file has another name. Its own parser takes
    the name out, so that a string or an alias that looks the same is left alone.
    """
    _, _, select = create_view.partition(" AS ")
    found = connection.execute(f"select json_serialize_sql({literal(select.rstrip().rstrip(';'))})").fetchone()
    tree = json.loads(found[0]) if found else {"error": True}
    if tree["error"]:
        raise JiqunError(f"A view cannot be copied: {tree.get('error_message')}: {create_view}")
    _clear_catalogs(tree, catalog)
    text = connection.execute(f"select json_deserialize_sql({literal(json.dumps(tree))}::json)").fetchone()
    return str(text[0]) if text else ""


def _clear_catalogs(node: object, catalog: str) -> None:
    if isinstance(node, dict):
        if node.get("type") == "BASE_TABLE" and node.get("catalog_name") == catalog:
            node["catalog_name"] = ""
        for child in node.values():
            _clear_catalogs(child, catalog)
    elif isinstance(node, list):
        for child in node:
            _clear_catalogs(child, catalog)


def _create_view(connection: duckdb.DuckDBPyConnection, table: Table, columns: Sequence[str], select: str) -> None:
    names = ", ".join(map(quoted, columns))
    try:
        connection.execute(f"create view {table.full_name} ({names}) as {select}")
    except duckdb.Error as error:
        raise GateRefused(
            f"The view {table.full_name} reads what a release does not hold: {error}", "Let it read tables of marts and audit only."
        ) from error


def _comment(
    connection: duckdb.DuckDBPyConnection, columns: Mapping[Table, Sequence[str]], docs: Mapping[str, TableDoc], views: Mapping[Table, str]
) -> None:
    for table, names in columns.items():
        if doc := docs.get(table.full_name):
            kind = "view" if table in views else "table"
            connection.execute(f"comment on {kind} {table.full_name} is {literal(doc.description)}")
            for name in names:
                if column := doc.columns.get(name):
                    connection.execute(f"comment on column {table.full_name}.{quoted(name)} is {literal(column.description)}")
