"""What a table of clusters says: rows of cells become listings and tallies, whatever container or layout the cells came from.

A row is a province label (in force until the next), a place (blank: the place above) and one or more industries, in columns told by
`columns`. Labels that slipped are put back by `alignment`.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from orchestration.reading.keys import place_key
from orchestration.reading.layout import Cell, Grid, Reading
from orchestration.reading.observations import Fate, Question
from orchestration.reading.records import statistic_record, tally_record
from orchestration.reading.tables.alignment import Label, align
from orchestration.reading.tables.columns import (
    DITTO,
    CellJudge,
    LabelText,
    assign,
    ends_as_cluster,
    is_prefecture,
    label_text,
    with_place_column,
)
from orchestration.reading.tables.furniture import declared_total
from orchestration.reading.tables.headers import PLACES, Role, header_roles
from orchestration.reading.tables.industries import behind_place, part, trades_within, without_place
from orchestration.reading.tables.number_columns import NumberColumn, Told, is_broken_count, is_nothing, number_column, years_over
from orchestration.reading.tables.remarks import DENIED
from orchestration.reading.tables.table_records import AlignedLabel, Entry, PrintedLabel, row_record
from orchestration.reading.text.texts import Subject
from orchestration.reading.words.lexicon import Lexicon
from orchestration.reading.words.places import place_parts, places_apart, province_weights, split_place

DEFAULT_ROLES = (Role.PROVINCE, Role.CITY, Role.INDUSTRY)

_GLUED_LABEL = re.compile(r"(?P<label>[^()（）\d]{2,60}[(（]\s*\d{1,5}\s*(?:个|個|家)?\s*[)）])\s*(?P<rest>\S.*)")
TABLE_HEADER = (Fate.BOILERPLATE, "table header")
_SAMPLE = 50  # rows that tell what a column holds
_KINDS = tuple("省市县縣区區旗州镇鎮乡鄉道城园園")
_ORDINAL = re.compile(r"\d{1,4}[.、．)）]?")
_SUM = re.compile(r"(?:grand |sub-?)?totals?|sum|合计|合計|总计|總計|共计|共計|小计|小計", re.IGNORECASE)
_SURE = 0.5  # a cell that fits a role this well is taken to be of it
_LABELS_IN_ROWS = 0.8  # more labels a row than this: the province is a column of its own, and cannot slip
_BOUNDARY = re.compile(r"\s+|(?<=[^\W\d_])(?=[A-Z])")


@dataclass(slots=True)
class TableReader:
    """Reads rows one by one; `finish` makes the records of what was read."""

    source_id: str
    file_name: str
    lexicon: Lexicon
    year: int | None
    reading: Reading
    roles: Sequence[Role] = DEFAULT_ROLES
    has_columns: bool = False  # the format itself says which column a cell is of: no cell has moved
    entries: list[Entry] = field(default_factory=list)
    labels: list[PrintedLabel] = field(default_factory=list)
    _numbers: dict[int, NumberColumn] = field(default_factory=dict)  # the columns of figures, by position
    _figures: list[tuple[int, NumberColumn, Told, Cell]] = field(default_factory=list)  # each with the index of its entry
    units: Sequence[str] = ()  # those a note gives for the whole table
    title_year: int | None = None  # the one a title gives for all of its numbers
    _header: tuple[str, ...] | None = None
    _top: Sequence[Cell] = ()  # the first row of the header
    _rows: Grid = ()
    _rows_of_header: int = 0  # entries read when the header was
    _places: dict[Role, Cell] = field(default_factory=dict)
    _ended: int = 0  # labels that are in force no more
    _are_inline: bool = False
    _are_glued: bool = False  # places stand before the names of clusters, in one cell
    _free: set[int] = field(default_factory=set)  # entries behind a heading that ended the labels
    judge: CellJudge = field(init=False)

    def __post_init__(self) -> None:
        self.judge = CellJudge(self.lexicon, self.year)

    def begin_table(self, rows: Grid = ()) -> None:
        """Forgets header and places of the table before: another one is read under the same labels."""
        self._rows = rows[:_SAMPLE]
        self._header, self._numbers, self._top = None, {}, ()
        self._are_glued = False
        self._places = {}

    def take_columns(self, roles: Sequence[Role]) -> None:
        """The columns of a table that has no header."""
        self.roles, self._header = roles, ()

    @property
    def has_begun(self) -> bool:
        """Whether a header, a label or an entry was read."""
        return bool(self._header or self.labels or self.entries)

    def is_lone_row(self, text: str) -> bool:
        """Whether a line that lost all its tabs is a row nonetheless: a label, or what ends as clusters do and is no title."""
        is_cluster = ends_as_cluster(text) and not declared_total(text)
        return is_cluster or label_text(text, self.lexicon) is not None

    def read_row(self, row: Sequence[Cell]) -> bool:
        """Reads one row; False where it is none of header, label or entry, and nothing was taken from it."""
        if not (cells := [(column, cell) for column, cell in enumerate(row) if cell.text and cell.text not in DITTO]):
            return False
        if self._is_header(row, [cell for _, cell in cells]) or self._is_sum([cell for _, cell in cells]):
            return True
        if self.has_columns and self._header is not None and len(row) <= len(self.roles):
            assigned: list[tuple[Role | None, Cell]] = [(self.roles[column], cell) for column, cell in cells]
        else:  # rows of a table without a header may be numbered
            numbers = cells[:1] if self._header is None and len(cells) > 1 and _ORDINAL.fullmatch(cells[0][1].text) else []
            named = [(column - len(numbers), cell) for column, cell in cells[len(numbers) :]]
            assigned = [(Role.OTHER, cell) for _, cell in numbers] + assign(self._unglued(named), self.roles, self.judge)
        by_role: dict[Role, Cell] = {}
        for role, cell in assigned:
            if role is None or (role in by_role and role is not Role.OTHER):
                return False
            by_role[role] = cell
        before = len(self.entries)
        is_taken = self._take(by_role)
        if self.has_columns or len(row) == len(self.roles):
            self._take_figures(cells, len(self.entries) - before)
        if is_taken:  # a record has a line for each of its cells
            self.set_fates([cell.line_number for role, cell in assigned if role is Role.OTHER], Fate.BOILERPLATE, "another field of a row")
        return is_taken

    def _take_figures(self, cells: Sequence[tuple[int, Cell]], entries: int) -> None:
        """The figures of a row that is one entry; those of several clusters in one row are asked about."""
        for column, cell in cells:
            if (numbers := self._numbers.get(column)) is None or is_nothing(cell.text):
                continue
            if entries == 1 and (told := numbers.read(cell.text)):
                self._figures.append((len(self.entries) - 1, numbers, told, cell))
                self.use(cell, "figure")
            elif entries:
                reason = (
                    "a number for several clusters of one row" if entries > 1 else "a number that the header's measure does not explain"
                )
                self._ask(cell.line_number, cell.text, reason, "say what the figure is of, or reject it")

    def _is_header(self, row: Sequence[Cell], cells: Sequence[Cell]) -> bool:
        texts = tuple(cell.text for cell in cells)
        is_second = self.has_columns and self._rows_of_header == len(self.entries) and texts[:1] == (self._header or ())[:1]
        if texts == self._header or (is_second and header_roles(row) is None):
            self.set_fates(_lines(cells), Fate.BOILERPLATE, "table header, repeated")
            return True
        if len(texts) > 1 and texts[0] == "1" and texts == tuple(map(str, range(1, len(texts) + 1))):
            self.set_fates(_lines(cells), Fate.BOILERPLATE, "column numbers")
            return True
        roles = header_roles(row)
        if roles is None or any(label_text(text, self.lexicon) for text in texts):
            return False
        if self._header is None or (self.has_columns and self._rows_of_header == len(self.entries)):  # a header may have two rows
            roles = with_place_column(roles, row, self._rows, self.judge) if self.has_columns else roles
            self.roles, self._rows_of_header = roles, len(self.entries)
            measured = {index: number_column(row[index].text, self.units) for index, role in enumerate(self.roles) if role is Role.OTHER}
            years = years_over([cell.text for cell in self._top], len(row))
            told = [(index, column, column.year or years[index]) for index, column in measured.items() if column]
            self._numbers = {index: replace(column, year=year or self.title_year) for index, column, year in told}
        self._header, self._top = self._header or texts, self._top or row
        self.set_fates(_lines(cells), *TABLE_HEADER)
        return True

    def _take(self, cells: dict[Role, Cell]) -> bool:
        """One row's cells by role: label, places and industries."""
        industry, label_cell = cells.get(Role.INDUSTRY), cells.get(Role.PROVINCE)
        industry = None if industry and is_nothing(industry.text) else industry
        places = {role: cell for role in PLACES if (cell := cells.get(role)) and not is_nothing(cell.text)}
        is_alone = not (places or label_cell or self.labels)
        is_glued = (self._are_glued and is_alone) or not any(role in PLACES for role in self.roles)
        if industry and (is_glued or (is_alone and not self._places)):
            split = behind_place(industry, self.lexicon, self.year)
            if is_glued or (split and split[0].text.endswith(_KINDS)):  # `Anping wire mesh`, 清河县羊绒制品: nothing is filled down
                places, industry = ({Role.CITY: split[0]}, split[1]) if split else ({}, industry)
                self._places, self._are_glued = {}, self._are_glued or not is_glued
        city = places.get(Role.CITY)
        if label_cell is None and self.has_columns and city and self.lexicon.is_province(place_key(city.text)):
            label_cell = city  # a municipality: its province is blank because it is one
        label = label_text(label_cell.text, self.lexicon) if label_cell else None
        if label_cell and label is None and Role.CITY not in cells and industry and is_prefecture(label_cell.text, self.lexicon):
            inside = {Role.COUNTY: places[Role.CITY]} if Role.CITY in places else {}
            places, label_cell = places | inside | {Role.CITY: label_cell}, None  # 大连市 among provinces
            self.end_label(places[Role.CITY])
        is_unknown = not places and label_cell is None and any(role in cells for role in PLACES)  # `Drums,?`: not the place above
        if industry and (is_unknown or (industry.text.isascii() and DENIED.search(industry.text))):
            return False  # `Sports bags? ask first`
        if (label_cell and label is None) or (industry is None and (label is None or places)):
            return False
        is_new = label is not None and (not self.labels or self.labels[-1].text.key != label.key)
        if label_cell and label:
            self.add_label(label_cell, label)
        if industry is None:
            return True
        if is_new and (places or self.has_columns):
            self._places = {}
        self._fill_down(places)
        in_force = tuple(self._places[role] for role in PLACES if role in self._places)
        for cell in trades_within(industry, self.lexicon):
            for apart in places_apart(in_force, self.lexicon, self.year):
                self.add_entry(cell, apart, is_filled_down=not places and bool(self._places))
        return True

    def _is_sum(self, cells: Sequence[Cell]) -> bool:
        """Whether a row is the sum of the rows above: `合计 | | 25`."""
        is_told = any(self.judge.scores(cell.text)[Role.CITY] >= _SURE for cell in cells[1:])  # a place: the name of a trade then
        is_sum = (len(cells) > 1 or self.has_columns) and _SUM.fullmatch(cells[0].text) and not is_told
        if is_sum:
            self.set_fates([cells[0].line_number], Fate.BOILERPLATE, "sum of a column")
        return bool(is_sum)

    def add_label(self, cell: Cell, label: LabelText) -> None:
        """Puts a province label in force; a row span's same cell, a page break's same count or `(continued)` is no new one."""
        last = self.labels[-1] if self.labels else None
        is_continued = last is not None and last.text.key == label.key and (label.remark or last.cell.text == cell.text)
        if last is not None and is_continued and (label.remark or label.declared is not None or last.cell == cell):
            self.set_fates([cell.line_number], Fate.BOILERPLATE, "province label, repeated")
        else:
            self.labels.append(PrintedLabel(cell, label, len(self.entries)))
            self.use(cell, "province label")

    def add_entry(self, industry: Cell, places: tuple[Cell, ...], *, is_filled_down: bool = False) -> None:
        """One cluster, under the label in force. A place the industry's name begins with is the place's, not the industry's."""
        label = len(self.labels) - 1 if len(self.labels) > self._ended else None
        province = self.lexicon.provinces.get(self.labels[-1].text.key) if label is not None else None
        industry, inside = without_place(industry, [cell.text for cell in places], province, self.lexicon, self.year)
        places = (inside, *places) if inside else places
        if self.labels and label is None:
            self._free.add(len(self.entries))
        self.entries.append(Entry(industry, places, is_filled_down and inside is None, label))
        for cell in (industry, *places):
            self.use(cell, "listing")

    def end_label(self, heading: Cell) -> None:
        """Ends the label in force where a heading names a place of another province: 宁波（2个） among provinces."""
        weights = province_weights(heading.text, self.lexicon, self.year)
        code = self.lexicon.provinces.get(self.labels[-1].text.key) if self.labels else None
        if weights and weights.get(code or "", 0.0) < max(weights.values()):
            self._ended = len(self.labels)

    def end_labels(self) -> None:
        """Ends the label in force; labels that stand on the lines of their entries do not slip."""
        self._ended, self._are_inline = len(self.labels), True

    def label_all(self, cell: Cell, label: LabelText) -> None:
        """Puts every entry of a table without labels under the province its title names, unless most of its places deny it."""
        code = self.lexicon.provinces.get(label.key)
        weights = [province_weights(entry.places[0].text, self.lexicon, self.year) for entry in self.entries if entry.places]
        if self.labels or not weights or 2 * sum(code in fits for fits in weights if code) <= len(weights):
            return
        self.labels.append(PrintedLabel(cell, label, 0))
        self.entries = [replace(entry, label=0) for entry in self.entries]
        if self.reading.fates.get(cell.line_number, (Fate.BLANK, ""))[0] is not Fate.USED:
            self.reading.fates[cell.line_number] = (Fate.USED, "title with the province")

    def _fill_down(self, places: dict[Role, Cell]) -> None:
        """A blank place takes the one above; a coarser place that is printed anew takes no finer one from above."""
        if not places:
            return
        if len(places) == 1 and places.keys() == self._places.keys():
            self._places = places
            return
        coarsest = max(PLACES.index(role) for role in places)
        kept = {role: cell for role, cell in self._places.items() if PLACES.index(role) > coarsest}
        self._places = kept | places

    def _unglued(self, cells: list[tuple[int, Cell]]) -> list[tuple[int, Cell]]:
        """Cells whose tab was lost taken apart: a label with its count and what follows it; a place and the industry behind it."""
        separate: list[tuple[int, Cell]] = []
        for column, cell in cells:
            is_long = ("(" in cell.text or "（" in cell.text) and cell.text[-1] not in ")）"
            match = _GLUED_LABEL.fullmatch(cell.text) if is_long else None
            if match and label_text(match["label"], self.lexicon):
                separate += [(column, part(cell, *match.span("label"))), (column + 1, part(cell, *match.span("rest")))]
            else:
                separate.append((column, cell))
        if Role.INDUSTRY not in self.roles:
            return separate
        industry_column = self.roles.index(Role.INDUSTRY)
        column, last = separate[-1]
        is_industry = self.judge.scores(last.text)[Role.INDUSTRY] >= 0.6
        before = [self.judge.scores(cell.text) for _, cell in separate[:-1]]
        has_place = any(scores[Role.CITY] >= _SURE > scores[Role.PROVINCE] for scores in before)
        if column < industry_column and is_industry and not has_place and (end := self._end_of_place(last.text)):
            separate[-1:] = [(column, part(last, 0, end)), (column + 1, part(last, end, len(last.text)))]
        return separate

    def _end_of_place(self, text: str) -> int | None:
        """Where a place glued in front of an industry ends: the beginning that ends with a place's name and fits a province best."""
        best = (0.0, 0)
        for boundary in [match.start() for match in _BOUNDARY.finditer(text)][:8]:
            names = split_place(text[:boundary], self.lexicon, self.year)
            if names and text[boundary - 1] not in ",，" and self.lexicon.is_place(max(names, key=lambda name: name.end).key):
                fit = max(province_weights(text[:boundary], self.lexicon, self.year).values(), default=0.0)
                best = max(best, (fit, boundary))
        return best[1] or None

    def use(self, cell: Cell, detail: str) -> None:
        """Marks the cell's line as used."""
        self.set_fates([cell.line_number], Fate.USED, detail)

    def set_fates(self, lines: Sequence[int], fate: Fate, detail: str) -> None:
        """Gives lines their fate; the first fate stays, but a listing outweighs what else stands on its line, and use a header."""
        for line in lines:
            before = self.reading.fates.get(line)
            if before is None or detail == "listing" or (fate is Fate.USED and before == TABLE_HEADER):
                self.reading.fates[line] = (fate, detail)

    def finish(self) -> None:
        """Makes the listings, their place parts and figures and the labels' tallies, with slipped labels put back."""
        first = len(self.reading.listings)
        for entry, aligned in zip(self.entries, self._aligned(), strict=True):
            label = self.labels[entry.label] if entry.label is not None else None
            listing = row_record(self.source_id, len(self.reading.listings) + 1, entry, label, aligned)
            self.reading.listings.append(listing)
            before = 0
            for cell in entry.places:
                parts = place_parts(listing.observation_id, self.source_id, cell, self.lexicon, self.year)
                self.reading.place_parts += [replace(p, part_ordinal=p.part_ordinal + before) for p in parts] if before else parts
                before += sum(p.place_ordinal == 1 for p in parts)
        broken = {id(column) for _, column, told, _ in self._figures if is_broken_count(told)}
        for index, column, told, cell in self._figures:
            if id(column) in broken:
                reason = "a count that is in thousands or the like, which no header says"
                self._ask(cell.line_number, cell.text, reason, "write the unit into the column's header")
                continue
            number, listing = len(self.reading.statistics) + 1, self.reading.listings[first + index]
            statement = told.said_of(Subject("cluster", 0, listing.industry_printed), cell.char_start, cell.char_end)
            self.reading.statistics.append(statistic_record(self.source_id, number, statement, listing.observation_id, cell))
        headed = {entry.label for entry in self.entries}
        for index, label in enumerate(self.labels):
            if label.text.declared is not None:
                self.add_tally(label.cell, label.text.declared, label.text.key)
            elif index not in headed and self.reading.fates[label.cell.line_number][1] == "province label":
                self.reading.fates[label.cell.line_number] = (Fate.BOILERPLATE, "province label with no cluster under it")

    def add_tally(self, cell: Cell, declared: int, province_key: str | None) -> None:
        """A declared count: a label's, or the title's where there is no province."""
        province = (cell.text, province_key) if province_key else None
        number = len(self.reading.tallies) + 1
        self.reading.tallies.append(tally_record(self.source_id, number, "listed_clusters", declared, cell, province=province))

    def has_total(self, declared: int) -> bool:
        """Whether this total has been told already: what says it again is a sentence about it."""
        return any(tally.province_key is None and tally.declared_count == declared for tally in self.reading.tallies)

    def _aligned(self) -> "Sequence[AlignedLabel | None]":
        """The label every entry belongs under; None where labels cannot slip: one on every row, in columns of a format's own, or none."""
        is_in_every_row = len(self.labels) > _LABELS_IN_ROWS * len({entry.industry.line_number for entry in self.entries})
        has_counts = any(label.text.declared is not None for label in self.labels)
        if not self.labels or self._are_inline or ((is_in_every_row or self.has_columns) and not has_counts):
            return [None] * len(self.entries)
        free = sorted(self._free)
        labels = [
            Label(label.first_listing - bisect_left(free, label.first_listing), label.text.declared, self._provinces_meant(label.text.key))
            for label in self.labels
        ]
        rows = [province_weights(entry.places[0].text, self.lexicon, self.year) if entry.places else {} for entry in self.entries]
        aligned = align(labels, [row for index, row in enumerate(rows) if index not in self._free])
        blocks: list[list[int]] = [[] for _ in labels]
        for row, entry in enumerate(aligned, 1):
            blocks[entry.label].append(row)
        evidence = [
            f"label {index + 1} of {len(labels)} declares {label.declared or 'no count'}; rows {block[0]}-{block[-1]}" if block else ""
            for index, (label, block) in enumerate(zip(labels, blocks, strict=True))
        ]
        told = iter([AlignedLabel(self.labels[entry.label], entry.confidence, evidence[entry.label]) for entry in aligned])
        return [None if index in self._free else next(told) for index in range(len(self.entries))]

    def _provinces_meant(self, key: str) -> dict[str, float]:
        if self.lexicon.is_province(key):
            return {self.lexicon.provinces[key]: 1.0}
        return {
            place.province_code: similarity for place, similarity in reversed(self.lexicon.near(key, None)) if place.level == "province"
        }

    def question(self, line_number: int, printed: str, reason: str, suggestion: str) -> None:
        """Holds a line back, with the reason."""
        self.reading.fates[line_number] = (Fate.QUARANTINED, reason)
        self._ask(line_number, printed, reason, suggestion)

    def _ask(self, line_number: int, printed: str, reason: str, suggestion: str) -> None:
        self.reading.questions.append(Question(self.source_id, self.file_name, line_number, printed, reason, suggestion))


def _lines(cells: Sequence[Cell]) -> list[int]:
    return sorted({cell.line_number for cell in cells})
