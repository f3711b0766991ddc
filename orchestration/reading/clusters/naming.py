"""Which clusters the sentences of a document name, in whatever way, and which of their words are only worth a question. No records."""

import re
from collections.abc import Iterator, Sequence

from orchestration.reading.clusters import mentions
from orchestration.reading.clusters.chosen import choose, is_named
from orchestration.reading.clusters.ledger import Ledger
from orchestration.reading.clusters.mentions import Clusters
from orchestration.reading.context import homes
from orchestration.reading.keys import industry_key, is_chinese
from orchestration.reading.layout import Document, Reading
from orchestration.reading.phrases import contests, names, names_english, pairs_chinese, titles, unnamed
from orchestration.reading.phrases.names import Name, Spot
from orchestration.reading.text.genres import is_of_others
from orchestration.reading.text.texts import Text
from orchestration.reading.words import goods
from orchestration.reading.words.lexicon import Lexicon
from orchestration.reading.words.terms import find_terms

_CLUSTER_HEADING = re.compile(r"[#*\d.\s]*(?:The\s)?[\w ,&-]{3,50}\scluster")
_ONE_THING = re.compile(r"\b(?:[Tt]he|an?|this|that)\s$")  # the bus from Hangzhou


class Naming(Ledger):
    """The clusters of one document, by the ways its sentences name them.

    Args:
        document: The document.
        lexicon: The gazetteer.
        out: Where the records go.
        is_about_clusters: Whether anything in it calls something a cluster, or conferred a title.
    """

    _homes: homes.Homes
    _to_come: frozenset[int]  # numbers of the passages that speak of the time to come

    def __init__(self, document: Document, lexicon: Lexicon, out: Reading, *, is_about_clusters: bool) -> None:
        super().__init__(document, lexicon, out)
        self._clusters = Clusters()
        self._broken: set[int] = set()  # numbers of sentences with a name over a line break that was asked about
        self._is_about = is_about_clusters

    def _read_names(self) -> None:
        """Clusters by name and by titles conferred, and those that only a nickname tells of, in the order of their print."""
        by_name = [(text, name) for text in self._texts for name in mentions.find_names(text, self._lexicon)]
        judged = [(text, name, self._is_not_there(text, name)) for text, name in by_name]
        not_there = {text.number for text, _, is_not_there in judged if is_not_there}
        found = [(text, name, True) for text, name, is_not_there in judged if not is_not_there]
        by_word = [(text, name) for text, name, _ in found]
        for text in self._texts:
            titled = titles.find_titles(text.printed, text.spots) if titles.may_hold_title(text.printed) else ()
            new = [title for title in titled if not self._is_to_come(text) and not is_named(text, title.name, by_word, self._lexicon)]
            found += [(text, title.name, title.is_conferred) for title in new]
        named = Clusters()
        for text, name, _ in filter(lambda told: told[2], found):
            named.of(text, name)
        paired = [self._pairs(text) for text in self._texts]
        for text, pairs in zip(self._texts, paired, strict=True):
            # At a place whose cluster is named as one, a pair is most often another word for that.
            if not text.is_heading and not self._is_to_come(text):
                told = [
                    pair.name for pair in pairs_chinese.clusters_of(text.printed, pairs, has_clusters=bool(named.found) or self._is_about)
                ]
                found += [(text, name, True) for name in told if not named.is_named_at(text, name)]
        for text, name, is_given in sorted(found, key=lambda told: (told[0].number, told[1].industry)):
            if is_given or (self._is_trade(text, name) and not named.is_named_at(text, name)):
                self._add_name(text, name)
        for text in self._texts:
            if self._is_to_come(text):
                not_there.update([text.number] if self._placeless(text) else [])
            else:
                self._add_placeless(text)
        self._add_specialities()
        if not self._is_about and not self._clusters.found:
            return  # a document about something else
        nicknamed = {text.number for text, name, is_given in found if not is_given and named.is_named_at(text, name)}
        for text, pairs in zip(self._texts, paired, strict=True):
            self._ask_about_rest(text, pairs, is_nicknamed=text.number in nicknamed, is_not_there=text.number in not_there)

    def _pairs(self, text: Text) -> list[pairs_chinese.Pair]:
        return pairs_chinese.find_pairs(text.printed, text.spots, self._lexicon) if is_chinese(text.printed) else []

    def _placeless(self, text: Text) -> list[tuple[int, int]]:
        if text.is_heading and not _CLUSTER_HEADING.fullmatch(text.printed):
            return []
        speaks_of_clusters = names.speaks_of_clusters(text.printed)
        found = list(titles.find_placeless(text.printed, text.spots)) if titles.may_hold_title(text.printed) else []
        if is_chinese(text.printed):
            return found + (list(homes.find_placeless(text.printed, text.spots, self._lexicon)) if speaks_of_clusters else [])
        if speaks_of_clusters or "industry" in text.printed:
            found += names_english.find_placeless(text.printed, text.spots, self._lexicon)
        return found

    def _add_placeless(self, text: Text) -> None:
        """Clusters whose place another sentence tells."""
        for start, end in self._placeless(text):
            key = industry_key(text.printed[start:end])
            if self._is_new(text, (key, start, end)) and (home := self._homes.of(text, start)):
                told, chain = home
                if not names.speaks_of_clusters(text.printed) and self._clusters.has_trade_at(key, chain, self._lexicon):
                    continue  # a title tells of the cluster
                place = names.join(chain[0].start, chain[-1].end, (chain[0].start, chain[-1].end), chain)
                self._add_name(text, Name(start, end, (start, end), None, None), (told, place))

    def _add_specialities(self) -> None:
        """What places are said to make, where it is not the trade of a cluster named there."""
        mentions_named = [mention for cluster in self._clusters.found for mention in cluster.mentions]
        named = [((mention.text, mention.name), mention.place) for mention in mentions_named]
        listed, to_come = self._listed, self._to_come
        chosen = choose(self._texts, named, listed, self._homes, self._lexicon, to_come=to_come, is_about_clusters=self._is_about)
        if chosen.listed and is_of_others(self._document.lines):
            chosen.asked += [(text, name) for text, name, *_ in chosen.listed]
            chosen.listed.clear()
        for text, name, home, has_figures in sorted(chosen.listed, key=lambda told: (told[0].number, told[1].industry)):
            self._add_name(text, name, home, has_figures=has_figures)
        for number in dict.fromkeys(text.number for text, _ in chosen.asked):
            self._ask_about(self._texts[number])

    @property
    def _listed(self) -> Iterator[tuple[str, Spot]]:
        """The trades and places of what a table or list of the document holds."""
        trades = {listing.observation_id: listing.industry_key for listing in self.out.listings}
        for place in self.out.place_parts:
            if place.part_ordinal == 1 and place.observation_id in trades:
                yield trades[place.observation_id], Spot(0, 0, place.key, is_province=False)

    def _is_to_come(self, text: Text) -> bool:
        return text.passage in self._to_come

    def _is_not_there(self, text: Text, name: Name) -> bool:
        return self._is_to_come(text) or mentions.is_not_there(text, name)

    def _is_trade(self, text: Text, name: Name) -> bool:
        return self._lexicon.is_trade(industry_key(text.printed[slice(*name.industry)]))

    def _add_name(self, text: Text, name: Name, home: tuple[Text, Name] | None = None, *, has_figures: bool = True) -> None:
        whole = mentions.on_one_line(text, name)
        if whole is None and text.number in self._broken:
            return
        if whole is None:
            self._broken.add(text.number)
            self._ask(text, (name.start, name.end), "the name of a cluster runs over a line break", "join the two lines in the document")
        else:
            index = self._clusters.of(text, whole, home)
            text.named += [(whole, index)] if has_figures else []

    def _ask_about_rest(self, text: Text, pairs: Sequence[pairs_chinese.Pair], *, is_nicknamed: bool, is_not_there: bool) -> None:
        """Clusters named in full whose place the gazetteer does not know; else, once a sentence, those not there and what may be one."""
        spoken = unnamed.find_in_full(text.printed, text.spots) if names.speaks_of_clusters(text.printed) else ()
        placeless = [found for found in spoken if self._is_new(text, found)]
        for _, start, end in placeless:
            self._ask(text, (start, end), "a cluster whose place was not understood", "name its place in the curation, or reject it")
        if is_nicknamed or self._is_asked(text):
            return
        told = list(unnamed.find_unnamed(text.printed, text.spots, self._lexicon))
        told += unnamed.find_items(text.printed, self._lexicon) if len(text.named) > 1 else ()
        if is_not_there or any(self._is_new(text, found) for found in told) or self._are_new(text, pairs) or self._is_unlisted(text):
            self._ask_about(text)

    def _is_unlisted(self, text: Text) -> bool:
        """Whether an English sentence tells a trade beside a place that no cluster of the document is at."""
        if text.named or text.is_heading or is_chinese(text.printed):
            return False
        places = [spot for spot in text.spots if not spot.is_province and not self._clusters.is_at(spot)]
        terms = find_terms(text.printed, [spot[:2] for spot in text.spots], self._lexicon) if places else ()
        several = (text.printed[start:end] for start, end in terms if not _ONE_THING.search(text.printed, max(0, start - 6), start))
        return any(goods.is_trade(term, self._lexicon) for term in several)

    def _ask_about(self, text: Text) -> None:
        self._ask(text, (0, len(text.printed)), "may tell of a cluster that is not named as one", "list it in the curation, or reject it")

    def _are_new(self, text: Text, pairs: Sequence[pairs_chinese.Pair]) -> bool:
        """Whether one of these pairs, or a place among them, is of no cluster of the document."""
        if any(not _is_named(text, pair.start, pair.end) and not self._clusters.has(text, pair.name) for pair in pairs):
            return True
        clusters = pairs_chinese.clusters_of(text.printed, pairs, has_clusters=bool(self._clusters.found))
        return bool(clusters) and pairs_chinese.are_incomplete(text.printed, text.spots, clusters)

    def _is_new(self, text: Text, found: unnamed.Found) -> bool:
        """Whether no cluster of the document is of this trade, and no name of one stands there."""
        key, start, end = found
        return (
            not _is_named(text, start, end) and not self._clusters.has_industry(key) and not contests.find_contest(text.printed[start:end])
        )


def _is_named(text: Text, start: int, end: int) -> bool:
    return any(name.start < end and start < name.end for name, _ in text.named)
