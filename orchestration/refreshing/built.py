"""What a build holds: asked of its database and of what dbt said of it, for people and for the gate. Changes and decides nothing."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from orchestration.conforming.dbt import NodeResult

# Rows shown of a test that failed; all of them are found by its query.
_ROWS_NAMED = 5


def row_counts(database: Path) -> dict[tuple[str, str], int]:
    """Rows per (schema, table): DuckDB's own estimate, which costs nothing."""
    import duckdb

    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.sql("select schema_name, table_name, estimated_size from duckdb_tables()").fetchall()
    return {(str(schema), str(table)): int(size) for schema, table, size in rows}


def column_types(database: Path) -> dict[tuple[str, str], dict[str, str]]:
    """Types by column, per (schema, table)."""
    import duckdb

    found: dict[tuple[str, str], dict[str, str]] = {}
    with duckdb.connect(str(database), read_only=True) as connection:
        for schema, table, column, kind in connection.sql(
            "select schema_name, table_name, column_name, data_type from duckdb_columns() where not internal order by column_index"
        ).fetchall():
            found.setdefault((schema, table), {})[column] = kind
    return found


def offending_rows(database: Path, failed: NodeResult) -> list[dict[str, Any]]:
    """The first rows that a dbt test found; none where it could not be asked."""
    import duckdb

    from orchestration.common.tracing import records

    if failed.resource_type != "test" or not failed.sql:
        return []
    with duckdb.connect(str(database), read_only=True) as connection, suppress(duckdb.Error):
        return records(connection, f"select * from ({failed.sql}\n) as found order by all limit {_ROWS_NAMED}")
    return []


def failure_named(database: Path, bad: NodeResult) -> str:
    """A model or test that failed, with its message or the first rows it found, in one line."""
    if bad.resource_type != "test":
        return f"{bad.name}: {bad.message}"
    rows = ["(" + " ".join(map(str, row.values())) + ")" for row in offending_rows(database, bad)]
    return f"{bad.name}: {bad.failures} rows" + (f", {', '.join(rows)}" if rows else "")


def documents_behind(database: Path, failed: Sequence[NodeResult]) -> dict[str, str]:
    """Source ids of the documents behind failed dbt tests, each with a reason."""
    import duckdb

    from orchestration.gating.offenders import sources_of

    behind: dict[str, str] = {}
    with duckdb.connect(str(database), read_only=True) as connection:
        for result in failed:
            if result.resource_type == "test" and result.sql:
                behind |= dict.fromkeys(sources_of(connection, result.sql), f"its rows fail {result.name}")
    return behind


def untested(manifest: Path, results: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """The dbt tests of the project that did not pass on this build, or were not run on it at all."""
    statuses = {result["unique_id"]: result["status"] for result in results}
    for node in json.loads(manifest.read_text(encoding="utf-8"))["nodes"].values():
        if node["resource_type"] == "test" and (status := statuses.get(node["unique_id"], "not run")) not in ("pass", "warn"):
            yield f"dbt test {node['name']}: {status}"
