"""The content hash of a table: same rows, same hash, whatever the engine, row order, threads, locale or time zone.

The hash binds a release to what the gate examined, so it is defined on values, not on how an engine stores or prints them:

1. **Columns**, in their declared order: a name and a logical type (`integer`, `double`, `decimal`, `string`, `boolean`, `date`).
   Every integer width is `integer`. Other types are refused by name.
2. **Value text**. Null is `-`. Any other value is `<length>:<text>`, the length in characters (code points) of the text:
   integers in decimal digits; booleans `true` / `false`; dates `YYYY-MM-DD`; strings as they are; decimals in plain digits
   without closing zeros; doubles as below. An empty string is `0:`, so it is not null, and no text can imitate a boundary.
3. **Doubles** are taken apart with operations that IEEE 754 makes exact, because no two engines print them alike:
   `<floor(x)>,<floor((x - floor(x)) * 2^62)>`, both as integers (`1.5` is `1,2305843009213693952`; negative zero is zero).
   From 2^62 upwards: `e` and the value in C's `%.14e`. Not a number and the infinities: `nan`, `inf`, `-inf`. Every double from
   2^-9 to 2^62 keeps its last bit; smaller ones are told apart to 2^-62, larger ones to 15 digits.
4. **Row**: the value texts joined without separator; its md5, read as two unsigned 64-bit little-endian integers.
5. **Table**: each of the two added up over all rows without wrapping, so that order does not matter and duplicates count;
   then the sha256 of the header (version, columns) and these sums and the row count.

DuckDB computes it in one scan. Elsewhere (Spark: `md5`, `length`, `floor`, `conv`, `sum` of decimals) points 1 to 5 give the same;
`hash_rows` is the same definition in plain Python.
"""

import hashlib
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from orchestration.errors import JiqunError

VERSION = "jiqun table hash 1"

_LOGICAL_TYPES = {
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"), "integer"),
    "FLOAT": "double",
    "DOUBLE": "double",
    "VARCHAR": "string",
    "BOOLEAN": "boolean",
    "DATE": "date",
}


@dataclass(frozen=True, slots=True, order=True)
class TableHash:
    """What a table holds, in 64 hex digits, and how many rows."""

    hash: str
    row_count: int


def table_hashes(
    connection: duckdb.DuckDBPyConnection, schemas: Sequence[str] = ("marts", "audit"), *, only: Collection[str] | None = None
) -> dict[str, TableHash]:
    """The hash of every table and view in these schemas of the connection's database, by `schema.table`, sorted.

    Args:
        connection: To the database.
        schemas: Whose tables are hashed.
        only: Full names; others are passed over unread, whatever was planted there. None where all of them count.

    Raises:
        JiqunError: A table cannot be read, or a column has a type whose values have no engine-independent text.
    """
    wanted = ", ".join(f"'{schema}'" for schema in schemas)
    columns: dict[str, dict[str, str]] = {}
    for schema, table, column, column_type in connection.execute(
        f"""
        select schema_name, table_name, column_name, data_type
        from duckdb_columns()
        where database_name = current_database() and schema_name in ({wanted})
        order by schema_name, table_name, column_index
        """
    ).fetchall():
        if only is None or f"{schema}.{table}" in only:
            columns.setdefault(f"{schema}.{table}", {})[column] = column_type
    return {table: _hash_in_duckdb(connection, table, types) for table, types in columns.items()}


def _hash_in_duckdb(connection: duckdb.DuckDBPyConnection, table: str, types: Mapping[str, str]) -> TableHash:
    logical = {column: _logical_type(table, column, column_type) for column, column_type in types.items()}
    texts = ", ".join(f"{_text_sql(_quoted(column), kind)} as text_{place}" for place, (column, kind) in enumerate(logical.items()))
    row = ", ".join(f"coalesce(length(text_{place}) || ':' || text_{place}, '-')" for place in range(len(logical)))
    source = ".".join(_quoted(part) for part in table.split(".", maxsplit=1))
    query = f"""
        select
            count(*),
            coalesce(sum((digest & 18446744073709551615::uhugeint)::ubigint), 0),
            coalesce(sum((digest >> 64)::ubigint), 0)
        from (select md5_number(concat({row})) as digest from (select {texts} from {source}))
        """
    try:
        ((row_count, first, second),) = connection.execute(query).fetchall()
    except duckdb.Error as error:
        raise JiqunError(f"table {table} cannot be read: {error}", "Run the whole job: `jiqun refresh`.") from error
    return finished(logical, int(row_count), int(first), int(second))


def hash_rows(columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> TableHash:
    """The hash of rows in memory, by the definition at the head of this module.

    Args:
        columns: Logical type by column name, in order.
        rows: Values in the order of the columns.
    """
    row_count = first = second = 0
    for row in rows:
        digest = hashlib.md5("".join(map(_value_text, row)).encode(), usedforsecurity=False).digest()
        first += int.from_bytes(digest[:8], "little")
        second += int.from_bytes(digest[8:], "little")
        row_count += 1
    return finished(columns, row_count, first, second)


def finished(columns: Mapping[str, str], row_count: int, first: int, second: int) -> TableHash:
    """Point 5 of the definition: what an engine has added up over the rows, bound to the columns."""
    header = "".join(f"{len(name)}:{name} {kind}\n" for name, kind in columns.items())
    text = f"{VERSION}\n{header}{row_count} {first} {second}\n"
    return TableHash(hashlib.sha256(text.encode()).hexdigest(), row_count)


def _logical_type(table: str, column: str, column_type: str) -> str:
    if column_type.startswith("DECIMAL"):
        return "decimal"
    if column_type not in _LOGICAL_TYPES:
        raise JiqunError(
            f"column {table}.{column} has type {column_type}, whose values have no text that every engine agrees on",
            "cast it in the model to a string, integer, double, decimal, boolean or date",
        )
    return _LOGICAL_TYPES[column_type]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text_sql(column: str, kind: str) -> str:
    match kind:
        case "double":
            return f"""case
                when isnan({column}) then 'nan'
                when isinf({column}) then if({column} > 0, 'inf', '-inf')
                when abs({column}) >= pow(2, 62) then 'e' || printf('%.14e', {column}::double)
                else floor({column}::double)::bigint || ',' || floor(({column}::double - floor({column}::double)) * pow(2, 62))::bigint
            end"""
        case "decimal":
            return f"if(contains({column}::varchar, '.'), rtrim(rtrim({column}::varchar, '0'), '.'), {column}::varchar)"
        case _:
            return f"{column}::varchar"


def _value_text(value: object) -> str:
    match value:
        case None:
            return "-"
        case bool():
            text = str(value).lower()
        case float():
            text = _double_text(value)
        case Decimal():
            text = f"{value:f}"
            text = text.rstrip("0").rstrip(".") if "." in text else text
        case date():
            text = value.isoformat()
        case _:
            text = str(value)
    return f"{len(text)}:{text}"


def _double_text(value: float) -> str:
    if math.isnan(value) or math.isinf(value):
        return str(value)
    if abs(value) >= 2**62:
        return f"e{value:.14e}"
    whole = math.floor(value)
    return f"{whole},{math.floor((value - whole) * 2.0**62)}"
