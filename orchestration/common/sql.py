"""SQL text made from values: identifiers, literals and one setting. Binding parameters would make duckdb 1.5 import pandas, 0.3 s."""

import os


def memory_limit() -> str:
    """What DuckDB may hold of a build at a time, the rest is spilled beside the file: half of the machine, or JIQUN_MEMORY_LIMIT (`4GB`).

    DuckDB's own default is four fifths, of which the rest of a refresh lives too.
    """
    half = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    return os.environ.get("JIQUN_MEMORY_LIMIT") or f"{half // 1_000_000}MB"


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
