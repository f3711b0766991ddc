"""SQL text made from values: identifiers and literals. Binding parameters would make duckdb 1.5 import pandas, 0.3 s."""


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: object) -> str:
    """An SQL literal of a string, number, path or None."""
    if value is None or isinstance(value, int | float):
        return "null" if value is None else repr(value)
    return "'" + str(value).replace("'", "''") + "'"
