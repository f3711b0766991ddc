"""Figures that are no facts alone: the ends of a range, what a figure has changed from, a mark that was passed, plans."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from orchestration.reading.phrases.figures import COUNT, Figure

CHANGED_FROM = "what a figure beside a cluster has changed from"


_RANGE = re.compile(r"\s?(?:to|and|至|到|[-–—~～])\s?")
_GROWN = re.compile(
    r"[家户戶人名个個件种項项]?[，,]?(?:增加|增长|增長|提高|上升|发展|發展|扩大|跃升|增|扩|下降|减少|提升|攀升|翻|[降升跌减涨漲減])[到至为](?:了)?(?:\d{4}年的?)?(?:现在的|目前的|如今的|今天的)?(?:约|近|超|不足)?"
)
_DOWN_TO = re.compile(r"[^\d;.]{0,24}(?:\b(?:19|20)\d\ds?\b[^\d;.]{0,24})?\bto\s(?:[a-z]+\s){0,2}")
_RANGE_BEFORE = re.compile(r"(?:between|from)\s?$|从\s?$|由\s?$", re.IGNORECASE)
_PLANNED = re.compile(
    r"\b(?:will|shall|should|ought\sto|striv\w+|expected to|expects?|hopes?|aims?|plans?|projected|forecast"
    r"|(?:is|are)\sto\s(?:be|grow|rise|reach|exceed|increase|hit))\b"
    r"|力争|力爭|(?P<estimate>预计|預計)|计划|計劃|规划(?!面积)|(?<!完成)(?<!年度)(?<!超额)目标(?!任务)|确保|有望"
    r"|对(?=[^。；]{4,60}(?:给予|奖励|补助|补贴))|将(?:培育|达|形成|突破|建成|实现|打造|超)|(?:\b(?:in|by)\s|到)(?P<year>20\d\d)(?!\d)",
    re.IGNORECASE,
)
# 首期规划8000亩，已引进项目65个: what is there already, in a sentence about plans.
FACT = re.compile(r"(?:已(?!经成为)|现有|目前|截至|累计|去年)|\b(?:already|currently|now|so\sfar|to\sdate|last\syear)\b")
REACHING = re.compile(r"[，,](?:达到?|達到?|为|為)")


def set_aside(text: str, figures: Sequence[Figure]) -> dict[int, str]:
    """Figures that say nothing alone: the ends of a range, and what was before 由800家增加到1600家."""
    aside: dict[int, str] = {}
    for figure, after in pairwise(figures):
        if _is_grown(text, figure, after) or _is_passed(text, figure, after):
            aside[id(figure)] = CHANGED_FROM
        elif _is_range(text, figure, after):
            aside[id(figure)] = aside[id(after)] = "one end of a range beside a cluster"
    return aside


def _is_grown(text: str, figure: Figure, after: Figure) -> bool:
    """由800家增加到1600家, `from 195 billion yuan in 2012 to 302.6 billion yuan`: the first is what it was before."""
    if figure.unit == after.unit and text.endswith(" by ", 0, figure.start) and text[figure.end : after.start].strip() == "to":
        return True  # "grew by 41 to 318"
    is_from = text[: figure.start].lower().endswith("from ") and figure.unit == after.unit
    return bool(_GROWN.fullmatch(text, figure.end, after.start) or (is_from and _DOWN_TO.fullmatch(text, figure.end, after.start)))


def _is_passed(text: str, figure: Figure, after: Figure) -> bool:
    """首次过半，达51.3%: the mark that was passed is no figure beside the one that was reached."""
    return figure.unit == after.unit and figure.qualifier == "over" and REACHING.fullmatch(text, figure.end, after.start) is not None


def _is_range(text: str, figure: Figure, after: Figure) -> bool:
    """`between 12,000 and 15,000`, 3000至5000家, `from 3 to 5 billion yuan`: nothing says which of the two holds."""
    gap = text[figure.end : after.start]
    if not _RANGE.fullmatch(gap) or figure.unit not in (after.unit, COUNT):
        return False
    return gap.strip() != "and" or bool(_RANGE_BEFORE.search(text[max(0, figure.start - 8) : figure.start]))


@lru_cache(maxsize=4)
def plans(text: str) -> tuple[re.Match[str], ...]:
    """The words of plans in a sentence, found once for all of its figures."""
    return tuple(_PLANNED.finditer(text))
