"""What a figure is of: the measures of docs/vocabulary.md, told from the unit and the words around the figure.

A figure of money or a percentage is told by the nearest signal before it in its clause, else by one behind it; a count by the noun
behind it (`3,000 companies`, 1.2万余家企业) or, in Chinese, just before it (从业人员约20万人).
"""

import re
from typing import NamedTuple

from orchestration.reading.figures import COUNT, PERCENT, Figure
from orchestration.reading.keys import HAN
from orchestration.reading.signals import COUNTS_EN, COUNTS_ZH, MONEY, QUANTITIES, SHARES, Signals


class Measured(NamedTuple):
    """The measure, the unit to publish, and where the words that told it end (in the sentence)."""

    measure: str
    unit: str
    end: int


_PRODUCES = re.compile(
    r"\b(?:produc\w*|output|manufactur\w*|makes?|made|"
    r"turn(?:s|ed)? out|churns? out|roll(?:s|ed)? (?:out|off)|assembl\w+|we?aves?|wove|knit\w*|casts?|sp[iu]ns?|capacity)\b|"
    r"产量|產量|年产|年產|产能|生产|生產|加工|"
    r"产(?!业|值|品)",
    re.IGNORECASE,
)
_EXPORTS = re.compile(r"\bexport\w*|出口|外销", re.IGNORECASE)
_ABROAD = re.compile(r"\s[^,;.]{0,24}?\b(?:abroad|overseas)\b")
_PER_YEAR = re.compile(r"\s(?:[a-z-]+\s){1,4}(?:a year|annually|every year|each year|per year|per annum)\b")
_LAND = ("mu", "hectare", "square_kilometre")
_A_DAY = re.compile(
    r".*(?:\b(?:daily|monthly|weekly|(?:a|per|each|every)\s(?:day|month|week|hour|minute))\b|[日月天][产產均])", re.IGNORECASE | re.DOTALL
)
_SELLS = re.compile(r"\b(?:sell|sold|sales|sells|selling|buy|bought|attract|visit)", re.IGNORECASE)
_AREA = re.compile(r"\b(?:covers?|covering|area|planted|spans?)\b|占地|面积|面積|种植", re.IGNORECASE)
_GOODS = re.compile(
    r"\s(?:[a-z-]+\s){0,3}?(?P<noun>[a-z-]{3,}s)\b(?=\s(?:a year|annually|every year|each year|per year|"
    r"per annum|in \d{4}|last year|of|and|but)|[,.;]|$)"
)
_FALLS = re.compile(
    r"\b(?:down|fell|shrank|shrunk|contracted|plunged|fall|drop|dropped|declined?|decreased?|slipped|decline of)\b|下降|下滑|减少|回落",
    re.IGNORECASE,
)
# 企业及各类加工户1万余家 counts two things in one.
_SEVERAL_ZH = re.compile(r"(?:企业|企業|公司|厂家)[及和与、][^，。；、]{0,8}[户戶坊店][^，。；、\d]{0,3}$")
_BUSINESS = re.compile(r"[商厂]|经营|個體|个体|作坊|加工|电商|网店|生产|生產|养殖|种植|市场主体")
# Shares of people are no measure of the vocabulary: 占全省从业人员的56%.
_OF_PEOPLE = re.compile(
    r"从业|從業|就业|就業|人口|员工|职工|\b(?:employ\w*|jobs|workforce|workers|labou?r|residents|population|people|households)\b",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(
    r"\b(?:(?P<employee_count>workforce|staff|payroll|employ(?:s|ed|ing)?|employment)|(?P<population>population)|(?P<patent_count>patents)|"
    r"(?P<enterprise_count>(?:number of|total of)\s(?:[\w-]+\s){0,3}(?:enterprises|companies|firms|manufacturers)))"
    r"(?:\s(?:of|is|was|has|had|at|to|reached|reaching|totall?ed|stands|stood|numbered|topped|exceeded|now))*"
    r"(?:\s(?:more than|over|nearly|about|around|almost|some|roughly|fewer than|less than|just))?\s?$",
    re.IGNORECASE,
)
# 企业8980户, 其中规模以上152户: households are firms where firms are what is counted.
_FIRMS_BEFORE = re.compile(r"(?:企业|企業|规上|規上|规模以上|規模以上)[^，。；、\d]{0,6}$")
_NO_FIRMS = re.compile(r"医院|學校|学校|酒店|宾馆|银行|超市|店|机构|單位|单位|平台|中心|协会|实验室|媒体|客户|餐|馆")
_ALONE = re.compile(r"\s?(?:[,.;)]|$|(?:in|by|at|and|as|with|while|who)\b)|\speople\b")
_MARKET_WORDS = re.compile(r"\bmarkets?\b|市场|市場|市占", re.IGNORECASE)
# Shares of firms or products told before ("60 percent of which export") and what one thing adds to another's growth: no measures.
_OF_SOME = re.compile(r"\sof\s(?:which|whom|them|these|those)\b(?!\s(?:goods|products|output|production|sales)\b)")
_ADDS_TO = re.compile(r"贡献率|貢獻率|(?:拉动|拉動)[^，。；]*$")
# 占全国大蒜出口总量的: what it is a share of stands between 占 and the figure.
_OF_WHAT = re.compile(
    r"[占佔][^，。；]{0,12}(?:(?P<exports>出口)|市[场場]|销售|銷售)[^，。；]{0,8}$|市[场場](?:覆盖率|份[额額])[^，。；]{0,8}$"
)
_APART_ZH = re.compile(r"[，。；,;]")
# Firms that are gone are no firms of the cluster.
_GONE = re.compile(r"关停|關停|关闭|淘汰|取缔|注销|倒闭|腾退|整治|\b(?:closed|shut|eliminat\w+|shutter\w+|wound up|relocat\w+)\b")
_GONE_BEHIND = re.compile(
    r"[^,;.]{0,40}\b(?:(?:were|was|been|have|had)\s(?:closed|shut|eliminated|shuttered|merged)|closed|shut\sdown|went\sbankrupt)\b"
)
_SAID_OF_FIRMS = ("large_enterprise_count", "listed_company_count")  # "70 are above designated size"
_NO_ADJECTIVE = re.compile(
    r"\b(?:with|in|for|to|that|which|who|whose|at|by|from|creat\w+|employ(?:s|ed|ing)?|provid\w+|support(?:s|ed|ing)|ha[sd]|have|are|is|were|was|\d+)\s(?=\S)"
)
_SOLD_TO = re.compile(
    r"\b(?:to|in|into|across|reach\w*|cover\w*|export\w*|from|over|of|serv\w+)\b|出口|销往|銷往|远销|遠銷|销|覆盖|行销|辐射|畅销"
)
_RESIDENTS = re.compile(
    r"\b(?:city|county|district|town|township|province|prefecture|subdistrict)(?:\s(?:of|with)|['’]s)"
    r"(?:\s(?:a population of|some|about|over|more than|nearly|around))*\s?$",
    re.IGNORECASE,
)


def measure_of(text: str, figure: Figure, floor: int, limit: int) -> Measured | None:
    """What a figure is of; None where nothing around it says.

    Args:
        text: The sentence.
        figure: The figure.
        floor: Where the clause or the figure before it ends: signals before it belong to others.
        limit: Where the figure behind it begins.
    """
    before, after = text[floor : max(floor, figure.number_start)], text[figure.end : limit]
    if figure.is_money:
        return _told(MONEY, before, after, figure, figure.unit)
    if figure.unit == PERCENT:
        if _OF_SOME.match(after) or _ADDS_TO.search(before):
            return None
        if (research := SHARES[0][1].search(before)) and not _APART_ZH.search(before, research.end()):
            return Measured(SHARES[0][0], PERCENT, figure.end)  # 研发经费投入占GDP比重3.2%
        return _told_percent(before, after, figure)
    return _counted(before, after, figure)


def _told(signals: Signals, before: str, after: str, figure: Figure, unit: str) -> Measured | None:
    """The nearest signal before the figure, else the first behind it (`30 billion yuan in sales`)."""
    if nearest := _nearest(signals, before, last=True):
        behind = _first_in(signals, re.split(r"[,，;；。]|\band\b", after)[0]) if re.match(r"\s(?:in|of|from)\s", after) else None
        return Measured(behind[0], unit, figure.end + behind[1]) if behind else Measured(nearest[0], unit, figure.end)
    clause = re.split(r"[;；。，]|,\s(?:while|but|whereas|as|when|and)\b", after)[0]
    if first := _first_in(signals, clause):
        return Measured(first[0], unit, figure.end + first[1])
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
        if complement and window is clause and (found := _first_in(SHARES[2:] if figure.is_fraction else SHARES, clause)):
            chosen = "market_share" if _MARKET_WORDS.search(clause) else found[0]
            return Measured(chosen, PERCENT, figure.end + len(_complement(clause, after)))
        if not window:
            continue
        if _OF_PEOPLE.search(window):
            return None
        if found := _nearest(SHARES, window, last=last):
            if found[0] == "output_share" and last and (whole := _OF_WHAT.search(window)):
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
    return bool(_FALLS.search(before))


def _nearest(signals: Signals, window: str, *, last: bool) -> tuple[str, int] | None:
    """The measure of the last (or first) signal in a window, and where it ends."""
    best: tuple[int, int, str, int] | None = None
    for rank, (measure, pattern) in enumerate(signals):
        matches = list(pattern.finditer(window))
        if not matches:
            continue
        match = matches[-1] if last else matches[0]
        key = (match.end() if last else -match.start(), -rank, measure, match.end())
        if best is None or key > best:
            best = key
    return (best[2], best[3]) if best else None


def _first_in(signals: Signals, window: str) -> tuple[str, int] | None:
    return _nearest(signals, window, last=False)


def _counted(before: str, after: str, figure: Figure) -> Measured | None:
    if not HAN.search(before + after):
        return _counted_en(before, after, figure)
    if after[:1] not in ("户", "戶") and _SEVERAL_ZH.search(before[-24:]):
        return None
    if match := re.match(r"[家个個户戶名人种種项項件款席台臺座所条條只支位处處间間]?(?P<noun>[^\d，。、；！？,;]{0,16})", after):
        classifier = match.group()[:1]
        if classifier in "户戶" and classifier and not _FIRMS_BEFORE.search(before):
            is_business = _BUSINESS.search(before[-16:]) or _BUSINESS.search(match.group())
            return Measured("household_count", COUNT, figure.end + 1) if is_business else None
        found = _chinese_noun(match.group(), before, classifier)
        if found:
            measure, length = found
            return Measured(
                measure, _unit(measure), figure.end + max(length, 1 if classifier in "家个個户戶名人种種项項件款席台臺座所位" else 0)
            )
    return _quantity(before, after, figure)


def _counted_en(before: str, after: str, figure: Figure) -> Measured | None:
    noun = after.lstrip(" ")
    offset = figure.end + len(after) - len(noun)
    for measure, pattern in COUNTS_EN:
        match = pattern.match(noun)
        if match is None or (measure not in _SAID_OF_FIRMS and _NO_ADJECTIVE.search(noun, 0, match.end())):
            continue
        if measure == "employee_count" and _RESIDENTS.search(before):
            return Measured("population", "people", offset + match.end())
        if measure == "export_destination_count" and not _SOLD_TO.search(before):
            return None  # "more than 50 countries supply its timber"
        if measure.endswith(("enterprise_count", "household_count")) and (_GONE.search(before[-40:]) or _GONE_BEHIND.match(after)):
            return None
        return Measured(measure, _unit(measure), offset + match.end())
    if (counted := _NUMBER_OF.search(before)) and counted.lastgroup and _ALONE.match(after):
        return Measured(counted.lastgroup, _unit(counted.lastgroup), figure.end)
    return _quantity(before, after, figure)


def _chinese_noun(noun: str, before: str, classifier: str) -> tuple[str, int] | None:
    """Behind the figure (1.2万家企业), else the nearest before it (企业1.2万家); classifiers overrule what does not fit them."""
    best: tuple[int, int, str, int] | None = None
    for rank, (measure, pattern) in enumerate(COUNTS_ZH):
        if match := pattern.search(noun):
            key = (-match.start(), -rank, measure, match.end())
            best = max(best, key) if best else key
    if best and _fits(best[2], classifier):
        is_gone = best[2] == "enterprise_count" and _GONE.search(before[-16:])
        return None if is_gone else (best[2], best[3])
    found = _nearest(tuple(s for s in COUNTS_ZH if _fits(s[0], classifier)), before[-30:], last=True)
    if found and len(before[-30:]) - found[1] <= 8:
        return found[0], 0
    if classifier == "家" and len(noun) == 1 and not _NO_FIRMS.search(before) and not _GONE.search(before[-16:]):
        return "enterprise_count", 1  # 最旺的时候有3000多家: what is counted by 家 alone are firms
    if classifier and classifier in "人名":
        return ("employee_count", 1) if re.search(r"从业|就业|职工|员工|工人|带动|吸纳|從業", before) else None
    return None


def _fits(measure: str, classifier: str) -> bool:
    people = classifier != "" and classifier in "人名"
    if people != (measure in ("employee_count", "population")) and classifier:
        return measure == "employee_count" and classifier in "个個"
    if measure in ("enterprise_count", "large_enterprise_count", "listed_company_count", "high_tech_enterprise_count"):
        return classifier in ("", "家", "个", "個", "户", "戶", "余", "多")
    if measure == "cluster_count":
        return classifier in ("", "家", "个", "個", "大")
    return classifier != "家" or measure not in (
        "patent_count",
        "product_types",
        "product_models",
        "export_destination_count",
        "standard_count",
    )


def _quantity(before: str, after: str, figure: Figure) -> Measured | None:
    """Goods by the piece: `produces nearly 300 million ties a year`, 年产袜子250亿双."""
    is_export, is_area = bool(_EXPORTS.search(before) or _ABROAD.match(after)), bool(_AREA.search(before))
    is_made = bool(_PRODUCES.search(before)) or (bool(_PER_YEAR.match(after)) and not _SELLS.search(before))
    land = next((unit for unit, pattern in QUANTITIES if unit in _LAND and pattern.match(after)), None)
    if land and not (is_export or is_made):
        is_area = True  # 30.2万亩 says of itself that it is land
    if not (is_export or is_made or is_area) or _A_DAY.search(before[-24:]) or _A_DAY.match(after[:24]):
        return None
    measure = "export_quantity" if is_export else "output_quantity" if is_made else "land_area"
    for unit, pattern in QUANTITIES:
        if match := pattern.match(after):
            return Measured(measure, unit, figure.end + match.end())
    if not is_area and figure.value >= 100 and (match := _GOODS.match(after)):
        return Measured(measure, _singular(match["noun"]), figure.end + match.end())
    return None


def _singular(noun: str) -> str:
    if re.search(r"(?:s|x|z|ch|sh)es$", noun):
        return noun.removesuffix("es")
    return noun[:-3] + "y" if noun.endswith("ies") and len(noun) > 4 else noun.removesuffix("s")


def _unit(measure: str) -> str:
    return "people" if measure in ("employee_count", "population") else COUNT
