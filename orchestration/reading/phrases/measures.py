"""What a figure is of: the measures of docs/vocabulary.md, told from the unit and the words around the figure.

A figure of money or a percentage is told by the nearest signal before it in its clause, else by one behind it; a count by the noun
behind it (`3,000 companies`, 1.2万余家企业) or, in Chinese, just before it (从业人员约20万人).
"""

import re

from orchestration.reading.phrases.counts import counted
from orchestration.reading.phrases.figures import COUNT, PERCENT, Figure
from orchestration.reading.phrases.signals import MONEY, SHARES, Measured, Signals, first_in, nearest

_FALLS = re.compile(
    r"\b(?:down|fell|shrank|shrunk|contracted|plunged|fall|drop|dropped|declined?|decreased?|slipped|decline of)\b"
    r"|下降|下滑|减少|減少|回落|[降跌]|萎缩",
    re.IGNORECASE,
)
_RISES = re.compile(
    r"\b(?:up|rose|risen|grew|grown|growth|increas\w+|jump\w+|climb\w+|gain\w*|expand\w+|soar\w+)\b|增|升|涨|提高", re.IGNORECASE
)
# Shares of people are no measure of the vocabulary: 占全省从业人员的56%.
_OF_PEOPLE = re.compile(
    r"从业|從業|就业|就業|人口|员工|职工|\b(?:employ\w*|jobs|workforce|workers|labou?r|residents|population|people|households)\b",
    re.IGNORECASE,
)
_LAND = re.compile(r"\b(?:land|area|reserves?|plantations?)\b|面积|面積|储量")
# "45% of China's export pieces", "half of the province's output of such things"
_WHOLE = re.compile(r"(?P<exports>\bexport(?:s|ed)?\b)|\boutput\sof\s", re.IGNORECASE)
# "fell to 12 percent", 由两成一降至一成七: where something came to, not by how much it grew.
_COME_TO = re.compile(
    r"(?:[降升增涨漲减]|提高|上升|下降|提升|增加|增长|減少|减少)[至到](?:了|约|近|超过?)?$"
    r"|\b(?:rose|risen|grew|grown|fell|fallen|dropped|climbed|slid|slipped|declined|increased|shrank|up|down)\s(?:[^,;.]{0,40}\s)?to\s(?:[a-z]+\s){0,2}$",
    re.IGNORECASE,
)
_LEVELS = tuple(signal for signal in SHARES if signal[0] != "growth_rate")
_MARKET_WORDS = re.compile(r"\bmarkets?\b|市场|市場|市占", re.IGNORECASE)
# Shares of what was told before ("60 percent of which export"), and what one thing adds to the growth of another: no measures.
_OF_SOME = re.compile(r"\sof\s(?:which|whom|them|these|those)\b(?!\s(?:goods|products|output|production|sales|sold|made|produced)\b)")
_ADDS_TO = re.compile(r"贡献率|貢獻率|(?:拉动|拉動)[^，。；]*$")
# 占全国大蒜出口总量的: what it is a share of stands between 占 and the figure.
_OF_WHAT = re.compile(
    r"[占佔][^，。；]{0,12}(?:(?P<exports>出口)|市[场場]|[销銷]售|交易|成交|零售)[^，。；]{0,8}$|市[场場](?:覆盖率|份[额額])[^，。；]{0,8}$"
)
_DEFINED = re.compile(r"[业業]是?指|\b(?:refers?\sto|is\sdefined\sas|are\sdefined\sas|meaning)\b")  # 规上企业指年主营业务收入2000万元及以上
# "60 percent of output" is a part of its own output, of no larger whole.
# 加工转化率75%: how far something goes, of no whole
_RATE_ZH = re.compile(
    r"(?<!占有)(?<!佔有)(?<!市占)(?<!增长)(?<!覆盖)(?<!出口)(?<!外销)(?<!自给)率(?:已|也|均|都|仅|就|为|達|达|到|至|在|[提升降][高升至到]*|超过?|保持|稳定|约|近|不足)*$"
)
_SHARED = re.compile(
    r"(?P<one>(?:\sof\s(?:the\s)?[\w’'-]+)?)\sand\s(?:[a-z]+\s){0,2}[\d.]{1,6}\s?(?:%|per\s?cent)(?P<rest>\sof\s(?!its\b|their\b)[^,;.]{4,60})"
)
# 占比超过2%的只有五分之一: what things are counted above.
_BEYOND_ZH = re.compile(r"(?:以上)?的(?:[^，。；\d]{0,6}企[业業])?(?:只|仅|僅|有|达|達|占|共)")
_ALONE = re.compile(
    r"\sof\s(?:(?:its\s|their\s|total\s|the\s|all\s)*(?:output|production)|(?:the\s|all\s|that\s)?total)(?:[,.;]|$|\sand\b)"
)
# "a third of the total was shipped overseas", "85 percent of them from abroad": what is sold abroad.
_SOLD_ABROAD = re.compile(
    r"[^,;.]{0,48}?\b(?:(?:is|are|was|were|be|been|being|gets?|got|goes|go|went|heads?|headed|leaves?|left|ends?\sup|ended\sup)\s(?:exported|the\scountry|(?:[a-z]+\s){0,2}(?:abroad|overseas))\b"
    r"|(?:for|from)\s(?:export|abroad|overseas)\b)"
)
_EXPORTS_MAKE = re.compile(r"\b[Ee]xports?\s(?:accounts?|accounted|makes?|made|represents?)\s(?:up\s|for\s)?(?:[a-z]+\s){0,2}$")
_OF_EARNINGS = re.compile(
    r"\sof\s(?:(?:its|their|the|total|annual|city['’]s|county['’]s)\s)*(?:revenues?|sales|turnover|output|GDP|income|earnings)\b"
)
_SOLD_ZH = re.compile(r"卖|销售")
_GROWN = re.compile(
    r"\s(?:above|below)\s(?:the\s)?(?:(?:19|20)\d\d\b|previous\syear|year\sbefore)|\s(?:higher|lower|more|less|fewer)\sthan\s(?:in\s(?:19|20)\d\d|an?\s|the\s|that\s|last\s)"
)
_TOTAL = re.compile(r"(?:总数|累计|总量)[^，。；\d]{0,4}$|\b(?:total|number)\sto\s$")
# 企业数量占全省62%: a share of a number of things is none of the vocabulary.
_OF_NUMBER = re.compile(r"(?:数量|数|家数|总数)[^，。；\d]{0,4}[占佔][^，。；\d]*$|[占佔][^，。；\d]{0,24}(?:数量|总数|家数|个数)的?$")
_OF_INCOME = re.compile(r"(?:(?<!营业)(?<!业务)(?<!销售)收入|农民|农户|人口|家庭|劳动力)[^，。；\d]{0,3}的$")  # 农民纯收入的七成来自黑木耳
_EXPORTS_ARE = re.compile(
    r"(?:(?P<exports>出口)(?:量|总[量额]|额)?|(?:(?<!产)销量|销售[额量]|零售额|交易额))[^，。；、\d]{0,3}占[^，。；\d]*$"
)  # 产量占全国的70%、出口占全国的85%、销量占全国的60%
# 自主品牌产品销售收入占比12%: a part of its own, of no larger whole.
_OF_OWN = re.compile(
    r"(?<!出口)(?<!外销)(?<!研发)(?<!投入)(?<!市场)(?:占比|比重|比例)(?:仅|只|已|为|達|达到?|不足|约|近|超过?|提高[到至]|提升[到至]|[升降增]至)*$"
)
_WHOLE_ZH = re.compile(r"[占佔](?!比)|全[国國省市县縣球区區镇]|世界|国内|市[场場]|GDP|生产总值|出口|外销|研发|份额")
_APART_ZH = re.compile(r"[，。；,;]")


def measure_of(text: str, figure: Figure, floor: int, limit: int) -> Measured | None:
    """What a figure is of; None where nothing around it says.

    Args:
        text: The sentence.
        figure: The figure.
        floor: Where the clause or the figure before it ends: signals before it belong to others.
        limit: Where the figure behind it begins.
    """
    if figure.unit == COUNT and _TOTAL.search(text, max(0, figure.number_start - 12), figure.number_start):
        floor = 0
    before, after = text[floor : max(floor, figure.number_start)], text[figure.end : limit]
    if _DEFINED.search(before):
        return None
    if figure.is_money:
        return _told(MONEY, before, after, figure, figure.unit)
    if figure.unit == PERCENT:
        return _percent(text, before, after, figure)
    return counted(before, after, figure, text[figure.end :])


def _told(signals: Signals, before: str, after: str, figure: Figure, unit: str) -> Measured | None:
    """The nearest signal before the figure, else the first behind it (`30 billion yuan in sales`)."""
    if beside := nearest(signals, before, last=True):
        behind = first_in(signals, re.split(r"[,，;；。]|\band\b", after)[0]) if re.match(r"\s(?:in|of|from)\s", after) else None
        return Measured(behind[0], unit, figure.end + behind[1]) if behind else Measured(beside[0], unit, figure.end)
    clause = re.split(r"[;；。，]|,\s(?:while|but|whereas|as|when|and)\b", after)[0]
    if first := first_in(signals, clause):
        return Measured(first[0], unit, figure.end + first[1])
    return None


def _percent(text: str, before: str, after: str, figure: Figure) -> Measured | None:
    """Growth and research spending, which say so beside the figure; else a share."""
    if measure := _of_its_own_words(text, before, after, figure):
        return measure
    if _OF_OWN.search(before) and not _WHOLE_ZH.search(before, max(0, before.rfind("，"), before.rfind("；"))):
        return None
    if (
        _RATE_ZH.search(before)
        or _BEYOND_ZH.match(after)
        or _ALONE.match(after)
        or _OF_SOME.match(after)
        or _ADDS_TO.search(before)
        or _OF_NUMBER.search(before)
        or _OF_INCOME.search(before)
    ):
        return None
    if (research := SHARES[0][1].search(before)) and not _APART_ZH.search(before, research.end()):
        return Measured(SHARES[0][0], PERCENT, figure.end)  # 研发经费投入占GDP比重3.2%
    if shared := _SHARED.match(text, figure.end):  # "65 per cent of Chinese and 35 per cent of world output"
        found = _told_percent("", shared["rest"], figure)
        return found._replace(end=figure.end + len(shared["one"])) if found else None
    return _told_percent(before, after, figure)


def _of_its_own_words(text: str, before: str, after: str, figure: Figure) -> Measured | None:
    """What words tell that stand right behind a percentage or within it, whatever else the sentence speaks of."""
    if (grown := _GROWN.match(after)) or (after[:1] in ")）" and before[-1:] in "+＋-"):
        return Measured("growth_rate", PERCENT, figure.end + (grown.end() if grown else 0))
    if figure.is_fraction and _SOLD_ZH.search(text, figure.start, figure.end):
        return Measured("market_share", PERCENT, figure.end)  # 全国每卖出10件实木家具，就有2件来自南康
    if _SOLD_ABROAD.match(after) or _EXPORTS_MAKE.search(before):
        return Measured("export_share", PERCENT, figure.end)
    if SHARES[0][1].search(before) and (whole := _OF_EARNINGS.match(after)):
        return Measured(SHARES[0][0], PERCENT, figure.end + whole.end())  # "R&D outlays accounted for 2.9 percent of turnover"
    return None


def _told_percent(before: str, after: str, figure: Figure) -> Measured | None:
    clause = re.split(r"[,，;；。、]|\swhile\s|\sand\s(?=its\b|the\b)|\swith\s", after)[0]
    complement = re.match(r"\s?(?:of|的|share|市场|市場|the\s|(?:in|on)\s)", after) is not None or (
        figure.is_fraction and clause.startswith(" ")
    )
    order = [(clause, False), (before, True)] if complement else [(before, True), (clause, False)]
    for window, last in order:
        if complement and window is clause and _OF_PEOPLE.search(clause) and not _MARKET_WORDS.search(clause):
            return None
        if complement and window is clause and (found := first_in(SHARES[2:] if figure.is_fraction else SHARES, clause)):
            chosen = "market_share" if _MARKET_WORDS.search(clause) else found[0]
            if _LAND.search(clause):
                return None  # "half of the country's coffee land"
            if chosen in ("output_share", "economy_share") and (whole := _WHOLE.search(_complement(clause, after))):
                chosen = "export_share" if whole["exports"] else "output_share"
            return Measured(chosen, PERCENT, figure.end + len(_complement(clause, after)))
        if not window:
            continue
        if _OF_PEOPLE.search(window):
            return None
        if found := nearest(_LEVELS if _COME_TO.search(before) else SHARES, window, last=last):
            if found[0] == "output_share" and last and (whole := _OF_WHAT.search(window) or _EXPORTS_ARE.search(window)):
                found = ("export_share" if whole["exports"] else "market_share", found[1])
            end = figure.end if last else figure.end + found[1]
            return Measured(found[0], PERCENT, end)
    return None


def _complement(clause: str, after: str) -> str:
    """What the share is of, without the "and ..." that leads on to the next figure."""
    printed = clause if len(clause) < len(after) or " and " not in clause else clause[: clause.rindex(" and ")]
    return printed.rstrip(" .!?")


def falls(before: str) -> bool:
    """Whether a growth rate is a fall: `down 1.5 percent`, 下降3%."""
    fall = max((match.end() for match in _FALLS.finditer(before)), default=-1)
    rise = max((match.end() for match in _RISES.finditer(before)), default=-1)
    return fall > rise or before.endswith("(-")
