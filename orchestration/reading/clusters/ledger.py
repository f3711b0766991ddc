"""What a reading of running text keeps of its document: cells and place parts with their spans, questions, and the fate of every line."""

from bisect import bisect_left, insort
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

from orchestration.reading.clusters.mentions import parents_of
from orchestration.reading.layout import Cell, Document, Reading
from orchestration.reading.observations import Fate, PlacePart, Question
from orchestration.reading.phrases.contests import Found
from orchestration.reading.phrases.introductions import Introductions
from orchestration.reading.phrases.names import Spot
from orchestration.reading.text.page import detail_of
from orchestration.reading.text.sentences import Passage
from orchestration.reading.text.texts import Text
from orchestration.reading.words import places
from orchestration.reading.words.lexicon import Lexicon
from orchestration.reading.words.terms import Stretch


class Ledger:
    """The records of one document as they come, and which of its lines they stand on.

    Args:
        document: The document.
        lexicon: The gazetteer.
        out: Where the records go.
    """

    def __init__(self, document: Document, lexicon: Lexicon, out: Reading) -> None:
        self._document = document
        self._lexicon = lexicon
        self.out = out
        self._texts: list[Text] = []
        self._introductions = Introductions(lexicon, document.year)
        self._used: dict[int, str] = {}
        self._asked: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)  # by line, sorted
        self._kinds: dict[int, str] = {}  # why lines that no record refers to were left

    def _note(self, passage: Passage, kind: str) -> None:
        for line in passage.lines(0, len(passage.text)):
            self._kinds[line] = kind

    def _cell(self, text: Text, span: Stretch | Found) -> Cell:
        printed = text.sentence.span(span[0], span[1])
        return Cell(self._document.lines[printed.line_number - 1][printed.start : printed.end], *printed)

    def _add_parts(self, observation_id: str, place: Cell, text: Text, spots: list[Spot], *, has_label: bool = False) -> None:
        """The names in a place; what the document says elsewhere that it lies in comes behind them. `Yongkang-Wuyi` is two places."""
        if len(spots) > 1 and all(text.printed[a.end : b.start] in ("-", "–") for a, b in pairwise(spots)):
            of_each = [(self._cell(text, (spot.start, spot.end)), [spot]) for spot in spots]
        else:
            of_each = [(place, spots)]
        for index, (cell, within) in enumerate(of_each):
            parts = self._parts(observation_id, cell)
            is_one = len({part.place_ordinal for part in parts}) == 1
            introduced = parents_of(within, self._introductions) if is_one else None
            number, parents = introduced or (0, ())
            for parent in parents:
                if not (parent.is_province and has_label):
                    parts += self._parts(observation_id, self._cell(self._texts[number], (parent.start, parent.end)))
            if len(of_each) > 1 or introduced:
                parts = [replace(part, place_ordinal=index + 1, part_ordinal=ordinal) for ordinal, part in enumerate(parts, 1)]
            self.out.place_parts += parts

    def _parts(self, observation_id: str, cell: Cell) -> list[PlacePart]:
        return places.place_parts(observation_id, self._document.source_id, cell, self._lexicon, self._document.year)

    def _use(self, cell: Cell, what: str) -> None:
        self._used.setdefault(cell.line_number, what)

    def _ask(self, text: Text, stretch: Stretch, reason: str, suggestion: str) -> None:
        """Asks about a stretch of a sentence, quoted whole where it runs over a line break."""
        span = text.sentence.span(*stretch)
        insort(self._asked[span.line_number], (span.start, span.end))
        printed = text.sentence.as_printed(*stretch)
        self.out.questions.append(
            Question(self._document.source_id, self._document.file_name, span.line_number, printed, reason, suggestion)
        )

    def _is_asked(self, text: Text) -> bool:
        """Whether a question was asked about a part of this sentence."""
        whole = text.sentence.span(0, len(text.printed))
        asked = self._asked.get(whole.line_number, [])
        before = bisect_left(asked, (whole.end,))
        return before > 0 and asked[before - 1][1] > whole.start

    def _tell_fates(self) -> None:
        asked = {question.line_number for question in self.out.questions}
        for number, line in enumerate(self._document.lines, 1):
            if number in self._used:
                fate = (Fate.USED, self._used[number])
            elif not line.strip():
                fate = (Fate.BLANK, "blank")
            elif number in asked:
                fate = (Fate.QUARANTINED, "not understood")
            else:
                fate = (Fate.BOILERPLATE, self._kinds.get(number) or detail_of(line))
            self.out.fates[number] = fate
