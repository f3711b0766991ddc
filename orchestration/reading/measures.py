"""What a figure is of: the measures of docs/vocabulary.md, told from the unit and the words around the figure.

A figure of money or a percentage is told by the nearest signal before it in its clause, else by one behind it; a count by the noun
behind it (`3,000 companies`, 1.2万余家企业) or, in Chinese, just before it (从业人员约20万人).
"""

import re
from typing import NamedTuple

from orchestration.reading.figures import COUNT, PERCENT, Figure


class Measured(NamedTuple):
    """The measure, the unit to publish, and where the words that told it end (in the sentence)."""

    measure: str
    unit: str
    end: int


def _signals(table: dict[str, tuple[str, ...]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((measure, re.compile("|".join(patterns), re.IGNORECASE)) for measure, patterns in table.items())


# One measure a line, the more special first: where two match, the one nearest to the figure wins, the upper one if both are the same words.
_MONEY = _signals(
    {
        "r_and_d_spending": (
            r"(?:\bR&D|\bresearch and development)\s(?:spending|expenditure|investment)\b",
            r"研发(?:投入|经费|费用|支出)|研發(?:投入|經費)",
        ),
        "brand_value": (
            r"\bbrand\s(?:value|valued|worth)\b",
            r"品牌(?:评估)?(?:价值|價值)",
        ),
        "export_value": (
            r"\bexport(?:s|ed|ing)?\b(?:\s(?:value|volume))?|\bship(?:s|ped)\s(?:[\w-]+\s){1,6}?worth\b",
            r"出口(?:额|額|交货值|总额)?",
        ),
        "import_value": (
            r"\bimport(?:s|ed)?\b",
            r"进口额?|進口額?",
        ),
        "added_value": (
            r"\b(?:value[\s-]added|added\svalue)\b",
            r"增加值",
        ),
        "tax_revenue": (
            r"\btax(?:es)?(?:\s(?:revenue|payments?))?\b",
            r"税收|稅收|税金|纳税|納稅|入库税",
        ),
        "profit": (
            r"\b(?:net\s)?profits?\b",
            r"利润|利潤|利税",
        ),
        "fixed_assets": (
            r"\b(?:fixed|total)?\s?assets\b",
            r"(?:固定|总|總)?资产|資產",
        ),
        "gdp": (
            r"\bGDP\b|\bgross domestic product\b",
            r"生产总值|生產總值",
        ),
        "investment": (
            r"\binvest(?:ment|ments|ed|ing)\b",
            r"投资|投資",
        ),
        "output_value": (
            r"\b(?:industrial\s|gross\s|annual\s|total\s)?(?:output|production)(?:\svalue)?\b",
            r"产值|產值",
        ),
        "sales_revenue": (
            r"\b(?:sales|revenues?|turnover|income|earned|earning|earn|earns|earnings|transactions?|sold)\b",
            r"收入|销售额?|銷售額?|营收|營收|(?:产业|集群|销售|经济|營收|產業)(?:规模|規模)|成交额|交易额",
        ),
    }
)
_PERCENT = _signals(
    {
        "r_and_d_intensity": (
            r"(?:\bR&D|\bresearch and development)\s(?:intensity|spending|investment)",
            r"研发(?:投入)?(?:强度|占比)|(?:研发|R&D|研究与试验发展)(?:经费|费用)?(?:投入|支出)?占",
        ),
        "growth_rate": (
            (
                r"\b(?:up|down|grew|grow|growth|growing|increas(?:e|ed|ing)|rise|rose|rising|jump(?:ed)?|surged?|"
                r"expanded|decreas(?:e|ed)|declin(?:e|ed)|fell|shrank|shrunk|contracted|plunged|soared|"
                r"climbed|dropp?(?:ed)?|slipped|year-on-year|year on year|"
                r"from a year earlier|from the previous year)\b|\A\sa year\b"
            ),
            r"增长|增長|增速|增幅|增加|提高|提升|上升|下降|下滑|减少",
        ),
        "market_share": (
            r"\bmarkets?(?:\sshare)?\b",
            r"市场|市場|市占率",
        ),
        "export_share": (
            r"\b(?:of|all|total)\b[^,;.]{0,40}\bexports\b|\b(?:is|are|was|were)\sexported\b|\bexport(?:s|ed)?\b",
            r"出口|外销|外銷",
        ),
        "economy_share": (
            (
                r"\b(?:GDP|gross domestic product|local economy|(?:city|county|town|district|province|region|"
                r"area)['’]s\s(?:total\s|industrial\s|gross\s)*(?:output|economy|tax|industrial)|local\s(?:industrial\s)?(?:output|"
                r"economy))\b"
            ),
            r"(?:占|佔)(?:到|了|据)?(?:全[市县縣镇鎮区區]|当地|當地|规上|規上|GDP|地区生产总值|生产总值)[^，。；、\d]{0,14}|生产总值",
        ),
        "output_share": (
            (
                r"\b(?:output|production|produces?|produced|made|manufactur\w+|supply|supplies|capacity|national total|"
                r"world['’]s|country['’]s|nation['’]s|China['’]s|total)\b"
            ),
            r"产量|產量|产值|產值|产能|總量|总量|(?:占|佔)(?:到|了|据)?(?:全国|全國|全球|世界|全省|国内|我国)|年?(?:生产|生產|加工)",
        ),
    }
)
_COUNT_EN = _signals(
    {
        "large_enterprise_count": (
            (
                r"(?:(?:[\w&-]+\s){0,3}(?:enterprises|companies|firms|businesses|manufacturers)\s|of\s(?:them|these|which)\s)?(?:(?:are|were|rank)\s)?above\s(?:a\s)?(?:the\s)?(?:designated|"
                r"statistical)|(?:large-scale|above-scale|above-designated-size|major industrial)\s(?:industrial\s)?(?:enterprises|"
                r"companies|firms)"
            ),
        ),
        "listed_company_count": (
            r"(?:listed|publicly traded|publicly listed)\s(?:companies|firms|enterprises)",
            r"(?:(?:[\w&-]+\s){0,3}(?:companies|firms|enterprises|manufacturers)\s(?:(?:of|in|from)\s[^,;.]{0,24}\s)?)?(?:are|were|have\sgone)\s(?:publicly\s)?"
            r"(?:listed|public)\b",
        ),
        "high_tech_enterprise_count": (
            (
                r"(?:(?:national\s|state-level\s|certified\s)*high-?\s?tech(?:nology)?\s(?:enterprises|companies|"
                r"firms)|[\x22“‘']?little giants?[”’\x22]?(?:\s(?:enterprises|companies|firms))?|hidden champions?|unicorns?|"
                r"(?:single|individual)[\s-](?:product\s)?champions?|"
                r"specialized and sophisticated)"
            ),
        ),
        "household_count": (r"(?:family\s|home\s|self-employed\s|individual\s)*(?:households|workshops|self-employed)",),
        "cluster_count": (r"(?:[\w,-]+\s){0,5}clusters\b",),
        "enterprise_count": (
            (
                r"(?:[\w&-]+\s){0,5}(?:enterprises|companies|firms|manufacturers|factories|businesses|producers|"
                r"suppliers|makers|plants|mills|exporters|startups|start-ups)\b"
            ),
        ),
        "employee_count": (
            (
                r"(?:[\w-]+\s){0,4}(?:employees|workers|people|staff|workforce|practitioners|jobs|"
                r"farmers|craftsmen|artisans|persons|engineers)\b"
            ),
        ),
        "population": (r"(?:[\w-]+\s){0,2}(?:residents|inhabitants)\b",),
        "product_types": (
            (
                r"(?:[\w-]+\s){0,2}(?:types|kinds|varieties|categories|sorts|series)(?:\sof\s(?!(?:and|the)\b)\w+)?|"
                r"product\s(?:types|categories|lines)|varieties"
            ),
        ),
        "product_models": (r"(?:[\w-]+\s){0,3}(?:models|specifications)\b",),
        "brand_count": (r"(?:[\w-]+\s){0,3}(?:brands|trademarks)\b",),
        "patent_count": (r"(?:[\w-]+\s){0,4}patents\b",),
        "standard_count": (r"(?:[\w-]+\s){0,3}standards\b",),
        "r_and_d_institution_count": (
            (
                r"(?:[\w&-]+\s){0,4}(?:institutes|laboratories|labs|research cent(?:er|re)s|technology cent(?:er|"
                r"re)s|R&D cent(?:er|re)s|innovation platforms|innovation cent(?:er|re)s|institutions)\b"
            ),
        ),
        "export_destination_count": (
            r"(?:other\s|foreign\s)*(?:countries|nations|overseas markets)(?:\s(?:and|or)\s(?:regions|areas|territories))?",
        ),
        "stall_count": (r"(?:[\w-]+\s){0,2}(?:stalls|booths|shops|stores|outlets)\b",),
        "market_count": (r"(?:[\w-]+\s){0,3}(?:wholesale|specialized|specialised|professional)\smarkets\b",),
        "project_count": (r"(?:[\w-]+\s){0,4}projects\b",),
        "machine_count": (r"(?:sets\sof\s)?(?:[\w-]+\s){0,3}(?:machines|looms|spindles|equipment)\b",),
    }
)
_COUNT_ZH = _signals(
    {
        "large_enterprise_count": (
            r"(?:规上|規上|规模以上|規模以上)(?:工业|工業)?(?:[^，。；、]{0,6}?(?:企业|企業)|(?:有|共有|达|约|近|超过?|为)?$)",
        ),
        "listed_company_count": (r"上市(?:公司|企业|企業)",),
        "high_tech_enterprise_count": (
            (
                r"(?:国家级?)?(?:高新技术企业|高新技術企業|高企|"
                r"[“\x22]?专精特新[”\x22]?(?:[“\x22]?小巨人[”\x22]?)?(?:中小)?(?:企业)?|[“\x22]?小巨人[”\x22]?(?:企业)?|"
                r"单项冠军(?:企业|产品)?|隐形冠军(?:企业)?|独角兽(?:企业)?)"
            ),
        ),
        "household_count": (r"个体工商户|家庭作坊|(?:经营|加工|个体|生产|商)[户戶]|经营主体",),
        "cluster_count": (r"(?:产业|產業|工业|制造业|先进制造业)?集群|块状经济|塊狀經濟",),
        "market_count": (r"(?:专业|專業|批发)市[场場]",),
        "employee_count": (r"(?:从业|從業|就业|就業|务工)(?:人[员員]|者)?|职工|職工|员工|員工|工人|就业|就業|吸纳|带动",),
        "patent_count": (r"(?:发明|發明)?专利|專利",),
        "standard_count": (r"(?:国家|行业|國家|行業|国际|团体)*(?:标准|標準)",),
        "brand_count": (r"(?:驰名|著名|馳名)?商[标標]|品牌|名牌",),
        "product_types": (r"种(?:类|産品|产品)|(?:产品)?品种|品種|产品种类|大类|系列|产品门类",),
        "product_models": (r"规格|規格|型号|型號|款(?:式|产品)?",),
        "r_and_d_institution_count": (
            r"(?:研发|研發)(?:机构|機構|中心|平台)|技术中心|技術中心|实验室|實驗室|研究院|创新平台|创新载体|创新中心|科研院所|科创平台|工程中心|创新中心",
        ),
        "export_destination_count": (r"(?:多?个|個)(?:国家|國家)(?!级|級|队|重|高|先进|制造)(?:和|与|及|或|、)?(?:地区|地區)?",),
        "stall_count": (r"商[铺鋪位]|摊位|攤位|门店|營業房|营业房",),
        "project_count": (r"项目|項目",),
        "machine_count": (r"织机|織機|设备|設備|锭|机床",),
        "enterprise_count": (
            r"(?:生产|生產|相关|制造|加工|配套|各类|中小)*(?:企业|企業|厂家|廠家|公司|工厂|工廠|厂商|商户|[厂廠](?![区房长區長址])|(?<=[鞋药藥车車纺紡服])企(?![业業]))",
        ),
        "population": (r"常住人口|户籍人口|人口",),
    }
)
_QUANTITY = {
    "square_kilometre": r"平方公里|square kilomet(?:er|re)s|sq\.? km|km2|km²",
    "cubic_metre": r"立方米|cubic met(?:er|re)s",
    "square_metre": r"平方米|square met(?:er|re)s",
    "kilometre": r"公里|千米|kilomet(?:er|re)s",
    "metre": r"米|met(?:er|re)s",
    "hectare": r"公顷|公頃|hectares",
    "mu": r"亩|畝|mu",
    "pair": r"双|雙|副|pairs",
    "piece": r"件|只|隻|支|枚|把|张|張|個|个(?![国國省市县家])|片|粒|盏|顶|根|颗|块|pieces|units",
    "jin": r"斤",
    "tonne": r"吨|噸|tonnes|tons|metric tons",
    "set": r"套|台|臺|sets",
    "vehicle": r"辆|輛|vehicles",
    "bar": r"条|條",
}
_QUANTITIES = tuple((unit, re.compile(rf"\s?(?:{pattern})(?![a-z])", re.IGNORECASE)) for unit, pattern in _QUANTITY.items())
_PRODUCES = re.compile(
    r"\b(?:produc\w*|output|manufactur\w*|makes?|made|turn(?:s|ed)? out|churns? out|capacity)\b|产量|產量|年产|年產|产能|生产|生產|加工|"
    r"产(?!业|值|品)",
    re.IGNORECASE,
)
_EXPORTS = re.compile(r"\bexport\w*|出口|外销", re.IGNORECASE)
_PER_YEAR = re.compile(r"\s(?:[a-z-]+\s){1,4}(?:a year|annually|every year|each year|per year|per annum)\b")
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
    r"(?:\s(?:of|is|was|has|had|at|to|reached|reaching|totall?ed|stands|stood|numbered|topped|exceeded|now))*\s?$",
    re.IGNORECASE,
)
# 企业8980户, 其中规模以上152户: households are firms where firms are what is counted.
_FIRMS_BEFORE = re.compile(r"(?:企业|企業|规上|規上|规模以上|規模以上)[^，。；、\d]{0,6}$")
_NO_FIRMS = re.compile(r"医院|學校|学校|酒店|宾馆|银行|超市|店|机构|單位|单位|平台|中心|协会|实验室|媒体|客户|餐|馆")
_ALONE = re.compile(r"\s?(?:[,.;)]|$|(?:in|by|at|and|as|with|while|who)\b)|\speople\b")
_MARKET_WORDS = re.compile(r"\bmarkets?\b|市场|市場|市占", re.IGNORECASE)


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
        return _told(_MONEY, before, after, figure, figure.unit)
    if figure.unit == PERCENT:
        return _told_percent(before, after, figure)
    return _counted(before, after, figure)


def _told(signals: tuple[tuple[str, re.Pattern[str]], ...], before: str, after: str, figure: Figure, unit: str) -> Measured | None:
    """The nearest signal before the figure, else the first behind it (`30 billion yuan in sales`)."""
    if nearest := _nearest(signals, before, last=True):
        behind = _first_in(signals, re.split(r"[,，;；。]|\band\b", after)[0]) if re.match(r"\s(?:in|of|from)\s", after) else None
        return Measured(behind[0], unit, figure.end + behind[1]) if behind else Measured(nearest[0], unit, figure.end)
    clause = re.split(r"[;；。]", after)[0]
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
        if complement and window is clause and (found := _first_in(_PERCENT[2:] if figure.is_fraction else _PERCENT, clause)):
            chosen = "market_share" if _MARKET_WORDS.search(clause) else found[0]
            return Measured(chosen, PERCENT, figure.end + len(_complement(clause, after)))
        if not window:
            continue
        if _OF_PEOPLE.search(window):
            return None
        if found := _nearest(_PERCENT, window, last=last):
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


def _nearest(signals: tuple[tuple[str, re.Pattern[str]], ...], window: str, *, last: bool) -> tuple[str, int] | None:
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


def _first_in(signals: tuple[tuple[str, re.Pattern[str]], ...], window: str) -> tuple[str, int] | None:
    return _nearest(signals, window, last=False)


def _counted(before: str, after: str, figure: Figure) -> Measured | None:
    noun = after.lstrip(" ")
    offset = figure.end + len(after) - len(noun)
    for measure, pattern in _COUNT_EN:
        if match := pattern.match(noun):
            return Measured(measure, _unit(measure), offset + match.end())
    if (counted := _NUMBER_OF.search(before)) and counted.lastgroup and _ALONE.match(after):
        return Measured(counted.lastgroup, _unit(counted.lastgroup), figure.end)
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


def _chinese_noun(noun: str, before: str, classifier: str) -> tuple[str, int] | None:
    """Behind the figure (1.2万家企业), else the nearest before it (企业1.2万家); classifiers overrule what does not fit them."""
    best: tuple[int, int, str, int] | None = None
    for rank, (measure, pattern) in enumerate(_COUNT_ZH):
        if match := pattern.search(noun):
            key = (-match.start(), -rank, measure, match.end())
            best = max(best, key) if best else key
    if best and _fits(best[2], classifier):
        return best[2], best[3]
    found = _nearest(tuple(s for s in _COUNT_ZH if _fits(s[0], classifier)), before[-30:], last=True)
    if found and len(before[-30:]) - found[1] <= 8:
        return found[0], 0
    if classifier == "家" and len(noun) == 1 and not _NO_FIRMS.search(before):
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
    is_export, is_area = bool(_EXPORTS.search(before)), bool(_AREA.search(before))
    is_made = bool(_PRODUCES.search(before)) or (bool(_PER_YEAR.match(after)) and not _SELLS.search(before))
    if not (is_export or is_made or is_area):
        return None
    measure = "export_quantity" if is_export else "output_quantity" if is_made else "land_area"
    for unit, pattern in _QUANTITIES:
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
