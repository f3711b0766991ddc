"""Running text: news pages and announcements in full sentences, English and Chinese.

Puts together what the modules beside `layouts/` find in single sentences: clusters (`names.py`), contests (`contests.py`) and
figures (`statements.py`) become observations of the document, each once; every line gets its fate.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from orchestration.reading import contests, names, places, titles
from orchestration.reading.figures import find_figures, has_number
from orchestration.reading.keys import HAN, industry_key, place_key
from orchestration.reading.layout import Cell, Document, Reading
from orchestration.reading.lexicon import Lexicon
from orchestration.reading.names import Name
from orchestration.reading.names_chinese import find_chinese
from orchestration.reading.names_english import find_english
from orchestration.reading.observations import Fate, PlacePart, Question
from orchestration.reading.page import day_of, detail_of, has_sentence, kind_of, publisher_of
from orchestration.reading.records import Contest, award_record, listing_record, statistic_record, tally_record
from orchestration.reading.sentences import Passage, Span, passages, sentences
from orchestration.reading.statements import Reader, Statement, counted_clusters
from orchestration.reading.subjects import Text

_CLUSTER_ALONE = re.compile(r"\s*(?:(?:advanced\s)?(?:manufacturing|industrial|industry)\s)?clusters?|(?:产业|產業)?集群", re.IGNORECASE)
_IN_FULL = re.compile(
    r"(?P<name>(?:\b(?!The\s)[A-Z][\w&-]+\s(?:and\s|&\s|of\s)?){2,9}(?:Industrial\s)?Cluster)\b(?!\s(?:Contest|Competition|Development|Program|Award))"
    r"|(?P<zh>[一-鿿]{2,3}[市县縣镇鎮](?!场|場|级|域)[一-鿿]{2,12}?(?:产业|產業)?集群)(?!竞赛|名单|发展)"
)


@dataclass(slots=True)
class _Mention:
    """A cluster named in a sentence."""

    sentence: int
    name: Name


@dataclass(slots=True)
class _Cluster:
    """A cluster of the document, with all its mentions; `best` says most about its place."""

    mentions: list[_Mention] = field(default_factory=list)
    industry_key: str = ""
    place_keys: set[str] = field(default_factory=set)


class Prose:
    """The layout of running text."""

    name = "prose"

    def score(self, document: Document, lexicon: Lexicon) -> float:  # noqa: ARG002 - the layouts' protocol
        """The share of the text that stands in full sentences, less where few of its lines do."""
        if document.cells:
            return 0.0
        blocks, total, sentence_chars = 0, 0.0, 0.0
        for passage in passages(document.lines):
            text = passage.text.strip()
            blocks += 1
            weight = 2.5 if HAN.search(text[:80]) else 1.0  # a Han character says as much as a few letters
            total += weight * len(text)
            if "\t" not in text and weight * len(text) >= 60 and has_sentence(text):
                sentence_chars += weight * len(text)
        if not total:
            return 0.0
        share = sentence_chars / total
        return round(0.95 * share * min(1.0, 0.5 + sentence_chars / 400 / math.sqrt(blocks)), 4)

    def read(self, document: Document, lexicon: Lexicon) -> Reading:
        """The observations, and the fate of every line."""
        return _Reading(document, lexicon).reading()


class _Reading:
    """The reading of one document, step by step."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self._document = document
        self._lexicon = lexicon
        self._out = Reading()
        self._used: dict[int, str] = {}
        self._clusters: list[_Cluster] = []
        self._texts: list[Text] = []
        self._has_winners = False
        self._kinds: dict[int, str] = {}  # why lines that no record refers to were left

    def reading(self) -> Reading:
        """All of it."""
        self._split()
        self._read_names()
        self._read_listings()
        self._read_contest()
        self._read_statistics()
        self._tell_fates()
        return self._out

    # -- sentences -------------------------------------------------------------------------------------------------

    def _split(self) -> None:
        """Sentences out of lines; navigation, byline, title and headings apart."""
        has_cluster = any(map(_is_about_clusters, self._document.lines))
        found = list(passages(self._document.lines))
        has_title = False
        for index, passage in enumerate(found):
            text = passage.text.strip()
            kind = kind_of(text, index, len(found))
            if kind in ("navigation", "byline"):
                self._note(passage, kind)
                self._read_byline(text)
                continue
            is_heading = kind == "heading"
            if is_heading:
                self._note(passage, "heading" if has_title else "title")
                if not has_title:
                    self._out.facts.setdefault("title", text)
                has_title = True
            if not has_cluster:
                continue
            for sentence in sentences(passage):
                if _is_about_clusters(sentence.text) or has_number(sentence.text):
                    spots = names.find_spots(sentence.text, self._lexicon, self._document.year)
                    self._texts.append(Text(len(self._texts), index, sentence, is_heading, spots, figures=find_figures(sentence.text)))

    def _note(self, passage: Passage, kind: str) -> None:
        for line in passage.lines(0, len(passage.text)):
            self._kinds[line] = kind

    def _read_byline(self, text: str) -> None:
        if publisher := publisher_of(text):
            self._out.facts.setdefault("publisher", publisher)
        if day := day_of(text):
            self._out.facts.setdefault("published_on", day.isoformat())

    # -- clusters --------------------------------------------------------------------------------------------------

    def _read_names(self) -> None:
        for text in self._texts:
            for name in _find_names(text):
                whole = _on_one_line(text, name)
                if whole is None:
                    span = text.sentence.span(name.start, name.end)
                    self._ask(span, "the name of a cluster runs over a line break", "join the two lines in the document")
                else:
                    text.named.append((whole, self._cluster_of(text, whole)))
        for text in self._texts:
            self._ask_about_placeless(text)

    def _ask_about_placeless(self, text: Text) -> None:
        """A name in full whose place the gazetteer does not know: `the Foobar Leather Industrial Cluster`."""
        for match in _IN_FULL.finditer(text.printed) if names.speaks_of_clusters(text.printed) else ():
            name = "name" if match["name"] else "zh"
            key = industry_key(match[name])
            is_known = any(key.endswith(cluster.industry_key) for cluster in self._clusters) or contests.find_contest(match.group())
            if key and not is_known and not any(named.start < match.end() and match.start() < named.end for named, _ in text.named):
                span = text.sentence.span(*match.span(name))
                self._ask(span, "a cluster whose place was not understood", "name its place in the curation, or reject it")

    def _cluster_of(self, text: Text, name: Name) -> int:
        """The index of the cluster a name is of: the same industry, and a place in common."""
        printed = text.printed
        key = industry_key(printed[slice(*name.industry)])
        keys = {_bare(spot.key) for spot in text.spots if name.locality and name.locality[0] <= spot.start and spot.end <= name.locality[1]}
        keys = keys or {_bare(place_key(printed[slice(*(name.locality or name.province or name.industry))]))}
        for index, cluster in enumerate(self._clusters):
            if cluster.industry_key == key and cluster.place_keys & keys:
                cluster.mentions.append(_Mention(text.number, name))
                cluster.place_keys |= keys
                return index
        self._clusters.append(_Cluster([_Mention(text.number, name)], key, keys))
        return len(self._clusters) - 1

    def _read_listings(self) -> None:
        for ordinal, cluster in enumerate(self._clusters, 1):
            mention = max(cluster.mentions, key=lambda m: (_fullness(m.name), -m.sentence))
            text = self._texts[mention.sentence]
            province = self._province_of(text, mention.name)
            locality = self._cell(text, mention.name.locality) if mention.name.locality else None
            label = self._cell(text, province) if province else None
            industry = self._cell(text, mention.name.industry)
            self._use(industry, "listing")
            self._out.listings.append(listing_record(self._document.source_id, ordinal, industry, locality, label))
            if place := locality or label:
                self._out.place_parts += self._parts(self._out.listings[-1].observation_id, place)

    def _province_of(self, text: Text, name: Name) -> tuple[int, int] | None:
        """The province in the name itself; else the only one its sentence states, where the gazetteer has the place in it."""
        printed = text.printed
        if name.province:
            return name.province[0], name.province[0] + len(names.province_name(printed[slice(*name.province)]))
        if not name.locality:
            return None
        provinces = [spot for spot in text.spots if spot.is_province]
        if len({self._lexicon.provinces[spot.key] for spot in provinces}) != 1:
            return None
        weights = places.province_weights(printed[slice(*name.locality)], self._lexicon, self._document.year)
        code = self._lexicon.provinces[provinces[0].key]
        if weights.get(code, 0.0) < max(weights.values(), default=0.0):
            return None
        nearest = [spot for spot in provinces if spot.end <= name.start] or provinces
        spot = nearest[-1]
        return spot.start, spot.start + len(names.province_name(printed[spot.start : spot.end]))

    # -- contests --------------------------------------------------------------------------------------------------

    def _read_contest(self) -> None:
        contest: tuple[Text, contests.Found] | None = None
        organiser: tuple[Text, contests.Found] | None = None
        launch: tuple[Text, contests.Found] | None = None
        has_selection = False
        for text in self._texts:
            printed = text.printed
            if text.is_heading:
                continue
            found = contests.find_contest(printed)
            if found and contest is None and text.sentence.is_on_one_line(*found):
                contest = (text, found)
            speaks_of_it = found or (contest and re.search(r"\b(?:contest|competition)\b|竞赛|大赛|决赛", printed))
            has_selection = has_selection or bool(names.speaks_of_clusters(printed) and contests.SELECTION.search(printed))
            if speaks_of_it and organiser is None and (body := contests.find_organiser(printed, found)):
                organiser = (text, body)
            if speaks_of_it and launch is None and (year := contests.find_launch(printed)):
                launch = (text, year)
        self._has_winners = contest is not None or has_selection
        if self._has_winners:
            self._read_tallies()
        if contest is None:
            return
        total = next((t.declared_count for t in self._out.tallies if t.province_key is None), None)
        cell, year_cell = self._cell(*contest), self._cell(*launch) if launch else None
        winners = list(self._winners(contest[0].number))
        if not winners:
            return
        self._use(cell, "contest")
        if organiser:
            self._kinds.setdefault(self._cell(*organiser).line_number, "organiser of the contest")
        if year_cell:
            self._use(year_cell, "launch of the contest")
        won = Contest(cell, organiser[0].printed[slice(*organiser[1])] if organiser else None, year_cell, total)
        for ordinal, (index, text, name) in enumerate(winners, 1):
            winner = self._cell(text, (name.start, name.end))
            self._use(winner, "award")
            self._out.awards.append(award_record(self._document.source_id, ordinal, self._out.listings[index].observation_id, winner, won))

    def _winners(self, first: int) -> Iterator[tuple[int, Text, Name]]:
        """Clusters named in a sentence about winners, each once, in order."""
        seen: set[int] = set()
        for text in self._texts:
            if text.named and (
                text.tallies or contests.SELECTION.search(text.printed) or (text.number == first and contests.find_contest(text.printed))
            ):
                for name, index in text.named:
                    if index not in seen:
                        seen.add(index)
                        yield index, text, name

    def _read_tallies(self) -> None:
        seen: dict[str | None, int] = {}
        for text in self._texts:
            if text.is_heading or not text.figures:
                continue
            text.tallies = contests.find_tallies(text.printed, text.spots, text.figures)
            for tally in text.tallies:
                code = self._lexicon.provinces[tally.province.key] if tally.province else None
                count = int(tally.count.value)
                cell = self._cell(text, (tally.start, tally.end))
                if code in seen:
                    if seen[code] != count and code is not None:
                        self._ask(
                            text.sentence.span(tally.start, tally.end),
                            f"the document declares {seen[code]} elsewhere",
                            "check which count is meant",
                        )
                    self._kinds.setdefault(cell.line_number, "tally told again")
                    continue
                seen[code] = count
                self._use(cell, "tally")
                printed = names.province_name(text.printed[tally.province.start : tally.province.end]) if tally.province else None
                self._out.tallies.append(tally_record(self._document.source_id, len(self._out.tallies) + 1, printed, count, cell))

    # -- figures ---------------------------------------------------------------------------------------------------

    def _read_statistics(self) -> None:
        published = self._document.side_car.published_on or _iso(self._out.facts.get("published_on"))
        reader = Reader(published.year if published else None)
        seen: set[tuple[object, ...]] = set()
        for text in self._texts:
            if text.is_heading:
                reader.hear(text)
                continue
            if not self._has_winners and text.figures and self._speaks_of_clusters(text):
                text.tallies = [t for t in contests.find_tallies(text.printed, text.spots, text.figures) if t.province]
                for tally in text.tallies:
                    if tally.count.value == len(text.named):
                        continue  # "Two clusters in Hebei, the A cluster and the B cluster": named, not counted
                    self._add_once(text, counted_clusters(text, tally), seen)
            statements, unread = reader.read(text)
            for statement in statements:
                self._add_once(text, statement, seen)
            for figure in unread:
                span = text.sentence.span(figure.start, figure.end)
                self._ask(span, figure.reason, "say what the figure is of, or reject it")

    def _speaks_of_clusters(self, text: Text) -> bool:
        """Whether a sentence, or the one before it in its paragraph, is about clusters: what it counts by province then are clusters."""
        before = self._texts[max(0, text.number - 1)]
        return names.speaks_of_clusters(text.printed) or (before.passage == text.passage and names.speaks_of_clusters(before.printed))

    def _add_once(self, text: Text, statement: Statement, seen: set[tuple[object, ...]]) -> None:
        """The same figure told twice is one statistic."""
        subject, threshold = statement.subject, statement.threshold
        who = subject.printed if subject.listing is None else subject.listing
        told = (who, subject.kind, statement.measure, statement.value, statement.unit, threshold and threshold.value, statement.year)
        cell = self._cell(text, (statement.start, statement.end))
        if told in seen:
            self._kinds.setdefault(cell.line_number, "figure told again")
            return
        seen.add(told)
        self._use(cell, "statistic")
        self._add_statistic(statement, cell)

    def _add_statistic(self, statement: Statement, cell: Cell) -> None:
        subject = statement.subject
        listing_id = self._out.listings[subject.listing].observation_id if subject.listing is not None else None
        record = statistic_record(self._document.source_id, len(self._out.statistics) + 1, statement, listing_id, cell)
        self._out.statistics.append(record)
        if subject.place and subject.sentence >= 0:
            self._out.place_parts += self._parts(record.observation_id, self._cell(self._texts[subject.sentence], subject.place))

    # -- lines -----------------------------------------------------------------------------------------------------

    def _cell(self, text: Text, span: tuple[int, int] | contests.Found) -> Cell:
        printed = text.sentence.span(span[0], span[1])
        return Cell(self._document.lines[printed.line_number - 1][printed.start : printed.end], *printed)

    def _parts(self, observation_id: str, cell: Cell) -> list[PlacePart]:
        return places.place_parts(observation_id, self._document.source_id, cell, self._lexicon, self._document.year)

    def _use(self, cell: Cell, what: str) -> None:
        self._used.setdefault(cell.line_number, what)

    def _ask(self, span: Span, reason: str, suggestion: str) -> None:
        printed = self._document.lines[span.line_number - 1][span.start : span.end]
        self._out.questions.append(
            Question(self._document.source_id, self._document.file_name, span.line_number, printed, reason, suggestion)
        )

    def _tell_fates(self) -> None:
        asked = {question.line_number for question in self._out.questions}
        for number, line in enumerate(self._document.lines, 1):
            if number in self._used:
                fate = (Fate.USED, self._used[number])
            elif not line.strip():
                fate = (Fate.BLANK, "blank")
            elif number in asked:
                fate = (Fate.QUARANTINED, "not understood")
            else:
                fate = (Fate.BOILERPLATE, self._kinds.get(number) or detail_of(line))
            self._out.fates[number] = fate


def _on_one_line(text: Text, name: Name) -> Name | None:
    """The name where each of its parts is printed on one line; "Cluster" alone may stand on the next, and is left off then."""
    start, end = name.industry
    first_line = text.sentence.span(start, end)
    if text.printed[start + first_line.end - first_line.start : end].strip():
        end = start + first_line.end - first_line.start
        if not _CLUSTER_ALONE.fullmatch(text.printed, end, name.industry[1]):
            return None
    if any(span and not text.sentence.is_on_one_line(*span) for span in (name.locality, name.province)):
        return None
    return replace(name, industry=(start, end))


def _find_names(text: Text) -> Iterator[Name]:
    if names.speaks_of_clusters(text.printed):
        yield from find_english(text.printed, text.spots)
        yield from find_chinese(text.printed, text.spots)
    if titles.may_hold_title(text.printed):
        yield from titles.find_titles(text.printed, text.spots)


def _is_about_clusters(text: str) -> bool:
    """Whether a line or sentence may name a cluster: one without the word tells figures at most."""
    return names.speaks_of_clusters(text) or titles.may_hold_title(text)


def _fullness(name: Name) -> int:
    return 2 * (name.locality is not None) + (name.province is not None)


def _bare(key: str) -> str:
    """A Han key without the kind of place, so that 乐清 and 乐清市 meet."""
    return key[:-1] if len(key) > 2 and key[-1] in "市县区镇乡" else key


def _iso(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


LAYOUT = Prose()
