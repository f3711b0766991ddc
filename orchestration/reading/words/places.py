"""A printed place taken apart: `Chongfu, Tongxiang, Jiaxing` is three names, `江苏泰州泰兴黄桥镇` four. Which places they are is not asked.

The lexicon is used where print alone cannot tell names apart: words with a space between them, and glued Han names.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from orchestration.reading.keys import HAN, KINDS_OF_PLACE, place_key
from orchestration.reading.layout import Cell
from orchestration.reading.observations import PlacePart
from orchestration.reading.words.lexicon import Lexicon

Span = tuple[int, int]

_ALTERNATIVES = re.compile(r"\s*(?:[;；/、]|\s(?:and|&|as well as)\s)\s*")
_STEPS = re.compile(r"\s*[/>›»→\\|]\s*|\s[-–—]\s")  # from a place to the one it lies in, or the other way round
_NESTED = 0.94  # how well places that lie in one another fit a province, one unknown name among them at most
_HAN_ALTERNATIVES = re.compile(r"[\s]*(?:[;；/、,，&]|和|与|與|及|以及)[\s]*")
_MARK = re.compile(r"\s*(?:[,，(（\[【]\s*(?:(?:in|of)\s+)?|(?P<closing>[)）\]】]))\s*")
_OF = re.compile(r"\s+(?:of|in|under)\s+(?:the\s+)?", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<=\w)['’`´]s\s+")
_THE_ONE = re.compile(r"the\s(\S+)\sone", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’‘`´ʼ][^\W\d_]+)*")
_HAN_PART = re.compile(r"[^省市县區区州盟旗镇鎮乡鄉街道]+(?:自治[区州县旗]|地区|街道|开发区|新区|[省市县區区州盟旗镇鎮乡鄉])?")
_DIVISION = re.compile(r"(?:兵[团團])?第?[一二三四五六七八九十\d]{1,3}[师師]")  # of the corps, before the city it runs: 第八师石河子市
_CORPS = re.compile(r"(新疆)?(?:生[产產]建[设設])?兵[团團]")
_LATIN_NAME = re.compile(r"[A-Za-z]{2,}")
_NOT_HAN = re.compile(r"[A-Za-z'’()（）\[\].-]")
_ZONE_WORDS = KINDS_OF_PLACE | {"zone", "park", "area", "corps", "division", "port", "island"}


_SURE = 0.9  # of a province: one name of the chain may be unknown


class Part(NamedTuple):
    """One name within a printed place; the span counts in the printed text."""

    place_ordinal: int
    part_ordinal: int
    printed: str
    key: str
    shortened_key: str | None
    start: int
    end: int


@lru_cache(maxsize=50_000)
def split_place(text: str, lexicon: Lexicon, year: int | None) -> tuple[Part, ...]:
    """The names in a printed place, per place, the most specific first; empty where there is no letter in it."""
    places = _glossed(text, lexicon, year) or (_han_places(text, lexicon, year) if HAN.search(text) else _latin_places(text, lexicon, year))
    parts = []
    for place_ordinal, spans in enumerate(places, 1):
        for part_ordinal, (start, end) in enumerate(spans, 1):
            printed = text[start:end]
            parts.append(Part(place_ordinal, part_ordinal, printed, place_key(printed), _shortened_key(printed), start, end))
    return tuple(parts)


def place_parts(observation_id: str, source_id: str, cell: Cell, lexicon: Lexicon, year: int | None) -> list[PlacePart]:
    """The records of a printed place that stands in this cell."""
    return [
        PlacePart(
            observation_id=observation_id,
            source_id=source_id,
            place_ordinal=part.place_ordinal,
            part_ordinal=part.part_ordinal,
            printed=part.printed,
            key=part.key,
            shortened_key=part.shortened_key,
            line_number=cell.line_number,
            char_start=cell.char_start + part.start,
            char_end=cell.char_start + part.end,
        )
        for part in split_place(cell.text, lexicon, year)
    ]


def places_apart(cells: tuple[Cell, ...], lexicon: Lexicon, year: int | None) -> list[tuple[Cell, ...]]:
    """`江苏丹阳、浙江温州` is a place of its own in each of several provinces; what lies in one province, or is a single place, is one."""
    text, cell = ("", None) if len(cells) != 1 else (cells[0].text, cells[0])
    spans = _split(text, (0, len(text)), _HAN_ALTERNATIVES) if cell and HAN.search(text) else []
    provinces = [_only_province(text[start:end], lexicon, year) for start, end in spans]
    if cell is None or len(set(provinces)) < 2 or not all(provinces):
        return [cells]
    return [(Cell(text[start:end], cell.line_number, cell.char_start + start, cell.char_start + end),) for start, end in spans]


def are_of_first(texts: Sequence[str], lexicon: Lexicon, year: int | None) -> bool:
    """Whether places lie in the prefecture that only the first names: `巴音郭楞州焉耆县`, `和硕县` of one cluster."""
    first, *others = [split_place(text, lexicon, year) for text in texts] or [()]
    above = first[1].key if len(first) > 1 else ""
    is_prefecture = any(place.level == "prefecture" for place in lexicon.candidates(above, year, towns=False))
    return bool(others) and is_prefecture and all(len(p) == 1 and lexicon.may_lie_in(p[0].key, above, year) for p in others)


def _only_province(text: str, lexicon: Lexicon, year: int | None) -> str | None:
    """The province of a text that begins with one and names a place of it."""
    names = split_place(text, lexicon, year)
    weights = province_weights(text, lexicon, year)
    is_whole = len(names) > 1 and lexicon.is_province(names[-1].key)
    return next((code for code, weight in weights.items() if weight >= _SURE), None) if is_whole else None


@lru_cache(maxsize=50_000)
def province_weights(text: str, lexicon: Lexicon, year: int | None) -> dict[str, float]:
    """How well a printed place fits each province; junk glued on behind a name is left off where the name alone is known."""
    weights: dict[str, float] = {}
    parts = split_place(text, lexicon, year)
    for ordinal in {part.place_ordinal for part in parts}:
        keys = [_known_key(part, lexicon) for part in parts if part.place_ordinal == ordinal]
        for province, weight in lexicon.provinces_of(keys, year).items():
            weights[province] = max(weight, weights.get(province, 0.0))
    return weights


def _known_key(part: Part, lexicon: Lexicon) -> str:
    if part.shortened_key and not lexicon.is_place(part.key) and lexicon.is_place(part.shortened_key):
        return part.shortened_key
    return part.key


def _shortened_key(printed: str) -> str | None:
    """`Linqing Ki` -> `linqing`; None where there is one word, or the last one is a kind of place."""
    words = list(_WORD.finditer(printed))
    if len(words) < 2 or HAN.search(printed) or words[-1].group().lower() in _ZONE_WORDS:
        return None
    return place_key(printed[: words[-2].end()]) or None


def _glossed(text: str, lexicon: Lexicon, year: int | None) -> list[list[Span]]:
    """`Shaxi (沙溪), Zhongshan`: one place named in both scripts; the names of either speak for it."""
    if not (HAN.search(text) and _LATIN_NAME.search(text)):
        return []
    latin = _latin_places(HAN.sub(" ", text), lexicon, year)
    han = _han_places(_NOT_HAN.sub(" ", text), lexicon, year)
    return [[*latin[0], *han[0]]] if len(latin) == len(han) == 1 else []


def _latin_places(text: str, lexicon: Lexicon, year: int | None) -> list[list[Span]]:
    """`A and B, C` is A in C and B in C where the gazetteer has A in C; else A alone and B in C. `C / B / A` is one place."""
    steps = _split(text, (0, len(text)), _STEPS) if _STEPS.search(text) else []
    if steps and is_nested([text[start:end] for start, end in steps], lexicon, year):
        return [_specific_first(text, [name for step in steps for name in _latin_chain(text, step, lexicon, year)], lexicon, year)]
    places = [_latin_chain(text, span, lexicon, year) for span in _split(text, (0, len(text)), _ALTERNATIVES)]
    places = [_specific_first(text, place, lexicon, year) for place in places if place]
    for index in range(len(places) - 2, -1, -1):
        parents = places[index + 1][1:]
        if len(places[index]) == 1 and parents:
            keys = [place_key(text[start:end]) for start, end in [*places[index], *parents]]
            if max(lexicon.provinces_of(keys, year).values(), default=0) == 1.0:
                places[index] += parents
    return places


def is_nested(names: Sequence[str], lexicon: Lexicon, year: int | None) -> bool:
    """Whether places lie in one another, from the first to the last or the other way round; one of several may be unknown."""
    keys = [place_key(name) for name in names]
    if not all(keys) or sum(lexicon.is_place(key, towns=True) for key in keys) < 2:
        return False
    fits = max(_best(lexicon.provinces_of(ordered, year)) for ordered in (keys, keys[::-1]))
    is_chain = any(all(lexicon.may_lie_in(a, b, year) for a, b in pairwise(ordered)) for ordered in (keys, keys[::-1]))
    return fits > _NESTED or is_chain


def _specific_first(text: str, place: list[Span], lexicon: Lexicon, year: int | None) -> list[Span]:
    """`Guangdong, Foshan, Shunde` the other way round."""
    keys = [place_key(text[start:end]) for start, end in place]
    is_reversed = len(keys) > 1 and _best(lexicon.provinces_of(keys[::-1], year)) > _best(lexicon.provinces_of(keys, year))
    return place[::-1] if is_reversed else place


def _latin_chain(text: str, span: Span, lexicon: Lexicon, year: int | None) -> list[Span]:
    """The names of one place, the most specific first."""
    chain: list[Span] = []
    for piece in _pieces(text, span):
        names = [name for of_part in _split(text, piece, _OF) for name in reversed(_split(text, of_part, _POSSESSIVE))]
        chain += [word for name in names for word in _words(text, name, lexicon, year)]
    return [(start, end) for start, end in chain if _WORD.search(text, start, end)]


def _words(text: str, span: Span, lexicon: Lexicon, year: int | None) -> list[Span]:
    """Names with only a space between them: `Wenzhou Yueqing` is Yueqing in Wenzhou, `Wuxi New District` the New District of Wuxi."""
    start, end = span
    printed = text[start:end]
    if " " not in printed or lexicon.is_place(place_key(printed)):
        return [span]
    found = [(start + place.start, start + place.end) for place in lexicon.find_places(printed, year)]
    if not found or found[0][0] != start:
        return [span]
    rest = text[found[-1][1] : end].strip()
    if rest and rest.split()[-1].lower() in _ZONE_WORDS and len(rest.split()) > 1:
        found.append((end - len(rest), end))
    elif rest or any(text[a[1] : b[0]].strip() for a, b in pairwise(found)):
        return [span]
    keys = [place_key(text[a:b]) for a, b in found]
    is_specific_first = _best(lexicon.provinces_of(keys, year)) > _best(lexicon.provinces_of(keys[::-1], year))
    return found if is_specific_first else found[::-1]


def _best(weights: dict[str, float]) -> float:
    return max(weights.values(), default=0.0)


def _han_places(text: str, lexicon: Lexicon, year: int | None) -> list[list[Span]]:
    """Glued Han names run from the general to the specific; marks and `和` between known names part several places.

    A place after the first that names no province stands in that of the one before it where that has it: `浙江宁波、温州`.
    """
    places: list[list[Span]] = [[]]
    position = 0
    for found in [*lexicon.find_places(text, year), None]:
        gap = (position, found.start if found else len(text))
        for index, (start, end) in enumerate(_split(text, gap, _HAN_ALTERNATIVES)):
            if index:
                places.append([])
            piece = (start + text.startswith("的", start, end), end)  # 湖州吴兴的织里
            if lexicon.is_place(place_key(text[slice(*piece)]), towns=True):
                places[-1].append(piece)  # 厚街 is no street
                continue
            places[-1] += [(m.start(), m.end()) for m in _HAN_PART.finditer(text, *piece) if HAN.search(m.group())]
        if found:
            start = found.start
            if found.level == "town" and places[-1] and places[-1][-1][1] == start > position:  # 唐镇 within 大唐镇
                start = places[-1].pop()[0]
            places[-1].append((start, found.end))
            position = found.end
    places = [place for place in places if place]
    for before, place in pairwise(places):
        keys = [place_key(text[start:end]) for start, end in (before[0], place[0])]
        if lexicon.is_province(keys[0]) and not lexicon.is_province(keys[1]) and _best(lexicon.provinces_of(keys[::-1], year)) == 1.0:
            place.insert(0, before[0])
            if len(before) == 1:  # `浙江省,乐清市` is one place
                before.clear()
    places = [[span for span in place if not _DIVISION.fullmatch(text, *span)] or place for place in places if place]
    return [_without_corps(text, place)[::-1] for place in places]


def _without_corps(text: str, place: list[Span]) -> list[Span]:
    """The names of a place of the corps without the corps, which nothing lies in by its code: 新疆 and 石河子市."""
    kept = [found.span(1) if (found := _CORPS.fullmatch(text, *span)) else span for span in place[:-1]]
    return [*((start, end) for start, end in kept if end > start), *place[-1:]]


def _pieces(text: str, span: Span) -> list[Span]:
    """The text between commas and brackets, however deep, but not behind a closing one: `Zhili (Wuxing (Huzhou), Zhejiang)` is four."""
    pieces, start, is_behind = [], span[0], False
    for match in [*_MARK.finditer(text, *span), None]:
        end = match.start() if match else span[1]
        if not is_behind:
            pieces.append(_bare(text, _trim(text, (start, end))))
        start, is_behind = (match.end(), match["closing"] is not None) if match else (end, False)
    return pieces


def _bare(text: str, span: Span) -> Span:
    """The name in `Taizhou (the Zhejiang one)`."""
    one = _THE_ONE.fullmatch(text, *span)
    return one.span(1) if one else span


def _split(text: str, span: Span, separator: re.Pattern[str]) -> list[Span]:
    pieces, start = [], span[0]
    for match in separator.finditer(text, *span):
        pieces.append((start, match.start()))
        start = match.end()
    return [_trim(text, piece) for piece in [*pieces, (start, span[1])]]


def _trim(text: str, span: Span) -> Span:
    piece = text[slice(*span)]
    start = span[0] + len(piece) - len(piece.lstrip())
    return start, max(start, span[0] + len(piece.rstrip()))
