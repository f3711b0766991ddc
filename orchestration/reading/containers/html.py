"""HTML: the visible text, one line a block, and the tables with their row and column spans laid out.

A table's row is one line, its cells parted by tabs. A cell that spans rows or columns stands where it is printed first, and the grid has
it in every place it covers. Tables that only lay out the page (one column, one row, or tables within) are text.
"""

import re
from collections.abc import Hashable, Iterator
from typing import Any

from orchestration.reading.containers.contents import Contents, TextLayer, Unreadable

_HIDDEN = frozenset({"script", "style", "noscript", "template", "svg", "head", "select", "button", "iframe", "object"})
_INLINE_TAGS = """-text a abbr b bdi bdo big cite code del em font i img ins kbd label mark q s small span strong sub sup time tt u
var wbr"""
_INLINE = frozenset(_INLINE_TAGS.split())
# A parser takes time by the square of the depth; what needs no closing tag does not nest.
_DEEPEST = 5_000
_TAG = re.compile(r"<(?P<closes>/?)(?P<tag>[a-zA-Z][\w-]*)[^<>]*>")
_UNCLOSED_TAGS = """p li dt dd tr td th thead tbody tfoot option optgroup colgroup area base br col embed hr img input link meta param
source track wbr"""
_UNCLOSED = frozenset(_UNCLOSED_TAGS.split())
_MOST_SPAN = 200  # rows or columns a cell may cover; a page that says more is wrong

_Node = Any  # selectolax ships no types for mypy


def read(text: str) -> Contents:
    """The visible lines of a page, and the grids of its tables.

    Raises:
        Unreadable: Its elements are nested deeper than those of any page.
    """
    from selectolax.lexbor import LexborHTMLParser

    if text.count("<") > _DEEPEST and _depth(text) > _DEEPEST:
        raise Unreadable(f"its elements are nested more than {_DEEPEST:,} deep", "save what the page shows as text and add that")
    page = _Page()
    body = LexborHTMLParser(text).body
    if body is not None:
        page.read(body)
    return page.layer.contents()


def _depth(text: str) -> int:
    """How deep the elements of a page are nested, by its tags."""
    depth = deepest = 0
    for tag in _TAG.finditer(text):
        if tag["tag"].lower() not in _UNCLOSED and not tag.group().endswith("/>"):
            depth = max(0, depth - 1) if tag["closes"] else depth + 1
            deepest = max(deepest, depth)
    return deepest


class _Page:
    """Lines and grids as they are met, in the order of the document."""

    def __init__(self) -> None:
        self.layer = TextLayer()
        self._open: list[str] = []
        self._is_link = True  # nothing of what is open stands outside a link

    def read(self, root: _Node) -> None:
        """Walks the tree without recursion: pages nest deeper than Python does."""
        waiting: list[_Node | None] = [root]  # None: the block around ends here
        while waiting:
            node = waiting.pop()
            if node is None:
                self._flush()
            elif node.tag == "-text":
                self._open.append(node.text_content or "")
                self._is_link = self._is_link and (_is_linked(node) or not self._open[-1].strip())
            elif node.tag in _HIDDEN or "hidden" in node.attributes:
                continue
            elif node.tag == "table" and _is_data(node):
                self._flush()
                self._table(node)
            elif node.tag in _INLINE:
                waiting += reversed([*_children(node)])
            else:
                self._flush()
                waiting += [None, *reversed([*_children(node)])]
        self._flush()

    def _flush(self) -> None:
        self.layer.text(_collapsed("".join(self._open)), is_link=self._is_link)
        self._open.clear()
        self._is_link = True

    def _table(self, table: _Node) -> None:
        for child in _children(table):
            if child.tag == "caption":
                self.layer.text(_text_of(child))
        rows: list[list[tuple[Hashable, str]]] = []
        spanning: dict[int, tuple[tuple[Hashable, str], int]] = {}  # column: the cell that covers it, and for how many rows more
        for row in table.css("tr"):
            laid = {column: cell for column, (cell, _) in spanning.items()}
            spanning = {column: (cell, more - 1) for column, (cell, more) in spanning.items() if more > 1}
            column = 0
            for node in _children(row):
                if node.tag not in ("td", "th"):
                    continue
                while column in laid:
                    column += 1
                cell: tuple[Hashable, str] = (node.mem_id, _text_of(node))
                for covered in range(column, column + _span(node, "colspan")):
                    laid[covered] = cell
                    if (more := _span(node, "rowspan") - 1) > 0:
                        spanning[covered] = (cell, more)
            rows.append([laid.get(column, (None, "")) for column in range(max(laid, default=-1) + 1)])
        self.layer.table(rows)


def _is_linked(node: _Node) -> bool:
    """Whether a text stands in a link, inline elements between them passed over."""
    while (node := node.parent) is not None and node.tag in _INLINE and node.tag != "a":
        pass
    return node is not None and node.tag == "a"


def _is_data(table: _Node) -> bool:
    """Whether a table holds data: two rows of two cells at least, and no table within."""
    rows = [sum(cell.tag in ("td", "th") for cell in _children(row)) for row in table.css("tr")]
    return len(rows) >= 2 and max(rows) >= 2 and len(table.css("table")) == 1


def _children(node: _Node) -> Iterator[_Node]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _text_of(cell: _Node) -> str:
    return _collapsed(" ".join(node.text_content or "" for node in cell.traverse(include_text=True) if node.tag == "-text"))


def _collapsed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _span(node: _Node, name: str) -> int:
    digits = re.match(r"\d+", (node.attributes.get(name) or "").strip())
    return min(max(int(digits.group()), 1), _MOST_SPAN) if digits else 1
