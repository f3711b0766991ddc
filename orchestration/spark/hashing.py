"""The content hash of a Spark table: the definition of `orchestration/gating/hashing.py`, computed in one scan where the rows are."""

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


def table_hash(rows: "DataFrame", table: str) -> TableHash:
    """The hash of a data frame's rows.

    Args:
        rows: The data frame.
        table: What it is called in an error.

    Raises:
        JiqunError: A column has a type whose values have no engine-independent text.
    """
    logical = {field.name: _logical_type(table, field.name, field.dataType.simpleString()) for field in rows.schema.fields}
    texts = [f"{_text_sql(f'`{column}`', kind)} as text_{place}" for place, (column, kind) in enumerate(logical.items())]
    row = ", ".join(f"coalesce(length(text_{place}) || ':' || text_{place}, '-')" for place in range(len(logical)))
    halves = rows.selectExpr(*texts).selectExpr(f"md5(concat({row})) as digest")
    sums = halves.selectExpr("count(*)", *(f"coalesce(sum({_half(start)}), 0)" for start in (1, 17)))
    ((row_count, first, second),) = sums.collect()
    return finished(logical, int(row_count), int(first), int(second))


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
