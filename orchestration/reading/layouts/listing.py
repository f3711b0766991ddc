"""Lists: one cluster a line in any order of place and industry, headings with items under or behind them, one cell of a table a line.

What a line is, `list_lines` tells; here lines are put under the headings in force, such as 家具 over the towns that make it.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from orchestration.reading.keys import HAN
from orchestration.reading.layout import Cell, Document, Reading
from orchestration.reading.layouts.tab_table import read_around, year_of_note
from orchestration.reading.observations import Fate
from orchestration.reading.tables.columns import CellJudge, ends_as_cluster
from orchestration.reading.tables.headers import has_cluster_table
from orchestration.reading.tables.list_items import Item, Kind
from orchestration.reading.tables.list_lines import Lines
from orchestration.reading.tables.row_cuts import BULLET, is_counted, separator_of
from orchestration.reading.tables.table import TableReader
from orchestration.reading.text.genres import is_of_others, tells_of_sights
from orchestration.reading.words.lexicon import Lexicon
from orchestration.reading.words.places import split_place

_SUBJECT = re.compile(
    r"cluster|industr|\bmade\b|\bmak(?:e|es|ers?|ing)\b|manufactur|produc|speciali[sz]|\bfactor(?:y|ies)\b"
    r"|\bcomes? from\b|\bsourc(?:e|ing)\b|\bsuppliers?\b|handicraft|\btrades\b"
    r"|\bwhere to (?:buy|find)\b|\b(?:capital|town|city) of\b|\bchina [\w-]+ (?:town|city|capital)\b"
    r"|集群|集聚|产业|產業|块状经济|塊狀經濟|专业[镇鎮]|專業[镇鎮]|名[镇鎮城县縣都乡鄉]|之[都乡鄉城]|中[国國].{1,4}都|基地|园区|園區"
)
_OTHER_SUBJECT = re.compile(
    r"\b(?:ports?|cargo(?:es)?|freight|imports?|touris[tm]\w*|attractions?|sights?|weather|hotels?|universit\w+|schools?|football|museums?|prices)\b",
    re.IGNORECASE,
)
_TITLE_WITHIN = 2  # lines that are not blank
_COLUMN_FATE = (Fate.BOILERPLATE, "column name")
_FEWEST_SURE = 3
_FEWEST_UNMARKED = 5
_LONGEST_UNMARKED = 100  # characters
_FEWEST_HEADINGS = 2
_FEWEST_TRADES = 5  # one name in so many must be a known trade: lists of teams, schools or sights have none
_MOST_MARKED = 200  # items that are looked at
_CLEAN = 0.4
_HEAD = 3  # lines that are looked at for the place the list is of
_SAMPLE = 60  # lines that are looked at to tell whether a document is a list


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
        lines = Lines(lexicon, reader, _home(document, lexicon))
        printed = [(number, line) for number, line in enumerate(document.lines, 1) if line.strip()]
        within = {cell.line_number for grid in document.cells for row in grid for cell in row}
        if 2 * sum("\t" in line or number in within for number, line in printed) > len(printed):
            return 0.0  # a table
        if tells_of_sights(line for _, line in printed[:_MOST_MARKED]):
            return 0.0
        surely = 0.0 if _is_of_others(printed) else self._sure_share(printed, lines)
        if not _speaks_of_clusters(document) and (not surely or is_of_others(document.lines)):
            return 0.0
        return round(max(self._fit(printed, lines), surely), 4)

    def _fit(self, printed: list[tuple[int, str]], lines: Lines) -> float:
        """The share of lines, of a sample of them, and of their characters in entries, headings and their items."""
        printed = printed[:: max(1, len(printed) // _SAMPLE)]
        lines.kinds.clear()
        told = [(line, lines.items(line, number)) for number, line in printed]
        items = [(line, found[0]) for line, found in told]
        fitting = [line for line, item in items if item.kind is not Kind.OTHER]
        industries = [cell.text for _, item in items if item.kind in (Kind.ENTRY, Kind.ITEMS) for cell in item.industries]
        heads = sum(item.kind is Kind.INDUSTRY and lines.heads_places(item) for _, item in items)
        if len(industries) > _FEWEST_TRADES * (heads + sum(map(lines.names_industry, industries))):
            return 0.0
        if lines.kinds[Kind.PLACE] < _FEWEST_HEADINGS and not any(lines.is_sure(item) for _, found in told for item in found):
            return 0.0  # facts about one place
        entries = lines.kinds[Kind.ENTRY] + lines.kinds[Kind.ITEMS] + min(lines.kinds[Kind.PLACE], lines.kinds[Kind.INDUSTRY])
        if entries < 2:
            return 0.0
        of_characters = sum(map(len, fitting)) / sum(len(line) for _, line in printed)
        of_lines = (len(fitting) - max(0, lines.kinds[Kind.INDUSTRY] - lines.kinds[Kind.PLACE])) / len(printed)
        return 0.45 * (of_characters + of_lines)

    def _sure_share(self, printed: list[tuple[int, str]], lines: Lines) -> float:
        """Above any text's score where the items of one mark are entries, or a line is a whole table: text around them is what it is."""
        marked: dict[str, list[Item]] = {}
        parted: dict[str, list[Item]] = {}
        for number, line in [(number, line) for number, line in printed if not line.startswith("#")][:_MOST_MARKED]:
            if bullet := BULLET.match(line):
                marked.setdefault(re.sub(r"[\d\s一二三四五六七八九十]+", "1", bullet.group()), []).append(lines.items(line, number)[0])
            elif is_counted(line):
                marked[line] = lines.items(line, number)
            elif (separator := separator_of(line)) and len(line) <= _LONGEST_UNMARKED:
                parted.setdefault(separator, []).append(lines.items(line, number)[0])
        are_entries = any(_are_entries(items, lines) for items in marked.values())
        return 0.96 if are_entries or any(_are_surely_entries(items, lines) for items in parted.values()) else 0.0

    def read(self, document: Document, lexicon: Lexicon) -> Reading:
        """Reads lines in order under the headings in force, then says what the other lines are."""
        reading = Reading()
        year = document.year or year_of_note(document)
        reader = TableReader(document.source_id, document.file_name, lexicon, year, reading)
        lines = Lines(lexicon, reader, _home(document, lexicon))
        items = [item for number, line in enumerate(document.lines, 1) if line.strip() for item in lines.items(line, number)]
        is_clean = self._fit([(number, line) for number, line in enumerate(document.lines, 1) if line.strip()], lines) >= _CLEAN
        marked = [item for item in items if item.level == -1 and item.kind in (Kind.ENTRY, Kind.ITEMS) and item.places]
        are_sure = 3 * sum(map(lines.is_sure, marked)) > len(marked)
        _Headings(reader, lines, industries_head=_industries_head(items, lines), is_clean=is_clean, are_sure=are_sure).read(items)
        read_around(document, reader, is_list=True)
        reader.finish()
        return reading


def _are_entries(items: list[Item], lines: Lines) -> bool:
    entries = [item for item in items if item.kind in (Kind.ENTRY, Kind.ITEMS) and item.places]
    are_most = len(entries) >= _FEWEST_SURE and 2 * len(entries) >= len(items)
    return are_most and 3 * sum(map(lines.is_sure, entries)) >= len(entries)


def _is_of_others(printed: list[tuple[int, str]]) -> bool:
    """Whether the first lines say that what the list puts beside its places is not made there: cargo, sights, schools."""
    return any(_OTHER_SUBJECT.search(line) for _, line in printed[:_TITLE_WITHIN])


def _are_surely_entries(items: list[Item], lines: Lines) -> bool:
    """Whether lines without a bullet that one mark parts are entries: many of them, and hardly anything else."""
    return len(items) >= _FEWEST_UNMARKED and 3 * sum(map(lines.is_sure, items)) >= 2 * len(items)


def _industries_head(items: list[Item], lines: Lines) -> bool:
    """Whether industries head places: by what is marked as heading and what as item, else by which there are more of.

    Trades marked as headings over places marked as items do so even where some items name a trade of their own.
    """
    known = [
        item
        for item in items
        if item.kind is Kind.PLACE or (item.kind is Kind.INDUSTRY and any(lines.names_industry(cell.text) for cell in item.industries))
    ]
    places, industries = ([item.level for item in known if item.kind is kind] for kind in (Kind.PLACE, Kind.INDUSTRY))
    if not places or not industries:
        return False
    if _are_headed(items, lines):
        return True
    if any(item.kind is Kind.ENTRY for item in items):
        trades = sum(item.kind is Kind.INDUSTRY and item.level == 1 and lines.heads_places(item) for item in items)
        return trades >= _FEWEST_HEADINGS and trades <= places.count(-1) and not places.count(1)
    between = [item for item in items[items.index(known[0]) : items.index(known[-1]) + 1] if item.kind in (Kind.PLACE, Kind.INDUSTRY)]
    are_paired = all(one.kind is not other.kind for one, other in pairwise(between))
    if are_paired and known[0].kind is not known[-1].kind:
        return known[0].kind is Kind.INDUSTRY
    place, industry = sum(places) / len(places), sum(industries) / len(industries)
    if place != industry or (len(places) != len(industries) and not are_paired):
        return (industry, len(places)) > (place, len(industries))
    return known[-1].kind is Kind.PLACE  # a title may look like an industry at the head of a list, no heading closes it


def _are_headed(items: list[Item], lines: Lines) -> bool:
    """Whether each trade has places right below it, and the last line is a place: headings, whatever mark they have."""
    seen = [item for item in items if item.kind in (Kind.PLACE, Kind.ENTRY) or (item.kind is Kind.INDUSTRY and lines.heads_places(item))]
    kinds = [item.kind for item in seen]
    first = next((index for index, (one, below) in enumerate(pairwise(kinds)) if one is Kind.INDUSTRY is not below), len(kinds))
    kinds = kinds[first:]  # titles above may look like trades
    if not kinds or kinds[-1] is Kind.INDUSTRY or any(one is below is Kind.INDUSTRY for one, below in pairwise(kinds)):
        return False
    places = kinds.count(Kind.PLACE)
    return _FEWEST_HEADINGS <= kinds.count(Kind.INDUSTRY) < places and kinds.count(Kind.ENTRY) < places


def _speaks_of_clusters(document: Document) -> bool:
    head = "\n".join(document.lines[:400]).lower()
    return _SUBJECT.search(head) is not None


def _home(document: Document, lexicon: Lexicon) -> Cell | None:
    """The one place below a province that the first lines of a document name, before its list begins."""
    head = [(number, line) for number, line in enumerate(document.lines, 1) if line.strip()][:_HEAD]
    for number, line in head:
        if BULLET.match(line):
            return None
        spans = [span for span in lexicon.find_places(line, document.year) if span.level != "province"]
        if spans and HAN.search(line):
            return Cell(line[spans[0].start : spans[0].end], number, spans[0].start, spans[0].end) if len(spans) == 1 else None
    return None


def _is_inline(label: Item, item: Item) -> bool:
    """Whether a province without a count stands before the entry of its own line."""
    is_label = label.kind is Kind.LABEL and label.label is not None and label.label.declared is None
    return is_label and item.kind is Kind.ENTRY and item.line_number == label.line_number


@dataclass(slots=True)
class _Headings:
    """Reads items under the headings in force: either places head industries, or industries head places."""

    reader: TableReader
    lines: Lines
    industries_head: bool
    is_clean: bool  # nearly all of the document is the list: a line that fits is of it, whatever its words
    are_sure: bool  # of the marked lines with a place more than a third name a known trade: so does another of them perhaps
    place: Cell | None = None
    industry: Cell | None = None
    previous: Kind = Kind.OTHER

    def read(self, items: list[Item]) -> None:
        """Reads every item; what it cannot place is left without a fate."""
        inline = {item.line_number for label, item in pairwise(items) if _is_inline(label, item)}
        for item in items:
            if inline and item.line_number not in inline:
                self.reader.end_labels()  # `Zhejiang: Huzhou, Zhili: children's wear` says nothing of the lines below
            match item.kind:
                case Kind.LABEL:
                    self._under(item)
                case Kind.COLUMN:
                    self.reader.set_fates([item.line_number], *_COLUMN_FATE)
                case Kind.ENTRY | Kind.ITEMS if self._is_remark(item):
                    self._place(item.places[0])  # a remark behind the place: `Liuyang, Hunan: 1,024 factories`
                case Kind.ENTRY | Kind.ITEMS if (self.is_clean and item.level != 1) or self._is_marked(item) or self.lines.is_sure(item):
                    self._under(item)
                    self._pairs(item)
                case Kind.PLACE:
                    self._place(item.places[0])
                case Kind.INDUSTRY:
                    self._industry(item)
            self.previous = item.kind

    def _is_marked(self, item: Item) -> bool:
        return item.label is not None or (self.are_sure and item.level == -1)

    def _is_remark(self, item: Item) -> bool:
        """Whether an entry is a place under the trade in force, with something behind it that is no trade."""
        is_below = self.industries_head and self.industry is not None and bool(item.places)
        return is_below and (item.is_remark or not self.lines.is_sure(item))

    def _under(self, item: Item) -> None:
        if item.label and item.label_cell:
            self.reader.add_label(item.label_cell, item.label)
            self.place = None

    def _pairs(self, item: Item) -> None:
        for place in item.places or (self.place,):
            for industry in item.industries:
                self.reader.add_entry(industry, self._within(place) if place else ())

    def _within(self, place: Cell) -> tuple[Cell, ...]:
        """The place, and the heading's or the title's place above it where it lies in that: 通州 under 南通."""
        around = self.place or self.lines.home
        if around is None or around is place:
            return (place,)
        keys = [name.key for cell in (place, around) for name in split_place(cell.text, self.reader.lexicon, self.reader.year)]
        is_inside = (
            self.lines.is_home_town(place.text)
            or max(self.reader.lexicon.provinces_of(keys, self.reader.year).values(), default=0.0) == 1.0
        )
        return (place, around) if is_inside else (place,)

    def _place(self, printed: Cell) -> None:
        if self.industries_head and self.industry:
            for place in self.lines.several_places(printed):
                self.reader.add_entry(self.industry, (place,))
        else:
            self.place = printed
            self.reader.end_label(printed)

    def _industry(self, item: Item) -> None:
        """An industry is a heading, or an item under a place; one without `cluster` is an item only right below a place or another item.

        What is no known trade is neither.
        """
        industries = [cell for cell in item.industries if self.lines.names_industry(cell.text)]
        if self.industries_head:
            self.industry = industries[0] if industries else None
        elif self.place or self.reader.labels:
            is_below = self.previous in (Kind.PLACE, Kind.INDUSTRY, Kind.LABEL)
            for industry in industries:
                if ends_as_cluster(industry.text) or (is_below and self.place):
                    self.reader.add_entry(industry, (self.place,) if self.place else ())


LAYOUT = ListingLayout()
