"""What a sentence speaks of: clusters by name, by "the cluster", "its" and 该集群, several together, or the place it begins with."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from orchestration.reading.context.owners import names_another, speaks_of_another
from orchestration.reading.context.references import (
    AT_CLAUSE_ZH,
    BLOCKS_ZH,
    COMPARED,
    group,
    levels,
    may_mean,
    references,
    told_together,
)
from orchestration.reading.context.topics import Topic, Topics
from orchestration.reading.keys import HAN, bare_key
from orchestration.reading.phrases.figures import Figure
from orchestration.reading.phrases.names import Spot, speaks_of_clusters
from orchestration.reading.phrases.names_chinese import HEAD_ZH
from orchestration.reading.phrases.names_english import HEAD_EN
from orchestration.reading.text.clauses import (
    ADVERBIAL,
    COORDINATED,
    OF_ANOTHER_ZH,
    begins_clause,
    begins_sentence,
    clause_places,
    is_beside_another,
    is_of_unknown,
    place_spoken_of,
    told_at,
)
from orchestration.reading.text.texts import UNKNOWN, Subject, Text, place_subject
from orchestration.reading.text.voices import begins_turn, is_of_text, is_speech

_UNNAMED = re.compile(r"\ban?\s(?:[\w-]+\s){0,6}cluster\b(?!\s(?:of|in)\b)")
_PRODUCTS = re.compile(r"\b(?:products|goods|items|devices|machines|components|[a-z]+(?:ware|wear))$")
_CLUSTER_SOMEWHERE = re.compile(
    r"\b(?!(?:The|An?|Its|This|That|Our|Their|Now|Today|In)\b)(?P<name>[A-Z][\w’'-]+)\s(?:[\w&-]+\s){0,5}[Cc]luster"
    r"|(?P<zh>[一-鿿]{2,4}(?:[镇乡村鎮鄉]|街道))[^，。；]{0,16}集群"
)
_A_TOWN = re.compile(r",\s(?:an?|the|another)\s(?:[\w-]+\s){0,3}(?:town|village)\b")
# "Around 1,000 factories there make gloves": not "there are".
_FIELD = re.compile(r"[^:：]{2,24}[:：]")
_THERE = re.compile(r"\b(?:[a-z]+s|industry|trade|business|sector|people|workforce)\s(?:alone\s)?(?:t?here)\b")
# A market has its own figures, told at the place it lies in.
_MARKET_ZH = re.compile(
    rf"{AT_CLAUSE_ZH}(?P<name>[一-鿿]{{2,10}}(?:市场|市場|商城|商贸城|轻纺城))(?=经营户|商户|商铺|摊位|现?有|拥有|年?成交|年?交易|实现|共)"
)
_AT = re.compile(r"(?:['’]s)?\s(?:industrial\s|manufacturing\s)?|的?")


class Memory:
    """What the sentences of a document have spoken of so far.

    Args:
        topics: Tells what headings make the text below them about.
        topic: What the whole document is about, if it is one place.
    """

    def __init__(self, *, topics: Topics, topic: Topic | None) -> None:
        self._topics = topics
        self._document = topic
        self._section: Topic | None = None  # what the heading in force makes the text below it about
        self._in_speech = False  # the document is a speech: "we" are those of its place
        self._is_elsewhere = False  # the heading in force is of a place that the gazetteer does not know
        self._firms = -1  # the last paragraph that spoke of a company
        self._astray = -1  # the last paragraph that spoke of a place in passing
        self._subject: Subject | None = None  # the last cluster or group spoken of
        self._passage = self._entry = -1  # the last paragraph that spoke of it; the last that is an entry of a list
        self._topic: tuple[Text, list[Spot]] | None = (
            None  # the place last spoken of and those it was said to lie in, the most specific first
        )
        self._entries: Sequence[Subject] = ()  # the clusters of that entry
        self._several = -1  # the last paragraph with a sentence that names several: what follows is of none of them
        self._last: Subject | None = None  # what the last sentence spoke of: a cluster, a group or a place
        self._other = -1  # the paragraph whose last sentences are about a company
        self._told: set[object] = set()  # the clusters and groups spoken of so far
        self._doubtful: set[str] = set()  # keys of places that are called towns and are none that the gazetteer knows
        self._by_place: dict[str, dict[int, Subject]] = {}  # the clusters named at a place

    def is_about_clusters(self, text: Text) -> bool:
        """Whether the paragraph of a sentence has spoken of a cluster."""
        return self._passage == text.passage

    def hear(self, text: Text) -> None:
        """Remembers what a heading speaks of, for the sentences below it; what was spoken of above it is over."""
        self._last = self._subject = None
        self._other, self._is_elsewhere = -1, is_of_unknown(text)
        self._in_speech = self._in_speech or is_speech(text.printed)
        if text.named:
            name, listing = text.named[-1]
            self._subject = self._last = Subject("cluster", -1, text.sentence.as_printed(name.start, name.end), listing)
            self._told.add(listing)
        if begins_turn(text.printed) or self._says_where(text):
            return
        self._remember_place(text)
        if not text.named and self._topic and self._topic[0] is text:
            self._last = self.place("")
        self._passage = text.passage if self._last else self._passage
        if text.spots:
            place = self._topic[1][0] if self._topic and self._topic[0] is text else None
            self._section = self._topics.of_place(text, place, {spot.key for spot in text.spots}) if place else None

    def _says_where(self, text: Text) -> bool:
        """Whether a field names only what the document's place lies in: `Prefecture: Hengshui`, of Anping."""
        spot = self._document.subject.spot if self._document else None
        return (
            spot is not None and _FIELD.match(text.printed) is not None and all(self._topics.lies_in(spot.key, s.key) for s in text.spots)
        )

    def begin_entry(self, subjects: Sequence[Subject], passage: int) -> None:
        """An entry of a list begins: all that its line says is of it; where it names several, of that whose trade is named beside it."""
        self._entries = subjects
        self._subject = self._last = subjects[0] if len(subjects) == 1 else None
        self._told, self._passage, self._entry, self._topic = {subject.listing for subject in subjects}, passage, passage, None

    def carry_on(self, text: Text) -> None:
        """The paragraph of a sentence is about what was spoken of last."""
        self._passage = text.passage

    def remember(self, text: Text, subjects: Sequence[Subject]) -> None:
        """Remembers the last cluster or group a sentence spoke of, and the place it began with."""
        self._remember_place(text)
        self._remember_names(text)
        if names_another(text):
            self._firms = text.passage
        if speaks_of_another(text):
            self._other = text.passage
        elif subjects or text.spots or text.passage != self._other:
            self._other = -1
        named = subjects
        subjects = [subject for subject in subjects if not COMPARED.search(text.printed[: max(0, subject.start)])]
        if named and not subjects:
            return  # "ahead of the lighter clusters of Cixi and Wenzhou": of those nothing is said
        clusters = [subject for subject in subjects if subject.kind in ("cluster", "cluster_group")]
        is_another = speaks_of_clusters(text.printed) and not subjects
        if not text.named and (is_another or _UNNAMED.search(text.printed)):
            self._subject = self._last = None  # "it" is now a cluster that has no name here
        elif clusters:
            self._subject, self._passage = replace(clusters[-1], start=-1), text.passage
            self._told.add(clusters[-1].listing if clusters[-1].listing is not None else clusters[-1].printed)
        spoken = [subject for subject in subjects if subject.kind in ("cluster", "cluster_group", "locality", "province")]
        if len({subject.listing for subject in spoken if subject.listing is not None}) > 1:
            group_told = next((subject for subject in spoken if subject.kind == "cluster_group"), None)
            if group_told and group_told.printed.startswith(spoken[0].printed):  # 光机电、生物食品两大主导产业产值占
                self._several = text.passage
            self._last, self._subject = None, spoken[-1] if spoken[-1].kind == "cluster_group" else self._subject
        elif spoken:
            self._last = replace(spoken[-1], start=-1)
        elif text.spots and begins_sentence(text, text.spots[0]) and not ADVERBIAL.match(text.printed):
            self._last = self.place("") if self._topic and self._topic[0] is text else None
            self._passage = text.passage if self._last else self._passage
        if not subjects:
            self._go_astray(text)
        elif any(spot.start > subjects[-1].start >= 0 and begins_clause(text, spot) for spot in text.spots):
            self._last = self._subject = None  # "Cixi has a reel cluster, and Gu'an county does floats": which is meant by "it"?
            self._astray = text.passage

    def _go_astray(self, text: Text) -> None:
        """Forgets what was spoken of where a sentence speaks in passing of another place: what follows may be of that."""
        spoken_of = self._topic[1] if self._topic else []
        known = {bare_key(spot.key) for spot in spoken_of}
        for topic in filter(None, (self._document, self._section)):
            known |= topic.keys
        if self._last and self._last.listing is not None:
            known |= {bare_key(key) for key, clusters in self._by_place.items() if self._last.listing in clusters}
        others = [spot for spot in text.spots if not spot.is_province and bare_key(spot.key) not in known]
        if any(not spoken_of or not self._topics.touches(spoken_of[0].key, spot.key) for spot in others):
            self._last = self._subject = None
            self._astray = text.passage
            self._topic = (text, others) if len(others) == 1 else None  # "The caps of Weishan are famous. The town ..."

    def _remember_names(self, text: Text) -> None:
        """Towns the gazetteer may not know, and which clusters are named at which place."""
        for spot in text.spots:
            if _A_TOWN.match(text.printed, spot.end) and not spot.kinds & set("镇乡道"):
                self._doubtful.add(spot.key)
        for name, listing in text.named:
            cluster = Subject("cluster", -1, text.sentence.as_printed(name.start, name.end), listing)
            for spot in text.spots:
                if name.start <= spot.start and spot.end <= name.end:
                    self._by_place.setdefault(spot.key, {}).setdefault(listing, cluster)

    def _remember_place(self, text: Text) -> None:
        """The place a sentence begins with, or that of the cluster it names; several beside each other are none."""
        if not text.spots:
            return
        first = text.spots[0]
        if text.named:
            name = text.named[-1][0]
            spots = [spot for spot in text.spots if name.start <= spot.start and spot.end <= name.end]
        elif begins_sentence(text, first):
            spots = [first]
            for spot in text.spots[1:]:
                if spot.start - spots[-1].end > 1 and not re.fullmatch(r",\s|['’]s\s", text.printed[spots[-1].end : spot.start]):
                    break
                spots.append(spot)
        else:
            return
        if is_of_unknown(text):
            self._topic = None
            return
        gaps = [text.printed[a.end : b.start] for a, b in pairwise(spots)]
        several = any(COORDINATED.fullmatch(gap) for gap in gaps) or (len(spots) == 1 and is_beside_another(text, spots[0]))
        if several or not spots:
            self._topic = None
            return
        behind = next((index for index, gap in enumerate(gaps, 1) if gap in ("（", "(")), len(spots))  # 狮岭镇（广东广州花都区）
        is_possessed = bool(gaps) and gaps[0].endswith(("’s ", "'s "))  # "Huludao's Xingcheng"
        is_general_first = bool(HAN.match(text.printed[spots[0].start])) or spots[0].is_province or is_possessed
        self._topic = (text, [*reversed(spots[:behind]), *reversed(spots[behind:])] if is_general_first else spots)

    def is_doubtful(self, spot: Spot) -> bool:
        """Whether a place is called a town and is none by that name: `Guzhen, a town in Zhongshan` is not the county."""
        return spot.key in self._doubtful

    def place(self, level: str) -> Subject | None:
        """The place last spoken of, or what it was said to lie in: one of a level, given as the last characters of its full name."""
        text, spots = self._topic or (None, [])
        if text and (spot := next((spot for spot in spots if not level or _is_of_level(spot, level)), None)):
            return replace(place_subject(text, spot), start=-1)
        topics = [topic.subject for topic in (self._section, self._document) if topic and level]
        return next((told for told in topics if told.spot and _is_of_level(told.spot, level)), None)

    def implied(self, text: Text, figure: Figure) -> Subject | None:
        """The subject of a figure whose sentence names no cluster: the place it begins with, else what its paragraph speaks of."""
        if spoken := self._spoken_of(text, figure):
            return spoken
        if about := self._about(text, figure):
            self._last = about
        return about

    def nearest(self, text: Text, figure: Figure) -> Spot | None:
        """The last place before a figure, but for those that one before it lies in: 沙溪镇，隶属于中山市."""
        before = [spot for spot in text.spots if spot.end <= figure.start]
        own = [spot for spot in before if not any(a.start < spot.start and self._topics.lies_in(a.key, spot.key) for a in before)]
        return own[-1] if own else None

    def labelled(self, text: Text) -> Subject | None:
        """Whose the number of a labelled line is: what was spoken of right above it, else what the document is about."""
        if self._other == text.passage or text.spots or names_another(text):
            return None
        if 0 <= text.passage - self._passage <= 1 and (spoken := self._last or self._subject):
            return spoken
        topic = self._document or self._section
        return topic.subject if topic else None

    def _about(self, text: Text, figure: Figure) -> Subject | None:
        """What the part or the whole of the document is about, where nothing else is spoken of before the figure."""
        topic = self._document or self._section
        if topic is None or self._is_elsewhere or text.passage in (self._other, self._firms, self._entry, self._astray):
            return None
        named = [match.start(match.lastgroup or 0) for match in _CLUSTER_SOMEWHERE.finditer(text.printed)]
        if any(not any(spot.start <= at < spot.end for spot in text.spots) for at in named):
            return None  # the cluster of a town that the gazetteer does not know
        if not is_of_text(text, in_speech=self._in_speech):
            return None
        before = [spot for spot in text.spots if spot.start < figure.start]
        if any(OF_ANOTHER_ZH.match(text.printed, spot.end) for spot in before):
            return None
        return topic.subject if topic.holds_beside(before) else None

    def _spoken_of(self, text: Text, figure: Figure) -> Subject | None:
        if speaks_of_clusters(text.printed) and self._entry != text.passage:
            return None  # of a cluster without a name: "The Ningbo cluster has 40 firms"
        places = [spot for spot in text.spots if spot.end <= figure.start]
        if places and begins_sentence(text, places[0]) and not ADVERBIAL.match(text.printed):
            return self.begun(text, figure)
        if at := told_at(text, figure):
            return at
        if self._entry == text.passage and len(self._entries) > 1:
            named = [subject for subject in self._entries if subject.printed in text.printed[: figure.start]]
            return max(named, key=lambda subject: text.printed.rfind(subject.printed, 0, figure.start), default=None)
        if places or self._other == text.passage or not self._carries_on(text):
            return None
        return self._last or (self._subject if self._passage == text.passage != self._several else None)

    def begun(self, text: Text, figure: Figure) -> Subject | None:
        """The place that a sentence begins with, where it is what the sentence speaks of."""
        places = [spot for spot in text.spots if spot.end <= figure.start]
        is_first = places and begins_sentence(text, places[0]) and not ADVERBIAL.match(text.printed)
        return place_spoken_of(text, self._special_first(text, places)) if is_first else None

    def _special_first(self, text: Text, places: list[Spot]) -> list[Spot]:
        """`Shantou, Chenghai district: toys` speaks of Chenghai."""
        while (
            len(places) > 1 and text.printed[places[0].end : places[1].start] == ", " and self._topics.lies_in(places[1].key, places[0].key)
        ):
            places = places[1:]
        return places

    def _carries_on(self, text: Text) -> bool:
        """Whether a sentence that says of nothing itself goes on about what was spoken of last.

        It does in the same paragraph, and in the next where the document has spoken of one thing only. What ends without a full
        stop is a headline or an item of a menu, what is quoted is of the speaker.
        """
        if self._entry == text.passage:
            return True
        if (self._passage != text.passage and begins_turn(text.sentence.passage.text)) or not is_of_text(text, in_speech=self._in_speech):
            return False
        if self._passage == text.passage:
            return True
        return self._passage >= 0 and text.passage - self._passage <= 1 and len(self._told) <= 1

    def find(self, text: Text, figures: Sequence[Figure]) -> list[Subject]:
        """Clusters, references to them and groups of them in the sentence, in order."""
        printed = text.printed
        if text.spots and begins_sentence(text, text.spots[0]) and not ADVERBIAL.match(printed):
            self._remember_place(replace(text, named=[]))
        found = [Subject("cluster", name.start, text.sentence.as_printed(name.start, name.end), listing) for name, listing in text.named]
        covered = [(name.start, name.end) for name, _ in text.named]
        begun = place_spoken_of(text, text.spots) if text.spots and not text.named and begins_sentence(text, text.spots[0]) else None
        for start, end, pronoun in references(printed):
            before = [subject for subject in (*filter(None, [begun] if pronoun else []), *found) if subject.start < start]
            is_near = not pronoun or text.passage - self._passage <= 1
            is_of_another = bool(pronoun) and text.passage - self._other <= 1 and self._other >= 0
            antecedent = _one(before[-1] if before else self._antecedent(pronoun) if is_near and not is_of_another else None, pronoun)
            if antecedent is None or any(start < b and a < end for a, b in covered):
                continue
            if pronoun:
                is_product = pronoun[0] in "Ii" and bool(_PRODUCTS.search(pronoun))
                antecedent = replace(antecedent, kind="product", printed=pronoun) if is_product else antecedent
                found.append(replace(antecedent, start=start))
            elif antecedent.kind in ("locality", "cluster_group") or (
                antecedent.kind == "cluster" and may_mean(printed[start:end], antecedent.printed)
            ):
                found.append(replace(antecedent, start=start))
                covered.append((start, end))
        found += [place for place in clause_places(text, self._topics.lies_in) if not any(a <= place.start < b for a, b in covered)]
        for start, word, level in levels(printed):
            if not any(a <= start < b for a, b in covered):
                found.append(replace(self.place(level) or Subject(UNKNOWN, -1, word), start=start))
        found += told_together(text)
        found += [subject for subject in self._besides(text) if not any(a <= subject.start < b for a, b in covered)]
        if not text.spots and _THERE.search(printed) and self._topic and text.passage - self._topic[0].passage <= 1:
            found += [place for place in (self.place(""),) if place]
        if market_place := self.place(""):
            found += [
                replace(market_place, start=match.start("name"), printed=text.sentence.as_printed(*match.span("name")))
                for match in _MARKET_ZH.finditer(printed)
            ]
        for head in [*HEAD_EN.finditer(printed), *HEAD_ZH.finditer(printed), *BLOCKS_ZH.finditer(printed)]:
            is_free = not any(head.start() < b and a < head.end() for a, b in covered)
            if is_free and (known := self._named_by_place(text, head)):
                found.append(known)
                continue
            if is_free and (several := group(text, head, figures)):
                found.append(several)
        return sorted(found, key=lambda subject: subject.start)

    def _besides(self, text: Text) -> Iterator[Subject]:
        """Whom else a Chinese sentence speaks of: towns without their kind."""
        if not HAN.search(text.printed):
            return
        for start, end in self._topics.towns_at_clauses(text):
            yield Subject(UNKNOWN, start, text.printed[start:end])

    def _named_by_place(self, text: Text, head: re.Match[str]) -> Subject | None:
        """`The Xuzhou cluster`, 徐州集群: the only one named there before."""
        spot = next((spot for spot in reversed(text.spots) if spot.end <= head.start()), None)
        if spot is None or head.groupdict().get("plural") or not _AT.fullmatch(text.printed, spot.end, head.start()):
            return None
        known = self._by_place.get(spot.key, {})
        return replace(next(iter(known.values())), start=spot.start) if len(known) == 1 else None

    def _antecedent(self, pronoun: str) -> Subject | None:
        """What "it" is, or "the cluster": only the pronoun may mean a place."""
        if self._last is None or self._last.kind not in ("locality", "province"):
            return self._subject
        if pronoun:
            return self._last
        # "The cluster" of a place spoken of since is the one named there, not the last one named elsewhere.
        spots = self._topic[1] if self._topic else []
        there = {listing: cluster for spot in spots for listing, cluster in self._by_place.get(spot.key, {}).items()}
        if len(there) == 1:
            return next(iter(there.values()))
        if self._subject and self._subject.listing is not None and spots and not self._is_at(self._subject.listing, spots[0]):
            return self._last  # "2.2 Qinghe cashmere. The cluster ..." is none of those named
        return self._subject if len(self._told) <= 1 else None

    def _is_at(self, listing: int, spot: Spot) -> bool:
        """Whether a place may be that of a cluster, or lie in it or around it."""
        keys = [key for key, clusters in self._by_place.items() if listing in clusters]
        return not keys or any(self._topics.touches(key, spot.key) for key in keys)


def _is_of_level(spot: Spot, level: str) -> bool:
    return bool(spot.kinds & set(level)) or (spot.is_province and "省" in level)


def _one(antecedent: Subject | None, pronoun: str) -> Subject | None:
    """What a pronoun means: "its" is of one, so of none that is known where several were spoken of."""
    return Subject(UNKNOWN, -1, pronoun) if pronoun and antecedent and antecedent.kind == "cluster_group" else antecedent
