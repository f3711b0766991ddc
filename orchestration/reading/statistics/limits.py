"""What narrows a count down: the size above which things are counted."""

import re
from collections.abc import Sequence

from orchestration.reading.context.references import DEFINITE
from orchestration.reading.keys import HAN
from orchestration.reading.phrases.figures import COUNT, Figure, han_value

_SUM = re.compile(r"\b(?:total|combined|together|aggregate|altogether|overall)\b|总|總|合计|合計|共计|累计", re.IGNORECASE)
_FILTER_EN = re.compile(
    r"^(?:\s[\w’',-]+){0,8}?\s(?:earn(?:ed|s|ing)?|with|whose|having|had|have|each|exceed(?:ed|"
    r"ing|s)?|generat(?:ed|ing)|report(?:ed|ing)|post(?:ed|ing)|record(?:ed|ing)|made|worth|valued|"
    r"surpass(?:ed|ing)|reach(?:ed|ing)|topp(?:ed|ing)|of|at|in|were|above|over)\b[^,;]{0,40}$",
    re.IGNORECASE,
)
# `83 companies in the town with annual sales over`: firms above a size.
_OF_SIZE = re.compile(
    r"\s(?:[\w-]+\s){0,4}(?:companies|firms|enterprises|manufacturers|businesses)\s(?:[^,;]{0,24}\s)?(?:with|having|whose)\s[^,;]{0,40}$|\s(?:with|having)\s[^,;]{0,24}$"
)
# `152 have annual sales of more than 20 million yuan`: of what was counted before, those above a size.
_OF_THOSE = re.compile(
    r"\s(?:of\s(?:them|which|these|those|whom)\s)?(?:had|have|has|with|exceed\w*|earn\w*|post\w*|report\w*|record\w*|generat\w+|achieve\w*|surpass\w*|pass\w*|reach\w*|top\w*"
    r"|were\sabove|are\sabove|were\sover|are\sover)\b[^,;]{0,40}$"
)
_LARGEST_SIZE = 2e9  # a size that firms are counted above; "1,900 firms with sales of more than 7 billion yuan" sold it together
# `Clusters with annual revenue of more than 10 billion yuan numbered 76`
_ABOVE_COUNTED = re.compile(
    r"\b(?:(?P<cluster_count>clusters)|(?P<enterprise_count>companies|firms|enterprises|manufacturers|businesses|factories))\s"
    r"(?:with|whose|that|which|earning|having|of|making|above|over)\b[^,;.]{0,60}$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:\s(?:in|a|or|and|each|more|above)\b[a-z\s]{0,24})?\s(?:numbered|totall?ed|reached|(?:rose|grew|increased|climbed)\sto|stood\sat|came\sto|amounted\sto)\s(?:[a-z]+\s){0,2}"
)
_PASSES = re.compile(r"exceed|surpass|topp", re.IGNORECASE)
_LEVEL = r"(?P<level>[一二三五\d]{0,3}[十百千万萬]?[亿億])[级級]"
_LEVEL_BEHIND = re.compile(rf"[个個家]{_LEVEL}[^，。；、\d]{{0,12}}(?:集群|企业|企業|块状经济)")
_LEVEL_BEFORE = re.compile(rf"{_LEVEL}[^，。；、\d]{{0,12}}(?:集群|企业|企業|块状经济)[^，。；、\d]{{0,4}}$")
_FILTER_ZH = re.compile(
    r"^(?:级|級|元级)?(?:以上)?的?[^，。；、\d]{0,14}?(?:集群|企业|企業|块状经济|塊狀經濟|园区|项目|項目)?[^，。；\d]{0,3}?(?:有|达|達|共|为|為|共有|达到|增至|数量)?$"
)


def find_thresholds(text: str, figures: Sequence[Figure]) -> dict[int, Figure]:
    """For counts of what is above a size, the size: `14 earned over 100 billion yuan`, 超千亿元的有14个."""
    found: dict[int, Figure] = {}
    used: set[int] = set()
    previous = False
    for index, figure in enumerate(figures):
        if figure.unit != COUNT:
            continue
        behind = figures[index + 1] if index + 1 < len(figures) else None
        before = figures[index - 1] if index else None
        threshold = None
        if HAN.search(text):
            if level := _level_of(text, figure):
                threshold = level
            elif (
                before
                and before.is_money
                and id(before) not in used
                and _FILTER_ZH.match(gap := text[before.end : figure.start])
                and _filters_zh(text, before, gap)
            ):
                threshold = before
            elif (
                behind
                and behind.is_money
                and re.match(r"[个個家]?[^，。；\d]{0,12}$", text[figure.end : behind.start])
                and re.match(r"(?:以上)?(?:的|级|級)?[^，。；\d]{0,8}(?:集群|企业|企業|块状)", text[behind.end :])
            ):
                threshold = behind
        elif behind and behind.is_money and _is_filter_en(text, figure, behind, previous):
            threshold = behind
        elif before and before.is_money and id(before) not in used and counted_above(text, before, figure):
            threshold = before
        previous = threshold is not None
        if threshold:
            found[id(figure)] = threshold
            used.add(id(threshold))
    return found


def counted_above(text: str, threshold: Figure, count: Figure) -> str | None:
    """The measure of a count that stands behind its size: `Clusters with annual revenue of more than 10 billion yuan numbered 76`."""
    noun = _ABOVE_COUNTED.search(text, 0, threshold.start)
    return noun.lastgroup if noun and _NUMBERED.fullmatch(text, threshold.end, count.start) else None


def _level_of(text: str, count: Figure) -> Figure | None:
    """The size in the name of what is counted: 14个千亿级产业集群, 千亿级产业集群14个."""
    if match := _LEVEL_BEHIND.match(text, count.end) or _LEVEL_BEFORE.search(text, max(0, count.start - 24), count.start):
        start, end = match.span("level")
        return Figure(start, end, start, han_value(match["level"]), "over", "CNY")
    return None


def _filters_zh(text: str, money: Figure, gap: str) -> bool:
    return gap[:1] in "的级級以" or text[money.end - 1] in "级級上" or bool(re.match(r"(?:集群|企业|块状|项目|項目)", gap))


def _is_filter_en(text: str, count: Figure, money: Figure, follows_one: bool) -> bool:
    gap, behind = text[count.end : money.start], text[money.end : money.end + 12]
    is_passed = gap == " " and _PASSES.match(text, money.start)  # "425 exceed 5 million yuan in annual sales"
    if _SUM.search(gap) or _SUM.search(text[money.end : money.end + 24]) or not (_FILTER_EN.match(gap) or is_passed):
        return False
    is_of_size = _OF_SIZE.match(gap) and money.qualifier in ("over", "under") and money.value <= _LARGEST_SIZE
    is_of_those = is_passed or (_OF_THOSE.match(gap) and money.qualifier in ("over", "under"))
    if not (follows_one or is_of_size or is_of_those or re.match(r"\s(?:[\w’'-]+\s){0,5}clusters\b", gap) or behind.startswith(" each")):
        return False
    if DEFINITE.search(text[: count.start][-12:]):
        return False
    if is_of_those:
        return True
    is_round = money.qualifier in ("over", "under") and str(int(money.value)).rstrip("0") in ("1", "2", "3", "5")
    return is_round or is_of_size or follows_one or behind.startswith(" each")
