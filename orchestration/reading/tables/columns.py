"""Which cell of a row is the province, the place and the industry, by what the cells hold; what the columns are is told by `headers`.

Cells of a row are matched to columns in order by what they say, position being a hint only: a lost or doubled tab moves cells, not
their content.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from orchestration.reading.keys import HAN, place_key
from orchestration.reading.layout import Cell, Grid
from orchestration.reading.phrases.figures import NUMBER_WORDS, han_value
from orchestration.reading.tables.headers import PLACES, Role, role_of
from orchestration.reading.words.lexicon import Lexicon
from orchestration.reading.words.places import split_place

_NUMBER_WORDS = {word: value for word, value in NUMBER_WORDS.items() if 1 <= value <= 12}
_COUNTED = "clusters?|winners?|entries|places?|bases?|towns?|listed"
_LABEL = re.compile(
    r"(?P<name>[^()（）\[\]【】:：,，;；]*?[^()（）\[\]【】:：,，;；\s*])[\s*]*(?:[(（\[【]\s*(?:(?:共|计)?"
    rf"(?P<count>\d{{1,5}}|[一二两三四五六七八九十]{{1,3}}(?=[个個家席项項处處])|{'|'.join(_NUMBER_WORDS)})\s*(?:[个個家席项項处處]|{_COUNTED})?"
    rf"|(?P<remark>[^()（）\[\]【】]{{1,12}}))\s*[)）\]】]?|[-–—]\s*(?P<behind>\d{{1,5}})\s*(?:[个個家席]|{_COUNTED}))?\s*",
    re.IGNORECASE,
)
_CLUSTER = re.compile(r"(?:clusters?|bases?|hubs?|集群|集聚区|基地|产业|產業)$", re.IGNORECASE)
_OFFICE = re.compile(
    r"[一-鿿]{2}(?:[厅廳局委]|[办辦]公室|[协協商学學][会會]|中心|公司|集[团團]|政府|[管]委[会會]|研究院)$"
)  # 六盘水市工业和信息化局
_NUMBER = re.compile(r"[\d\s.,%/:-]+")
_PROVINCE_WORD = re.compile(r"\b(?:province|municipality|autonomous region)\b|[省市]$", re.IGNORECASE)

DITTO = frozenset('″〃〞”"＂') | {"同上", "''"}  # as above
_OWN_POSITION = 0.35  # what standing in its own column is worth against content
_LONGEST_NAME = 24  # letters; what is longer is no misspelt place
MOST = 0.6  # of a column's cells: what the column holds
_SURE = 0.5  # content at or above this needs no second look


class LabelText(NamedTuple):
    """A province label taken apart: `Zhejiang province (25)` is `zhejiang`, 25; of `Zhejiang (continued)` the remark is kept."""

    key: str
    declared: int | None
    remark: str | None


@lru_cache(maxsize=50_000)
def label_text(text: str, lexicon: Lexicon) -> LabelText | None:
    """The label in a cell, None where it is none: a province's name (a letter may be wrong), with or without a count."""
    text = text[1:-1] if text[:1] in ("[", "【") and text[-1:] in ("]", "】") else text  # 【陕西】
    match = _LABEL.fullmatch(text)
    if match is None:
        return None
    count = (match["count"] or match["behind"] or "").lower()
    declared = int(_NUMBER_WORDS.get(count) or han_value(count)) if count else None
    is_marked = count or match["remark"] or _PROVINCE_WORD.search(match["name"])
    key = _province_key(match["name"], lexicon) if is_marked else place_key(match["name"])
    return LabelText(key, declared, match["remark"]) if key and (is_marked or lexicon.is_province(key)) else None


def _province_key(name: str, lexicon: Lexicon) -> str | None:
    """The key of a label's province: of the whole name, else of its first words (`Zhejiang provlnce`), else nearly one (`Zhejlang`)."""
    keys = [place_key(" ".join(words)) for count in range(len(name.split()), 0, -1) if (words := name.split()[:count])]
    exact = next((key for key in keys if lexicon.is_province(key)), None)
    return exact or next((key for key in keys if any(p.level == "province" for p, _ in lexicon.near(key, None)[:3])), None)


def ends_as_cluster(text: str) -> bool:
    """Whether a text ends as names of clusters do, in either language."""
    return _CLUSTER.search(text) is not None


def is_prefecture(text: str, lexicon: Lexicon) -> bool:
    """Whether a text in Chinese is the name of a prefecture, as some cities stand among provinces: 大连市."""
    return HAN.match(text) is not None and any(place.level == "prefecture" for place in lexicon.candidates(place_key(text), None))


class CellJudge:
    """How well a cell's text fits each role, 0 to about 1, for one lexicon and year; misspelt places and towns only if thorough."""

    def __init__(self, lexicon: Lexicon, year: int | None, *, is_thorough: bool = True) -> None:
        self.lexicon = lexicon
        self.year = year
        self.is_thorough = is_thorough

    def scores(self, text: str) -> dict[Role, float]:
        """The fit of a text to every role."""
        return _scores(text, self.lexicon, self.year, self.is_thorough)


@lru_cache(maxsize=50_000)
def _scores(text: str, lexicon: Lexicon, year: int | None, is_thorough: bool) -> dict[Role, float]:
    if _NUMBER.fullmatch(text):
        return dict.fromkeys(Role, 0.0) | {Role.OTHER: 0.8}
    if _OFFICE.search(text):
        return dict.fromkeys(Role, 0.0) | {Role.OTHER: 0.8}
    if ends_as_cluster(text):
        return dict.fromkeys(Role, 0.0) | {Role.INDUSTRY: 1.0, Role.OTHER: 0.1}
    label, place = label_text(text, lexicon), _place_score(text, lexicon, year, is_thorough)
    scores = dict.fromkeys(PLACES, place)
    scores[Role.PROVINCE] = (1.2 if label.declared is not None else 0.9) if label else 0.0
    scores[Role.INDUSTRY] = 0.6 if place < _SURE and not label else 0.1
    scores[Role.OTHER] = 0.1
    return scores


def _place_score(text: str, lexicon: Lexicon, year: int | None, is_thorough: bool) -> float:
    """How much a text looks like a place: the share of its names that are known, a name beside a known one counting half.

    Misspelt names and towns are asked for only where nothing is known: both cost time, and beside a known name they decide nothing.
    """
    parts = split_place(text, lexicon, year)
    known = [lexicon.is_place(part.key) or (part.shortened_key is not None and lexicon.is_place(part.shortened_key)) for part in parts]
    if any(known):
        return (sum(known) + len(known)) / (2 * len(known))
    return max((_score_unknown(part.key, lexicon, year) for part in parts), default=0.0) if is_thorough else 0.0


def _score_unknown(key: str, lexicon: Lexicon, year: int | None) -> float:
    if len(key) > _LONGEST_NAME or (HAN.match(key) and len(key) < 3):
        return 0.1
    return 0.6 if lexicon.near(key, year) or lexicon.is_place(key, towns=True) else 0.1


def roles_by_content(grid: Grid, judge: CellJudge, names_cluster: Callable[[str], bool]) -> list[Role] | None:
    """The roles of the columns of a table without a header; None where no column names clusters as such, or none holds places."""
    columns = [[row[index].text for row in grid if row[index].text] for index in range(min(map(len, grid), default=0))]
    fits = {
        Role.INDUSTRY: [_share(texts, names_cluster) for texts in columns],
        Role.PROVINCE: [_share(texts, lambda text: label_text(text, judge.lexicon) is not None) for texts in columns],
        Role.CITY: [_share(texts, lambda text: judge.scores(text)[Role.CITY] >= _SURE) for texts in columns],
    }
    roles = [Role.OTHER] * len(columns)
    for role, shares in fits.items():
        free = [(share, -index) for index, share in enumerate(shares) if share >= MOST and roles[index] is Role.OTHER]
        if free:
            roles[-max(free)[1]] = role
        elif role is Role.INDUSTRY:
            return None
    return roles if Role.PROVINCE in roles or Role.CITY in roles else None


def with_place_column(roles: list[Role], header: Sequence[Cell], rows: Grid, judge: CellJudge) -> list[Role]:
    """The roles, with a column of places found by its cells where no word of the header tells: `Place, with its prefecture`.

    Beside a column of places it is one where its places lie in those: `hub` before `prefecture`.
    """
    roles = [*roles, *[Role.OTHER] * (len(header) - len(roles))]  # a span at the end of the header has columns below it
    told = next((column for column, role in enumerate(roles) if role in PLACES), None)
    if told is not None and roles[told] is Role.TOWN:
        return roles
    fits = [(0.0, 0)]
    for column in (column for column, role in enumerate(roles) if role is Role.OTHER and not role_of(header[column].text)):
        cells = [row for row in rows if max(column, told or 0) < len(row) and row[column].text and row is not header]
        fitting = [row for row in cells if judge.scores(row[column].text)[Role.CITY] >= _SURE]
        inside = fitting if told is None else [row for row in fitting if _lies_in(row[column].text, row[told].text, judge)]
        fits.append((len(inside) / max(len(cells), 1), -column))
    fit, column = max(fits)
    role = Role.CITY if told is None else Role.TOWN if Role.COUNTY in roles else Role.COUNTY
    return [role if fit >= MOST and index == -column else known for index, known in enumerate(roles)]


def _lies_in(text: str, other: str, judge: CellJudge) -> bool:
    """Whether a printed place lies in another one, and is not it."""
    inner, outer = (split_place(place, judge.lexicon, judge.year)[:1] for place in (text, other))
    return any(a.key != b.key and judge.lexicon.may_lie_in(a.key, b.key, judge.year, towns=False) for a in inner for b in outer)


def _share(texts: Sequence[str], fits: Callable[[str], bool]) -> float:
    return sum(map(fits, texts)) / len(texts) if len(texts) > 1 else 0.0


def assign(cells: Sequence[tuple[int, Cell]], roles: Sequence[Role], judge: CellJudge) -> list[tuple[Role | None, Cell]]:
    """Gives each cell of a row a column, in order, so that content and position fit best; None for a cell too many.

    Args:
        cells: The cells that are not empty, each with its column as printed.
        roles: The table's columns.
        judge: What says how well a cell fits a role.
    """
    if all(column < len(roles) and judge.scores(cell.text)[roles[column]] >= _SURE for column, cell in cells):
        return [(roles[column], cell) for column, cell in cells]
    width = len(roles)
    # best[c]: the best total of the cells so far with the last of them in a column before c, and the columns chosen.
    best: list[tuple[float, tuple[int | None, ...]]] = [(0.0, ())] * (width + 1)
    for position, cell in cells:
        scores = judge.scores(cell.text)
        following = [(best[0][0], (*best[0][1], None))]
        for column, role in enumerate(roles):
            total, chosen = best[column]
            taken = (total + scores[role] + (_OWN_POSITION if column == position else 0.0), (*chosen, column))
            skipped = (best[column + 1][0], (*best[column + 1][1], None))
            following.append(max(following[-1], taken, skipped, key=lambda option: option[0]))
        best = following
    return [(roles[column] if column is not None else None, cell) for column, (_, cell) in zip(best[-1][1], cells, strict=True)]
