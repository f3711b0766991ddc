"""Running text: news pages and announcements in full sentences, English and Chinese.

Puts together what the folders above find in single sentences: clusters (`naming.py`), contests (`winners.py`) and
figures (`statements.py`) become observations of the document, each once; every line gets its fate.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from orchestration.reading.clusters import apart, beside, mentions, specialities_chinese
from orchestration.reading.clusters.mentions import is_about_clusters, parents_of, spots_of
from orchestration.reading.clusters.naming import Naming
from orchestration.reading.clusters.winners import Contested, announced_total, find_contested, find_counts, find_winners, lists_winners
from orchestration.reading.context.homes import Homes
from orchestration.reading.context.topics import Topics, tells_of_economy
from orchestration.reading.dates import day_within
from orchestration.reading.keys import HAN, place_key
from orchestration.reading.layout import FITS, Cell, Document, Reading
from orchestration.reading.observations import Listing
from orchestration.reading.phrases import contests, names
from orchestration.reading.phrases.figures import Figure, find_figures, has_number
from orchestration.reading.phrases.names import Spot
from orchestration.reading.records import Contest, award_record, listing_record, statistic_record, tally_record
from orchestration.reading.statistics.labelled import are_figures, find_labelled
from orchestration.reading.statistics.limits import find_thresholds
from orchestration.reading.statistics.periods import Periods
from orchestration.reading.statistics.statements import Reader, counted_clusters
from orchestration.reading.tables.headers import has_cluster_table
from orchestration.reading.tables.row_cuts import BULLET
from orchestration.reading.tables.table_years import year_of_note, year_of_title
from orchestration.reading.text.absent import parts_to_come
from orchestration.reading.text.page import field_label, has_sentence, kind_of, leads_elsewhere, publisher_of
from orchestration.reading.text.sentences import passages, sentences
from orchestration.reading.text.texts import Statement, Subject, Text
from orchestration.reading.words.lexicon import Lexicon

_TITLE_WITHIN = 12  # lines
_SHEET = 0.91  # of a sheet of figures: above what its lines would be as entries of a list, below a list of surely known places


class Prose:
    """The layout of running text."""

    name = "prose"

    def score(self, document: Document, lexicon: Lexicon) -> float:
        """The share of the text that stands in full sentences, less where few lines do; a little where it tells of clusters at all."""
        if has_cluster_table(document.cells):
            return 0.0
        within = {cell.line_number for grid in document.cells for row in grid for cell in row}
        blocks, total, sentence_chars = 0, 0.0, 0.0
        told: list[str] = []
        for passage in passages(document.lines):
            text = passage.text.strip()
            blocks += 1
            weight = 2.5 if HAN.search(text[:80]) else 1.0  # a Han character says as much as a few letters
            total += weight * len(text)
            if "\t" not in text and passage.first_line not in within and has_sentence(text):
                told.append(text)
                sentence_chars += weight * len(text) if weight * len(text) >= 60 else 0
        if not total:
            return 0.0
        if are_figures(document.lines):
            return _SHEET
        share = sentence_chars / total
        score = round(0.95 * share * min(1.0, 0.5 + sentence_chars / 400 / math.sqrt(blocks)), 4)
        is_told = (
            score >= FITS
            or mentions.tells(told, document.lines, blocks, lexicon)
            or beside.is_full_of_known(document.lines, lexicon, document.year)
        )
        return max(score, FITS) if is_told else score

    def read(self, document: Document, lexicon: Lexicon) -> Reading:
        """The observations, and the fate of every line."""
        reader = _Reading(document, lexicon, Reading(), before=0)
        reader.read()
        return reader.out

    def read_behind(self, document: Document, lexicon: Lexicon, reading: Reading, numbers: set[int]) -> Reading:
        """Adds what these lines say to the records another layout read of a document's other lines; their questions and fates are new."""
        out = replace(reading, questions=[], fates={})
        lines = tuple(line if number in numbers else "" for number, line in enumerate(document.lines, 1))
        _Reading(replace(document, lines=lines, cells=()), lexicon, out, before=len(out.listings), printed=document.lines).read()
        return out

    def read_entries(self, document: Document, lexicon: Lexicon, reading: Reading, skipped: set[int]) -> None:
        """Adds the figures behind the entries of a list, `② 苹果——洛川县（种植面积53万亩）`, but for those on skipped lines."""
        _Reading(document, lexicon, reading, before=0).read_entries(skipped)


class _Reading(Naming):
    """The reading of one document, step by step."""

    def __init__(self, document: Document, lexicon: Lexicon, out: Reading, *, before: int, printed: Sequence[str] = ()) -> None:
        super().__init__(document, lexicon, out, is_about_clusters=before > 0 or any(map(is_about_clusters, document.lines)))
        self._before = before  # listings read from a table or list
        self._printed = printed or document.lines  # its rows among them

    def read(self) -> None:
        """All of it."""
        lines = self._document.lines
        may_list = self._is_about or any(map(mentions.may_tell_of_makers, lines)) or any(map(self._lexicon.renown.may_name, lines))
        self._split(matters=may_list or any(map(tells_of_economy, lines)))
        if may_list:
            self._read_names()
        self._read_listings()
        contested = find_contested(self._texts, is_list=self._before > 0)
        self._read_tallies(contested)
        self._read_awards(contested)
        self._read_statistics(contested)
        self._tell_fates()

    # -- sentences -------------------------------------------------------------------------------------------------

    def _split(self, *, matters: bool) -> None:
        """Sentences out of lines, where they matter; navigation, byline, title and headings apart."""
        found = list(passages(self._document.lines))
        headings: list[int] = []
        self._homes = Homes(found, headings, self._lexicon, self._document.year)
        self._to_come = parts_to_come(found)
        has_title = False
        behind = 0  # sentences that may go on about a place that is known for some trade
        are_remarks = 5 * sum(has_sentence(passage.text.strip()) for passage in found) < len(found)  # a forum's: nobody ends a sentence
        for index, passage in enumerate(found):
            text = passage.text.strip()
            is_fact = find_labelled(text) or specialities_chinese.is_box_of_trades(text, self._lexicon)
            is_text = is_fact or (are_remarks and has_title and self._lexicon.renown.may_name(text))
            is_link = leads_elsewhere(text, passage.lines(0, len(passage.text)), self._document.links)
            kind = "navigation" if is_link else "text" if is_text else kind_of(text, index, len(found))
            if kind in ("navigation", "byline"):
                self._note(passage, kind)
                self._read_byline(text)
                if not text.startswith("——"):
                    continue
            is_heading = kind != "text"  # ——2023年1月6日在曹县第十九届人民代表大会上: whose report it is, too
            if is_heading:
                label = field_label(text)
                headings += [index] if label is None or self._lexicon.find_places(label, self._document.year) else []
                self._note(passage, "heading" if has_title else "title")
                if not has_title:
                    self.out.facts.setdefault("title", passage.printed.strip())
                has_title = True
            for sentence in sentences(passage) if matters else ():
                behind = apart.MOST_BEHIND + 1 if self._lexicon.renown.may_name(sentence.text) else behind - 1
                if is_heading or behind > 0 or mentions.matters(sentence.text, self._lexicon, self._document.year):
                    number, printed = len(self._texts), sentence.text
                    spoken = names.find_spots_told(printed, self._lexicon, self._document.year)
                    spots = self._introductions.hear(number, printed, spoken, is_heading=is_heading)
                    self._texts.append(Text(number, index, sentence, is_heading, spots, figures=find_figures(printed)))

    def _read_byline(self, text: str) -> None:
        if publisher := publisher_of(text):
            self.out.facts.setdefault("publisher", publisher)
        if day := day_within(text):
            self.out.facts.setdefault("published_on", day.isoformat())

    # -- clusters --------------------------------------------------------------------------------------------------

    def _read_listings(self) -> None:
        for ordinal, cluster in enumerate(self._clusters.found, self._before + 1):
            mention = cluster.best
            text, name = mention.place
            spots = spots_of(text, name)
            introduced = parents_of(spots, self._introductions)
            label: Cell | None = None
            if province := mentions.province_of(mention, self._lexicon, self._document.year):
                label = self._cell(text, province)
            elif introduced and (told := [spot for spot in introduced[1] if spot.is_province]):
                label = self._province(self._texts[introduced[0]], told[0])
            locality = self._cell(text, name.locality) if name.locality else None
            industry = self._cell(mention.text, mention.name.industry)
            self._use(industry, "listing")
            self.out.listings.append(
                listing_record(self._document.source_id, ordinal, industry, locality, (label, place_key(label.text)) if label else None)
            )
            if place := locality or label:
                self._add_parts(self.out.listings[-1].observation_id, place, text, spots, has_label=label is not None)

    def _province(self, text: Text, spot: Spot) -> Cell:
        return self._cell(text, (spot.start, spot.start + len(names.province_name(text.printed[spot.start : spot.end]))))

    # -- contests --------------------------------------------------------------------------------------------------

    def _read_awards(self, contested: Contested) -> None:
        if contested.contest is None:
            return
        total = next((t.declared_count for t in self.out.tallies if t.province_key is None), None)
        cell, year_cell = self._cell(*contested.contest), self._cell(*contested.launch) if contested.launch else None
        winners = [
            (self.out.listings[self._before + index], self._cell(text, (name.start, name.end)))
            for index, text, name in find_winners(self._texts, contested.contest[0].number)
        ]
        entries = self.out.listings[: self._before]
        if self._announced(contested) or lists_winners(self._texts, contested.contest[0], len(entries), self._first_line(), total):
            listed = [(entry, Cell(entry.industry_printed, entry.line_number, entry.char_start, entry.char_end)) for entry in entries]
            winners = listed + winners
        if not winners:
            return
        self._use(cell, "contest")
        organiser = contested.organiser
        if organiser:
            self._kinds.setdefault(self._cell(*organiser).line_number, "organiser of the contest")
        if year_cell:
            self._use(year_cell, "launch of the contest")
        won = Contest(cell, organiser[0].sentence.as_printed(*organiser[1]) if organiser else None, year_cell, total)
        for ordinal, (listing, winner) in enumerate(winners, 1):
            self._use(winner, "award")
            self.out.awards.append(award_record(self._document.source_id, ordinal, listing.observation_id, winner, won))

    def _first_line(self) -> int:
        """The line that the document's list begins with."""
        return min((listing.line_number for listing in self.out.listings[: self._before]), default=0)

    def _announced(self, contested: Contested) -> Figure | None:
        return announced_total(contested.contest[0], self._before, self._first_line()) if contested.contest else None

    def _read_tallies(self, contested: Contested) -> None:
        counts = list(find_counts(self._texts)) if contested.has_winners else []
        seen: dict[str | None, int] = {}
        for text, tally in counts:
            code = self._lexicon.provinces[tally.province.key] if tally.province else None
            count = int(tally.count.value)
            cell = self._cell(text, (tally.start, tally.end))
            if code is None and any(told.province_key is None and told.declared_count == count for told in self.out.tallies):
                seen.setdefault(code, count)  # a title has told it
            if code in seen:
                if seen[code] != count and code is not None:
                    self._ask(
                        text,
                        (tally.start, tally.end),
                        f"the document declares {seen[code]} elsewhere",
                        "check which count is meant",
                    )
                self._kinds.setdefault(cell.line_number, "tally told again")
                continue
            seen[code] = count
            printed = names.province_name(text.sentence.as_printed(tally.province.start, tally.province.end)) if tally.province else None
            self._add_tally("contest_winners", printed, count, cell)
        if (announced := self._announced(contested)) and contested.contest and None not in seen:
            self._add_tally(
                "contest_winners", None, int(announced.value), self._cell(contested.contest[0], (announced.start, announced.end))
            )
        if contested.contest is None and None not in seen and not any(tally.province_key is None for tally in self.out.tallies):
            self._read_declared_total()

    def _read_declared_total(self) -> None:
        """The count of what the document lists, as it declares it: 以下10个产业集群, `the following 12 clusters`."""
        for text in self._texts:
            if total := contests.find_declared(text.printed, text.figures):
                text.tallies.append(total)
                self._add_tally("listed_clusters", None, int(total.count.value), self._cell(text, (total.start, total.end)))
                return

    def _add_tally(self, measure: str, province: str | None, count: int, cell: Cell) -> None:
        self._use(cell, "tally")
        ordinal = len(self.out.tallies) + 1
        told = (province, place_key(province)) if province else None
        self.out.tallies.append(tally_record(self._document.source_id, ordinal, measure, count, cell, province=told))

    # -- figures ---------------------------------------------------------------------------------------------------

    def _read_statistics(self, contested: Contested) -> None:
        reader, seen, entries = self._reader(), set[tuple[object, ...]](), self._entries()
        for text in self._texts:
            if text.is_heading:
                reader.hear(text)
                continue
            if not contested.has_winners and text.figures and self._speaks_of_clusters(text):
                above, found = find_thresholds(text.printed, text.figures), contests.find_tallies(text.printed, text.spots, text.figures)
                counted = [tally for tally in found if tally.province and id(tally.count) not in above]
                text.tallies += counted
                for tally in counted:
                    if tally.count.value == len(text.named):
                        continue  # "Two clusters in Hebei, the A cluster and the B cluster": named, not counted
                    self._add_once(text, counted_clusters(text, tally), seen)
            line_above = text.sentence.passage.first_line - 1
            if line_above in entries and text.sentence.start == 0:
                reader.begin_entry(entries[line_above], text.passage)
            self._add_told(text, reader, seen)

    def _entries(self) -> dict[int, list[Subject]]:
        """The clusters of a list by line: what stands right below is said of one of them."""
        entries = defaultdict[int, list[Subject]](list)
        for index, listing in enumerate(self.out.listings[: self._before], -self._before):
            entries[listing.line_number].append(_entry(listing, index))
        return entries

    def _reader(self) -> Reader:
        side_car = self._document.side_car
        told = self.out.facts.get("published_on")
        published = side_car.published_on or (date.fromisoformat(told) if told else None) or side_car.as_of_date
        listed: dict[str, list[str]] = defaultdict(list)
        for part in self.out.place_parts:
            listed[part.observation_id].append(part.key)
        homes, topics = self._add_homes(), Topics(self._lexicon, self._document.year)
        told_in = published.year if published else None
        return Reader(
            told_in,
            has_clusters=bool(self.out.listings),
            topics=topics,
            topic=topics.of_document(self._texts, [listed[listing.observation_id] for listing in self.out.listings], homes),
            told_in=self._document.year,
            periods=Periods(told_in, year_of_note(self._printed), year_of_title(self._printed[:_TITLE_WITHIN]) if self._before else None),
        )

    def _add_homes(self) -> set[str]:
        """The keys of the places that clusters named without one are at; the lines that tell them become sentences of the document."""
        keys: set[str] = set()
        for mention in (cluster.best for cluster in self._clusters.found):
            if mention.home and keys.isdisjoint(found := {spot.key for spot in mention.home[0].spots}):
                keys |= found
                self._texts.append(replace(mention.home[0], number=len(self._texts), is_heading=True))
        return keys

    def read_entries(self, skipped: set[int]) -> None:
        """The figures behind the entries of a list, each entry on a line of its own."""
        reader, seen = self._reader(), set[tuple[object, ...]]()
        entries = Counter(listing.line_number for listing in self.out.listings)
        for index, listing in enumerate(self.out.listings):
            number, line = listing.line_number, self._document.lines[listing.line_number - 1]
            if entries[number] > 1 or number in skipped or "\t" in line or not has_number(BULLET.sub("", line, count=1)):
                continue
            reader.begin_entry([_entry(listing, index)], number)
            for text in mentions.entry_texts(listing, line, self._lexicon, self._document.year):
                self._texts.append(replace(text, number=len(self._texts)))
                self._add_told(self._texts[-1], reader, seen, is_entry=True)

    def _add_told(self, text: Text, reader: Reader, seen: set[tuple[object, ...]], *, is_entry: bool = False) -> None:
        statements, unread = reader.read(text)
        totals = {tally.declared_count for tally in self.out.tallies if tally.measure == "listed_clusters" or tally.province_key is None}
        for statement in statements:
            is_told = statement.measure == "cluster_count" and (statement.value in totals or is_entry)
            if not is_told:
                self._add_once(text, statement, seen)
        for figure in unread:
            self._ask(text, (figure.start, figure.end), figure.reason, "say what the figure is of, or reject it")

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
        if subject.spot and self._is_of_several(subject.spot):
            self._ask(text, (statement.start, statement.end), "a figure of a place of which there are several", "say which place is meant")
            return
        if told in seen:
            self._kinds.setdefault(cell.line_number, "figure told again")
            return
        seen.add(told)
        self._use(cell, "statistic")
        self._add_statistic(statement, cell)

    def _is_of_several(self, spot: Spot) -> bool:
        """Whether several provinces have a place of this name, and neither an introduction nor a listing tells which is meant."""
        if len(spot.provinces) < 2 or self._introductions.parents(spot.key):
            return False
        return spot.key not in {part.key for part in self.out.place_parts}

    def _add_statistic(self, statement: Statement, cell: Cell) -> None:
        subject = statement.subject
        listing_id = self.out.listings[self._before + subject.listing].observation_id if subject.listing is not None else None
        record = statistic_record(self._document.source_id, len(self.out.statistics) + 1, statement, listing_id, cell)
        self.out.statistics.append(record)
        if subject.place and subject.sentence >= 0:
            text = self._texts[subject.sentence]
            spots = [spot for spot in text.spots if subject.place[0] <= spot.start and spot.end <= subject.place[1]]
            self._add_parts(record.observation_id, self._cell(text, subject.place), text, spots)


def _entry(listing: Listing, index: int) -> Subject:
    return Subject("cluster", -1, listing.industry_printed, index)


LAYOUT = Prose()
