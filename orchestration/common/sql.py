"""SQL text made from values: identifiers, literals and one setting. Binding parameters would make duckdb 1.5 import pandas, 0.3 s."""

import os

# What DuckDB may hold where the work grows with the corpus: its own default is four fifths of the machine, of which others live too.
MEMORY_LIMIT = "1500MB"


def memory_limit() -> str:
    """What DuckDB may hold of a build at a time; the rest it spills beside the file. JIQUN_MEMORY_LIMIT says otherwise: `4GB`, `50%`."""
    return os.environ.get("JIQUN_MEMORY_LIMIT", MEMORY_LIMIT)


def bounded() -> str:
    """The statement that bounds a connection's memory."""
    return f"set memory_limit = {literal(memory_limit())}"


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: object) -> str:
    """An SQL literal of a string, number, path or None."""
    if value is None or isinstance(value, int | float):
        return "null" if value is None else repr(value)
    return "'" + str(value).replace("'", "''") + "'"
