"""Who won what, over a whole document: the contest, who held it, who won, how many each province has. Sentences are `contests.py`'s."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orchestration.reading.phrases import contests, names
from orchestration.reading.phrases.contests import Found, Tallied
from orchestration.reading.phrases.figures import COUNT, Figure
from orchestration.reading.phrases.names import Name
from orchestration.reading.text.sentences import BULLETS
from orchestration.reading.text.texts import Text

_GAP = 3  # lines between a list and what announces it
_FEWEST_ANNOUNCED = 3  # entries of a list that can be the winners of a contest
# A sentence that goes on naming the winners of the one before it.
_GOES_ON = re.compile(
    r"^\W*(?:they|these|those|the\s(?:winners|others|list|rest)|among\s(?:them|these|the\swinners)|others?)\b[^.;]{0,30}?\b(?:includ\w+|are|were)\b"
    r"|^(?:答：)?(?:另外?|其[余餘他]|还有|還有)[^，。；]{0,10}(?:是|为|為|包括)|^(?:其中|包括|分别是|分別是|它们是|优胜者|入选的)",
    re.IGNORECASE,
)
_ITEM = re.compile(rf"\s*(?:[-*{BULLETS}]|\d{{1,2}}[.、)）])\s?(?:[Tt]he\s)?")
# What a list stands below: 现将胜出的集群公示如下：, `Winners of the final`, a column of 优胜集群.
_ANNOUNCES = re.compile(
    r"(?:优胜|優勝|胜出|勝出|获胜|獲勝|入选|入選|入围|决赛|获奖|獲獎|名[单單])[^。]*[:：]\s*$"
    r"|(?:优胜者?|優勝者?|胜出|获胜|入围|决赛|获奖|獲獎)[^。；，]{0,12}(?:名[单單]|公示|公布|通报|揭晓)"
    r"|\b(?:winners?|finalists?)\b[^.;]*:\s*$|\b[Ww]inners\b[^.;]{0,80}\.?$"
)
_COLUMN = re.compile(r"(?:^|[\t|｜])\s*(?:优胜|優勝|获奖|獲獎|获胜|胜出|Winning\s|Winner)[^\t|｜，。]{0,12}\s*(?:$|[\t|｜])", re.IGNORECASE)
# What stands before a winner, or over several: 一等奖（2个）：, `Silver: `, `Third prize`.
_PRIZE = re.compile(
    r"^[\W\d]*(?:[特一二三四]等[奖獎]|[金银铜銀銅][奖獎]|优[秀胜][奖獎]?|冠军|亚军|季军|第[一二三四五六]名|最佳[一-鿿]{2,8}[奖獎]|获奖(?:集群)?|胜出(?:集群)?)"
    r"(?:获得者|得主)?\s?(?:[(（][^()（）]*[)）])?\s*(?:[:：]|$)"
    r"|^\W*(?:gold|silver|bronze|platinum|(?:grand|first|second|third|1st|2nd|3rd|special|top)\s(?:prizes?|place|awards?)|winners?|runners?-up|champions?)\b"
    r"[^:.]{0,30}(?::|$|\s[-–—])",
    re.IGNORECASE,
)
_LOST = re.compile(
    r"落选|落選|未能|未获|未入|无缘|淘汰|止步|惜败|遗憾|参赛|報名|报名|往届|上届|历届|上一届|去年的"
    r"|\b(?:did\snot|didn['’]t|failed|missed\sout|lost|losing|losers?|knocked\sout|eliminated|went\shome\sempty|not\s(?:win|make|chosen|selected|shortlisted)"
    r"|unsuccessful|entered|entrants?|defending|previous|past|last\syear['’]s)\b",
    re.IGNORECASE,
)
_WINS = re.compile(
    r"胜出|勝出|获胜|獲勝|优胜|優勝|入选|入選|入围|入圍|[斩荣]获|夺[得冠魁]|\b(?:wins?|won|triumphs?|takes?)\b", re.IGNORECASE
)  # of a headline
_CLAUSE_END = re.compile(r"[，,；;。]")


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
    return contests.CONTEST.search(text) is not None and contests.find_contest(text) is not None


def find_contested(texts: Sequence[Text], *, is_list: bool) -> Contested:
    """The contest of a document, each of its parts where it is told first.

    Args:
        texts: The sentences of the document.
        is_list: Whether they stand around a list: that of the clusters a body recognised is no contest, 现将产业集群名单公布如下.
    """
    contest = organiser = launch = None
    is_selection = False
    # What a title says is told again in the text, but above a list, where no text follows.
    for text in [text for text in texts if not text.is_heading] + [text for text in texts if text.is_heading]:
        printed = text.printed
        found = contests.find_contest(printed)
        is_named = found is not None and contests.CONTEST.search(printed[slice(*found)]) is not None
        if found and (text.is_heading or is_list) and not is_named:
            found = None  # a list of what was recognised is no contest
        is_better = contest is None or (is_named and not contests.CONTEST.search(contest[0].printed))
        if found and is_better and text.sentence.is_on_one_line(*found):
            contest = (text, found)
        speaks_of_it = found or (contest and contests.CONTEST.search(printed))
        is_selection = is_selection or bool(names.speaks_of_clusters(printed) and contests.SELECTION.search(printed))
        if speaks_of_it and organiser is None and (body := contests.find_organiser(printed, found)):
            organiser = (text, body)
        if speaks_of_it and launch is None and (year := contests.find_launch(printed)):
            launch = (text, year)
    return Contested(contest, organiser, launch, is_selection)


def find_winners(texts: Sequence[Text], first: int) -> Iterator[tuple[int, Text, Name]]:
    """Clusters named in a sentence about winners, below the name of a prize, or in a sentence that goes on from there, each once, in order.

    Args:
        texts: The sentences of the document.
        first: Number of the sentence that names the contest.
    """
    seen: set[int] = set()
    was_of_winners, is_below_prize, before = False, False, None
    for text in texts:
        has_prize = _PRIZE.match(text.printed) is not None
        of_contest = text.number == first and contests.find_contest(text.printed) is not None
        is_same = before is not None and before.passage == text.passage and before.printed.endswith((";", "；"))
        goes_on = was_of_winners and (is_same or bool(_GOES_ON.search(text.printed)))
        is_of_winners = bool(text.tallies) or contests.SELECTION.search(text.printed) is not None or of_contest or goes_on
        is_item = (was_of_winners or is_below_prize) and _ITEM.match(text.printed) is not None
        is_below_prize = has_prize or (is_below_prize and (is_item or is_same))
        was_of_winners, before = (bool(text.tallies) or of_contest or goes_on or is_item) and not text.is_heading, text
        told = (is_of_winners or is_item) and (not text.is_heading or _WINS.search(text.printed) is not None)
        told = told or is_below_prize
        for name, index in text.named if told else ():
            if index not in seen and not _is_lost(text, name):
                seen.add(index)
                yield index, text, name


def _is_lost(text: Text, name: Name) -> bool:
    """Whether the clauses about a cluster say that it did not win, only took part, or won another time."""
    begin = _clause(text, name.start)
    following = min((other.start for other, _ in text.named if other.start >= name.end), default=None)
    end = len(text.printed) if following is None else _clause(text, following)
    return _LOST.search(text.printed, begin, max(end, name.end)) is not None


def _clause(text: Text, at: int) -> int:
    """Where the clause begins that stands here."""
    return max((end.end() for end in _CLAUSE_END.finditer(text.printed, 0, at)), default=0)


def announced_total(contest: Text, listed: int, first_line: int) -> Figure | None:
    """The count of winners in the sentence about the contest, where the document's list is theirs.

    It has as many entries, or stands right below the sentence and most of them were read.

    Args:
        contest: The sentence that names the contest.
        listed: How many entries the document's list has.
        first_line: The line of the first of them.
    """
    if listed < _FEWEST_ANNOUNCED or not contests.SELECTION.search(contest.printed):
        return None
    exact = next((figure for figure in contest.figures if figure.value == listed), None)
    if exact or not contest.printed.endswith(("：", ":")) or not 0 <= first_line - contest.sentence.lines.stop <= _GAP:
        return exact
    most = (figure for figure in contest.figures if listed < figure.value <= 2 * listed)
    return next((figure for figure in most if contests.counts_clusters(contest.printed, figure)), None)


def lists_winners(texts: Sequence[Text], contest: Text, listed: int, first_line: int, total: int | None) -> bool:
    """Whether the document's list stands in a column of winners, or below words that announce them where no other number is said."""
    if listed < _FEWEST_ANNOUNCED:
        return False
    above = [text for text in texts if text.sentence.lines.stop <= first_line]
    if any(_COLUMN.search(text.printed) or _leads_up(text, first_line) for text in above):
        return True
    is_whole = total in (None, listed) and all(figure.value == listed for figure in contest.figures if figure.unit == COUNT)
    return is_whole and any(_ANNOUNCES.search(text.printed) or _PRIZE.match(text.printed) for text in above)


def _leads_up(text: Text, line: int) -> bool:
    """Whether a sentence about winners ends in a colon right above this line: 同批胜出的还有：."""
    return text.printed.endswith((":", "：")) and line - text.sentence.lines.stop <= _GAP and bool(_ANNOUNCES.search(text.printed))


def heads_winners(line: str) -> bool:
    """Whether a line is the header of a column of winners, the name of a prize alone, or leads up to them: 同批胜出的还有：."""
    is_lead = line.rstrip().endswith((":", "：")) and _ANNOUNCES.search(line)
    return bool(is_lead or _COLUMN.search(line) or _PRIZE.fullmatch(line.strip()))


def find_counts(texts: Sequence[Text]) -> Iterator[tuple[Text, Tallied]]:
    """How many winners each province has, and all of them together, in order; every sentence remembers its own."""
    for text in texts:
        if text.figures:
            found = contests.find_tallies(text.printed, text.spots, text.figures)
            is_told = not text.is_heading or sum(tally.province is not None for tally in found) > 1  # `20 winners: Jiangsu 5, Hunan 2`
            text.tallies = found if is_told else []
            yield from ((text, tally) for tally in text.tallies)
