"""The spreadsheet of a release: what it is, what its columns mean, and a sheet for each mart.

Nothing in it can run. Text from a source that looks like a formula or an error is a string all the same, and marked as text so that it
stays one when somebody edits the cell. Two releases of the same tables differ in their id only: no clock goes into the file.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import duckdb
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from orchestration.common.console import FORMULA, printable
from orchestration.common.sql import literal
from orchestration.releasing.descriptions import TableDoc
from orchestration.releasing.exports.citing import TITLE
from orchestration.releasing.tables import RELEASED, Table

SPREADSHEET = "jiqun.xlsx"
# A table with more rows is left out, and the first sheet says so: half a table would be summed by somebody. Ten sheets of this size
# take 13 seconds to write; who has more rows has outgrown spreadsheets.
ROWS_A_SHEET = 20_000
# Excel holds 32,767 characters in a cell; the rest is room to say that it was cut.
_CELL_LENGTH = 32_000
_FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets disagree on which day a number is
_MARKS = (*FORMULA, "#")
# `_x0041_` means `A` to a spreadsheet: its own underscore escaped, it is what it was.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NO_XML = {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"}  # the only characters that XML cannot hold and `printable` lets pass
_MARTS = sorted((table for table in RELEASED if table.schema == "marts"), key=lambda table: table.name)  # `clusters` first
_ROWS_AT_ONCE = 2000
_CLOCK = datetime(1980, 1, 1)  # the first moment a zip archive can state


class _Archive(ZipFile):
    """A zip archive whose entries state no time and no user."""

    def open(self, name: str | ZipInfo, mode: Any = "r", *arguments: Any, **options: Any) -> Any:
        """As of `ZipFile`, through which every entry is written."""
        if isinstance(name, ZipInfo) and mode == "w":
            name.date_time = _CLOCK.timetuple()[:6]
            name.external_attr = 0o644 << 16
        return super().open(name, mode, *arguments, **options)


def write_spreadsheet(folder: Path, release_id: str, docs: Mapping[str, TableDoc], citation: str) -> None:
    """Write `jiqun.xlsx` into a release folder that has its Parquet files."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = TITLE, "jiqun"
    book.properties.created = book.properties.modified = _CLOCK
    with duckdb.connect() as connection:
        counts = {table: _count(connection, folder, table) for table in _MARTS}
        held = [table for table, count in counts.items() if count <= ROWS_A_SHEET]
        _add(book, "About", _about(release_id, docs, citation, counts), widths=(26, 12, 90))
        _add(book, "Columns", _columns(docs, held), widths=(22, 28, 100), heading=1)
        for table in held:
            rows = connection.execute(f"from read_parquet({_parquet(folder, table)})")
            names = [name for name, *_ in rows.description or ()]
            _add(book, table.name, _rows(names, rows), widths=[max(14, len(name) + 4) for name in names], heading=1)
    ExcelWriter(book, _Archive(folder / SPREADSHEET, "w", ZIP_DEFLATED)).save()


def _about(release_id: str, docs: Mapping[str, TableDoc], citation: str, counts: Mapping[Table, int]) -> Iterator[tuple[Any, ...]]:
    yield (TITLE,)
    yield ("Release", release_id)
    if left_out := [table for table, count in counts.items() if count > ROWS_A_SHEET]:
        yield (f"NOT COMPLETE: {len(left_out)} of {len(counts)} tables have more than {ROWS_A_SHEET:,} rows and are not here; see below.",)
    yield ()
    for line in citation.splitlines():
        yield (line,)
    yield ()
    yield ("Sheet", "Rows", "What a row is")
    for table, count in counts.items():
        doc = docs.get(table.full_name, TableDoc("")).description
        where = "" if count <= ROWS_A_SHEET else f"Not in this spreadsheet: see parquet/{table.full_name}.parquet of the release. "
        yield (table.name, count, where + doc)


def _columns(docs: Mapping[str, TableDoc], held: Iterable[Table]) -> Iterator[tuple[Any, ...]]:
    yield ("Sheet", "Column", "What it means")
    for table in held:
        for name, column in docs.get(table.full_name, TableDoc("")).columns.items():
            yield (table.name, name, column.description)


def _rows(names: list[str], rows: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    yield tuple(names)
    while batch := rows.fetchmany(_ROWS_AT_ONCE):
        yield from batch


def _add(book: Workbook, title: str, rows: Iterable[tuple[Any, ...]], *, widths: Iterable[int], heading: int = 0) -> None:
    """A sheet. The first `heading` rows are bold, stay in sight and can be filtered by."""
    sheet = book.create_sheet(title)
    columns = 0
    for columns, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(columns)].width = width
    sheet.freeze_panes = f"A{heading + 1}" if heading else None
    count = 0
    for count, row in enumerate(rows, start=1):
        sheet.append([_cell(sheet, value, is_bold=count <= heading) for value in row])
    if heading:
        sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{count}"


def _cell(sheet: Any, value: Any, *, is_bold: bool) -> Any:
    """What stands in a cell: numbers, days and truths as they are, everything else as a string that cannot be anything else."""
    if isinstance(value, float) and not math.isfinite(value):
        value = str(value)
    elif isinstance(value, date) and (isinstance(value, datetime) or value < _FIRST_DAY):
        value = value.isoformat()
    if not isinstance(value, str):
        return value
    text = _ESCAPE.sub("_x005F_", printable(value).translate(_NO_XML))
    if len(text) > _CELL_LENGTH:
        text = f"{text[:_CELL_LENGTH]} [... {len(text) - _CELL_LENGTH:,} more characters: see the Parquet file]"
    if not is_bold and not text.startswith(_MARKS):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    if is_bold:
        cell.font = Font(bold=True)
    cell.quotePrefix = text.startswith(_MARKS)
    return cell


def _count(connection: duckdb.DuckDBPyConnection, folder: Path, table: Table) -> int:
    row = connection.execute(f"select count(*) from read_parquet({_parquet(folder, table)})").fetchone()
    return int(row[0]) if row else 0


def _parquet(folder: Path, table: Table) -> str:
    return literal(folder / "parquet" / f"{table.full_name}.parquet")
