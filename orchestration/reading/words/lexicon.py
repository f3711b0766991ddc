"""The gazetteer as a lexicon: is this span the name of a place, and of which provinces could it be?

Readers ask it to tell places from industries and to weigh slipped labels. It never decides which place a name *is*: that is
conforming's work. It reads `dbt_project/seeds/gazetteer/*.csv`, towns only when somebody asks about a town.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path

from orchestration.reading.keys import HAN, KINDS_OF_PLACE, place_key, simplified_in_place
from orchestration.reading.words.gazetteer import LEVELS, Place, PlaceSpan
from orchestration.reading.words.place_words import ACROSS_WORDS, ENGLISH_WORDS, HAN_WORDS
from orchestration.reading.words.renown import Renown
from orchestration.reading.words.trades import Trades, rows_of

_FILES = "gazetteer/provinces gazetteer/divisions gazetteer/zones gazetteer/towns industries/industry_terms industries/specialities"
# How much a name that stands alone says about its province, by level: many towns share a name, few prefectures do.
_LEVEL_WEIGHT = dict(zip(LEVELS, (1.0, 1.0, 0.95, 0.95, 0.6), strict=True))
_NEAR_CUTOFF = 0.72  # below it, a near match of two pinyin names is chance: one letter of four, two of eight
_UNKNOWN_PART = 0.97  # what a name that nobody knows takes off the others
_UNCHAINED = 0.94  # names of one province that do not lie in one another
_LONGEST_NAME = 24  # letters; what is longer is no misspelt place
_NEAR_WEIGHT = 0.85  # a near match never outweighs an exact one

_LATIN_WORDS = re.compile(r"[^\W\d_]+(?:['’‘`´ʼ][^\W\d_]+)*")
_SHORTEST_HAN = 2  # characters
_LONGEST_REST = 3  # characters of a trade behind what would be a place
_TOWN_CODE = 9  # digits of a town's code
_LONGEST_BARE = 4  # characters of a town's name without its kind
_MOST_WORDS = 4  # words behind the first: Xinjiang Uygur Autonomous Region and a kind
_TOWN_WORDS = frozenset({"town", "township", "subdistrict"})
_TOWN_SUFFIXES = ("镇", "乡", "街道")


class Lexicon(Trades):
    """Place names by key, in Latin and Han.

    Attributes:
        provinces: Key of a province's name, in any script or form, to its code.
        renown: What places are widely known for.
    """

    def __init__(
        self,
        provinces: Iterable[dict[str, str]],
        divisions: Iterable[dict[str, str]],
        towns: Path | None = None,
        trades: Path | None = None,
        noted: Iterable[dict[str, str]] = (),
    ) -> None:
        super().__init__(trades)
        self.provinces: dict[str, str] = {}
        self._places: dict[str, list[Place]] = {}
        self._towns_file = towns
        self._near: dict[tuple[str, int | None], tuple[tuple[Place, float], ...]] = {}
        self._weights: dict[tuple[tuple[str, ...], int | None], dict[str, float]] = {}
        for row in provinces:
            code = row["province_code"]
            place = Place("province", code, code, "", "", 0, 9999, row["name_en"], row["name_zh"])
            for key in row["keys"].split(";"):
                self.provinces[key] = code
                self._places.setdefault(key, []).append(place)
        keys_of: dict[str, set[str]] = {}
        for row in divisions:
            place = Place.of_row(row)
            keys = row["keys"].split(";")
            keys_of.setdefault(row.get("place_id", ""), set()).update(keys)
            for key in keys if place.level != "zone" else _distinctive(keys):
                self._places.setdefault(key, []).append(place)
        # Towns known for a trade are called by their bare names; Han ones, 港口 or 公平, may be any words.
        rows = list(noted)
        self.renown = Renown(rows, keys_of)
        for code, row in {row["place_id"]: row for row in rows if len(row["place_id"]) == _TOWN_CODE}.items():
            names = row["name_en"], row["name_zh"]
            self._places.setdefault(place_key(names[0]), []).append(Place("town", code, f"{code[:2]}0000", "", code[:6], 0, 9999, *names))
        self._places.pop("", None)

    @classmethod
    def load(cls, seeds: Path) -> "Lexicon":
        """The lexicon of a seeds folder (`dbt_project/seeds`), read once a process while its files stay as they are.

        Raises:
            FileNotFoundError: A gazetteer file is missing.
        """
        return _loaded(*((file := seeds / f"{name}.csv", file.stat().st_mtime_ns) for name in _FILES.split()))

    @cached_property
    def _town_rows(self) -> dict[str, list[list[str]]]:
        """The rows of towns and subdistricts by key, read at the first question about one."""
        by_key: dict[str, list[list[str]]] = {}
        if self._towns_file is None:
            return by_key
        with self._towns_file.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            next(reader)
            for row in reader:
                for key in row[4].split(";"):
                    if key in by_key:
                        by_key[key].append(row)
                    else:
                        by_key[key] = [row]
        return by_key

    @cached_property
    def _province_codes(self) -> dict[str, str]:
        return {code[:2]: code for code in self.provinces.values()}

    def towns(self, key: str) -> tuple[Place, ...]:
        """The towns and subdistricts of that name."""
        return tuple(
            Place("town", code, self._province_codes[code[:2]], "", county_code, 0, 9999, name_en, name_zh)
            for code, name_zh, name_en, county_code, _ in self._town_rows.get(key, ())
        )

    def candidates(self, key: str, year: int | None, *, towns: bool = True) -> tuple[Place, ...]:
        """The places a key may mean: those valid in the year; towns only where nothing larger fits.

        The gazetteer is of the ends of years, so that a name given up in the year (Jiaonan in 2012) was valid for the most of it: where
        none is of the year, those of the year before are meant, and those of any year where there are none either.
        """
        places = self._places.get(key)
        if places is None:
            return self.towns(key) if towns and key else ()
        for end in (year, year - 1) if year is not None else ():
            if valid := tuple(p for p in places if p.valid_from <= end <= p.valid_to):
                return valid
        return tuple(places)

    def is_place(self, key: str, *, towns: bool = False) -> bool:
        """Whether, in any year, a province, prefecture, county or zone (or town, where asked) has that key."""
        return key in self._places or (towns and key in self._town_rows)

    def may_lie_in(self, key: str, other: str, year: int | None, *, towns: bool = True) -> bool:
        """Whether a place of the one name lies in (or is) one of the other, which may be a town only where `towns` says so."""
        return _may_lie_in(self, key, other, year, towns=towns)

    def is_province(self, key: str) -> bool:
        """Whether the key is a province's, in any script or form."""
        return key in self.provinces

    def find_places(self, text: str, year: int | None) -> list[PlaceSpan]:
        """The place names in one line, longest match first, left to right, never overlapping.

        Latin names are capitalised words, alone or several (`Inner Mongolia`), with the kind of place behind them if it is written
        (`Yueqing City`). Han names may be glued: 江苏泰州泰兴黄桥镇 is four. Towns are found where the print says they are towns
        (`Humen Town`, 黄桥镇). Names that are English words as well (`She`, `Long`) need their kind written.
        """
        spans = list(self._find_latin(text, year))
        if HAN.search(text):
            spans += self._find_han(text, year)
        return sorted(spans)

    def _find_latin(self, text: str, year: int | None) -> Iterator[PlaceSpan]:
        words = [(m.start(), m.end(), m.group()) for m in _LATIN_WORDS.finditer(text)]
        first = 0
        while first < len(words):
            span = None
            if words[first][2][0].isupper():
                for last in range(_last_of_name(text, words, first), first - 1, -1):
                    if span := self._latin_name(text, words[first : last + 1], year):
                        first = last
                        yield span
                        break
            first += 1

    def _latin_name(self, text: str, words: list[tuple[int, int, str]], year: int | None) -> PlaceSpan | None:
        start, end = words[0][0], words[-1][1]
        key = place_key(text[start:end])
        kind = words[-1][2].lower() if len(words) > 1 else ""
        if key not in self._places:
            is_town = kind in _TOWN_WORDS and key in self._town_rows
            return PlaceSpan(start, end, key, self.candidates(key, year)) if is_town else None
        places = self.candidates(key, year, towns=False)
        is_bare = not key.endswith("xian") and all(len(p.name_zh) == 2 and p.level == "county" for p in places)
        needs_kind = key in ENGLISH_WORDS or is_bare
        return PlaceSpan(start, end, key, places) if kind in KINDS_OF_PLACE or not needs_kind else None

    def _find_han(self, text: str, year: int | None) -> Iterator[PlaceSpan]:
        simple = simplified_in_place(text)
        start, length = 0, len(simple)
        while start < length:
            for size in self._han_lengths.get(simple[start : start + 2], ()):
                key = simple[start : start + size]
                if len(key) < size or key in HAN_WORDS:
                    continue
                is_town = key not in self._places and key.endswith(_TOWN_SUFFIXES) and key in self._town_rows
                if (
                    (is_town or key in self._places)
                    and not self._cuts_another(simple, start, size)
                    and not self._begins_trade(simple, start, size)
                    and not self._ends_trade(simple, start, size)
                ):
                    yield PlaceSpan(start, start + size, key, self.candidates(key, year))
                    start += size
                    break
            else:
                start += 1

    def _cuts_another(self, text: str, start: int, size: int) -> bool:
        """Whether a short name takes the first character of a province's, or of a place behind "and": 中江 of 其中江苏, 和安 of 和安吉."""
        if size != _SHORTEST_HAN or text[start : start + size] in self.provinces:
            return False
        if ACROSS_WORDS.match(text, start):
            return True
        if text[start + size : start + 2 * size] in self._places:
            return False  # 眉山东坡
        behind = text[start + 1 : start + 3]
        return behind in self.provinces or (text[start] in "和与及以在" and behind in self._places)

    def _begins_trade(self, text: str, start: int, size: int) -> bool:
        """Whether a short name is the beginning of a trade that stands there: the 大理 of 大理石, not the 绍兴 of 绍兴黄酒."""
        middle = start + size
        ends = range(middle + 1, min(len(text), middle + _LONGEST_REST) + 1)
        return size == _SHORTEST_HAN and any(text[start:end] in self._trades and text[middle:end] not in self._trades for end in ends)

    def _ends_trade(self, text: str, start: int, size: int) -> bool:
        """Whether a short name is the end of a trade that stands there: the 合肥 of 复合肥, not that of 安徽合肥."""
        begins = range(max(0, start - _LONGEST_REST), start)
        return size == _SHORTEST_HAN and any(self.longest_term(text, begin, start + size) == start + size for begin in begins)

    def town_behind(self, text: str, end: int, parents: Sequence[Place]) -> int | None:
        """Where a town's name without its kind ends that begins at `end`, in one of the places before it: the 大唐 of 诸暨市大唐袜业.

        What is itself a trade is none, nor what would leave half a word.
        """
        for stop in range(end + _LONGEST_BARE, end + 1, -1):
            if len(text) >= stop and HAN.match(text[end]) and HAN.match(text[stop - 1]):
                key = place_key(text[end:stop])
                places = self.towns(key)  # 桥头 behind 永嘉 is its town, though a county elsewhere was once called so
                is_town = any(place.lies_in(parent) for place in places for parent in parents)
                if is_town and not self.is_trade(key):
                    return stop
        return None

    @cached_property
    def _han_lengths(self) -> dict[str, tuple[int, ...]]:
        """For the first two characters of Han names, how long those names are, the longest first."""
        lengths: dict[str, set[int]] = {}
        for key in chain(self._han_keys, (key for key in self._town_rows if not key.isascii())):
            if len(key) >= _SHORTEST_HAN:
                lengths.setdefault(key[:2], set()).add(len(key))
        return {begin: tuple(sorted(sizes, reverse=True)) for begin, sizes in lengths.items()}

    def near(self, key: str, year: int | None) -> tuple[tuple[Place, float], ...]:
        """Provinces, prefectures, counties and zones whose key is nearly this one, each with its similarity, nearest first."""
        if (key, year) not in self._near:
            self._near[key, year] = tuple(self._near_matches(key, year))
        return self._near[key, year]

    def _near_matches(self, key: str, year: int | None) -> Iterator[tuple[Place, float]]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        keys = self._han_keys if HAN.match(key) else self._latin_keys
        matches = process.extract(key, keys, scorer=OSA.normalized_similarity, score_cutoff=_NEAR_CUTOFF, limit=12)
        for match, similarity, _ in sorted(matches, key=lambda m: (-m[1], m[0])):
            for place in self.candidates(match, year, towns=False):
                yield place, similarity

    @cached_property
    def _latin_keys(self) -> list[str]:
        return [key for key in self._places if key.isascii()]

    @cached_property
    def _han_keys(self) -> list[str]:
        return [key for key in self._places if not key.isascii()]

    def provinces_of(self, keys: Sequence[str], year: int | None) -> dict[str, float]:
        """How well a printed place fits each province, 0 to 1; provinces that do not fit at all are left out.

        1.0 where every part is a place and each lies in the next (`["chongfu", "tongxiang", "jiaxing"]`); a name found in the
        province but not in the chain counts in part. Where no province fits best and some name is unknown, towns and near matches (a
        wrong letter) are asked as well, and count less.

        Args:
            keys: Keys of the parts, the most specific first.
            year: The year whose names apply, None for any.
        """
        asked = (tuple(keys), year)
        if asked not in self._weights:
            self._weights[asked] = self._weigh([key for key in keys if key], year)
        return self._weights[asked]

    def _weigh(self, keys: list[str], year: int | None) -> dict[str, float]:
        exact = [self.candidates(key, year, towns=False) for key in keys]
        weights = _fit(exact, [()] * len(keys))
        best = max(weights.values(), default=0.0)
        if list(weights.values()).count(best) == 1 or all(exact):
            return weights
        exact = [places or self.towns(key) for key, places in zip(keys, exact, strict=True)]
        return _fit(exact, [() if len(key) > _LONGEST_NAME else self.near(key, year) for key in keys])


@lru_cache(maxsize=50_000)
def _may_lie_in(lexicon: Lexicon, key: str, other: str, year: int | None, *, towns: bool) -> bool:
    outer = lexicon.candidates(other, year, towns=towns)
    return any(place.lies_in(parent) for place in lexicon.candidates(key, year) for parent in outer)


def _fit(exact: list[tuple[Place, ...]], near: list[tuple[tuple[Place, float], ...]]) -> dict[str, float]:
    """Similarity per province of a chain of parts with these exact and near candidates; parts nobody knows are left out."""
    known = [(places, nearly) for places, nearly in zip(exact, near, strict=True) if places or nearly]
    provinces = {p.province_code for places, nearly in known for p in (*places, *(p for p, _ in nearly))}
    certainty = _UNKNOWN_PART ** (len(exact) - len(known))
    weights = {}
    for province in sorted(provinces):
        inside = [[p for p in places if p.province_code == province] for places, _ in known]
        if len(known) > 1 and _is_chain(inside):
            weights[province] = certainty
            continue
        parts = []
        for places, (_, nearly) in zip(inside, known, strict=True):
            best = max((_LEVEL_WEIGHT[p.level] for p in places), default=0.0)
            parts.append(max([best, *(_NEAR_WEIGHT * s * _LEVEL_WEIGHT[p.level] for p, s in nearly if p.province_code == province)]))
        weights[province] = certainty * sum(parts) / len(parts) * (1.0 if len(parts) == 1 else _UNCHAINED)
    return weights


def _is_chain(parts: list[list[Place]]) -> bool:
    """Whether one candidate of each part lies in one of the next part's."""
    parents = parts[-1]
    for places in reversed(parts[:-1]):
        parents = [p for p in places if any(p.lies_in(parent) for parent in parents)]
    return bool(parents)


def _distinctive(keys: list[str]) -> list[str]:
    """A zone's keys that name it on their own: not `new` of `wuxinew` nor `开发区` of `广州开发区`, which any text may hold."""
    return [
        key for key in keys if not any(key in other[1:] for other in keys) or any(other.startswith(key) and other != key for other in keys)
    ]


def _last_of_name(text: str, words: list[tuple[int, int, str]], first: int) -> int:
    """Index of the last word a name beginning at `first` may have: capitalised words or kinds of place, a space or hyphen between."""
    last = first
    while (
        last + 1 < len(words)
        and last - first < _MOST_WORDS
        and text[words[last][1] : words[last + 1][0]] in (" ", "-")
        and (words[last + 1][2][0].isupper() or words[last + 1][2] in KINDS_OF_PLACE)
    ):
        last += 1
    return last


@lru_cache(maxsize=1)
def _loaded(*files: tuple[Path, int]) -> Lexicon:
    provinces, divisions, zones, towns, terms, known = (file for file, _ in files)
    return Lexicon(rows_of(provinces), [*rows_of(divisions), *rows_of(zones)], towns, terms, rows_of(known))
