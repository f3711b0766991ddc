"""What differs between two releases: entity by entity, field by field, why, and in what they were made from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from orchestration.common.sql import literal, quoted
from orchestration.releasing.reasons import Reasons, read_reasons
from orchestration.releasing.store import Release, open_release
from orchestration.releasing.tables import RELEASED, Table

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row that only one release has: its key, what a person knows it by, and why (`reasons`)."""

    key: Key
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one row that differs."""

    key: Key
    label: str
    column: str
    before: Any
    after: Any
    reason: str


@dataclass(frozen=True, slots=True)
class TableDiff:
    """One table. Counts are of everything; the lists stop at the limit asked for."""

    table: str
    added_count: int
    gone_count: int
    changed_count: int
    changed_columns: dict[str, int] = field(default_factory=dict)
    columns_added: tuple[str, ...] = ()
    columns_gone: tuple[str, ...] = ()
    added: tuple[Row, ...] = ()
    gone: tuple[Row, ...] = ()
    changed: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class InputDiff:
    """Raw files, by path."""

    added: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """Two releases held against each other. `tables` has those that differ; `other_tables` those without entities whose content differs."""

    before: str
    after: str
    inputs: InputDiff
    tables: tuple[TableDiff, ...]
    other_tables: tuple[str, ...]
    is_code_changed: bool

    @property
    def is_empty(self) -> bool:
        """True where both hold the same."""
        return not (self.tables or self.other_tables or self.inputs.added or self.inputs.gone or self.inputs.changed)


def diff(before: Release, after: Release, limit: int | None = 20) -> Diff:
    """Compare two releases.

    Args:
        before: The older one, usually.
        after: The newer one.
        limit: How many rows of each kind are listed per table; None for all. Counts are always complete.
    """
    # Opened once each, for what opening finds wrong with them; compared in one connection that sees both.
    open_release(before).close()
    open_release(after).close()
    contents = before.manifest["tables"], after.manifest["tables"]
    inputs, is_code_changed = _inputs(before, after), before.manifest["code_digest"] != after.manifest["code_digest"]
    differing = [table for table in RELEASED if contents[0].get(table.full_name) != contents[1].get(table.full_name)]
    with duckdb.connect() as connection:
        connection.execute(f"attach {literal(before.database)} as before (read_only)")
        connection.execute(f"attach {literal(after.database)} as after (read_only)")
        reasons = read_reasons(connection, {*inputs.added, *inputs.gone, *inputs.changed}, is_code_changed=is_code_changed)
        tables = [_compare(connection, table, limit, reasons) for table in differing if table.label]
    return Diff(
        before=before.id,
        after=after.id,
        inputs=inputs,
        tables=tuple(tables),
        other_tables=tuple(table.full_name for table in differing if not table.label),
        is_code_changed=is_code_changed,
    )


def _inputs(before: Release, after: Release) -> InputDiff:
    was, now = ({item["path"]: item["sha256"] for item in release.manifest["inputs"]} for release in (before, after))
    return InputDiff(
        added=tuple(sorted(now.keys() - was.keys())),
        gone=tuple(sorted(was.keys() - now.keys())),
        changed=tuple(sorted(path for path in was.keys() & now.keys() if was[path] != now[path])),
    )


def _compare(connection: duckdb.DuckDBPyConnection, table: Table, limit: int | None, reasons: Reasons) -> TableDiff:
    columns = {side: _columns(connection, table, side) for side in ("before", "after")}
    both = [column for column in columns["after"] if column in columns["before"] and column not in table.key]
    joined = f"before.{table.full_name} as b join after.{table.full_name} as a on {_same(table.key)}"
    counts = _changed_columns(connection, joined, both)
    differs = " or ".join(_differs(column) for column in counts) or "false"
    return TableDiff(
        table=table.full_name,
        added_count=_number(connection, _only(table, "after", "before", "count(*)")),
        gone_count=_number(connection, _only(table, "before", "after", "count(*)")),
        changed_count=_number(connection, f"select count(*) from {joined} where {differs}"),
        changed_columns=counts,
        columns_added=tuple(column for column in columns["after"] if column not in columns["before"]),
        columns_gone=tuple(column for column in columns["before"] if column not in columns["after"]),
        added=tuple(_rows(connection, table, "after", "before", limit=limit, reasons=reasons)),
        gone=tuple(_rows(connection, table, "before", "after", limit=limit, reasons=reasons)),
        changed=tuple(_changes(connection, table, joined, tuple(counts), limit=limit, reasons=reasons)),
    )


def _changed_columns(connection: duckdb.DuckDBPyConnection, joined: str, columns: Sequence[str]) -> dict[str, int]:
    if not columns:
        return {}
    counts = connection.execute(
        f"select {', '.join(f'count(*) filter ({_differs(column)})' for column in columns)} from {joined}"
    ).fetchone()
    return {column: count for column, count in zip(columns, counts or (), strict=True) if count}


def _changes(
    connection: duckdb.DuckDBPyConnection, table: Table, joined: str, columns: Sequence[str], *, limit: int | None, reasons: Reasons
) -> Iterator[Change]:
    """The changed fields, row by row; the limit counts rows, so that a row is shown with all its changes or not at all."""
    if not columns:
        return
    keys, labels = _list("a", table.key), _list("a", table.label)
    fields = ", ".join(f"b.{quoted(column)}, a.{quoted(column)}" for column in columns)
    where = " or ".join(map(_differs, columns))
    source = "a.source_id" if "source_id" in _columns(connection, table, "after") else "null"
    query = f"select {source}, {keys}, {labels}, {fields} from {joined} where {where} order by {keys} {_limit(limit)}"
    for source_id, *row in connection.execute(query).fetchall():
        key, rest = tuple(row[: len(table.key)]), row[len(table.key) :]
        reason = reasons.of(table, key, source_id)
        label, values = _label(rest[: len(table.label)]), rest[len(table.label) :]
        for index, column in enumerate(columns):
            was, now = values[2 * index : 2 * index + 2]
            if was != now:
                yield Change(key, label, column, was, now, reason)


def _rows(
    connection: duckdb.DuckDBPyConnection, table: Table, side: str, other: str, *, limit: int | None, reasons: Reasons
) -> Iterator[Row]:
    keys = _list("here", table.key)
    source = "here.source_id" if "source_id" in _columns(connection, table, side) else "null"
    query = _only(table, side, other, f"{source}, {keys}, {_list('here', table.label)}")
    for source_id, *row in connection.execute(f"{query} order by {keys} {_limit(limit)}").fetchall():
        key = tuple(row[: len(table.key)])
        yield Row(key, _label(row[len(table.key) :]), reasons.of(table, key, source_id))


def _only(table: Table, side: str, other: str, what: str) -> str:
    same = " and ".join(f"there.{quoted(column)} = here.{quoted(column)}" for column in table.key)
    return f"select {what} from {side}.{table.full_name} as here where not exists (from {other}.{table.full_name} as there where {same})"


def _columns(connection: duckdb.DuckDBPyConnection, table: Table, side: str) -> list[str]:
    found = connection.execute(f"describe {side}.{table.full_name}").fetchall()
    return [name for name, *_ in found]


def _same(key: Sequence[str]) -> str:
    return " and ".join(f"a.{quoted(column)} = b.{quoted(column)}" for column in key)


def _differs(column: str) -> str:
    return f"a.{quoted(column)} is distinct from b.{quoted(column)}"


def _list(alias: str, columns: Sequence[str]) -> str:
    return ", ".join(f"{alias}.{quoted(column)}" for column in columns)


def _label(values: Sequence[Any]) -> str:
    return " / ".join(str(value) for value in values if value is not None)


def _limit(limit: int | None) -> str:
    return "" if limit is None else f"limit {limit}"


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def render(found: Diff) -> Iterator[str]:
    """The difference as lines for people."""
    yield f"{found.before} -> {found.after}"
    if found.is_empty:
        yield "The same inputs and the same content."
    for sign, paths in (("+", found.inputs.added), ("-", found.inputs.gone), ("~", found.inputs.changed)):
        yield from (f"{sign} raw {path}" for path in paths)
    if found.is_code_changed:
        yield "~ models, seeds, suites or code"
    for table in found.tables:
        yield from _render_table(table)
    for name in found.other_tables:
        yield f"~ {name}"


def _render_table(table: TableDiff) -> Iterator[str]:
    fields = ", ".join(f"{column} {count:,}" for column, count in table.changed_columns.items())
    yield ""
    counts = f"{table.added_count:,} added, {table.gone_count:,} gone, {table.changed_count:,} changed"
    yield f"{table.table}: {counts}{f' ({fields})' if fields else ''}"
    yield from (f"  + column {column}" for column in table.columns_added)
    yield from (f"  - column {column}" for column in table.columns_gone)
    for sign, rows, count in (("+", table.added, table.added_count), ("-", table.gone, table.gone_count)):
        yield from (f"  {sign} {_key(row.key)}  {row.label}  [{row.reason}]" for row in rows)
        if count > len(rows):
            yield f"  {sign} ... {count - len(rows):,} more"
    yield from (f"  ~ {_key(c.key)}  {c.label}  {c.column}: {_value(c.before)} -> {_value(c.after)}  [{c.reason}]" for c in table.changed)
    if table.changed_count > (shown := len({change.key for change in table.changed})):
        yield f"  ~ ... {table.changed_count - shown:,} more rows"


def _key(key: Key) -> str:
    return " ".join(map(str, key))


def _value(value: Any) -> str:
    return "nothing" if value is None else repr(value) if isinstance(value, str) else str(value)
