"""What a sentence speaks of: clusters by name, by "the cluster", "its" and 该集群, several together, or the place it begins with."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from orchestration.reading.contests import Tallied
from orchestration.reading.figures import COUNT, Figure
from orchestration.reading.keys import HAN
from orchestration.reading.names import Name, Spot, speaks_of_clusters
from orchestration.reading.names_chinese import HEAD_ZH
from orchestration.reading.names_english import GENERIC, HEAD_EN
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


_REFERENCE_EN = re.compile(r"\b(?:[Tt]he|[Tt]his|[Tt]hat)\s(?:[a-z-]+\s){0,4}cluster\b(?!['’]s\s(?:home|host))|\b[Tt]he latter\b")
_REFERENCE_ZH = re.compile(
    r"(?:该|該|这一|這一|这个|此|当地|當地)[^，。；]{0,10}集群|(?:^|[，。；])(?P<bare>(?:产业|產業)?集群)(?=现|現|内|\d{4}年|已|拥|共|有|年|总|总产|产值|产品|实现|实|带|聚)"
)
_PRONOUN = re.compile(
    r"(?:^(?:(?:In|By)\s\d{4},?\s)?|[,;]\s(?:and\s|but\s|while\s|with\s)?|\b(?:and|while|with)\s)(?P<word>It|Its|it|its)\b(?P<phrase>(?:\s[\w-]+){1,6}?(?=\s(?:accounts?|"
    r"make|made|hold|held|have|has|had|sell|sold|reach|reached|are|is|were|was|command|occupy|"
    r"represent|cover|take|supply)\b))?"
)
_UNNAMED = re.compile(r"\ban?\s(?:[\w-]+\s){0,6}cluster\b(?!\s(?:of|in)\b)")
_PRODUCTS = re.compile(r"\b(?:products|goods|items|devices|machines|components|[a-z]+(?:ware|wear))$")
# A definite count speaks of clusters told before: `the two clusters`.
DEFINITE = re.compile(r"\b(?:the|these|both|all)\s(?:\w+\s)?$", re.IGNORECASE)

_COUNTED_BEHIND = re.compile(r"[^，。；]{0,8}?\d[\d,]*(?:余|多)?[个個家]|[^，。；]{0,4}[一二三四五六七八九十两]+[个家]")
_WHOLE_REGION = re.compile(r"全[省市国县]|块状")
_GROUP_WORD = re.compile(r"[\w’'-]+")
_GROUP_WORDS = GENERIC | _words("the these those both all two three four five six seven eight nine ten many several") - {"and", "&"}
_ADVERBIAL = re.compile(r"\s?(?:in|from|at)\b", re.IGNORECASE)
# A sentence without a subject of its own goes on about the one before: any Chinese one, an English one that points back.
_CONTINUES = re.compile(r"[一-鿿]|\b(?:its?|they|their|there)\b", re.IGNORECASE)


class Memory:
    """What the sentences of a document have spoken of so far."""

    def __init__(self) -> None:
        self._subject: Subject | None = None  # the last cluster or group spoken of
        self._passage = -1

    def is_about_clusters(self, text: Text) -> bool:
        """Whether the paragraph of a sentence has spoken of a cluster."""
        return self._passage == text.passage

    def hear(self, text: Text) -> None:
        """Remembers what a heading speaks of, for the sentence below it."""
        if text.named:
            name, listing = text.named[-1]
            self._subject = Subject("cluster", -1, text.printed[name.start : name.end], listing)

    def remember(self, text: Text, subjects: Sequence[Subject]) -> None:
        """Remembers the last cluster or group a sentence spoke of."""
        clusters = [subject for subject in subjects if subject.kind in ("cluster", "cluster_group")]
        if _UNNAMED.search(text.printed) and not text.named:
            self._subject = None  # "it" is now a cluster that has no name here
        elif clusters:
            self._subject, self._passage = replace(clusters[-1], start=-1), text.passage

    def implied(self, text: Text, places: Sequence[Spot]) -> Subject | None:
        """The subject of a sentence that names no cluster: the place it begins with, else what its paragraph speaks of."""
        if speaks_of_clusters(text.printed):
            return None  # of a cluster without a name: "The Ningbo cluster has 40 firms"
        if self._subject and places and places[0].start <= 12 and not _ADVERBIAL.match(text.printed):
            return place_subject(text, places[0])
        if self._passage == text.passage and not places and _CONTINUES.search(text.printed):
            return self._subject
        return None

    def find(self, text: Text, figures: Sequence[Figure]) -> list[Subject]:
        """Clusters, references to them and groups of them in the sentence, in order."""
        printed = text.printed
        found = [Subject("cluster", name.start, printed[name.start : name.end], listing) for name, listing in text.named]
        covered = [(name.start, name.end) for name, _ in text.named]
        for start, end, pronoun in _references(printed):
            before = [subject for subject in found if subject.start < start]
            is_near = not pronoun or text.passage - self._passage <= 1
            antecedent = before[-1] if before else self._subject if is_near else None
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
            shared = [name for name, _ in text.named if name.start < head.start() and head.start() - name.start < 400]
            if head.groupdict().get("plural") and len(shared) > 1 and shared[-1].end == head.end():
                found.append(Subject("cluster_group", head.start(), printed[shared[0].start : head.end()], sentence=text.number))
            is_free = not any(head.start() < b and a < head.end() for a, b in covered)
            if is_free and (group := _group(text, head, figures)):
                found.append(group)
        return sorted(found, key=lambda subject: subject.start)


def place_subject(text: Text, spot: Spot) -> Subject:
    """A place as the subject of a figure."""
    kind = "province" if spot.is_province else "locality"
    return Subject(kind, spot.start, text.printed[spot.start : spot.end], None, spot[:2], text.number)


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
        while start > floor and HAN.match(printed[start - 1]) and printed[start - 1] not in "的个個有等":
            start -= 1
        place = [spot for spot in text.spots if spot.end <= head.start()][-1:]
    elif head.groupdict().get("plural"):
        floor = max([0, start - 80, *(f.end for f in figures if f.end <= start and not DEFINITE.search(printed[: f.start][-12:]))])
        for word in reversed(list(_GROUP_WORD.finditer(printed, floor, start))):
            if not _is_of_group(text, word) or printed[word.end() : start].strip(" "):
                break
            start = word.start()
        place = [spot for spot in text.spots if start <= spot.start and spot.end <= head.start()]
        place = place or [spot for spot in text.spots if head.end() <= spot.start <= head.end() + 12 or spot.start <= 12]
    else:
        return None
    return Subject("cluster_group", start, printed[start : head.end()], None, place[0][:2] if place else None, text.number)


def _is_of_group(text: Text, word: re.Match[str]) -> bool:
    """Whether a word belongs to `Zhejiang-based advanced manufacturing clusters`: praise, a number, or a place."""
    is_place = any(spot.start < word.end() and word.start() < spot.end for spot in text.spots)
    return is_place or word.group().lower() in _GROUP_WORDS
