"""Tables that the container marks as tables: the cells are given, the text around is furniture or headings."""

from dataclasses import dataclass

from orchestration.reading.layout import Cell, Document, Reading
from orchestration.reading.layouts.tab_table import read_around
from orchestration.reading.tables.columns import CellJudge, label_text, roles_by_content
from orchestration.reading.tables.headers import has_cluster_table
from orchestration.reading.tables.industries import names_cluster
from orchestration.reading.tables.number_columns import units_of_note, year_of_title
from orchestration.reading.tables.table import TableReader, read_grid
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
            title_year=year_of_title(document.lines),
        )
        tables = [grid for grid in document.cells if has_cluster_table([grid]) or roles_by_content(grid, reader.judge, names_cluster)]
        begins = {min(cell.line_number for row in grid for cell in row): grid for grid in tables}
        within = {cell.line_number for grid in tables for row in grid for cell in row}
        for number, line in enumerate(document.lines[: max(within, default=0)], 1):
            if number in begins:
                read_grid(begins[number], reader)
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


LAYOUT = GridLayout()
