r"""Tables whose columns are parted by tabs, as text pulled out of a PDF has them: ragged, with page furniture between the rows.

`\tYuyao, Ningbo\tMold industrial cluster\t` is a row; lines without a tab are rows that lost theirs, labels alone, or furniture.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from orchestration.reading.clusters.winners import names_contest
from orchestration.reading.keys import industry_key
from orchestration.reading.layout import Cell, Document, Reading
from orchestration.reading.observations import Fate
from orchestration.reading.phrases.contests import CONTEST
from orchestration.reading.phrases.figures import COUNT, find_figures
from orchestration.reading.tables.columns import LabelText, ends_as_cluster
from orchestration.reading.tables.furniture import declared_total, furniture
from orchestration.reading.tables.headers import has_cluster_table, header_roles
from orchestration.reading.tables.number_columns import units_of_note
from orchestration.reading.tables.table import TableReader
from orchestration.reading.tables.table_years import year_of_table
from orchestration.reading.text.page import has_sentence
from orchestration.reading.text.sentences import BULLETS
from orchestration.reading.words.lexicon import Lexicon

_CLUSTERS = re.compile(r"cluster|集群|产业|產業", re.IGNORECASE)
_NUMBERED = re.compile(rf"[(（]?(?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}})\s*[.)、．）]|[-*{BULLETS}]")
_LONGEST_TITLE = 80
NOT_UNDERSTOOD = "a line within the table that is no row of it and no known furniture"
_PARTS = re.compile(r"[:：\t|,，、;；.。(（)）?？!！]|——|—|–|\s-+\s|\s{2,}|(?<=[\u4e00-\u9fff])\s")
TITLES = frozenset(("title with the province", "title with the number of clusters"))  # used, and perhaps sentences
LEFT_OVER = frozenset((NOT_UNDERSTOOD, "page head", "page foot", "remark", "note"))


@dataclass(frozen=True, slots=True)
class TabTableLayout:
    """Layout of tab tables in plain text."""

    name: str = "tab_table"

    def score(self, document: Document, lexicon: Lexicon) -> float:  # noqa: ARG002  (tabs and the word alone tell)
        """The share of the lines that have a tab and a second cell, where clusters are spoken of at all."""
        if has_cluster_table(document.cells):
            return 0.0
        printed = [line for line in document.lines if line.strip()]
        tabbed = [line for line in printed if "\t" in line.strip(" ") and line.strip()]
        if len(tabbed) < 2:
            return 0.0
        is_subject = _CLUSTERS.search("\n".join(printed[:200])) or any(header_roles([*cells_of(line, 1)]) for line in tabbed[:20])
        return len(tabbed) / len(printed) if is_subject else 0.0

    def read(self, document: Document, lexicon: Lexicon) -> Reading:
        """Reads the rows in order, then says what the lines around them are."""
        reading = Reading()
        year = document.year or year_of_note(document)
        reader = TableReader(
            document.source_id,
            document.file_name,
            lexicon,
            year,
            reading,
            units=units_of_note(document.lines),
            title_year=year_of_table((), [line for line in document.lines if "\t" not in line]),
        )
        repeated = Counter(line.strip() for line in document.lines if "\t" not in line)
        for number, line in enumerate(document.lines, 1):
            if "\t" in line and line.strip():
                if not reader.read_row([*cells_of(line, number)]):
                    reader.question(number, line, "a row of the table that could not be read", "check the row in the source")
            elif reader.has_begun and reader.is_lone_row(line.strip()) and repeated[line.strip()] == 1:
                reader.read_row([*cells_of(line, number)])
        read_around(document, reader)
        reader.finish()
        return reading


LAYOUT = TabTableLayout()


def cells_of(line: str, number: int) -> Iterator[Cell]:
    """The cells between tabs, each at its exact span, blanks around it left off."""
    start = 0
    for text in line.split("\t"):
        stripped = text.strip()
        begin = start if stripped == text or not stripped else start + len(text) - len(text.lstrip())
        yield Cell(stripped, number, begin, begin + len(stripped))
        start += len(text) + 1


_OF_CONTEST = re.compile(r"优胜|優勝|胜出|勝出|\bwinners?\b", re.IGNORECASE)


def year_of_note(document: Document) -> int | None:
    """The year the table's own source note says its facts are of; notes stand at the head or the foot."""
    for line in (*document.lines[:40], *document.lines[-40:]):
        if (found := furniture(line)) and "as_of_date" in found.facts:
            return int(found.facts["as_of_date"][:4])
    return None


def read_around(document: Document, reader: TableReader, *, is_list: bool = False) -> None:
    """Gives a fate to every line that is no row: blank, furniture by its words, the page's head before the table, text that repeats.

    A title that promises a number of clusters is a tally. What is left stands within the table and is not understood: it is asked; of a
    list, where it names a place, a trade or a cluster.
    """
    fates, facts = reader.reading.fates, reader.reading.facts
    first_row = min((number for number, (fate, _) in fates.items() if fate is not Fate.QUARANTINED), default=0)
    last_row = max(fates, default=0)
    repeated = Counter(line.strip() for line in document.lines)
    has_contest = any(map(names_contest, document.lines))
    for number, line in enumerate(document.lines, 1):
        text = line.strip()
        if number in fates:
            continue
        if not text:
            fates[number] = (Fate.BLANK, "blank")
        elif found := furniture(line):
            fates[number] = (Fate.BOILERPLATE, found.detail)
            for key, value in found.facts.items():
                facts.setdefault(key, value)
        elif (
            (total := _promised(text, has_contest=has_contest))
            and (number > last_row or "title" not in facts)
            and not reader.has_total(total)
        ):
            if number <= last_row:
                facts["title"] = text
            start = line.index(text)
            fates[number] = (Fate.USED, "number of clusters in all" if number > last_row else "title with the number of clusters")
            reader.add_tally(Cell(text, number, start, start + len(text)), total, None)
        elif detail := _furniture_by_place(text, number, (first_row, last_row), reader, is_list=is_list, is_repeated=repeated[text] > 1):
            fates[number] = (Fate.BOILERPLATE, detail)
        else:
            reader.question(number, line, NOT_UNDERSTOOD, "if it is a row, check it in the source")
    for number, line in enumerate(document.lines[: max(first_row - 1, 0)], 1):
        _read_title(line, number, reader)
    reader.reading.questions.sort(key=lambda question: question.line_number or 0)


def _promised(text: str, *, has_contest: bool) -> int | None:
    """The number of clusters that a title promises; 15个集群成为决赛优胜者 and 20个集群实现产值1.6万亿元 are for sentences to tell."""
    is_sentence = has_sentence(text) and (has_contest or any(figure.unit != COUNT for figure in find_figures(text)))
    return None if is_sentence or CONTEST.search(text) or _OF_CONTEST.search(text) else declared_total(text)


def _furniture_by_place(
    text: str, number: int, rows: tuple[int, int], reader: TableReader, *, is_list: bool, is_repeated: bool
) -> str | None:
    """What a line that no reader understood is by where it stands; None where it may be a row."""
    first, last = rows
    if number < first:
        is_item = _NUMBERED.match(text) and (ends_as_cluster(text) or (is_list and _may_be_entry(text, reader)))
        return None if is_item else "page head"
    if is_repeated:
        return "repeated on every page"
    if is_list:
        return None if _may_be_entry(text, reader) else "remark"
    is_foot = number > last > 0 and not _CLUSTERS.search(text) and not reader.lexicon.find_places(text, reader.year)
    return "page foot" if is_foot else None


def _may_be_entry(text: str, reader: TableReader) -> bool:
    """Whether a line of a list names a place, a cluster, or a trade at the end of one of its parts: `Shaxing?? - textile`."""
    if _CLUSTERS.search(text) or reader.lexicon.find_places(text, reader.year):
        return True
    return any(reader.lexicon.is_trade(key) for piece in _PARTS.split(text) if (key := industry_key(piece)))


def _read_title(line: str, number: int, reader: TableReader) -> None:
    """A title that names clusters and one province is the label of a table without any: `江苏各县市产业集群汇总`."""
    if reader.labels or not _CLUSTERS.search(line) or len(line) > _LONGEST_TITLE:
        return
    found = reader.lexicon.find_places(line, reader.year)
    if len(found) == 1 and reader.lexicon.is_province(found[0].key):
        cell = Cell(line[found[0].start : found[0].end], number, found[0].start, found[0].end)
        reader.label_all(cell, LabelText(found[0].key, None, None))
