"""What a line of a list may be. Types only: `list_lines.py` tells which a line is, `layouts/listing.py` what lines mean to each other."""

from dataclasses import dataclass
from enum import Enum

from orchestration.reading.layout import Cell
from orchestration.reading.tables.columns import LabelText


class Kind(Enum):
    """What one line of a list is."""

    ENTRY = "entry"
    ITEMS = "heading with items behind it"
    LABEL = "province heading"
    PLACE = "place"
    INDUSTRY = "industry"
    COLUMN = "column name"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Item:
    """One line: its kind and the cells found in it. `heading` heads the line's own items, which are places or industries."""

    kind: Kind
    line_number: int
    places: tuple[Cell, ...] = ()
    industries: tuple[Cell, ...] = ()
    label: LabelText | None = None
    label_cell: Cell | None = None
    level: int = 0  # 1: marked as a heading, -1: as an item
    is_remark: bool = False  # the industry stands in brackets behind the place
