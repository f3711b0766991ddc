"""The ways documents are laid out, one module each. The best score above the threshold reads a document; see `reader`."""

from orchestration.reading.layout import Layout
from orchestration.reading.layouts import grid, listing, prose, tab_table

LAYOUTS: tuple[Layout, ...] = (grid.LAYOUT, tab_table.LAYOUT, listing.LAYOUT, prose.LAYOUT)
