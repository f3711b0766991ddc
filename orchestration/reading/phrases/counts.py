"""Counts and quantities: what is counted is told by the noun behind the figure (`3,000 companies`, 1.2万余家企业), or just before it.

People are workers where it says that they work; firms that are gone, added or asked in a survey are no count of firms.
"""

import re

from orchestration.reading.keys import HAN
from orchestration.reading.phrases.figures import COUNT, Figure
from orchestration.reading.phrases.signals import COUNTS_EN, COUNTS_ZH, QUANTITIES, Measured, nearest

_PRODUCES = re.compile(
    r"\b(?:produc\w*|output|manufactur\w*|makes?|made|"
    r"recycl(?:es|ed)|sew(?:s|ed|n)?\b|stitch(?:es|ed)|process(?:es|ed)|yield(?:s|ed)?|forge[sd]|smelt(?:s|ed)|harvest(?:s|ed)|"
    r"turn(?:s|ed)? out|churns? out|roll(?:s|ed)? (?:out|off)|assembl\w+|we?aves?|wove|knit\w*|casts?|sp[iu]ns?|capacity)\b|"
    r"产量|產量|年产|年產|产能|生产|生產|加工|"
    r"产(?!业|值|品)",
    re.IGNORECASE,
)
_EXPORTS = re.compile(r"\bexport\w*|出口|外销", re.IGNORECASE)
_STORED = re.compile(r"\b(?:stor(?:age|es?)|handl\w+)\b|冷藏|库容|仓储|吞吐", re.IGNORECASE)
_ABROAD = re.compile(r"\s[^,;.]{0,24}?\b(?:abroad|overseas)\b")
_PER_YEAR = re.compile(
    r"\s(?:pairs|pieces|metres|meters|tonnes|tons|sets|units)\sof\s(?:[a-z-]+\s){1,3}(?:in\s(?:19|20)\d\d|last\syear)\b"
    r"|\s(?:[a-z-]+\s){1,4}(?:a year|annually|every year|each year|per year|per annum)\b"
)
_LAND = ("mu", "hectare", "square_kilometre")
_SURFACES = (*_LAND, "square_metre", "cubic_metre")
_A_DAY = re.compile(
    r".*(?:\b(?:daily|monthly|weekly|(?:a|per|each|every)\s(?:day|month|week|hour|minute))\b|[日月天][产產均])", re.IGNORECASE | re.DOTALL
)
_SELLS = re.compile(r"\b(?:sell|sold|sales|sells|selling|buy|bought|attract|visit)", re.IGNORECASE)
_AREA = re.compile(
    r"\b(?:covers?|covering|area|planted|spans?)\b|占地|(?<!营业)(?<!營業)(?<!建筑)(?<!建築)(?<!经营)(?<!厂房)(?<!仓储)(?<!商业)(?<!展厅)(?:面积|面積)|种植",
    re.IGNORECASE,
)
_GOODS = re.compile(
    r"\s(?:[a-z-]+\s){0,3}?(?P<noun>[a-z-]{3,}s)\b(?=\s(?:a year|annually|every year|each year|per year|"
    r"per annum|in \d{4}|last year|of|and|but)|[,.;]|$)"
)
# 企业及各类加工户1万余家: what 家 counts with firms are firms.
_SEVERAL_ZH = re.compile(r"(?:企业|公司|厂家|厂)[及和与、][^，。；、]{0,8}[户坊店][^，。；、\d]{0,6}$")
_BUSINESS = re.compile(r"[商厂]|经营|個體|个体|作坊|加工|电商|网店|生产|生產|养殖|种植|市场主体")
_ENGAGED = re.compile(
    r"[^，。；]{0,8}?(?:从事|投身|参与)[^，。；]{1,10}(?:产业|行业|生产|加工|种植|养殖|销售|经营)"
)  # 1.5万户、5万多人从事黑木耳产业
_REACHED = re.compile(
    r"(?:(?<=\w):|\s(?:(?:has|have|had)\s)?(?:reached|number(?:s|ed|ing)?|totall?(?:s|ed)|amount(?:s|ed)\sto|st(?:an|oo)ds?\sat|c[ao]me\sto|(?:rose|risen|grew|grown|increased|climbed|fell|fallen|dropped|swelled)"
    r"(?:\sby)?(?:\sto)?|topped|exceeded|surpassed))\s(?:[a-z]+\s){0,3}$"
)
# "61 high-tech enterprises were added, bringing the total to 258"
_ADDED_TO_EN = re.compile(
    r"(?:\s(?:were|was)\s[^,;.]{2,24})?,\s(?:bringing|taking|lifting|raising)\s(?:the|its|their)\s(?:total|number)\sto\s(?:[a-z]+\s){0,2}$"
)
_NOUN_WORDS = 6
# "R&D centres in the clusters rose to 1,215": what it counts stands before what they are in.
_WITHIN = re.compile(r"\s(?:in|at|within|across|of)\s(?:(?:the|its|our|these|this)\s[a-z\s-]{2,30}|[A-Z][\w\s'’-]{2,30})$")
_NUMBER_OF = re.compile(
    r"\b(?:(?P<employee_count>workforce|labou?r\sforce|headcount|staff|payroll|employ(?:s|ed|ing)?|employment)|(?P<population>population)|(?P<patent_count>patents)|"
    r"(?P<large_enterprise_count>above\s(?:the\s)?designated\s(?:size|scale))|"
    r"(?P<enterprise_count>(?:number of|total of)\s(?:[\w-]+\s){0,3}"
    r"(?:enterprises|companies|firms|manufacturers|makers|producers|factories|mills|plants)"
    r"(?:\sin\s(?:the\s)?\w+)?))"
    r"(?:\s(?:of|is|was|has|had|at|to|rose|risen|grew|grown|increased|climbed|fell|fallen|dropped|shrank|shrunk|from|remained|remains|stable|unchanged|up|down|reached|reaching|totall?ed|stands|stood|estimated|put|numbered|topped|exceeded|now))*"
    r"(?:\s(?:more than|over|exceeding|above|nearly|close to|about|around|almost|some|roughly|fewer than|less than|just))?\s?$",
    re.IGNORECASE,
)
# 企业8980户, 其中规模以上152户: households are firms where firms are what is counted.
_FIRMS_BEFORE = re.compile(r"(?:企业|企業|规上|規上|规模以上|規模以上)[^，。；、\d]{0,6}$")
_NO_FIRMS = re.compile(r"医院|學校|学校|酒店|宾馆|银行|超市|店|机构|單位|单位|平台|中心|协会|实验室|媒体|客户|餐|馆")
_ALONE = re.compile(r"\s?(?:[,.;()]|$|(?:in|by|at|to|and|as|with|while|who)\b)|\speople\b")
# Firms that are gone are no firms of the cluster.
_MACHINES = re.compile(r"(?:[一-鿿]机|机[器械床组])[^，。；、\d]{0,6}$")
_SELLS_ZH = re.compile(r"销|出口|售")
_TRADES = re.compile(r"产业[^，。；产\d]{0,30}$")
_OF_GOODS = "只隻把张張条條枚副双雙辆匹支"  # classifiers that count no firms, people or shops
_NEAR = 8  # characters between a noun and the number behind it
# 新增上市公司8家, 关停小散乱企业214家: not how many there are.
_GONE_ZH = re.compile(
    r"(?:新增|净增|新培育|新认定|新引进|新注册|增加(?![到至])|关停|關停|关闭|淘汰|取缔|注销|倒闭|腾退|整治)(?![^，。；、]*(?:剩|留|[现現]有|[还還]有))[^，。；、]*$"
)
_ADDED_TO = re.compile(
    r"(?:新增|净增|新培育|新认定|培育|认定)(?P<what>[^，。；、\d]{2,16})\d+[余多]?[家个户]，(?:总数|累计|总量|共)[^，。；\d]{0,4}$"
)
# 年服务企业2000家次 counts visits; 137家企业完成改造 those that did something, of all there are.
_BY_ONE = re.compile(r"[一每][个個名位][^，。；\d]{0,6}(?:管|看|操作|照看|能)[^，。；]*$")  # 一个挡车工管十几台
_TIMES = re.compile(r"[家人户件批]次")
_THAT_DID = re.compile(
    r"家[^，。；\d]{0,8}?(?:企业|企業|厂家|公司)(?:完成|通过|获(?!利)|入选|入围|参[加展会与]|上云|被|纳入|列入|启动|签约|享受|开展|投入|实施|应用|采用|引进|建立|设立|跻身|上榜)"
)
_FEW, _NAMED_FIRMS = 10, re.compile(r"[一-鿿]、[一-鿿]{2,8}$")
_WORKS = re.compile(
    r"\b(?:employ\w*|jobs|work\w*|workforce|staff\w*|livelihood\w*|provid\w+|hire[sd]?|engag\w+|labou?r\w*)\b", re.IGNORECASE
)
_AT_WORK = re.compile(
    r"(?:,[^,;.]{3,60},)?[^,;.\d]{0,40}?\b(?:work\w*|employ\w*|earn\w*|liv(?:e|es|ing)\b|live\soff|engage\w*|make\w*|job\w*|industry|trade|business|sector|produc\w+|carve\w*|sew\w*|weav\w+"
    r"|polish\w*|depend\w*|involved)\b"
)
# Who buys from the place or was called on there is none of its firms.
_OUTSIDE = re.compile(
    r"\b(?:used by|sold to|sells? to|suppl(?:y|ies|ied|ying)(?: to)?|serv(?:es?|ing)"
    r"|toured|visited|inspected|audited|met|interviewed)\s(?:[a-z]+\s){0,2}$"
)
_GONE = re.compile(r"\badded\s(?:[a-z]+\s){0,2}$|\b(?:closed|shut|eliminat\w+|shutter\w+|wound up|relocat\w+)\b")
_GONE_BEHIND = re.compile(
    r"[^,;.]{0,40}\b(?:(?:were|was|been|have|had)\s(?:closed|shut|eliminated|shuttered|merged)|closed|shut\sdown|went\sbankrupt)\b"
    r"|[^,;.]{0,40}\s(?:were|was|have\sbeen|had\sbeen)\s(?:newly\s)?(?:recogni[sz]ed|certified|rated|named|added|registered|approved|founded|set\sup|established)\b"
)
_NEW = re.compile(r"\bnew(?:ly)?\b")
_SAID_OF_FIRMS = ("large_enterprise_count", "listed_company_count")  # "70 are above designated size"
# "Median employment was eleven", "fewer than 2 per cent of firms had more than 200 workers"
_ON_AVERAGE = re.compile(
    r"\b(?:[Mm]edian|[Mm]ean|[Aa]verage|[Tt]ypical)\b[^,;.]{0,40}$|\bof\s(?:the\s|all\s|these\s)?(?:firms|companies|enterprises|factories|workshops|plants)\s"
    r"(?:had|have|employ(?:ed)?)\s(?:[a-z]+\s){0,2}$"
)
_NO_ADJECTIVE = re.compile(
    r"\b(?:with|in|for|to|that|which|who|whose|at|by|from|creat\w+|employ(?:s|ed|ing)?|provid\w+|support(?:s|ed|ing)|ha[sd]|have|are|is|were|was|\d+)\s(?=\S)"
)
_SAMPLED = re.compile(r"\s(?:interviewed|surveyed|polled|questioned|asked)\b")
_SOLD_TO = re.compile(
    r"\b(?:buyers?|customers|to|across|reach\w*|cover\w*|export\w*|sold|sell\w*|ship\w*|suppl\w+|serv\w+)\b|出口|销往|銷往|远销|遠銷|销|覆盖|行销|辐射|畅销",
    re.IGNORECASE,
)
_RESIDENTS = re.compile(
    r"\b(?:city|county|district|town|township|province|prefecture|subdistrict)(?:\s(?:of|with)|['’]s)"
    r"(?:\s(?:a population of|some|about|over|more than|nearly|around))*\s?$",
    re.IGNORECASE,
)

# 300家和200家企业, 50个1亿元以上的企业: what stands between a number's classifier and its noun.
_TO_THE_NOUN = re.compile(
    r"(?P<classifier>[家个個户戶])(?:(?:和|、|与|與|及)[约近超]?[\d.,]+[万千百多余]*(?P=classifier)|"
    r"(?:超过?|过|年?产值|年?营收|年?销售额){0,2}[\d.,]+[万千百]*[亿億]?元(?:以上|级|級|规模)?的?)(?=[^\d，。、；])"
)


def counted(before: str, after: str, figure: Figure, behind: str) -> Measured | None:
    """What a number is a count or quantity of; None where nothing beside it says.

    Args:
        before: The sentence before the number, as far as it may speak of it.
        after: What stands behind its unit.
        figure: The figure.
        behind: All that stands behind it: "40,000 people, a third of the population, work in the trade".
    """
    if between := _TO_THE_NOUN.match(behind):
        told = _counted(before, between["classifier"] + behind[between.end() :], figure, behind)
        return told._replace(end=told.end + between.end() - 1) if told else None
    return _counted(before, after, figure, behind)


def _counted(before: str, after: str, figure: Figure, behind: str) -> Measured | None:
    if not HAN.search(before + after):
        return None if _ON_AVERAGE.search(before) else _counted_en(before, after, figure, behind)
    are_named = figure.value <= _FEW and after[:1] == "家" and _NAMED_FIRMS.search(before)  # 固力、华锋两家龙头企业
    if are_named or _BY_ONE.search(before) or _TIMES.match(after) or _THAT_DID.match(after):
        return None
    if added := _ADDED_TO.search(before):
        before = added["what"]  # 新增规上企业41家，总数达到212家
    if after[:1] == "家" and _SEVERAL_ZH.search(before[-24:]):
        return Measured("enterprise_count", COUNT, figure.end + 1)
    is_area = any(pattern.match(after) for unit, pattern in QUANTITIES if unit in _SURFACES)
    if not is_area and (match := re.match(r"[家个個户戶名人种種项項件款席台臺座所条條只支位處处間间]?[^\d，。、；！？,;（(]{0,16}", after)):
        classifier = match.group()[:1].strip("的")
        if classifier in "户戶" and classifier and not _FIRMS_BEFORE.search(before):
            is_business = _BUSINESS.search(before[-16:]) or _BUSINESS.search(match.group()) or _ENGAGED.match(after, 1)
            return Measured("household_count", COUNT, figure.end + 1) if is_business else None
        found = _chinese_noun(match.group(), before, classifier)
        if found:
            measure, length = found
            return Measured(
                measure, _unit(measure), figure.end + max(length, 1 if classifier in "家个個户戶名人种種项項件款席台臺座所位" else 0)
            )
    return _quantity(before, after, figure)


def _counted_en(before: str, after: str, figure: Figure, behind: str) -> Measured | None:
    noun, behind = after.lstrip(" "), behind.lstrip(" ")
    offset = figure.end + len(after) - len(noun)
    for measure, pattern in COUNTS_EN:
        match = pattern.match(noun)
        is_said = measure in _SAID_OF_FIRMS or (match and match.group().endswith("inventions"))
        if match is None or (not is_said and _NO_ADJECTIVE.search(noun, 0, match.end())):
            continue
        if measure == "population" and _AT_WORK.match(noun, match.end()):
            return Measured("employee_count", "people", offset + match.end())  # "800,000 inhabitants are in the tea trade"
        if measure == "employee_count" and _RESIDENTS.search(before):
            return Measured("population", "people", offset + match.end())
        is_meant = _is_meant(measure, before, noun, match, behind)
        return Measured(measure, _unit(measure), offset + match.end()) if is_meant else None
    if (told := _told_before(before)) and _ALONE.match(after):
        return Measured(told, _unit(told), figure.end)
    if (counted := _NUMBER_OF.search(before)) and counted.lastgroup and _ALONE.match(after):
        return Measured(counted.lastgroup, _unit(counted.lastgroup), figure.end)
    return _quantity(before, after, figure)


def _told_before(before: str) -> str | None:
    """The measure of the noun that a verb parts from its number: `High-tech enterprises reached 76`, `plants numbered 150`."""
    verb = _ADDED_TO_EN.search(before) or _REACHED.search(before, max(0, len(before) - 60))
    words = _WITHIN.sub("", before[: verb.start()]).split()[-_NOUN_WORDS:] if verb else []
    phrases = [" ".join(words[start:]).lower() for start in range(len(words))]
    return next((measure for measure, pattern in COUNTS_EN for phrase in phrases if pattern.fullmatch(phrase)), None)


def _is_meant(measure: str, before: str, noun: str, match: re.Match[str], behind: str) -> bool:
    """Whether a count is the measure its noun tells: not of visitors, of suppliers abroad, of firms that are gone."""
    if measure == "employee_count":
        return not _SAMPLED.match(noun, match.end()) and _is_work(before, behind, match)
    if measure == "stall_count":
        return "cold" not in match.group()
    if measure == "export_destination_count":
        return _SOLD_TO.search(before) is not None  # "more than 50 countries supply its timber"
    if measure == "enterprise_count" and match.group().startswith(("of the ", "of its ", "of these ", "of those ", "of our ")):
        return False  # "60 of the businesses own a brand"
    if measure.endswith(("enterprise_count", "household_count")):
        return not (_NEW.search(match.group()) or _GONE.search(before[-40:]) or _GONE_BEHIND.match(noun) or _OUTSIDE.search(before))
    return True


def _is_work(before: str, noun: str, match: re.Match[str]) -> bool:
    """Whether people are counted as those who work: the noun says so, or what they do."""
    if not match.group().endswith(("people", "persons")):
        return True
    return bool(_WORKS.search(before) or _AT_WORK.match(noun, match.end()))


def _chinese_noun(noun: str, before: str, classifier: str) -> tuple[str, int] | None:
    """Behind the figure (1.2万家企业), else the nearest before it (企业1.2万家); classifiers overrule what does not fit them."""
    best: tuple[int, int, str, int] | None = None
    for rank, (measure, pattern) in enumerate(COUNTS_ZH):
        if match := pattern.search(noun):
            key = (-match.start(), -rank, measure, match.end())
            best = max(best, key) if best else key
    if best is None or not _fits(best[2], classifier):
        found = nearest(tuple(s for s in COUNTS_ZH if _fits(s[0], classifier)), before[-30:], last=True)
        is_near = found is not None and len(before[-30:]) - found[1] <= _NEAR
        told = (found[0], 0) if found and is_near else None
    else:
        told = best[2], best[3]
    if told:
        are_trades = told[0] == "product_types" and _TRADES.search(before)  # 特色产业主要有铸造、汽车模具、环保设备三大类
        is_gone = told[0].endswith(("enterprise_count", "company_count", "machine_count")) and _GONE_ZH.search(before[-16:])
        return None if is_gone or are_trades else told
    if classifier == "家" and len(noun) == 1 and not _NO_FIRMS.search(before) and not _GONE_ZH.search(before[-16:]):
        return "enterprise_count", 1  # 最旺的时候有3000多家: what is counted by 家 alone are firms
    if classifier == "人" and noun[1:3] in ("从事", "從事"):
        return "employee_count", 1  # 近7万人从事羊绒产业
    return _by_classifier(before, classifier)


def _by_classifier(before: str, classifier: str) -> tuple[str, int] | None:
    """People who work, and machines at work, where no noun beside the figure says so: 现有绣花机2000多台."""
    if classifier in ("台", "架") and _MACHINES.search(before) and not (_PRODUCES.search(before) or _SELLS_ZH.search(before)):
        return "machine_count", 1
    if classifier and classifier in "人名":
        return (
            ("employee_count", 1)
            if re.search(r"从业|就业|职工|员工|工人|带动|吸纳|從業|[从從]事[^，。；]*的[^，。；]{0,4}$", before)
            else None
        )
    return None


def _fits(measure: str, classifier: str) -> bool:
    if classifier and classifier in _OF_GOODS:
        return measure == "machine_count" and classifier in "条條"
    people = classifier != "" and classifier in "人名"
    if people != (measure in ("employee_count", "population")) and classifier:
        return measure == "employee_count" and classifier in "个個"
    if measure in ("enterprise_count", "large_enterprise_count", "listed_company_count", "high_tech_enterprise_count"):
        return classifier in ("", "家", "间", "个", "個", "户", "戶", "余", "多")
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
    if not (is_export or is_made or is_area) or _STORED.search(before[-24:]) or _A_DAY.search(before[-24:]) or _A_DAY.match(after[:24]):
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
