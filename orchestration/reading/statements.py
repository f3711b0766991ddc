"""Figures with what they are said of: a cluster, several of them, a place or a product; thresholds and years with them.

Works on one sentence at a time; what earlier sentences spoke of comes in as the `Subject` that pronouns and 该集群 point back to.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from orchestration.reading.contests import Tallied
from orchestration.reading.figures import COUNT, PERCENT, Figure
from orchestration.reading.keys import HAN
from orchestration.reading.measures import Measured, falls, measure_of
from orchestration.reading.names import CLUSTER, HEAD_EN, HEAD_ZH, Name, Spot
from orchestration.reading.sentences import Sentence

Stretch = tuple[int, int]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(slots=True)
class Text:
    """One sentence of a document and what was found in it.

    Attributes:
        number: Its number in the document.
        passage: The number of its paragraph.
        sentence: The sentence, which knows where it is printed.
        is_heading: Whether it is a title: names are read in it, figures not, for the text below tells them again.
        spots: The places in it.
        named: The clusters it names, each with the index of its listing.
        figures: Its figures.
        tallies: Its counts of winners.
    """

    number: int
    passage: int
    sentence: Sentence
    is_heading: bool
    spots: list[Spot] = field(default_factory=list)
    named: list[tuple[Name, int]] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    tallies: list[Tallied] = field(default_factory=list)

    @property
    def printed(self) -> str:
        """The sentence as printed."""
        return self.sentence.text


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure is said of.

    Attributes:
        kind: A subject_type of docs/vocabulary.md.
        start: Where it is printed, in offsets of its sentence; -1 where it stands in an earlier one.
        printed: As printed.
        listing: Index of the cluster's listing in its document, None where the subject is no single cluster.
        place: The print of its place, in offsets of its sentence; for what is no listing.
    """

    kind: str
    start: int
    printed: str
    listing: int | None = None
    place: Stretch | None = None
    sentence: int = -1  # number of the sentence that `place` counts in


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure, its measure and its subject, in offsets of its sentence."""

    subject: Subject
    measure: str
    value: float
    qualifier: str
    unit: str
    currency: str | None
    threshold: Figure | None
    year: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unread:
    """A figure beside a cluster that was not understood."""

    start: int
    end: int
    reason: str


_REFERENCE_EN = re.compile(r"\b(?:[Tt]he|[Tt]his|[Tt]hat)\s(?:[a-z-]+\s){0,4}cluster\b(?!['’]s\s(?:home|host))")
_REFERENCE_ZH = re.compile(
    r"(?:该|該|这一|這一|这个|此|当地|當地)[^，。；]{0,10}集群|(?:^|[，。；])(?P<bare>(?:产业|產業)?集群)(?=现|現|内|已|拥|共|有|年|总|总产|产值|产品|实现|实|带|聚)"
)
_PRONOUN = re.compile(
    r"(?:^|[,;]\s(?:and\s|but\s|while\s|with\s)?|\b(?:and|while|with)\s)(?P<word>It|Its|it|its)\b(?P<phrase>(?:\s[\w-]+){1,6}?(?=\s(?:accounts?|"
    r"make|made|hold|held|have|has|had|sell|sold|reach|reached|are|is|were|was|command|occupy|"
    r"represent|cover|take|supply)\b))?"
)
_PRODUCTS = re.compile(r"\b(?:products|goods|items|devices|machines|components|[a-z]+(?:ware|wear))$")
_DEFINITE = re.compile(r"\b(?:the|these|both|all)\s(?:\w+\s)?$", re.IGNORECASE)
_SUM = re.compile(r"\b(?:total|combined|together|aggregate|altogether|overall)\b|总|總|合计|合計|共计|累计", re.IGNORECASE)
_FILTER_EN = re.compile(
    r"^(?:\s[\w’',-]+){0,8}?\s(?:earn(?:ed|s|ing)?|with|whose|having|had|have|each|exceed(?:ed|"
    r"ing|s)?|generat(?:ed|ing)|report(?:ed|ing)|post(?:ed|ing)|record(?:ed|ing)|made|worth|valued|"
    r"surpass(?:ed|ing)|reach(?:ed|ing)|topp(?:ed|ing)|of|at|in|were|above|over)\b[^,;]{0,40}$",
    re.IGNORECASE,
)
_FILTER_ZH = re.compile(
    r"^(?:级|級|元级)?(?:以上)?的?[^，。；、\d]{0,14}?(?:集群|企业|企業|块状经济|塊狀經濟|园区)?[^，。；\d]{0,3}?(?:有|达|達|共|为|為|共有|达到|增至|数量)?$"
)
_YEAR = re.compile(
    r"(?P<base>\b(?:from|than|than in|since|compared (?:with|to)|versus|founded|established|built|"
    r"launched|opened|started|began|set up|born|before)(?:\s(?:in|the|that|of|those))*\s|比|较|較|"
    r"成立于|始于|建于|自)?"
    r"(?:\b(?:[Ii]n|[Bb]y|[Dd]uring|[Ff]or|[Oo]f|[Ii]n (?:the )?(?:first|second) half of|end of|"
    r"end-|(?<=[a-z] )as of)\s?(?P<en>(?:19|20)\d\d)\b|(?P<zh>(?:19|20)\d\d)年(?P<since>以来|以來|起|"
    r"开始)?|(?P<relative>\blast year\b|去年|\bthis year\b|今年))"
)
_BASE_EN = re.compile(
    r"\b(?:since|from|than|compared (?:with|to)|founded|established|built|launched|opened|started|"
    r"began|set up|born|before)\s(?:in|that|those|the|of|level|\s)*$",
    re.IGNORECASE,
)


class Reader:
    """Reads the figures of one document's sentences, in order, remembering what was spoken of.

    Args:
        published_year: The year "last year" counts from.
    """

    def __init__(self, published_year: int | None) -> None:
        self._published_year = published_year
        self._subject: Subject | None = None  # the last cluster or group spoken of
        self._passage = -1

    def read(self, text: Text) -> tuple[list[Statement], list[Unread]]:
        """What one sentence states, and the figures in it that were not understood."""
        counted = {id(tally.count) for tally in text.tallies}
        figures = [figure for figure in text.figures if id(figure) not in counted]
        thresholds = _thresholds(text.printed, figures)
        filters = {id(threshold) for threshold in thresholds.values()}
        figures = [figure for figure in figures if id(figure) not in filters]
        subjects = list(self._subjects(text, figures))
        years = _years(text.printed, self._published_year)
        statements: list[Statement] = []
        unread: list[Unread] = []
        floor = 0
        for index, figure in enumerate(figures):
            limit = figures[index + 1].start if index + 1 < len(figures) else len(text.printed)
            last = statements[-1] if statements else None
            threshold = thresholds.get(id(figure))
            measured = _measured(text.printed, figure, floor, limit, threshold=threshold, last=last)
            subject = self._subject_of(text, figure, measured, subjects, last)
            if measured and subject:
                statements.append(_statement(text.printed, figure, measured, subject, threshold=threshold, years=years, floor=floor))
                floor = max(statements[-1].end, figure.end)
                continue
            if _is_telling(text.printed, figure, measured, has_subject=bool(subjects)):
                missing = "subject" if measured else "measure"
                unread.append(Unread(figure.start, figure.end, f"a figure beside a cluster whose {missing} was not understood"))
            floor = figure.end
        clusters = [subject for subject in subjects if subject.kind in ("cluster", "cluster_group")]
        if clusters:
            self._subject, self._passage = replace(clusters[-1], start=-1), text.passage
        return statements, unread

    def _subjects(self, text: Text, figures: Sequence[Figure]) -> Iterator[Subject]:
        """Clusters, references to them and groups of them in the sentence, in order."""
        printed = text.printed
        found = [Subject("cluster", name.start, printed[name.start : name.end], listing) for name, listing in text.named]
        covered = [(name.start, name.end) for name, _ in text.named]
        for start, end, pronoun in _references(printed):
            before = [subject for subject in found if subject.start < start]
            antecedent = before[-1] if before else self._subject
            if antecedent is None or any(start < b and a < end for a, b in covered):
                continue
            if pronoun:
                is_product = pronoun[0] in "Ii" and bool(_PRODUCTS.search(pronoun))
                found.append(
                    replace(
                        antecedent,
                        start=start,
                        kind="product" if is_product else antecedent.kind,
                        printed=pronoun if is_product else antecedent.printed,
                    )
                )
            elif antecedent.kind == "cluster":
                found.append(replace(antecedent, start=start))
                covered.append((start, end))
        for head in [*HEAD_EN.finditer(printed), *HEAD_ZH.finditer(printed)]:
            is_free = not any(head.start() < b and a < head.end() for a, b in covered)
            if is_free and (group := _group(text, head, figures)):
                found.append(group)
        yield from sorted(found, key=lambda subject: subject.start)

    def _subject_of(
        self, text: Text, figure: Figure, measured: Measured | None, subjects: Sequence[Subject], last: Statement | None
    ) -> Subject | None:
        """The nearest before the figure, else a cluster behind it, else the place the sentence begins with, else the last spoken of."""
        if measured and measured.measure == "cluster_count":
            groups = [subject for subject in subjects if subject.kind == "cluster_group"]
            nearest = min(groups, key=lambda group: (group.start < figure.start, abs(group.start - figure.start)), default=None)
            return nearest or (last.subject if last and last.measure == "cluster_count" else None)
        before = [subject for subject in subjects if subject.start < figure.start]
        behind = [subject for subject in subjects if subject.kind == "cluster" and subject.start > figure.end]
        if before or behind:
            return before[-1] if before else behind[0]
        places = [spot for spot in text.spots if spot.end <= figure.start]
        if self._subject and places and places[0].start <= 12 and not _ADVERBIAL.match(text.printed):
            kind = "province" if places[0].is_province else "locality"
            return Subject(kind, places[0].start, text.printed[places[0].start : places[0].end], None, places[0][:2], text.number)
        if self._passage == text.passage and not places and _CONTINUES.search(text.printed):
            return self._subject
        return None


_ADVERBIAL = re.compile(r"\s?(?:in|from|at)\b", re.IGNORECASE)
# A sentence without a subject of its own goes on about the one before: any Chinese one, an English one that points back.
_CONTINUES = re.compile(r"[一-鿿]|\b(?:its?|they|their|there)\b", re.IGNORECASE)


def _references(text: str) -> Iterator[tuple[int, int, str]]:
    """References back: start, end, and the words of a pronoun's phrase (empty for "the cluster")."""
    for match in [*_REFERENCE_EN.finditer(text), *_REFERENCE_ZH.finditer(text)]:
        start = match.start("bare") if match.groupdict().get("bare") else match.start()
        yield start, match.end(), ""
    for match in _PRONOUN.finditer(text):
        yield match.start("word"), match.end("word"), match["word"] + (match["phrase"] or "")


def _group(text: Text, head: re.Match[str], figures: Sequence[Figure]) -> Subject | None:
    """Several clusters without a name: `Zhejiang-based industrial clusters`, `the two clusters`, 15个省级产业集群."""
    printed, start = text.printed, head.start()
    if HAN.search(head.group()):
        counted = [f for f in figures if 0 <= start - f.end <= 16 and f.unit == COUNT and printed[f.end : f.end + 1] in "个個家大"]
        if not (counted or _COUNTED_BEHIND.match(printed, head.end()) or _WHOLE_REGION.search(printed[max(0, start - 12) : start])):
            return None
        floor = max([0, *(f.end + 1 for f in counted), *(spot.end for spot in text.spots if spot.end <= start)])
        while start > floor and HAN.match(printed[start - 1]) and printed[start - 1] not in "的个個家有大等":
            start -= 1
        place = [spot for spot in text.spots if spot.end <= head.start()][-1:]
    elif head.groupdict().get("plural"):
        floor = max([0, start - 80, *(f.end for f in figures if f.end <= start and not _DEFINITE.search(printed[: f.start][-12:]))])
        for word in reversed(list(_GROUP_WORD.finditer(printed, floor, start))):
            if word.group().lower() in _NOT_IN_GROUP or printed[word.end() : start].strip(" "):
                break
            start = word.start()
        place = [spot for spot in text.spots if start <= spot.start and spot.end <= head.start()]
        place = (place or [spot for spot in text.spots if head.end() <= spot.start <= head.end() + 12])[:1]
    else:
        return None
    return Subject("cluster_group", start, printed[start : head.end()], None, place[0][:2] if place else None, text.number)


_COUNTED_BEHIND = re.compile(r"[^，。；]{0,8}?\d|[^，。；]{0,4}[一二三四五六七八九十两]+[个家]")
_WHOLE_REGION = re.compile(r"全[省市国县]|块状")
_GROUP_WORD = re.compile(r"[\w’'-]+")
_NOT_IN_GROUP = _words("""
    a an of in for with to by from at on and or as into that which is are was were has have had now counts count lists listed
    over about nearly includes including cultivated built boasts hosts named among some than more
""")


def _thresholds(text: str, figures: Sequence[Figure]) -> dict[int, Figure]:
    """For counts of what is above a size, the size: `14 earned over 100 billion yuan`, 超千亿元的有14个."""
    found: dict[int, Figure] = {}
    used: set[int] = set()
    previous = False
    for index, figure in enumerate(figures):
        if figure.unit != COUNT:
            continue
        behind = figures[index + 1] if index + 1 < len(figures) else None
        before = figures[index - 1] if index else None
        threshold = None
        if HAN.search(text):
            if (
                before
                and before.is_money
                and id(before) not in used
                and _FILTER_ZH.match(gap := text[before.end : figure.start])
                and _filters_zh(text, before, gap)
            ):
                threshold = before
            elif (
                behind
                and behind.is_money
                and re.match(r"[个個家]?[^，。；\d]{0,12}$", text[figure.end : behind.start])
                and re.match(r"(?:以上)?(?:的|级|級)?[^，。；\d]{0,8}(?:集群|企业|企業|块状)", text[behind.end :])
            ):
                threshold = behind
        elif behind and behind.is_money and _is_filter_en(text, figure, behind, previous):
            threshold = behind
        previous = threshold is not None
        if threshold:
            found[id(figure)] = threshold
            used.add(id(threshold))
    return found


def _filters_zh(text: str, money: Figure, gap: str) -> bool:
    return gap[:1] in "的级級以" or text[money.end - 1] in "级級上" or bool(re.match(r"(?:集群|企业|块状)", gap))


def _is_filter_en(text: str, count: Figure, money: Figure, follows_one: bool) -> bool:
    gap, behind = text[count.end : money.start], text[money.end : money.end + 12]
    if _SUM.search(gap) or _SUM.search(text[money.end : money.end + 24]) or not _FILTER_EN.match(gap):
        return False
    names_clusters = re.match(r"\s(?:[\w’'-]+\s){0,5}(?:clusters|enterprises|companies|firms)\b", gap)
    if not names_clusters and not (follows_one and count.is_bare) and not follows_one:
        return False
    if _DEFINITE.search(text[: count.start][-12:]):
        return False
    is_round = money.qualifier in ("over", "under") and str(int(money.value)).rstrip("0") in ("1", "2", "3", "5")
    return is_round or follows_one or behind.startswith(" each")


def _measured(text: str, figure: Figure, floor: int, limit: int, *, threshold: Figure | None, last: Statement | None) -> Measured | None:
    if threshold and threshold.start > figure.start:
        limit = min(limit, threshold.start)
    measured = measure_of(text, figure, floor if not (threshold and threshold.start < figure.start) else min(floor, threshold.start), limit)
    if measured is None and threshold and last and last.threshold:
        return Measured(last.measure, last.unit, figure.end)  # elliptical: "14 earned over 100 billion yuan"
    if measured is None and figure.is_money and last and last.measure == "growth_rate":
        measured = measure_of(text, figure, 0, limit)  # "exports rose 5 percent to 3 billion yuan"
    return measured


def _statement(
    text: str,
    figure: Figure,
    measured: Measured,
    subject: Subject,
    *,
    threshold: Figure | None,
    years: Sequence[tuple[int, int]],
    floor: int,
) -> Statement:
    start, end = figure.start, max(measured.end, figure.end)
    if threshold:
        start, end = min(start, threshold.start), max(end, threshold.end)
    if HAN.search(text):
        clause = max(text.rfind(mark, 0, start) + 1 for mark in "，、；：。,")
        start = max(clause, floor if floor < start else 0)
        classifier = re.compile(r"[家个個户戶人名种種项項件款席]").match(text, end)
        end = classifier.end() if classifier else end
    value = figure.value
    if measured.measure == "growth_rate" and figure.unit == PERCENT and falls(text[max(0, figure.start - 24) : figure.start]):
        value = -value
    return Statement(
        subject,
        measured.measure,
        value,
        figure.qualifier,
        measured.unit,
        figure.unit if figure.is_money else None,
        threshold,
        _year_of(text, figure, end, years),
        start,
        end,
    )


def _years(text: str, published: int | None) -> list[tuple[int, int]]:
    """The years a sentence speaks of, each with where it stands; those a change is counted from, or something was founded in, left out."""
    years = []
    for m in _YEAR.finditer(text):
        if m["base"] or m["since"] or _BASE_EN.search(text[max(0, m.start() - 24) : m.start()]):
            continue
        if m["relative"]:
            if published is not None:
                years.append((m.start(), published - (m["relative"].lower() in ("last year", "去年"))))
        else:
            years.append((m.start(), int(m["en"] or m["zh"])))
    return years


def _year_of(text: str, figure: Figure, end: int, years: Sequence[tuple[int, int]]) -> int | None:
    """The last year before the figure, else one just behind it in its clause."""
    behind = [year for at, year in years if 0 <= at - end <= 40 and not re.search(r"[,，;；]", text[end:at])]
    before = [year for at, year in years if at < figure.start]
    return before[-1] if before else behind[0] if behind else None


def _is_telling(text: str, figure: Figure, measured: Measured | None, *, has_subject: bool) -> bool:
    """Whether a figure that was not read should be asked about: one with a unit, or a measure, in a sentence about clusters."""
    if not CLUSTER.search(text) and not has_subject:
        return False
    return measured is not None or figure.is_money or figure.unit == PERCENT or figure.value >= 100
