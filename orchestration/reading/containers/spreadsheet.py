"""Spreadsheets (.xlsx): a grid a sheet, of the values as last stored. Formulas are never run; merged cells fill the places they cover."""

import re
from collections.abc import Hashable, Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from orchestration.reading.containers.archive import check_archive
from orchestration.reading.containers.contents import Contents, TextLayer, Unreadable

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_MOST_CELLS = 5_000_000

_Sheet = Any  # openpyxl ships no types
_Row = list[tuple[Hashable, str]]


def read(data: bytes) -> Contents:
    """The sheets in their order: the name as a line where there are several, then its rows.

    Raises:
        Unreadable: Damaged, or a formula whose value was never stored.
    """
    check_archive(data)
    values = _open(data, data_only=True)
    formulas = _open(data, data_only=False) if _has_formulas(data) else values  # opening is what takes the time
    layer = TextLayer()
    for sheet, printed in zip(values.worksheets, formulas.worksheets, strict=True):
        if len(values.worksheets) > 1:
            layer.text(sheet.title)
        layer.table(_rows(sheet, printed))
    return layer.contents()


def _has_formulas(data: bytes) -> bool:
    with ZipFile(BytesIO(data)) as archive:
        return any(_FORMULA.search(archive.read(name)) for name in archive.namelist() if name.startswith("xl/worksheets/"))


def _open(data: bytes, *, data_only: bool) -> Any:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return load_workbook(BytesIO(data), data_only=data_only, keep_links=False)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, TypeError, AttributeError, SyntaxError, IndexError) as error:
        # SyntaxError: what XML parsers raise; the others: parts that are missing or not what they should be.
        raise Unreadable(f"a spreadsheet that cannot be opened: {error}", "save it anew as .xlsx and add it again") from error


def _rows(sheet: _Sheet, printed: _Sheet) -> Iterator[_Row]:
    if sheet.max_row * sheet.max_column > _MOST_CELLS and len(sheet._cells) * 4 < sheet.max_row * sheet.max_column:
        raise Unreadable(f"sheet {sheet.title!r} spans {sheet.max_row * sheet.max_column:,} cells", "delete the empty rows and columns")
    merged = {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }
    for row in sheet.iter_rows():
        yield [_cell(sheet, printed, merged.get((cell.row, cell.column)), cell) for cell in row]


def _cell(sheet: _Sheet, printed: _Sheet, area: Sequence[int] | None, cell: Any) -> tuple[Hashable, str]:
    """One place of the sheet: the cell itself, or the one merged over it."""
    row, column = area or (cell.row, cell.column)
    value = sheet.cell(row, column).value
    if value is None and printed.cell(row, column).data_type == "f":
        raise Unreadable(
            f"the formula in {cell.coordinate} of sheet {sheet.title!r} has no stored value",
            "open it in a spreadsheet program, save it, and add it again",
        )
    return (tuple(area) if area else None), _text(value)


def _text(value: object) -> str:
    """A value as people read it: 6 for 6.0, the day of a date without a time."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, (date, time)) else str(value)
