"""Figures with what they are said of: a cluster, several of them, a place or a product; thresholds and years with them.

Works on one sentence at a time; what earlier sentences spoke of comes in as the `Subject` that pronouns and 该集群 point back to.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from orchestration.reading.context.owners import is_of_another
from orchestration.reading.context.references import DEFINITE, points_to_place
from orchestration.reading.context.subjects import Memory
from orchestration.reading.context.topics import Topic, Topics
from orchestration.reading.keys import HAN
from orchestration.reading.phrases.changes import CHANGED_FROM, FACT, plans, set_aside
from orchestration.reading.phrases.contests import Tallied
from orchestration.reading.phrases.figures import COUNT, PERCENT, Figure
from orchestration.reading.phrases.measures import falls
from orchestration.reading.phrases.names import speaks_of_clusters
from orchestration.reading.phrases.signals import Measured
from orchestration.reading.statistics.implied import is_in_step, measured_of
from orchestration.reading.statistics.labelled import Labelled, find_labelled
from orchestration.reading.statistics.limits import find_thresholds
from orchestration.reading.statistics.periods import Periods, find_years, year_of
from orchestration.reading.text.clauses import spoken_of
from orchestration.reading.text.texts import UNKNOWN, Statement, Subject, Text, place_subject
from orchestration.reading.text.voices import is_headline


@dataclass(frozen=True, slots=True)
class Unread:
    """A figure beside a cluster that was not understood."""

    start: int
    end: int
    reason: str


class Reader:
    """Reads the figures of one document's sentences, in order, remembering what was spoken of.

    Args:
        published_year: The year "last year" counts from.
        told_in: The year of the document where nothing says when it was published: figures of later ones are plans.
        has_clusters: Whether the document names any cluster: what it says of places and industries matters then.
        topics: Tells what headings make the text below them about.
        topic: What the whole document is about, if it is one place.
        periods: Tells the years of its figures.
    """

    def __init__(
        self,
        published_year: int | None,
        *,
        has_clusters: bool,
        topics: Topics,
        periods: Periods,
        topic: Topic | None = None,
        told_in: int | None = None,
    ) -> None:
        self._published_year = published_year
        self._has_clusters = has_clusters
        self._told_in = told_in or published_year
        self._periods = periods
        self._topics, self._topic = topics, topic
        self._memory = Memory(topics=topics, topic=topic)
        self._told: dict[int, Sequence[Statement]] = {}  # the last statements of the paragraph
        self._counted = (-1, "")  # the last paragraph, and what it counted last: firms or clusters

    def read(self, text: Text) -> tuple[list[Statement], list[Unread]]:
        """What one sentence states, and the figures in it that were not understood."""
        self._periods.hear_section(text)
        text = replace(text, spots=spoken_of(text, self._topics.lies_in))
        if is_headline(text) and self._topics.is_elsewhere(text.spots, self._topic):
            return [], []  # · 合肥上半年GDP 5216.9亿元 beside a page about another place
        labelled = find_labelled(text.printed)
        told = self._labelled(text, labelled)
        is_more = any(figure.start >= labelled[-1].end for figure in text.figures) if labelled else False
        if labelled and not is_more:
            return told, []
        if not text.figures:
            points = speaks_of_clusters(text.printed) or points_to_place(text.printed)
            self._memory.remember(text, self._memory.find(text, []) if points else [])
            return [], []
        return self._read_figures(text, told, labelled[-1].end if told else 0)

    def _read_figures(self, text: Text, statements: list[Statement], floor: int) -> tuple[list[Statement], list[Unread]]:
        """The figures of a sentence one by one, each beside what the ones before it state; those above the floor are read already."""
        whose = statements[0].subject if statements else None
        counted = {id(tally.count) for tally in text.tallies}
        figures = [figure for figure in text.figures if id(figure) not in counted and figure.start >= floor]
        thresholds = find_thresholds(text.printed, figures)
        filters = {id(threshold) for threshold in thresholds.values()}
        figures = [figure for figure in figures if id(figure) not in filters]
        subjects = self._memory.find(text, text.figures)
        self._periods.begin(text)
        pairs = _pairs(text, subjects, figures)
        aside = set_aside(text.printed, figures)
        unread: list[Unread] = []
        carried: Measured | None = None
        if text.passage != self._counted[0]:
            self._counted = (text.passage, "enterprise_count")
        above = self._told.get(text.passage, ())
        for index, figure in enumerate(figures):
            limit = figures[index + 1].start if index + 1 < len(figures) else len(text.printed)
            last = statements[-1] if statements else None
            if _is_told_before(text, figure):
                continue
            threshold = thresholds.get(id(figure))
            measured = measured_of(text, figure, floor, limit, threshold=threshold, last=last, above=above)
            if measured is None and threshold and _ABOVE.match(text.printed, figure.end):
                measured = Measured(self._counted[1], COUNT, figure.end)  # "152 have annual sales of more than 20 million yuan"
            self._note_counted(text, measured)
            if measured is None and carried:
                measured = carried._replace(end=figure.end)
            paired = pairs.get(id(figure))
            if (
                measured is None
                and last
                and (paired or is_in_step(text.printed, figure, last))
                and figure.unit == (last.currency or last.unit)
            ):
                measured = Measured(last.measure, last.unit, figure.end)
                figure = replace(figure, qualifier=last.qualifier)  # noqa: PLW2901 - "over 3 and 5 billion yuan" is over both
            subject = paired or self._subject_of(text, figure, measured, subjects, last or (above[-1] if above else None)) or whose
            subject = subject or _carried_on(text, figure, last, subjects)
            is_certain = measured is not None and subject is not None and not is_of_another(text, figure, subject, measured.measure)
            reason = aside.get(id(figure)) or self._doubt(text, figure, measured, subject, subjects, is_certain=is_certain)
            carried = measured if reason == CHANGED_FROM else None
            floor_before, floor = floor, floor if text.printed.startswith("倍", figure.end) else figure.end
            if reason:
                unread.append(Unread(figure.start, figure.end, reason))
            elif measured and subject and is_certain:
                statement = _statement(text.printed, figure, measured, subject, threshold=threshold, floor=floor_before)
                year = self._periods.of(figure, statement.end, statement.measure)
                statements += [replace(statement, subject=each, year=year) for each in _each_of(text, subjects, subject, figure)]
                self._memory.carry_on(text)
                floor = max(statements[-1].end, figure.end)
        self._memory.remember(text, subjects)
        self._told = {text.passage: [replace(each, start=_LATER) for each in statements]} if statements else self._told
        return statements, unread

    def _note_counted(self, text: Text, measured: Measured | None) -> None:
        if measured and measured.measure in ("enterprise_count", "cluster_count"):
            self._counted = (text.passage, measured.measure)

    def _labelled(self, text: Text, labelled: Sequence[Labelled]) -> list[Statement]:
        """The numbers of a line of labels, `Output value (2015): RMB 152 billion`: of what was spoken of above it."""
        subject = self._memory.labelled(text) if labelled else None
        if subject is None:
            return []
        self._memory.carry_on(text)
        return [line.told.said_of(subject, line.start, line.end, self._periods.heading) for line in labelled]

    def _doubt(
        self,
        text: Text,
        figure: Figure,
        measured: Measured | None,
        subject: Subject | None,
        subjects: Sequence[Subject],
        *,
        is_certain: bool,
    ) -> str | None:
        """Why a figure is asked about; None where it is understood, or tells of nothing that matters here."""
        if subject and subject.spot and self._memory.is_doubtful(subject.spot):
            return "a figure of a town that the gazetteer does not know"
        if is_certain:
            is_to_come = measured is not None and measured.measure in _TO_COME and not _HOPED.search(text.printed, 0, figure.start)
            is_ahead = self._periods.is_ahead and not FACT.search(text.printed, 0, figure.start)
            is_plan = is_ahead or (not is_to_come and self._is_planned(text.printed, figure))
            return "a figure beside a cluster that is a plan or forecast, not a fact" if is_plan else None
        is_about_clusters = bool(subjects) or self._memory.is_about_clusters(text)
        has_weight = self._has_clusters and _has_weight(figure, measured)
        if not (has_weight or _is_telling(text.printed, figure, measured, is_about_clusters=is_about_clusters)):
            return None
        return f"a figure beside a cluster whose {'subject' if measured else 'measure'} was not understood"

    def _is_planned(self, text: str, figure: Figure) -> bool:
        """Whether a figure is announced for a later day: `is expected to hit`, 到2025年 in a text of 2021."""
        for match in plans(text):
            if match.start() >= figure.end + 40:
                break
            if match["year"] is None and match.start() < figure.start:
                if not FACT.search(text, match.end(), figure.start) and not (match["estimate"] and self._is_of_past(text, figure)):
                    return True
                continue
            known = self._published_year if match.group().lower().startswith("in") else self._told_in
            is_of_it = match.start() < figure.start or not _COMMA.search(text, figure.end, match.start())
            if match["year"] and known and int(match["year"]) > known and is_of_it:
                return True
        return False

    def _is_of_past(self, text: str, figure: Figure) -> bool:
        """Whether the year spoken of is no later than the document: 2021年，预计完成生产总值120亿元, in a report on that year."""
        before = [year for at, year in find_years(text, self._published_year) if at < figure.start]
        told = before[-1] if before else self._periods.heading
        return told is not None and self._told_in is not None and told <= self._told_in

    def begin_entry(self, subjects: Sequence[Subject], passage: int) -> None:
        """An entry of a list begins: all that its line says is of it, or of one of several on it."""
        self._memory.begin_entry(subjects, passage)

    def hear(self, text: Text) -> None:
        """Remembers what a heading speaks of, and of which year; its own figures are told again below it."""
        self._periods.hear(text)
        self._memory.hear(text)

    def _subject_of(
        self, text: Text, figure: Figure, measured: Measured | None, subjects: Sequence[Subject], last: Statement | None
    ) -> Subject | None:
        """The nearest before the figure, else a cluster behind it, else the place the sentence begins with, else the last spoken of."""
        if measured and measured.measure == "cluster_count":
            groups = [subject for subject in subjects if subject.kind == "cluster_group"]
            nearest = min(groups, key=lambda group: (group.start < figure.start, abs(group.start - figure.start)), default=None)
            return nearest or (last.subject if last and last.measure == "cluster_count" else None)
        before = [subject for subject in subjects if subject.start < figure.start]
        if measured and measured.measure in _OF_PLACES:
            return self._place_of(text, figure, before)
        behind = [subject for subject in subjects if subject.kind == "cluster" and subject.start > figure.end]
        if not before and behind and HAN.search(text.printed) and (begun := self._memory.begun(text, figure)):
            return begun  # 盛泽镇2016年销售收入突破1000亿元，马口镇缝纫线...: the place it begins with is what it speaks of
        if before or behind:
            nearest = before[-1] if before else behind[0]
            return nearest if nearest.kind != UNKNOWN else None
        return self._memory.implied(text, figure)

    def _place_of(self, text: Text, figure: Figure, before: Sequence[Subject]) -> Subject | None:
        """Whose the product or the people of a place are: of no cluster."""
        spot = self._memory.nearest(text, figure)
        if before and before[-1].kind in ("locality", "province") and (spot is None or spot.start < before[-1].start):
            return before[-1]
        is_another = spot and re.search(r"[a-z]['’]s\s(?:\w+\s)?GDP", text.printed[spot.end : figure.start])  # "the zone's GDP"
        if spot is None and not before:
            implied = self._memory.implied(text, figure)
            return implied if implied and implied.kind in ("locality", "province") else None
        return place_subject(text, spot) if spot and not is_another else None


_LATER = 1_000_000  # where a statement of another sentence stands


_ABOVE = re.compile(r"\s(?:of\s\w+\s)?(?:ha[sd]|have|exceed|earn|post|report|record|generat|achieve|surpass|pass|reach|top|were|are)")
_IN_STEP = re.compile(r"分别|分別|\brespectively\b")
_TOGETHER = re.compile(r"\b(?:combined|together|altogether|jointly)\b|合计|合計|共计|总共", re.IGNORECASE)
_LESS = re.compile(r"\s(?:lower|less|fewer|below)\b")
_COMMA = re.compile(r"[,，;；]")
_OF_PLACES = frozenset(("gdp", "population"))
_TO_COME = frozenset(("investment", "project_count"))  # money to be invested and projects planned are facts, but for what is striven for
_HOPED = re.compile(r"力争|目标|预计|\b(?:hopes?|aims?|striv\w+|targets?|goals?|expect(?:s|ed)|forecast|projected)\b", re.IGNORECASE)


def _has_weight(figure: Figure, measured: Measured | None) -> bool:
    """Whether a figure clearly tells of an economy: one with a measure, a share, or a large sum."""
    if measured is not None or figure.unit == PERCENT:
        return True
    return figure.value >= (_LARGE_SUM if figure.is_money else _LARGE_COUNT)


_LARGE_SUM, _LARGE_COUNT = 1e6, 100


def _is_told_before(text: Text, figure: Figure) -> bool:
    """Counts of clusters that are named beside them or were before: `the two clusters`, 余姚模具、慈溪小家电等两大产业集群."""
    if figure.unit != COUNT:
        return False
    behind = text.printed[figure.end : figure.end + 40]
    if not re.match(r"[个個大]?(?:[一-鿿]{0,8}集群)|\s(?:[\w-]+\s){0,2}clusters", behind):
        return False
    return len(text.named) == figure.value or behind[:1] == "大" or bool(DEFINITE.search(text.printed[: figure.start][-12:]))


def _pairs(text: Text, subjects: Sequence[Subject], figures: Sequence[Figure]) -> dict[int, Subject]:
    """Clusters and figures that go in step: `A and B earned 3 and 5 billion yuan respectively`, 分别突破500亿元和2000亿元."""
    in_step = _IN_STEP.search(text.printed)
    named = [s for s in subjects if s.listing is not None and s.kind == "cluster" and in_step and s.start < in_step.end()]
    if not in_step or len(named) < 2:
        return {}
    after = [f for f in figures if f.start >= named[-1].start + len(named[-1].printed) and not _is_told_before(text, f)]
    after = [f for f in after if f.unit == after[0].unit][: len(named)] if after else []
    return {id(f): s for f, s in zip(after, named, strict=True)} if len(after) == len(named) else {}


def _carried_on(text: Text, figure: Figure, last: Statement | None, subjects: Sequence[Subject]) -> Subject | None:
    """Of whom the figure before it in the sentence is, where nobody else is spoken of in between."""
    if last is None or any(last.end <= spot.start < figure.start for spot in text.spots):
        return None
    return last.subject if not any(last.start < subject.start < figure.start for subject in subjects) else None


def _each_of(text: Text, subjects: Sequence[Subject], subject: Subject, figure: Figure) -> Sequence[Subject]:
    """`The A cluster and the B cluster each have ...` is said of both, `... have combined sales of ...` of the two together."""
    named = [s for s in subjects if s.listing is not None and s.kind == "cluster" and s.start < figure.start]
    if subject in named and len(named) > 1 and _TOGETHER.search(text.printed[subject.start : figure.end]):
        end = named[-1].start + len(named[-1].printed)
        return [Subject("cluster_group", named[0].start, text.sentence.as_printed(named[0].start, end), sentence=text.number)]
    if subject in named and len(named) > 1 and re.search(r"\beach\b|均|各自", text.printed[subject.start : figure.start]):
        return named
    return [subject]


def counted_clusters(text: Text, tally: Tallied) -> Statement:
    """A count of clusters by province that is no count of winners: `Jiangsu has 10, Guangdong seven`."""
    start, end = (tally.province.start, tally.province.end) if tally.province else (tally.start, tally.end)
    subject = Subject("province", start, text.sentence.as_printed(start, end), None, (start, end), text.number)
    year = year_of(text.printed, tally.count, tally.end, find_years(text.printed, None))
    return Statement(subject, "cluster_count", tally.count.value, "exactly", COUNT, None, None, year, tally.start, tally.end)


def _statement(
    text: str,
    figure: Figure,
    measured: Measured,
    subject: Subject,
    *,
    threshold: Figure | None,
    floor: int,
) -> Statement:
    start, end = figure.start, max(measured.end, figure.end)
    if threshold:
        start, end = min(start, threshold.start), max(end, threshold.end)
    if HAN.search(text):
        clause = max(text.rfind(mark, 0, start) + 1 for mark in "，；：。（(—")
        start = max(clause, floor if floor < start else 0)
        start += len(text[start:]) - len(text[start:].lstrip("、,和及与 家个個" if start > clause else "、,和及与 "))
        classifier = re.compile(r"[家个個户戶人名种種项項件款席]").match(text, end)
        end = classifier.end() if classifier else end
    value = figure.value
    is_fall = falls(text[max(0, figure.number_start - 24) : figure.number_start]) or _LESS.match(text, figure.end)
    if measured.measure == "growth_rate" and figure.unit == PERCENT and is_fall:
        value = -value
    return Statement(
        subject,
        measured.measure,
        value,
        figure.qualifier,
        measured.unit,
        measured.unit if measured.unit.isupper() else None,
        threshold,
        None,
        start,
        end,
    )


def _is_telling(text: str, figure: Figure, measured: Measured | None, *, is_about_clusters: bool) -> bool:
    """Whether a figure that was not read should be asked about: one with a unit, or a measure, in a sentence about clusters."""
    if speaks_of_clusters(text) or (is_about_clusters and (measured is not None or figure.value >= 1000)):
        return measured is not None or figure.is_money or figure.unit == PERCENT or figure.value >= 100
    return False
