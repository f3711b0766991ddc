"""What a figure is of where its own clause does not say: what the figure before it was of, or a share of that.

`measures.py` reads the words around one figure; here stands what one figure of a sentence tells of the next.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from orchestration.reading.keys import HAN
from orchestration.reading.phrases.changes import REACHING
from orchestration.reading.phrases.figures import COUNT, PERCENT, Figure
from orchestration.reading.phrases.measures import measure_of
from orchestration.reading.phrases.signals import Measured
from orchestration.reading.statistics.limits import counted_above
from orchestration.reading.text.texts import Statement, Text

_WORTH = re.compile(r",?\s(?:together\s)?(?:worth|valued\sat|with\sa\svalue\sof)\s(?:[a-z]+\s){0,3}$")
_WORTH_OF = {"output_quantity": "output_value", "export_quantity": "export_value"}
_BESIDE_ZH = re.compile(r"[、，和及与]|以及")
_IN_STEP = re.compile("分别")
_EARNING = re.compile(r",?\s(?:earning|worth|valued at|generating|bringing\sin|yielding)\b")
_AND_ZH = re.compile(r"[和与、及]|\sand\s")
_PRICE = 1e5  # in full: below it stand prices and wages, not sums of a cluster
_PER_HEAD = re.compile(r"人均|[单單]位|\bper\s(?:capita|worker|head|unit|employee)\b")  # 人均产出提高近三成
_GROWS = re.compile(
    r"\b(?:output|production|sales|revenues?|exports?|imports?|profits?|tax(?:es)?|value|turnover|income|GDP|"
    r"gross domestic product|econom\w+|invest\w+|business|industr\w+|trade|clusters?|sector)\b"
    r"|产值|產值|产量|產量|增加值|收入|营收|销售|銷售|出口|进口|利润|利潤|税|投资|成交|交易|生产总值|规模|业务|产业|集群",
    re.IGNORECASE,
)
_OF_THAT_ZH = re.compile(
    r"[，,]约?[占佔](?:到|了)?(?:全[国國省市球]|世界)(?:同类产品|总量|总额)?的?(?:约|近|超过?|将近)?"
)  # 出口额9.3亿美元，占全国的22%
_THE_TOTAL = re.compile(r"\s?of\s(?:the\s)?(?:[\w’']+\s)?total\b")
_OF_A_PLACE = re.compile(
    r"\s?of\s(?:(?:that\sof\s)?the\s(?:whole\s|entire\s)?(?:city|county|district|town|province|prefecture)|(?!China|the\b)[A-Z]\w+)['’]s(?:\s(?:[a-z]+\s)?total\b|[.,;])",
    re.IGNORECASE,
)
_NAMED_ALONE = re.compile(r"(?:[,;]\s(?:and\s)?|\sand\s)the\s[^,;]{4,60}\scluster\s$", re.IGNORECASE)
_OF_ALL_ZH = re.compile(r"[占佔](?:到|了)?(?:总[数量]|全部|其中|总数量)的?[^，。；\d]{0,3}$")
_OF_THE_WHOLE = re.compile(
    r"\s?of\s(?:the\s)?(?P<what>(?:[a-z-]+\s){0,3}(?:output|production|economy|revenues?|GDP|tax(?:es)?|value)(?:\s(?:output|value|revenue))?\s(?:of|in)\s(?:the\s)?)?"
)
_WHOLE_OF = re.compile(
    r"['’]s\s(?:total\s|industrial\s|gross\s|annual\s|whole\s|manufacturing\s)*(?:output|production value|economy|GDP|tax|industr)"
)
_SHARES = {"export_value": "export_share", "export_quantity": "export_share"}
_IN_HUNDRED_MILLIONS = re.compile(r"[亿億万萬][多余餘]?(?:左右|上下|以上)?$")
_HUNDRED_MILLIONS_ALONE = re.compile(r"[亿億](?=[，。；、,;]|$)")
_SHARE_TOO = re.compile(r"[、和及与與]?(?:全国|全國|世界|全球|国内|國內|国际|全省)的?")
# 保温杯产量占全国的70%，防盗门占70%: the same share, of the next goods
_NEXT_SHARE = re.compile(r"[，、；](?:而|其中)?[一-鿿]{1,8}?(?:也|则|更|约|又)?[占佔](?:到|了|比|有)?")
_OF_THOSE = re.compile(r"其中|\s*Of\s(?:them|these|those)\b")
_AND_EN = re.compile(r",?\s(?:and|plus|as\swell\sas)\s(?:[a-z]+\s){0,2}")
_OF_ITS = re.compile(r"\sof\s(?:its|their)\s(?!people|workers|firms|own\b|staff)[a-z]+s\b")
_LARGE_SUM = 1e6
_FOR = re.compile(r"^[^,;.]{0,24}\bfor\s(?:[a-z]+\s){0,2}$")
_LEFT = re.compile(r"\s(?:were|are|was|is)\s(?:left|still\b)|\s(?:remain(?:ed|s)?|survive[ds]?)\b")
_OF_OUTPUT_ZH = re.compile(r"其中[^，。；\d]{1,12}(?:产业|行业|业)[占佔](?:比|到|了)?(?:达|近|约|超|超过)?")
_OF_SALES = re.compile(r"\sof\s(?:[a-z]+\s)?(?:revenues?|sales|turnover|output|GDP)\b")
_OF_THE_NEXT = re.compile(
    r"(?:and\s|while\s)?(?:the\s)?[a-z][a-z\s&-]{2,40}?\s(?:(?:reached|came\sto|totall?ed|was|were|stood\sat|hit|made|amounted\sto)\s(?:[a-z]+\s){0,2})?"
    r"|[一-鿿]{2,10}(?:产业|行业|业|类)(?:实现|达到?|为)?"
)
_TO = re.compile(r"\s?to\s(?:[a-z]+\s){0,2}|[，,]?(?:达到?|至|到)")
_THIS_NUMBER = re.compile(
    r"(?:[这這]一|[这這]个|[该該])(?:数字|數字|数据|數據|比例|比重|指标|指標)[^，。；\d]{0,6}$"
    r"|\b[Tt](?:he|his|hat)\s(?:figure|number|total|share|proportion)\s(?:[a-z]+\s){0,4}$"
)
# "65 billion yuan in 2020 and 70 billion in 2021", "38 plants in the city, today there are 112", 2020年为65亿元，2021年达到70亿元
_IN_AND = re.compile(
    r"(?:\s(?:in|for|during)\s(?:19|20)\d\d)?,?\s(?:(?:and|then|against|compared\s(?:with|to)|up\sfrom|down\sfrom)\s)?(?:[a-z]+\s){0,2}"
)
_IN_YEAR = re.compile(r",?\s(?:in|for|by)\s(?:19|20)\d\d\b|\s(?:the\s(?:previous\syear|year\sbefore)|a\syear\s(?:earlier|before))\b")
_TODAY = re.compile(
    r"[^;.]{0,40}[,;]\s(?:but\s|and\s|while\s)?(?:today|now|currently|(?:by|in)\s\d{4}),?\s(?:there\s(?:are|were)|it\s(?:has|had)|the\snumber\s(?:is|was))\s"
)
_YEAR_ZH = re.compile(
    r"[，、；](?:和|而|到)?\d{4}年(?:则|已|更|就|又|再)?(?:为|是|达到?|增至|增[长加][到至]|突破|超过?|升至|上升到|[跃攀]升至|降至|下降[到至]|有|共)?了?"
)
_IN_BRACKETS = re.compile(r"[(（](?:in\s)?(?:19|20)\d\d年?[:：,，]?\s?$")


def measured_of(
    text: Text, figure: Figure, floor: int, limit: int, *, threshold: Figure | None, last: Statement | None, above: Sequence[Statement]
) -> Measured | None:
    """What a figure of a sentence is of; None where neither its clause nor the figure before tells, or it tells too little.

    Args:
        text: The sentence.
        figure: The figure.
        floor: Where the clause or the figure before it ends.
        limit: Where the figure behind it begins.
        threshold: The size above which it counts.
        last: The statement before it in the sentence.
        above: What the last sentence of the paragraph that states anything states: its last is what "the figure" speaks of.
    """
    printed, before = text.printed, above[-1] if above else None
    if threshold and threshold.start > figure.start and printed[threshold.end : threshold.end + 1] not in ("级", "級"):
        limit = min(limit, threshold.start)
    start = floor if not (threshold and threshold.start < figure.start) else min(floor, threshold.start)
    is_aside = last and figure.unit == (last.currency or last.unit) and _IN_BRACKETS.search(printed, 0, figure.start)
    is_sum = _HUNDRED_MILLIONS_ALONE.match(printed, figure.end - 1) and figure.unit == COUNT  # 投入加起来有50个亿
    measured = None if is_aside else (is_sum and _without_currency(printed, figure, floor)) or measure_of(printed, figure, start, limit)
    if last and last.measure == "r_and_d_spending" and figure.unit == PERCENT and _OF_SALES.match(printed, figure.end):
        measured = Measured("r_and_d_intensity", PERCENT, figure.end)  # "R&D spending of 2.1 billion yuan, or 2.4 percent of revenue"
    elif last and last.measure == "export_value" and figure.unit == PERCENT and _OF_SALES.match(printed, figure.end):
        measured = Measured("export_share", PERCENT, figure.end)  # "brought in $96 million, or about 16 percent of sales"
    elif last and last.measure == "output_value" and figure.unit == PERCENT and _is_part_zh(printed, figure):
        measured = Measured("economy_share", PERCENT, figure.end)  # 实现工业总产值278.6亿元，其中家纺产业占八成
    elif measured is None:
        counted = last or (before if _OF_THOSE.match(printed) else None)
        if threshold and counted and (counted.threshold or counted.measure in ("enterprise_count", "cluster_count")):
            return Measured(counted.measure, counted.unit, figure.end)  # elliptical: "14 earned over 100 billion yuan"
        if threshold and (noun := counted_above(printed, threshold, figure)):
            return Measured(noun, COUNT, figure.end)
        measured = (
            _without_currency(printed, figure, floor)
            or _going_on(printed, figure, limit, last or before)
            or _of_the_next(printed, figure, above)
        )
    elif figure.unit == PERCENT and last and last.measure.endswith("_count") and _OF_ALL_ZH.search(printed, last.end, figure.start):
        measured = None  # 智能一体机超过3万台，占总量的六成
    elif figure.unit == PERCENT:
        measured = _of_the_whole(text, figure, measured, last)
    elif (
        measured.measure == "sales_revenue"
        and last
        and last.measure == "export_quantity"
        and _EARNING.search(printed, last.end, figure.start)
    ):
        measured = measured._replace(measure="export_value")  # "sent 1.2 million tonnes abroad, earning $1.06 billion"
    return measured if measured and _is_telling_enough(printed, figure, measured, last) else None


def _without_currency(text: str, figure: Figure, floor: int) -> Measured | None:
    """产值120亿: money, where nothing else is counted and the currency is left out."""
    if not (figure.unit == COUNT and figure.value >= _LARGE_SUM and _IN_HUNDRED_MILLIONS.search(text, figure.start, figure.end)):
        return None
    money = measure_of(text, replace(figure, unit="CNY"), floor, figure.end)
    return money if money and not HAN.match(text[figure.end : figure.end + 1]) else None


def _going_on(text: str, figure: Figure, limit: int, last: Statement | None) -> Measured | None:
    """What the figure before it was of, where the words between the two say that this one goes on about it."""
    if last is None:
        return None
    again = Measured(last.measure, last.unit, figure.end)
    same_unit = figure.unit == (last.currency or last.unit) or (figure.unit == COUNT and not (last.currency or last.unit == PERCENT))
    # 去年，这一数字为18.6亿元; "RMB 7.2bn last year (2016: RMB 6.6bn)"
    points_back = same_unit and (_THIS_NUMBER.search(text, 0, figure.start) or _IN_BRACKETS.search(text, 0, figure.start))
    between = text[last.end : figure.start]
    if points_back or last.start > figure.start:
        return again if points_back else None
    is_sum = (
        figure.unit == COUNT and last.currency is not None and figure.value >= _LARGE_SUM
    )  # "65 billion yuan in 2020 and 70 billion in 2021"
    if (same_unit or is_sum) and _is_of_another_year(text, figure, between):
        return again
    is_grown = last.measure == "growth_rate" and (figure.is_money or (figure.unit == COUNT and _TO.fullmatch(between)))
    is_more = last.measure in ("output_quantity", "export_quantity") or (last.measure == "output_share" and _AND_EN.fullmatch(between))
    if is_grown or (figure.unit == COUNT and is_more):
        # "exports rose 5 percent to 3 billion yuan"; "produced 15 billion buttons and 200 million metres of zippers"
        return measure_of(text, figure, 0, limit)
    if figure.is_money:
        return _going_on_with_money(figure, last, between, same_unit=same_unit)
    return _going_on_with_share(text, figure, again, between) if figure.unit == last.unit == PERCENT else None


def _going_on_with_share(text: str, figure: Figure, again: Measured, between: str) -> Measured | None:
    """占全国的75%、世界的50%; 保温杯产量占全国的70%，防盗门占70%; `60 percent of the world's buttons and 40 percent of its zippers`."""
    if again.measure == "growth_rate":
        return again if _AND_ZH.fullmatch(between) else None  # 分别增长6.5%和8.1%
    if _AND_EN.fullmatch(between) and (of := _OF_ITS.match(text, figure.end)):
        return again._replace(end=of.end())
    return again if _SHARE_TOO.fullmatch(between) or (again.measure.endswith("_share") and _NEXT_SHARE.fullmatch(between)) else None


def _going_on_with_money(figure: Figure, last: Statement, between: str, *, same_unit: bool) -> Measured | None:
    """首次突破千亿元，达1058亿元; `the A cluster earned 110 billion yuan, the B cluster 60 billion yuan`."""
    if last.measure in _WORTH_OF and _WORTH.search(between):
        return Measured(_WORTH_OF[last.measure], figure.unit, figure.end)  # "output was 300 million ties, worth more than 10 billion yuan"
    if last.measure == "export_quantity" and _FOR.search(between):
        return Measured("export_value", figure.unit, figure.end)  # "exported 210 million lighters last year for $137 million"
    is_told = last.currency and (REACHING.fullmatch(between) or (same_unit and _NAMED_ALONE.search(between)))
    return Measured(last.measure, figure.unit, figure.end) if is_told else None


def _of_the_next(text: str, figure: Figure, above: Sequence[Statement]) -> Measured | None:
    """The same of the next thing: `auto parts had an output of 35.2 billion yuan, up 4.8 percent; valves reached 42.6 billion yuan`."""
    same = [statement for statement in above if statement.unit == figure.unit]
    is_next = figure.is_money and _OF_THE_NEXT.fullmatch(text, 0, figure.start)
    is_left = figure.unit == COUNT and _LEFT.match(text, figure.end)  # "22,000 workshops employed 200,000. Only 526 were left."
    return Measured(same[-1].measure, figure.unit, figure.end) if same and (is_next or is_left) else None


def _is_part_zh(text: str, figure: Figure) -> bool:
    clause = max(text.rfind(mark, 0, figure.start) + 1 for mark in "，；")
    return _OF_OUTPUT_ZH.fullmatch(text, clause, figure.number_start) is not None


def is_in_step(text: str, figure: Figure, last: Statement) -> bool:
    """Whether a figure is one of several told in step, each of the next thing: 产值分别为68.2亿元、95.4亿元和31.7亿元."""
    return _BESIDE_ZH.fullmatch(text, last.end, figure.start) is not None and _IN_STEP.search(text, 0, figure.start) is not None


def _is_of_another_year(text: str, figure: Figure, between: str) -> bool:
    """Whether a figure says what the one before it was in another year: `65 billion yuan in 2020 and 70 billion in 2021`."""
    if HAN.search(text):
        return bool(_YEAR_ZH.fullmatch(between)) and (
            figure.unit != COUNT or text[figure.start - len(between) - 1] == text[figure.end : figure.end + 1]
        )
    if _IN_AND.fullmatch(between):
        return _IN_YEAR.match(text, figure.end) is not None
    return bool(_TODAY.fullmatch(between)) and not text[figure.end : figure.end + 2].strip(" .,;")


def _of_the_whole(text: Text, figure: Figure, measured: Measured, last: Statement | None) -> Measured:
    """What the share is a share of, where "the total" is that of the figure before it or of a place."""
    if measured.measure != "output_share":
        return measured
    printed = text.printed
    is_of_total = last and (_THE_TOTAL.match(printed, figure.end) or _OF_THAT_ZH.fullmatch(printed, last.end, figure.number_start))
    if last and last.measure in _SHARES and is_of_total:
        return measured._replace(measure=_SHARES[last.measure])  # exports of 1.1 billion, "70 percent of the country's total"
    if last and last.currency and _OF_A_PLACE.match(printed, figure.end):
        return measured._replace(measure="economy_share")  # taxes of 410 million, "23% of Botou's total"
    whole = next((spot for spot in text.spots if spot.start >= figure.end), None)
    gap = _OF_THE_WHOLE.fullmatch(printed, figure.end, whole.start) if whole and not whole.is_province else None
    if whole and gap and (gap["what"] or _WHOLE_OF.match(printed, whole.end)):
        return measured._replace(measure="economy_share")  # "38% of the industrial output of Botou"
    return measured


def _is_telling_enough(text: str, figure: Figure, measured: Measured, last: Statement | None) -> bool:
    """Whether a growth rate says of what, and a sum is more than a price: "energy use is down 11%" and "four dollars" tell nothing."""
    if measured.measure == "growth_rate":
        if _PER_HEAD.search(text, max(text.rfind(mark, 0, figure.start) + 1 for mark in "，；,;"), figure.start):
            return False
        return bool(last and (last.currency or last.measure == "growth_rate")) or _GROWS.search(text, 0, measured.end) is not None
    return not figure.is_money or abs(figure.value) >= _PRICE
