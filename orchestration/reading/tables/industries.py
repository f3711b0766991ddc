"""A printed industry taken apart: several in one cell, the name within a title, a place at its beginning. Which industry is not asked."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from orchestration.reading.keys import HAN, industry_key, place_key
from orchestration.reading.layout import Cell
from orchestration.reading.tables.columns import ends_as_cluster
from orchestration.reading.words.gazetteer import Place, PlaceSpan
from orchestration.reading.words.lexicon import Lexicon

_TITLE_END = r"(?:(?:历史文化|歷史文化)?名[城镇鎮县縣都乡鄉区區村]|(?:产业|產業)?之[都乡鄉城]|(?:工艺|工藝)城)"
_ONE_CLUSTER = re.compile(
    r"\S.*?\bclusters?\b[\s,;&]*(?:and\b\s*)?"
    rf"|[^\s、，,；;]+?(?:产业集群|產業集群|{_TITLE_END}|(?<=中[国國]\S)都|(?<=中[国國]\S\S)都)[\s、，,；;和与]*",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"[\s/,;&、，；和与跟]*(?:\band\s*)?$", re.IGNORECASE)
_TITLE = re.compile(
    rf"[“\"《「『（(]?(?:(?:中国|中國|全国|全國|国家级?|世界|全球|国际|國際|亚洲|亞洲)(?:西部|东方)?|西部|北方|南方)(?P<industry>[^、，,；;]{{1,12}}?)"
    rf"(?:{_TITLE_END}|都|(?:(?:特色)?(?:产业|產業)|生产|生產|制造业?|加工|出口)?基地[市县縣]?)[”\"》」』）)]?"
    r"|[“\"「]?(?P<plain>[一-鿿]{2,8}?)(?:之[都乡鄉]|名[镇鎮城])[”\"」]?"
)
_KIND_EN = r"(?:town|city|county|capital|base|hometown|kingdom|village)"
_TITLE_EN = re.compile(
    rf"[“\"'‘]?(?:the\s)?(?:(?:china(?:['’]s)?|chinese|national|(?:the\s)?(?:country|nation|world)['’]s)\s(?P<of_china>[^,;]+?)\s{_KIND_EN}"
    rf"|(?P<before>[^,;]+?)\s{_KIND_EN}\sof\s(?:china|the\s(?:world|east))"
    rf"|(?:(?:(?:china|world)['’]s|chinese)\s)?{_KIND_EN}\sof\s(?P<behind>[^,;]+?)(?:\sin\schina)?)[”\"'’]?",
    re.IGNORECASE,
)
_FIRST_WORD = re.compile(r"[A-Z][a-z]+(?:['’][a-z]+)?(?=\s[A-Za-z])")
_BRACKETED = re.compile(r"[(（]([^()（）]+)[)）]")
_ENUMERATED = re.compile(r"\s*[、；;]\s*|\s/\s|(?<=[一-鿿]{2})跟(?=[一-鿿]{2})|(?<=[a-z]),\s(?:and\s)?(?=[a-zA-Z])")
_OPEN, _CLOSED = re.compile("[(（]"), re.compile("[)）]")
_GOODS = re.compile(r"(?:s|wear|clothing|furniture|ware|hardware)$", re.IGNORECASE)
_FEWEST_LETTERS = 2
_ZONE = re.compile(r"[一-鿿]{0,8}?(?:[开開][发發][区區]|高新[区區]|新[区區城]|工[业業][园園]区?|[产產][业業][园園]区?)")
_TOWN_KINDS = frozenset("镇鎮乡鄉道")
_LONGEST_HAN_NAME = 8


def part(cell: Cell, start: int, end: int) -> Cell:
    """A stretch of a cell as a cell of its own, without the blanks around."""
    text = cell.text[start:end]
    stripped = text.strip()
    begin = cell.char_start + start + (len(text) - len(text.lstrip()))
    return Cell(stripped, cell.line_number, begin, begin + len(stripped))


def trades_within(cell: Cell, lexicon: Lexicon) -> list[Cell]:
    """The trades of a cell: those that it enumerates, else those that it names one behind the other, else itself."""
    return several_trades(cell, lexicon) or split_industries(cell)


def several_trades(cell: Cell, lexicon: Lexicon) -> list[Cell]:
    """`眼镜、钻头`, `buttons, zips`: several trades in one cell, each a term of its own, half of them in Chinese; else none."""
    if not _ENUMERATED.search(cell.text):
        return []
    cuts = [0, *(match.end() for match in _ENUMERATED.finditer(cell.text)), len(cell.text)]
    pieces = [part(cell, start, len(_BEHIND.sub("", cell.text[:end]))) for start, end in pairwise(cuts)]
    if any(len(_OPEN.findall(piece.text)) != len(_CLOSED.findall(piece.text)) for piece in pieces):
        return []  # stone (slabs, tiles), 陶瓷（日用、电瓷）
    keys = [industry_key(piece.text) for piece in pieces]
    told = [(piece.text, key) for piece, key in zip(pieces, keys, strict=True)]
    known = sum(map(lexicon.is_trade, keys))
    is_han_list = HAN.search(cell.text) is not None and 2 * known >= len(pieces) and all(map(_is_short_name, pieces))
    is_list = len(pieces) > 1 and not ends_as_cluster(cell.text) and (known == len(pieces) or is_han_list)
    if "," in cell.text:  # of goods that differ: `Knives, scissors` is one trade
        are_goods = all(_GOODS.search(text) or (text[0].islower() and lexicon.is_term(key)) for text, key in told)
        is_list = is_list and are_goods and len({lexicon.industry_of(key) for key in keys}) == len(keys)
    return pieces if is_list else []


def _is_short_name(piece: Cell) -> bool:
    return 1 < len(piece.text) <= _LONGEST_HAN_NAME and HAN.match(piece.text) is not None and not _TITLE.fullmatch(piece.text)


def names_cluster(text: str) -> bool:
    """Whether a text names a cluster as such: it ends as their names do, or is a title such as `China's Capital of Valves`."""
    return ends_as_cluster(text) or _industries_within(text) != ((0, len(text)),)


def split_industries(cell: Cell) -> list[Cell]:
    """`Trainers industrial cluster Zipper industrial cluster` is two cells, `中国五金之都、中国门都` 五金 and 门; one industry is one."""
    if bracketed := _BRACKETED.fullmatch(cell.text):
        cell = part(cell, *bracketed.span(1))
    found = _industries_within(cell.text)
    return [cell] if found == ((0, len(cell.text)),) else [part(cell, start, end) for start, end in found]


@lru_cache(maxsize=50_000)
def _industries_within(text: str) -> tuple[tuple[int, int], ...]:
    """Where the industries of a cell stand in it: tables repeat their industries, and what one is hangs on its print alone."""
    pieces = list(_ONE_CLUSTER.finditer(text))
    if len(pieces) < 2 or pieces[-1].end() != len(text) or pieces[0].start() != 0:
        return (_within_title(text, 0, len(text)),)
    return tuple(_within_title(text, piece.start(), piece.start() + len(_BEHIND.sub("", piece.group()))) for piece in pieces)


def _within_title(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end].strip()
    title = _TITLE.fullmatch(piece) or _TITLE_EN.fullmatch(piece)
    if not title:
        return start, end
    begin = start + text[start:end].index(piece)
    first, last = next(title.span(name) for name, printed in title.groupdict().items() if printed)
    return begin + first, begin + last


def without_place(industry: Cell, places: list[str], province: str | None, lexicon: Lexicon, year: int | None) -> tuple[Cell, Cell | None]:
    """`乐清电气产业集群` in 温州 is 电气产业集群 in 乐清: the industry without the place it begins with, and the place if it says more.

    A name such as 龙井茶 begins with a county's as well: it is taken for the place only where the row's own place or province agrees.
    """
    last = _leading_place(industry.text, lexicon, year) if places or province else None
    known = [place for text in places for span in lexicon.find_places(text, year) for place in span.places if place.level != "province"]
    if last is not None and not (_is_left(industry.text, last.end) and _agree(last.places, known, places, province)):
        return industry, None
    is_coarser = last is not None and any(a.lies_in(b) for a in known for b in last.places)
    town = _town_behind(industry.text, last.end if last else 0, last.places if last and not is_coarser else known, lexicon)
    end = town or (last.end if last else 0)
    is_known = last is None or is_coarser
    return part(industry, end, len(industry.text)), None if is_known and not town else part(industry, 0, end)


def behind_place(industry: Cell, lexicon: Lexicon, year: int | None) -> tuple[Cell, Cell] | None:
    """The place that a cell begins with and the industry behind it: `Anping wire mesh`, 乐清低压电器; None where it begins with none."""
    last = _leading_place(industry.text, lexicon, year)
    if last is None:
        return None
    zone = _ZONE.match(industry.text, last.end)
    end = zone.end() if zone and _is_left(industry.text, zone.end()) else last.end
    return (part(industry, 0, end), part(industry, end, len(industry.text))) if _is_left(industry.text, end) else None


def _is_left(text: str, end: int) -> bool:
    """Whether behind a place enough of a text is left to be an industry."""
    rest = text[end:].strip()
    return (len(HAN.findall(rest)) if HAN.search(text) else len(rest)) >= _FEWEST_LETTERS


def _town_behind(text: str, start: int, parents: Sequence[Place], lexicon: Lexicon) -> int | None:
    """Where the bare name of a town of those places ends, if a trade is behind it: the 陈村 of 陈村机械 in 顺德; 石材 is a trade itself.

    So does `Datang Hosiery` in Zhuji begin with a town of Zhuji.
    """
    word = _FIRST_WORD.match(text, start)
    is_latin_town = word and any(town.lies_in(parent) for town in lexicon.towns(place_key(word.group())) for parent in parents)
    end = word.end() if word and is_latin_town else lexicon.town_behind(text, start, parents)
    is_town = end and lexicon.is_trade(industry_key(text[end:])) and not lexicon.is_term(industry_key(text[start:]))
    return end if is_town else None


@lru_cache(maxsize=50_000)
def _leading_place(text: str, lexicon: Lexicon, year: int | None) -> PlaceSpan | None:
    """The finest of the places a text begins with, one in the other; a town only where its kind is written: 织里镇, no 石材."""
    last: PlaceSpan | None = None
    for span in lexicon.find_places(text, year):
        is_next = span.start == (last.end if last else 0) and (span.level != "town" or text[span.end - 1] in _TOWN_KINDS)
        if not is_next or (last and not any(inner.lies_in(outer) for inner in span.places for outer in last.places)):
            break
        last = span
    return last


def _agree(inside: Sequence[Place], known: Sequence[Place], places: list[str], province: str | None) -> bool:
    """Whether the place lies in the row's place, or the row's in it; with no place in the row, whether it is of the province."""
    if known:
        return any(a.lies_in(b) or b.lies_in(a) for a in inside for b in known)
    return not places and province is not None and any(a.province_code == province for a in inside)
