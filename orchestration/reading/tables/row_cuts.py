"""Where one line is cut into the rows and columns of a table, by nothing but its marks and blanks. What the pieces say is not asked."""

import re
from collections.abc import Sequence
from itertools import pairwise

from orchestration.reading.layout import Cell
from orchestration.reading.tables.industries import part
from orchestration.reading.text.sentences import BULLETS

BULLET = re.compile(
    rf"\s*(?:(?:No|Nr|Rank|#)\.?\s?\d{{1,3}}\s*[.:)]?\s+(?=[A-Z])|[-*+‣⁃→➔{BULLETS}]\ufe0f?\s*|[(（]?(?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}}|[a-z])\s*[.)、．）]\s*|#{{1,6}}\s+|"
    r"\d{1,3}\s*[(（][\d–-]+[)）]\s+|\d{1,3}\s+(?=[A-Z])|(?:[樓楼]主|\d{1,4}\s?[樓楼F#])\s*[:：]\s*|"
    r"第[一二三四五六七八九十]+[、\s]|[一-鿿]{2,8}之第?[一二三四五六七八九十]{1,2}[:：、]\s*|\d{1,3}\s+(?=[\u4e00-\u9fff]))"
)
APART = re.compile(r"\s*(?:[:：\t|]|\.{3,}|…+|——|—|–|\s*[─━＝]+|\s[-―=→.]+\s|(?<=[一-鿿）)])[·•‧・](?=[一-鿿])|\s{2,}|\u3000)\s*")
BLANKS = re.compile(r"\s+(?=\S)")
WIDE_GAP = re.compile(r"\s{2,}|\u3000|\t")
ROW_ENDS = re.compile(r"(?:(?<=[Cc]luster)|(?<=[Cc]lusters))\s+(?=[A-Z\d])")
_ORDINAL = re.compile(r"(?:^|(?<=\s))[(（]?(\d{1,3})[.)、．）]?\s+(?=\S)")
_FIGURES = re.compile(r"(?<=\S)(?:\s+[~>≥≈]?[\d?-][\d.,]*[%+]?(?=\s|$)){2,}.*")
_NUMBERED = re.compile(r"[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?(?:\s\d[\d.,]*%?)+\s[A-Z][a-z]")  # `Yongnian 31.2 Fasteners`
_NUMERIC = re.compile(r"[\d.,%]+")
_PIECE_ENDS = "、；;，,。 \t"
_LONGEST_NAME = 70
FEWEST_ROWS = 3  # of a table in one line


def pieces(cell: Cell, cuts: Sequence[int]) -> list[Cell]:
    """A cell cut at these offsets, marks and blanks at the ends of the pieces left off."""
    cut = [part(cell, *span) for span in pairwise([0, *cuts, len(cell.text)])]
    trimmed = [(piece, piece.text.strip(_PIECE_ENDS)) for piece in cut]
    return [part(piece, start := piece.text.index(text), start + len(text)) for piece, text in trimmed if text]


def columns(row: Cell, gap: re.Pattern[str]) -> list[Cell]:
    """The cells of a row with such gaps between them, numbers left off."""
    return [piece for piece in pieces(row, [found.start() for found in gap.finditer(row.text)]) if not _NUMERIC.fullmatch(piece.text)]


def bare_row(row: Cell) -> Cell:
    """A row without its number and the columns of figures behind its names."""
    bullet, figures = BULLET.match(row.text), _FIGURES.search(row.text)
    return part(row, bullet.end() if bullet else 0, figures.start() if figures else len(row.text))


def numbered_rows(text: str) -> list[int]:
    """Where the rows begin that are numbered 1, 2, 3 within a line; none where fewer are."""
    starts: list[int] = []
    for match in _ORDINAL.finditer(text):
        if int(match[1]) == len(starts) + 1:
            starts.append(match.start())
    return starts if len(starts) >= FEWEST_ROWS else []


def separator_of(line: str) -> str | None:
    """What parts a line that no bullet marks into two names, such as `:` or numbers; dots of any number are one kind of it."""
    if _NUMBERED.match(line):
        return "1"
    found = None if BULLET.match(line) else APART.search(line, 1)
    return re.sub(r"([^\w\s])\1+", r"\1\1", found.group().strip()) or "  " if found else None


def is_counted(line: str) -> bool:
    """Whether a line holds rows numbered 1, 2, 3."""
    return len(line) > _LONGEST_NAME and bool(numbered_rows(line))


def steps(cell: Cell) -> list[Cell]:
    """The parts of a row with one and the same mark between them, its number left off; none where there are several marks."""
    if len({mark.group().strip() for mark in APART.finditer(cell.text)}) != 1:
        return []
    return [piece for piece in parts_between(cell, APART) if piece.text and not _NUMERIC.fullmatch(piece.text)]


def parts_between(cell: Cell, separator: re.Pattern[str]) -> tuple[Cell, ...]:
    """A cell without the marks that part it."""
    cuts = [0, *(at for match in separator.finditer(cell.text) for at in match.span()), len(cell.text)]
    return tuple(part(cell, start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=True))
