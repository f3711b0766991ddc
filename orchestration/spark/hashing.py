"""The content hash of Spark tables: the definition of `orchestration/gating/hashing.py`, computed in one scan where the rows are."""

from collections.abc import Mapping
from functools import reduce
from typing import TYPE_CHECKING

from orchestration.errors import JiqunError
from orchestration.gating.hashing import TableHash, finished

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_LOGICAL_TYPES = {
    **dict.fromkeys(("tinyint", "smallint", "int", "bigint"), "integer"),
    **dict.fromkeys(("float", "double"), "double"),
    "string": "string",
    "boolean": "boolean",
    "date": "date",
}
# 2^62 as a double: the fraction's bits are told by multiplication with a power of two, which is exact.
_SCALE = "4611686018427387904D"
# md5 is printed byte by byte; the definition reads its halves with the lowest byte first.
_BYTES, _REVERSED = "(..)" * 8, "".join(f"${place}" for place in range(8, 0, -1))


def table_hashes(frames: "Mapping[str, DataFrame]") -> dict[str, TableHash]:
    """The hashes of these data frames' rows, all by one statement: what Spark spends on each is planning more than rows.

    Args:
        frames: By what they are called, in an error too.

    Raises:
        JiqunError: A column has a type whose values have no engine-independent text.
    """
    if not frames:
        return {}
    logical = {
        table: {field.name: _logical_type(table, field.name, field.dataType.simpleString()) for field in rows.schema.fields}
        for table, rows in frames.items()
    }
    sums = reduce(
        lambda above, below: above.unionAll(below), [_sums(table, rows, logical[table]) for table, rows in frames.items()]
    ).collect()
    return {table: finished(logical[table], int(count), int(first), int(second)) for table, count, first, second in sums}


def _sums(table: str, rows: "DataFrame", logical: Mapping[str, str]) -> "DataFrame":
    """One row: the table, its number of rows, and the two sums of the definition."""
    texts = [f"{_text_sql(f'`{column}`', kind)} as text_{place}" for place, (column, kind) in enumerate(logical.items())]
    row = ", ".join(f"coalesce(length(text_{place}) || ':' || text_{place}, '-')" for place in range(len(logical)))
    halves = rows.selectExpr(*texts).selectExpr(f"md5(concat({row})) as digest")
    return halves.selectExpr(f"'{table}' as name", "count(*)", *(f"coalesce(sum({_half(start)}), 0)" for start in (1, 17)))


def _half(start: int) -> str:
    return f"cast(conv(regexp_replace(substr(digest, {start}, 16), '{_BYTES}', '{_REVERSED}'), 16, 10) as decimal(38, 0))"


def _logical_type(table: str, column: str, column_type: str) -> str:
    if column_type not in _LOGICAL_TYPES:
        raise JiqunError(
            f"column {table}.{column} has type {column_type}, whose values have no text that every engine agrees on",
            "cast it in the model to a string, integer, double, boolean or date",
        )
    return _LOGICAL_TYPES[column_type]


def _text_sql(column: str, kind: str) -> str:
    if kind != "double":
        return f"cast({column} as string)"
    value = f"cast({column} as double)"
    return f"""case
        when {column} is null then null
        when isnan({column}) then 'nan'
        when abs({value}) = double('infinity') then if({value} > 0, 'inf', '-inf')
        when abs({value}) >= {_SCALE} then 'e' || format_string('%.14e', {value})
        else floor({value}) || ',' || floor(({value} - floor({value})) * {_SCALE})
    end"""
