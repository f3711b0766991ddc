"""What places are widely known for, as the seed says it: by the names that texts call them. No reading of texts."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cached_property

from orchestration.reading.keys import bare_key, is_chinese, place_key, simplified_in_place

_TOWN_CODE = 9  # digits of a town's code
_SHORTEST_TOWN = 2  # characters
_SHORTEST_LATIN = 4  # letters of another name
_NOTHING: frozenset[str] = frozenset()
_CAPITALISED = re.compile(r"\b[A-Z][a-z]+(?:['’][a-z]{2,})?")


class Renown:
    """Industries by the keys of the places known for them, Latin and Han ones.

    Args:
        rows: The rows of `specialities.csv`.
        names: The keys of all names of places by their ids: Swatow for Shantou.
    """

    def __init__(self, rows: Iterable[dict[str, str]], names: Mapping[str, Set[str]]) -> None:
        self._known: dict[str, set[str]] = {}
        self._towns: dict[str, set[str]] = {}  # by their bare Han names, which may be any words: 港口, 公平
        for row in rows:
            bare = bare_key(row["name_zh"])
            others = (bare_key(key) for key in names.get(row["place_id"], _NOTHING))
            for key in (place_key(row["name_en"]), bare, *(key for key in others if key.isascii() and len(key) >= _SHORTEST_LATIN)):
                self._known.setdefault(key, set()).add(row["industry_id"])
            if len(row["place_id"]) == _TOWN_CODE and len(bare) >= _SHORTEST_TOWN:
                self._towns.setdefault(bare, set()).add(row["industry_id"])

    def of(self, key: str) -> Set[str]:
        """The industries that a place of this key is widely known for."""
        return self._known.get(bare_key(key), _NOTHING)

    def towns_in(self, simple: str) -> Iterator[tuple[int, int, Set[str]]]:
        """The bare Han names of such towns in a text in simplified characters, and what each is known for."""
        for start in range(len(simple) - 1):
            for town in self._towns_by_begin.get(simple[start : start + 2], ()):
                if simple.startswith(town, start):
                    yield start, start + len(town), self._towns[town]
                    break

    def may_name(self, text: str) -> bool:
        """Whether a text holds what may be the name of such a place: the cheap question."""
        if is_chinese(text):
            simple = simplified_in_place(text)
            return not self._begins.isdisjoint([simple[start : start + 2] for start in range(len(simple) - 1)])
        return not self._known.keys().isdisjoint(map(place_key, _CAPITALISED.findall(text)))

    @cached_property
    def _begins(self) -> frozenset[str]:
        """The first two characters of the Han names."""
        return frozenset(key[:2] for key in self._known if not key.isascii())

    @cached_property
    def _towns_by_begin(self) -> dict[str, list[str]]:
        """The bare names of the towns by their first two characters, the longest first."""
        towns: dict[str, list[str]] = {}
        for town in sorted(self._towns, key=len, reverse=True):
            towns.setdefault(town[:2], []).append(town)
        return towns
