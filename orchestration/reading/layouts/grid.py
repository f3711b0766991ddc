"""Tables that the container marks as tables: the cells are given, the text around is furniture or headings."""

from dataclasses import dataclass
from itertools import pairwise, takewhile

from orchestration.reading.layout import Cell, Document, Grid, Reading
from orchestration.reading.layouts.tab_table import read_around
from orchestration.reading.tables.columns import CellJudge, label_text, roles_by_content
from orchestration.reading.tables.furniture import declared_total, furniture
from orchestration.reading.tables.headers import HEADER_WITHIN, Role, has_cluster_table, header_roles
from orchestration.reading.tables.industries import names_cluster
from orchestration.reading.tables.number_columns import units_of_note
from orchestration.reading.tables.table import TABLE_HEADER, TableReader
from orchestration.reading.tables.table_years import year_of_table
from orchestration.reading.words.lexicon import Lexicon

_MARKS = " \t#*_:："


@dataclass(frozen=True, slots=True)
class GridLayout:
    """Layout of documents that are, or hold, marked tables."""

    name: str = "grid"

    def score(self, document: Document, lexicon: Lexicon) -> float:
        """Near 1 where a table has a header of this subject's columns, less where only its cells tell, 0 where nothing does."""
        if has_cluster_table(document.cells):
            return 0.95
        judge = CellJudge(lexicon, document.year, is_thorough=False)
        return 0.91 if any(roles_by_content(grid, judge, names_cluster) for grid in document.cells) else 0.0

    def read(self, document: Document, lexicon: Lexicon) -> Reading:
        """Reads every table with a header of this subject's columns; cells of other tables are lines like any other."""
        reading = Reading()
        reader = TableReader(
            document.source_id,
            document.file_name,
            lexicon,
            document.year,
            reading,
            has_columns=True,
            units=units_of_note(document.lines),
        )
        tables = [grid for grid in document.cells if has_cluster_table([grid]) or roles_by_content(grid, reader.judge, names_cluster)]
        begins = {min(cell.line_number for row in grid for cell in row): grid for grid in tables}
        within = {cell.line_number for grid in tables for row in grid for cell in row}
        around = [line for number, line in enumerate(document.lines, 1) if number not in within]
        ended = 0  # the table before
        for number, line in enumerate(document.lines[: max(within, default=0)], 1):
            if number in begins:
                reader.title_year = year_of_table([*document.lines[ended : number - 1], *_titles_within(begins[number])], around)
                _read_grid(begins[number], reader)
                ended = max(cell.line_number for row in begins[number] for cell in row)
            elif number not in within:
                _read_heading(line, number, reader)
        read_around(document, reader)
        reader.finish()
        return reading


def _read_heading(line: str, number: int, reader: TableReader) -> None:
    """`## Zhejiang` above a table is the label of its rows."""
    text = line.strip(_MARKS)
    if text and (label := label_text(text, reader.lexicon)):
        start = line.index(text)
        reader.add_label(Cell(text, number, start, start + len(text)), label)


def _titles_within(grid: Grid) -> list[str]:
    """The lone cells that a sheet's table begins with, above its header."""
    lone = takewhile(lambda cells: len(cells) == 1, ([*dict.fromkeys(cell.text for cell in row if cell.text)] for row in grid))
    return [cells[0] for cells in lone]


def _read_grid(grid: Grid, reader: TableReader) -> None:
    """Reads the rows of a grid from its header on; a row that is not understood is held back line by line.

    What stands above the header, and lone cells that are furniture by their words, are for the reader of the text around tables.
    """
    reader.begin_table(grid)
    header = next((index for index, row in enumerate(grid[:HEADER_WITHIN]) if header_roles(row)), None)
    first = header or 0
    if header is None and (roles := roles_by_content(grid, reader.judge, names_cluster)):
        reader.take_columns(roles)
        if not names_cluster(grid[0][roles.index(Role.INDUSTRY)].text):  # a header of words nobody knows: `Title | Awarded to`
            reader.set_fates(sorted({cell.line_number for cell in grid[0]}), *TABLE_HEADER)
            first = 1
    for row in grid[first:]:
        cells = [*row[:1], *(cell if cell is not before else Cell("", cell.line_number, 0, 0) for before, cell in pairwise(row))]
        printed = [cell for cell in cells if cell.text]
        lone = printed[0].text if len(printed) == 1 else ""
        if furniture(lone) or declared_total(lone):
            continue
        if not reader.read_row(cells):
            for line in sorted({cell.line_number for cell in printed} - reader.reading.fates.keys()):
                text = " | ".join(cell.text for cell in printed if cell.line_number == line)
                reader.question(line, text, "a row of the table that could not be read", "check the row in the source")


LAYOUT = GridLayout()
