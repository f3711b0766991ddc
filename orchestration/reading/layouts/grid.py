"""Tables that the container marks as tables (CSV, HTML, Markdown): the cells are given, the text around them is furniture."""

from dataclasses import dataclass

from orchestration.reading.headers import has_cluster_table
from orchestration.reading.layout import Document, Reading
from orchestration.reading.layouts.tab_table import read_around
from orchestration.reading.lexicon import Lexicon
from orchestration.reading.table import TableReader, read_grid


@dataclass(frozen=True, slots=True)
class GridLayout:
    """Layout of documents that are, or hold, marked tables."""

    name: str = "grid"

    def score(self, document: Document, lexicon: Lexicon) -> float:  # noqa: ARG002  (the header alone tells)
        """Near 1 where a table has a header of this subject's columns, 0 without one."""
        return 0.95 if has_cluster_table(document.cells) else 0.0

    def read(self, document: Document, lexicon: Lexicon) -> Reading:
        """Reads every table with a header of this subject's columns; cells of other tables are lines like any other."""
        reading = Reading()
        reader = TableReader(document.source_id, document.file_name, lexicon, document.year, reading)
        for grid in document.cells:
            if has_cluster_table([grid]):
                read_grid(grid, reader)
        read_around(document, reader)
        reader.finish()
        return reading


LAYOUT = GridLayout()
