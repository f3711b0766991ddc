"""Lists: one cluster a line in any order of place and industry, headings with items under or behind them, one cell of a table a line.

`3. Shunde, Foshan, Guangdong — Furniture`, `浙江省宁波市磁性材料产业集群`, `深圳(4个):电子信息、服装`, or a heading `家具` over the
towns that make it.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import pairwise

from orchestration.reading.columns import CellJudge, LabelText, ends_as_cluster, label_text
from orchestration.reading.furniture import declared_total, furniture, without_noise
from orchestration.reading.headers import Role, has_cluster_table, role_of
from orchestration.reading.industries import part, split_industries
from orchestration.reading.keys import HAN, simplified
from orchestration.reading.layout import Cell, Document, Reading
from orchestration.reading.layouts.tab_table import read_around, year_of_note
from orchestration.reading.lexicon import Lexicon
from orchestration.reading.observations import Fate
from orchestration.reading.places import split_place
from orchestration.reading.table import TableReader

_BULLET = re.compile(
    r"\s*(?:[-*+•·●▪◆■□]\s*|[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[.)、．）]\s*|#{1,6}\s+|"
    r"第[一二三四五六七八九十]+[、\s]|\d{1,3}\s+(?=[\u4e00-\u9fff]))"
)
_APART = re.compile(r"\s*(?:[:：\t|]|——|—|–|\s[-―]+\s|\s{2,})\s*")
_COUNT = re.compile(r"\s*[(（]\s*\d{1,4}\s*(?:个|個|家|项|項)?\s*[)）]\s*$")
_HAN_ITEMS = re.compile(r"\s*[、；;，,]\s*|\s+(?=[\u4e00-\u9fff])")
_LATIN_ITEMS = re.compile(r"\s*[;；]\s*")
_BEFORE_PLACE = re.compile(r"[\s,，(（·\-–—]*(?:\b(?:in|of|at|from)\s+(?:the\s+)?)?$", re.IGNORECASE)
_AFTER_PLACE = re.compile(r"^[\s,，·:：)）\-–—]*(?:['’]s\s+)?")
_WITHIN_PLACE = re.compile(r"[\s,，·、]*[和与與及]?\s*|第[一二三四五六七八九十\d]+[师師]")
_TOWN = re.compile(r"[一-鿿]{1,3}?(?:[镇鎮乡鄉]|街道)")
_PLACE_LEFT = re.compile(r"[市县縣区區镇鎮]")
_NICKNAME = re.compile(r"[称稱誉譽][为為]|之[称稱]|美[誉譽]|素有")
_NAMED_FIRST = re.compile(
    r"(?P<industry>.+?\b(?:clusters?|bases?|hubs?))\s*[,(–—-]*\s*(?:\b(?:in|of|at)\s+(?:the\s+)?)?(?P<place>[^()]+?)\s*\)?\.?$",
    re.IGNORECASE,
)
_COLON = re.compile(r"\s*[:：]\s*")
_BETWEEN = re.compile(r"(?<=[群地业業])[、；;，,。]\s*(?=\S)")
_SENTENCE = re.compile(r"[。！？!?；]|[a-z]{2}\.(?:\s|$)")
_TITLE = re.compile(
    r"名单|目录|一览|清单|汇总|大全|集合|排行|^各|\bclusters?\b.*\bby\b|^(?:the\s)?(?:industrial\s)?clusters?\b|\blist\b|\bdirectory\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"cluster|industr|\bmade\b|\bmakers?\b|manufactur|集群|产业|產業|名[镇鎮城]|之[都乡鄉]|基地")
_COLUMN_FATE = (Fate.BOILERPLATE, "column name")
_LONGEST_LINE = 140
_SAMPLE = 60  # lines that are looked at to tell whether a document is a list
_LONGEST_NAME = 70


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


@dataclass(slots=True)
class _Lines:
    """Tells what each line is; context between lines is the layout's business."""

    lexicon: Lexicon
    reader: TableReader
    kinds: Counter[Kind] = field(default_factory=Counter)

    def items(self, line: str, number: int) -> list[Item]:
        """What a line that is not blank is: one item, or several entries with marks between them, a label before them perhaps."""
        first, end = without_noise(line)
        bullet = _BULLET.match(line, first, end)
        cell = part(Cell(line, number, 0, len(line)), bullet.end() if bullet else first, end)
        level = 1 if line.startswith("#") or cell.text.endswith((":", "：")) else -1 if bullet else 0
        items = self._several(cell) or [replace(self._told(cell), level=level)]
        self.kinds.update(item.kind for item in items)
        return items

    def _several(self, cell: Cell) -> list[Item]:
        """`江苏（3个）：无锡物联网集群、徐州工程机械集群`: clusters with their own places; none where one of them has no place."""
        head, rest = None, cell
        if (mark := _COLON.search(cell.text)) and (label := label_text(cell.text[: mark.start()], self.lexicon)):
            left = part(cell, 0, mark.start())
            head, rest = Item(Kind.LABEL, cell.line_number, label=label, label_cell=left), part(cell, mark.end(), len(cell.text))
        ends = [match.end() for match in _BETWEEN.finditer(rest.text)]
        pieces = [part(rest, *span) for span in pairwise([0, *ends, len(rest.text)])]
        pieces = [part(piece, 0, len(piece.text.rstrip("、；;，,。 "))) for piece in pieces]
        if (len(pieces) < 2 and head is None) or any(len(piece.text) > _LONGEST_NAME for piece in pieces):
            return []
        entries = [item for piece in pieces if ends_as_cluster(piece.text) and (item := self._glued(piece))]
        return [*([head] if head else []), *entries] if len(entries) == len(pieces) else []

    def _told(self, cell: Cell) -> Item:
        text = cell.text
        if len(text) > _LONGEST_LINE or _SENTENCE.search(text) or furniture(text) or declared_total(text) or not text:
            return Item(Kind.OTHER, cell.line_number)
        bare = part(cell, 0, len(text.rstrip(":：")))
        if (label := label_text(bare.text, self.lexicon)) is not None:
            return Item(Kind.LABEL, cell.line_number, label=label, label_cell=bare)
        if role_of(bare.text):
            return Item(Kind.COLUMN, cell.line_number)
        return self._apart(cell) or self._glued(cell) or self._lone(bare)

    def _fit(self, text: str) -> float:
        return 0.0 if ends_as_cluster(text) else self.reader.judge.scores(text)[Role.CITY]

    def _is_place(self, text: str) -> bool:
        return self._fit(text) >= 0.6

    def _apart(self, cell: Cell) -> Item | None:
        """Two parts with a mark between them: a place and an industry in either order, or a heading and its items."""
        found = _APART.search(cell.text)
        if found is None or found.end() == len(cell.text) or found.start() == 0:
            return None
        left, items = part(cell, 0, found.start()), self._items(part(cell, found.end(), len(cell.text)))
        head = part(left, 0, match.start()) if (match := _COUNT.search(left.text)) else left
        kind = Kind.ITEMS if len(items) > 1 else Kind.ENTRY
        are_places, head_is_place = [self._is_place(item.text) for item in items], self._is_place(head.text)
        if all(are_places) and head_is_place:  # one of them is by a letter or as a town only
            fits = [self._fit(text) for text in (head.text, items[0].text)]
            are_places, head_is_place = [fits[1] > fits[0]] * len(items), fits[0] > fits[1]
        if len(head.text) > _LONGEST_NAME or any(are_places) == head_is_place or any(are_places) != all(are_places):
            return None
        if any(are_places):
            return Item(kind, cell.line_number, items, (head,))
        if (label := label_text(left.text, self.lexicon)) is not None:
            return Item(Kind.ITEMS, cell.line_number, (), items, label, left)
        return Item(kind, cell.line_number, (head,), tuple(name for item in items for name in split_industries(item)))

    def _items(self, cell: Cell) -> tuple[Cell, ...]:
        """`电子信息、服装` are two items; `Shunde, Foshan` one place, `toys; valves` two."""
        separator = _HAN_ITEMS if HAN.search(cell.text) else _LATIN_ITEMS
        pieces, start = [], 0
        for match in separator.finditer(cell.text):
            pieces.append((start, match.start()))
            start = match.end()
        cells = [part(cell, *piece) for piece in [*pieces, (start, len(cell.text))]]
        return tuple(item for item in cells if item.text)

    def _glued(self, cell: Cell) -> Item | None:
        """A place at one end of the line, the industry being the rest: `宁波市磁性材料产业集群`, `Toy cluster in Chenghai, Shantou`."""
        text = cell.text
        if (named := _NAMED_FIRST.match(text)) and self._is_place(named["place"]):
            return self._pair(part(cell, *named.span("place")), part(cell, *named.span("industry")))
        spans = self.lexicon.find_places(text, self.reader.year)
        if not spans:
            return None
        if spans[0].start == 0:
            end = spans[0].end
            for span in spans[1:]:
                if not _WITHIN_PLACE.fullmatch(text, end, span.start) or len(text) == span.end:
                    break
                end = span.end
            if HAN.match(text) and (town := _TOWN.match(text, end)):  # a town since merged or renamed
                end = town.end()
            rest = _AFTER_PLACE.match(text[end:])
            if end < len(text) and (item := self._pair(part(cell, 0, end), part(cell, end + (rest.end() if rest else 0), len(text)))):
                return item
        tail = text.rstrip(" )）.")
        if spans[-1].end == len(tail):
            start = spans[-1].start
            for span in reversed(spans[:-1]):
                if text[span.end : start].strip(" ,，·"):
                    break
                start = span.start
            before = _BEFORE_PLACE.search(text[:start])
            return self._pair(part(cell, start, len(tail)), part(cell, 0, before.start() if before else start))
        return None

    def _pair(self, place: Cell, industry: Cell) -> Item | None:
        name = industry.text
        letters = len(HAN.findall(name)) if HAN.search(name) else len(name)
        shortest = 2 if HAN.search(name) else 3
        is_name = (
            shortest <= letters <= _LONGEST_NAME and not self._is_place(name) and not role_of(name) and not _TITLE.search(simplified(name))
        )
        is_name = is_name and bool(HAN.search(name) or ends_as_cluster(name)) and not _NICKNAME.search(name)
        is_name = is_name and not any(_PLACE_LEFT.search(span.key) for span in self.lexicon.find_places(name, self.reader.year))
        return Item(Kind.ENTRY, place.line_number, (place,), tuple(split_industries(industry))) if is_name else None

    def _lone(self, cell: Cell) -> Item:
        """A line that is one name: a place, or else perhaps an industry."""
        head = part(cell, 0, match.start()) if (match := _COUNT.search(cell.text)) else cell
        is_title = _TITLE.search(simplified(cell.text)) is not None
        if len(head.text) <= _LONGEST_NAME and not is_title and self._is_place(head.text):
            return Item(Kind.PLACE, cell.line_number, (head,))
        if len(cell.text) <= _LONGEST_NAME and not is_title and any(c.isalpha() for c in head.text):
            return Item(Kind.INDUSTRY, cell.line_number, (), tuple(split_industries(head)))
        return Item(Kind.OTHER, cell.line_number)


@dataclass(frozen=True, slots=True)
class ListingLayout:
    """Layout of lists in plain text."""

    name: str = "listing"

    def score(self, document: Document, lexicon: Lexicon) -> float:
        """The share of lines and of characters in entries, headings and their items; 0 where places and industries never meet."""
        if has_cluster_table(document.cells):
            return 0.0
        reader = TableReader(document.source_id, document.file_name, lexicon, document.year, Reading())
        reader.judge = CellJudge(lexicon, document.year, is_thorough=False)
        lines = _Lines(lexicon, reader)
        printed = [(number, line) for number, line in enumerate(document.lines, 1) if line.strip()]
        if 2 * sum("\t" in line for _, line in printed) > len(printed):
            return 0.0  # a table
        printed = printed[:: max(1, len(printed) // _SAMPLE)]
        fitting = [(number, line) for number, line in printed if lines.items(line, number)[0].kind is not Kind.OTHER]
        entries = lines.kinds[Kind.ENTRY] + lines.kinds[Kind.ITEMS] + min(lines.kinds[Kind.PLACE], lines.kinds[Kind.INDUSTRY])
        if entries < 2 or not _speaks_of_clusters(document):
            return 0.0
        of_characters = sum(len(line) for _, line in fitting) / sum(len(line) for _, line in printed)
        of_lines = (len(fitting) - max(0, lines.kinds[Kind.INDUSTRY] - lines.kinds[Kind.PLACE])) / len(printed)
        return round(0.45 * (of_characters + of_lines), 4)

    def read(self, document: Document, lexicon: Lexicon) -> Reading:
        """Reads lines in order under the headings in force, then says what the other lines are."""
        reading = Reading()
        year = document.year or year_of_note(document)
        reader = TableReader(document.source_id, document.file_name, lexicon, year, reading)
        lines = _Lines(lexicon, reader)
        items = [item for number, line in enumerate(document.lines, 1) if line.strip() for item in lines.items(line, number)]
        _Headings(reader, industries_head=_industries_head(items)).read(items)
        read_around(document, reader)
        reader.finish()
        return reading


def _industries_head(items: list[Item]) -> bool:
    """Whether industries head places: by what is marked as heading and what as item, else by which there are more of."""
    levels = {kind: [item.level for item in items if item.kind is kind] for kind in (Kind.PLACE, Kind.INDUSTRY)}
    if not all(levels.values()) or any(item.kind is Kind.ENTRY for item in items):
        return False
    place, industry = (sum(found) / len(found) for found in (levels[Kind.PLACE], levels[Kind.INDUSTRY]))
    return industry > place if place != industry else len(levels[Kind.PLACE]) > len(levels[Kind.INDUSTRY])


def _speaks_of_clusters(document: Document) -> bool:
    head = "\n".join(document.lines[:400]).lower()
    return _SUBJECT.search(head) is not None


@dataclass(slots=True)
class _Headings:
    """Reads items under the headings in force: either places head industries, or industries head places."""

    reader: TableReader
    industries_head: bool
    place: Cell | None = None
    industry: Cell | None = None
    previous: Kind = Kind.OTHER

    def read(self, items: list[Item]) -> None:
        """Reads every item; what it cannot place is left without a fate."""
        for item in items:
            match item.kind:
                case Kind.LABEL:
                    self._under(item)
                case Kind.COLUMN:
                    self.reader.set_fates([item.line_number], *_COLUMN_FATE)
                case Kind.ENTRY | Kind.ITEMS:
                    self._under(item)
                    self._pairs(item)
                case Kind.PLACE:
                    self._place(item.places[0])
                case Kind.INDUSTRY:
                    self._industry(item)
            self.previous = item.kind

    def _under(self, item: Item) -> None:
        if item.label and item.label_cell:
            self.reader.add_label(item.label_cell, item.label)
            self.place = None

    def _pairs(self, item: Item) -> None:
        for place in item.places or (self.place,):
            for industry in item.industries:
                self.reader.add_entry(industry, self._within(place) if place else ())

    def _within(self, place: Cell) -> tuple[Cell, ...]:
        """The place, and the heading's place above it where it lies in that: 通州 under 南通."""
        if self.place is None or self.place is place:
            return (place,)
        keys = [name.key for cell in (place, self.place) for name in split_place(cell.text, self.reader.lexicon, self.reader.year)]
        is_inside = max(self.reader.lexicon.provinces_of(keys, self.reader.year).values(), default=0.0) == 1.0
        return (place, self.place) if is_inside else (place,)

    def _place(self, place: Cell) -> None:
        if self.industries_head and self.industry:
            self.reader.add_entry(self.industry, (place,))
        else:
            self.place = place

    def _industry(self, item: Item) -> None:
        """An industry is a heading, or an item under a place; one without `cluster` is an item only right below a place or another item."""
        if self.industries_head:
            self.industry = item.industries[0]
        elif self.place or self.reader.labels:
            is_below = self.previous in (Kind.PLACE, Kind.INDUSTRY, Kind.LABEL)
            for industry in item.industries:
                if ends_as_cluster(industry.text) or (is_below and self.place):
                    self.reader.add_entry(industry, (self.place,) if self.place else ())


LAYOUT = ListingLayout()
