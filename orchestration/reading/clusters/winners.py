"""Who won what, over a whole document: the contest, who held it, who won, how many each province has. Sentences are `contests.py`'s."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orchestration.reading.phrases import contests, names
from orchestration.reading.phrases.contests import Found, Tallied
from orchestration.reading.phrases.names import Name
from orchestration.reading.text.sentences import BULLETS
from orchestration.reading.text.texts import Text

_OF_IT = re.compile(r"\b(?:contest|competition)\b|竞赛|競賽|大赛|大賽|决赛|決賽")
# A sentence that goes on naming the winners of the one before it.
_GOES_ON = re.compile(
    r"^\W*(?:they|these|those|the\s(?:winners|others|list|rest)|among\s(?:them|these|the\swinners)|others?)\b[^.;]{0,30}?\b(?:includ\w+|are|were)\b"
    r"|^(?:其中|包括|分别是|分別是|它们是|优胜者|入选的)",
    re.IGNORECASE,
)
_ITEM = re.compile(rf"\s*(?:[-*{BULLETS}]|\d{{1,2}}[.、)）])\s?(?:[Tt]he\s)?")
# What a list stands below: 现将胜出的集群公示如下：, `Winners of the final`.
_ANNOUNCES = re.compile(
    r"(?:优胜|優勝|胜出|勝出|获胜|獲勝|入选|入選|入围|决赛|名[单單])[^。]*[:：]\s*$|(?:优胜者?|優勝者?|胜出|获胜|入围|决赛)[^。；，]{0,12}(?:名[单單]|公示|公布)"
    r"|\b(?:winners?|finalists?)\b[^.;]*:\s*$|\b[Ww]inners\b[^.;]{0,80}\.?$"
)


@dataclass(frozen=True, slots=True)
class Contested:
    """What a document tells of its contest; a part with the sentence it stands in."""

    contest: tuple[Text, Found] | None
    organiser: tuple[Text, Found] | None
    launch: tuple[Text, Found] | None
    is_selection: bool  # it tells of winners, or of clusters selected, with or without a contest

    @property
    def has_winners(self) -> bool:
        """Whether counts by province are counts of winners."""
        return self.contest is not None or self.is_selection


def names_contest(text: str) -> bool:
    """Whether a title or sentence names a contest of clusters: `National Textile Cluster Competition 2020: results`."""
    return _OF_IT.search(text.lower()) is not None and contests.find_contest(text) is not None


def find_contested(texts: Sequence[Text]) -> Contested:
    """The contest of a document, each of its parts where it is told first."""
    contest = organiser = launch = None
    is_selection = False
    # What a title says is told again in the text, but above a list, where no text follows.
    for text in [text for text in texts if not text.is_heading] + [text for text in texts if text.is_heading]:
        printed = text.printed
        found = contests.find_contest(printed)
        if found and text.is_heading and not _OF_IT.search(printed.lower()):
            found = None  # a list of what was recognised is no contest
        if found and contest is None and text.sentence.is_on_one_line(*found):
            contest = (text, found)
        speaks_of_it = found or (contest and _OF_IT.search(printed))
        is_selection = is_selection or bool(names.speaks_of_clusters(printed) and contests.SELECTION.search(printed))
        if speaks_of_it and organiser is None and (body := contests.find_organiser(printed, found)):
            organiser = (text, body)
        if speaks_of_it and launch is None and (year := contests.find_launch(printed)):
            launch = (text, year)
    return Contested(contest, organiser, launch, is_selection)


def find_winners(texts: Sequence[Text], first: int) -> Iterator[tuple[int, Text, Name]]:
    """Clusters named in a sentence about winners, or in one that goes on from there, each once, in order.

    Args:
        texts: The sentences of the document.
        first: Number of the sentence that names the contest.
    """
    seen: set[int] = set()
    was_of_winners, before = False, None
    for text in texts:
        of_contest = text.number == first and contests.find_contest(text.printed) is not None
        is_same = before is not None and before.passage == text.passage and before.printed.endswith((";", "；"))
        goes_on = was_of_winners and (is_same or bool(_GOES_ON.search(text.printed)))
        is_of_winners = bool(text.tallies) or contests.SELECTION.search(text.printed) is not None or of_contest or goes_on
        is_item = was_of_winners and _ITEM.match(text.printed) is not None
        was_of_winners, before = (bool(text.tallies) or of_contest or goes_on or is_item) and not text.is_heading, text
        for name, index in text.named if (is_of_winners or is_item) and not text.is_heading else ():
            if index not in seen:
                seen.add(index)
                yield index, text, name


def announces_list(texts: Sequence[Text], line: int) -> bool:
    """Whether a title or sentence above this line says that what follows are winners."""
    return any(_ANNOUNCES.search(text.printed) for text in texts if text.sentence.lines.stop <= line)


def find_counts(texts: Sequence[Text]) -> Iterator[tuple[Text, Tallied]]:
    """How many winners each province has, and all of them together, in order; every sentence remembers its own."""
    for text in texts:
        if not text.is_heading and text.figures:
            text.tallies = contests.find_tallies(text.printed, text.spots, text.figures)
            yield from ((text, tally) for tally in text.tallies)
