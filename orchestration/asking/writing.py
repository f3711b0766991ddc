"""Rows of a query on their way out: a table for people, CSV for spreadsheets, JSON for programs. Knows nothing of what they mean."""

import json
import math
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from orchestration.asking.querying import Rows
from orchestration.common.console import FORMULA, printable, say
from orchestration.errors import BadInput, JiqunError

# A table needs its widths before its first line, so it is cut; the other forms stream.
TABLE_ROWS = 1000
_QUOTED = re.compile(r'[,"\r\n]')


def write_rows(rows: Rows, form: str, output: Path | None = None) -> int:
    """Write rows to standard output, or to a new file that appears only when it is complete.

    Returns:
        How many rows were written.

    Raises:
        BadInput: The file is there already.
    """
    writer: Callable[[Rows, TextIO], int] = {"table": _write_table, "csv": _write_csv, "json": _write_json}[form]
    if output is None:
        return writer(rows, sys.stdout)
    with new_file(output) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        return writer(rows, file)


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Where to write what shall stand at `path` once it is complete.

    Raises:
        BadInput: There is such a file already.
        JiqunError: It could not be written.
    """
    if os.path.lexists(path):
        raise BadInput(f"{path} exists already", "Name a new file, or remove that one first.")
    temporary = path.with_name(f".{path.name}.tmp-{os.getpid()}")
    try:
        yield temporary
        temporary.rename(path)
    except OSError as error:
        raise JiqunError(
            f"{path} could not be written: {error}", "Name a file in a folder you may write to, with space on its disk."
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def _write_json(rows: Rows, file: TextIO) -> int:
    """An array of objects, one row a line. Characters that a terminal would act on are escaped, so the values stay exact."""
    columns, count = _distinct(rows.columns), 0
    file.write("[")
    for batch in rows.batches:
        file.write(("," if count else "") + ",".join("\n" + _json_record(columns, row) for row in batch))
        count += len(batch)
    file.write("\n]\n" if count else "]\n")
    return count


def _json_record(columns: Sequence[str], row: Sequence[Any]) -> str:
    record = {column: _json_value(value) for column, value in zip(columns, row, strict=True)}
    text = json.dumps(record, ensure_ascii=False, default=str)
    return text if text.isprintable() else json.dumps(record, default=str)


def _write_csv(rows: Rows, file: TextIO) -> int:
    """Header and rows. On a terminal, control characters are shown instead of sent."""
    clean: Callable[[str], str] = printable if file.isatty() else str
    count = 0
    file.write(clean(_csv_line(rows.columns)))
    for batch in rows.batches:
        file.write(clean("".join(map(_csv_line, batch))))
        count += len(batch)
    return count


def _csv_line(row: Sequence[Any]) -> str:
    # Not the standard library's: with Unix line ends it leaves a carriage return unquoted, and null looks like an empty text.
    return ",".join(_csv_cell(_no_formula(value)) if isinstance(value, str) else _csv_cell(_text(value), "") for value in row) + "\n"


def _csv_cell(text: str, empty: str = '""') -> str:
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text or empty


def _write_table(rows: Rows, file: TextIO) -> int:
    """Columns under each other: fitted to the terminal by Rich, or as wide as needed where there is none."""
    shown = [[printable(_text(value)) for value in row] for row in islice(_each(rows), TABLE_ROWS + 1)]
    is_cut = len(shown) > TABLE_ROWS
    del shown[TABLE_ROWS:]
    columns = [printable(column) for column in rows.columns]
    if file.isatty():
        _write_rich(columns, shown)
    else:
        file.writelines("  ".join(line).rstrip() + "\n" for line in _aligned([columns, *([_one_line(c) for c in row] for row in shown)]))
    if is_cut:
        say(f"Only the first {TABLE_ROWS:,} rows are shown: --format csv or json gives all.")
    return len(shown)


def _write_rich(columns: list[str], shown: list[list[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in shown:
        # Text, not markup: a printed `[red]` is no colour.
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)


def _aligned(lines: list[list[str]]) -> Iterator[list[str]]:
    from rich.cells import cell_len

    widths = [max(cell_len(cell) for cell in column) for column in zip(*lines, strict=True)]
    for line in lines:
        yield [cell + " " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True)]


def _one_line(cell: str) -> str:
    return cell.replace("\n", "\\n").replace("\t", "\\t")


def _each(rows: Rows) -> Iterator[tuple[Any, ...]]:
    for batch in rows.batches:
        yield from batch


def _distinct(columns: tuple[str, ...]) -> list[str]:
    """Names for the keys of an object: a name that is there twice gets a number, since a key cannot be."""
    names: list[str] = []
    for column in columns:
        name, number = column, 0
        while name in names:
            number += 1
            name = f"{column}_{number}"
        names.append(name)
    return names


def _json_value(value: Any) -> Any:
    """JSON has no dates, bytes, or numbers that are none: those are strings."""
    match value:
        case float() if not math.isfinite(value):
            return str(value)
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case bytes():
            return value.hex()
        case dict():
            return {str(key): _json_value(item) for key, item in value.items()}
        case list() | tuple():
            return [_json_value(item) for item in value]
    return value


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case date() | datetime() | time():
            return value.isoformat()
        case bytes():
            return value.hex()
        case list() | tuple() | dict():
            return json.dumps(_json_value(value), ensure_ascii=False, default=str)
    return str(value)


def _no_formula(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
