"""Running text around tables and lists: paragraphs that a layout of rows has no use for are read as what they are."""

from orchestration.reading.clusters.winners import heads_winners, names_contest
from orchestration.reading.layout import Document, Reading
from orchestration.reading.layouts import prose
from orchestration.reading.layouts.tab_table import LEFT_OVER, NOT_UNDERSTOOD, TITLES
from orchestration.reading.observations import Fate
from orchestration.reading.phrases.names import speaks_of_clusters
from orchestration.reading.statistics.periods import dates_what_follows
from orchestration.reading.text.page import has_sentence
from orchestration.reading.text.sentences import passages
from orchestration.reading.words.lexicon import Lexicon

_LONG = 60
_SHORTEST = 16  # characters: a remark of less tells nothing


def read_sentences(document: Document, reading: Reading, lexicon: Lexicon) -> None:
    """Reads the sentences among the lines that are no rows, and the figures behind entries of a list.

    What the sentences name comes behind what the rows do.
    A line that names a cluster and gave none stays a question.
    """
    fates = [reading.fates.get(number, (Fate.BLANK, "")) for number in range(1, len(document.lines) + 1)]
    pairs = zip(document.lines, fates, strict=True)
    lines = tuple(line if detail in LEFT_OVER or _has_more(line, fate, detail) else "" for line, (fate, detail) in pairs)
    texts = [passage for passage in passages(lines) if _says_something(passage.text)]
    numbers = {number for passage in texts for number in passage.lines(0, len(passage.text))}
    within = {cell.line_number for grid in document.cells for row in grid for cell in row}
    prose.LAYOUT.read_entries(document, lexicon, reading, numbers | within)
    if not numbers:
        return
    read = prose.LAYOUT.read_behind(document, lexicon, reading, numbers)
    told = {
        n
        for n in numbers
        if reading.fates[n][0] is not Fate.USED
        and (read.fates[n][0] is not Fate.BOILERPLATE or not speaks_of_clusters(document.lines[n - 1]))
    }
    reading.questions = [q for q in reading.questions if q.line_number not in told or q.reason != NOT_UNDERSTOOD] + read.questions
    reading.questions.sort(key=lambda question: question.line_number or 0)
    reading.fates |= {number: read.fates[number] for number in told}


def _says_something(text: str) -> bool:
    """Whether a paragraph is a sentence, leads up to the list below it, 现将胜出的集群公示如下：, or tells of a contest or its winners."""
    is_long = len(text) >= _SHORTEST
    text = text.strip()
    return (
        heads_winners(text)
        or dates_what_follows(text)
        or (is_long and (has_sentence(text) or text.endswith((":", "：")) or names_contest(text)))
    )


def _has_more(line: str, fate: Fate, detail: str) -> bool:
    """Whether a line that is no row of its own has more to say.

    It gave an entry and goes on in sentences: `(a) Shengzhou, neckties. The 1,100 firms of the town ...`; it gave a table its province
    or number and is a sentence or names a contest; it heads a column of winners.
    """
    if detail in TITLES:
        return has_sentence(line) or names_contest(line)
    if fate is not Fate.USED:
        return heads_winners(line)
    return "\t" not in line and len(line) >= _LONG and has_sentence(line)
