"""Word files (.docx): paragraphs are lines, tables grids with merged cells filling the places they cover; running heads are left out."""

from collections.abc import Hashable, Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from orchestration.reading.containers.archive import check_archive
from orchestration.reading.containers.contents import Contents, TextLayer, Unreadable

_Block = Any  # python-docx's own types are of its internals


def read(data: bytes) -> Contents:
    """Paragraphs and tables of the body, in their order.

    Raises:
        Unreadable: Not a Word file, or a damaged one.
    """
    from docx import Document
    from docx.opc.exceptions import OpcError

    check_archive(data)
    try:
        document = Document(BytesIO(data))
    except (OpcError, BadZipFile, KeyError, ValueError, AttributeError, SyntaxError) as error:
        # SyntaxError: what the XML parser raises; the others: parts that are missing or not what they should be.
        raise Unreadable(f"a Word file that cannot be opened: {error}", "save it anew as .docx and add it again") from error
    layer = TextLayer()
    _read(document, layer)
    return layer.contents()


def _read(block: _Block, layer: TextLayer) -> None:
    for inner in block.iter_inner_content():
        if not hasattr(inner, "rows"):
            layer.text(inner.text)
        elif _lays_out(inner):
            for cell in {cell._tc: cell for row in inner.rows for cell in row.cells}.values():
                _read(cell, layer)
        else:
            layer.table(_rows(inner))


def _lays_out(table: _Block) -> bool:
    """Whether a table lays out the page: it holds tables, or is one column."""
    cells = [row.cells for row in table.rows]
    return max(map(len, cells), default=0) < 2 or any(cell.tables for row in cells for cell in row)


def _rows(table: _Block) -> Iterator[list[tuple[Hashable, str]]]:
    for row in table.rows:
        before: list[tuple[Hashable, str]] = [(None, "")] * row.grid_cols_before
        yield before + [(cell._tc, cell.text) for cell in row.cells]
