"""Running text around tables and lists: paragraphs that a layout of rows has no use for are read as what they are."""

from dataclasses import replace

from orchestration.reading.layout import Document, Reading
from orchestration.reading.layouts import prose
from orchestration.reading.layouts.tab_table import LEFT_OVER, NOT_UNDERSTOOD
from orchestration.reading.lexicon import Lexicon
from orchestration.reading.names import speaks_of_clusters
from orchestration.reading.observations import Fate
from orchestration.reading.page import has_sentence
from orchestration.reading.sentences import passages

_SHORTEST = 16  # characters: a remark of less tells nothing


def read_sentences(document: Document, reading: Reading, lexicon: Lexicon) -> None:
    """Reads the sentences among the lines that are no rows; what they name comes behind what the rows do.

    A line that names a cluster and gave none stays a question.
    """
    left = {number for number, (fate, detail) in reading.fates.items() if fate is not Fate.USED and detail in LEFT_OVER}
    lines = tuple(line if number in left else "" for number, line in enumerate(document.lines, 1))
    texts = [passage for passage in passages(lines) if len(passage.text) >= _SHORTEST and has_sentence(passage.text.strip())]
    numbers = {number for passage in texts for number in passage.lines(0, len(passage.text))}
    if not numbers:
        return
    lines = tuple(line if number in numbers else "" for number, line in enumerate(lines, 1))
    fates = prose.LAYOUT.read_behind(replace(document, lines=lines, cells=()), lexicon, reading)
    told = {n for n in numbers if fates[n][0] is not Fate.BOILERPLATE or not speaks_of_clusters(document.lines[n - 1])}
    reading.questions = [q for q in reading.questions if q.line_number not in told or q.reason != NOT_UNDERSTOOD]
    reading.fates |= {number: fates[number] for number in told}
