"""The words that tell a measure of docs/vocabulary.md, by the kind of figure they stand with. Data; `measures.py` weighs them."""

import re
from typing import NamedTuple

Signals = tuple[tuple[str, re.Pattern[str]], ...]


class Measured(NamedTuple):
    """The measure, the unit to publish, and where the words that told it end (in the sentence)."""

    measure: str
    unit: str
    end: int


def _signals(table: dict[str, tuple[str, ...]]) -> Signals:
    return tuple((measure, re.compile("|".join(patterns), re.IGNORECASE)) for measure, patterns in table.items())


# One measure a line, the more special first: where two match, the one nearest to the figure wins, the upper one if both are the same words.
MONEY = _signals(
    {
        "r_and_d_spending": (
            r"(?:\bR&D|\bresearch(?:\sand\sdevelopment)?)\s(?:spending|expenditures?|investments?|outlays?|costs|budgets?|funding)\b"
            r"|\b(?:in|on|into)\s(?:R&D|research and development)\b",
            r"研发(?:投入|经费|费用|支出)|(?:R&D|研究与试验发展)经费|研發(?:投入|經費)",
        ),
        "brand_value": (
            r"\bbrand\s(?:value|(?:[a-z]+\s){0,3}(?:valued|worth))\b|\bvalued\s(?:[a-z-]+\s){1,5}brand\sat\b",
            r"品牌(?:评估)?(?:价值|價值)|品牌评估",
        ),
        "export_value": (
            r"\bexports\b(?:,[^,]{0,40},)?\s(?:brought|bring|earned|earn|yielded|generated)(?:\sin)?\b"
            r"|(?<!imports\sand\s)(?<!import\sand\s)\bexport(?:s|ed|ing)?\b(?:\s(?:value|volume))?|\bship(?:s|ped)\s(?:[\w-]+\s){1,6}?worth\b",
            r"(?<![进進])出口(?:额|額|交货值|总额)?|外贸(?:交货值|总额)|交货值|创汇|創匯",
        ),
        "import_value": (
            r"\bimport(?:s|ed)?\b(?!\sand\sexport)",
            r"进口额?|進口額?",
        ),
        "added_value": (
            r"\b(?:value[\s-]added|added\svalue)\b",
            r"增加值",
        ),
        "tax_revenue": (
            r"(?<!profits\sand\s)(?<!profit\sand\s)\btax(?:es)?(?:\s(?:revenue|payments?))?\b",
            r"[税稅][收金]|[纳納][税稅]|入[库庫][税稅]",
        ),
        "profit": (
            r"\b(?:net\s)?profits?\b(?:\sand\stax(?:es)?)?",
            r"利润|利潤|利税",
        ),
        "fixed_assets": (
            r"\b(?:fixed|total)?\s?assets\b",
            r"(?:固定|总|總)?资产|資產",
        ),
        "gdp": (
            r"(?<![A-Za-z])GDP(?![A-Za-z])|\bgross domestic product\b",
            r"生产总值|生產總值",
        ),
        "investment": (
            r"\binvest(?:ments?|ed|ing|s)?\b",
            r"投资|投入[^，。；\d]{0,8}(?:资金|补贴)|(?<!研发)(?<!研發)(?<!经费)投入(?=[^，。；\d]{0,8}$)|技改(?:投入|资金)",
        ),
        "output_value": (
            r"\b(?:industrial\s|gross\s|annual\s|total\s)?(?:output|production)(?:\svalue)?\b|\bvalue\s(?=rose|grew|climbed|jumped|fell|dropped|reached|hit|topped|stood)",
            r"产值|產值",
        ),
        "sales_revenue": (
            r"\b(?:sales|(?:bring(?:s|ing)?|brought|takes?|took|pull(?:s|ed)|rak(?:es|ed))\sin(?!\s[^,;.]*\bworth\b)|r[au]ng\sup|gross(?:es|ed)|nett(?:s|ed)|(?<!fiscal\s)(?<!budget\s)(?<!budgetary\s)revenues?|turnover|(?<!per\scapita\s)income|turn(?:s|ed|ing)?\sover|earned|earning|earn|earns|earnings|transactions?|sold)\b",
            r"(?<!预算)(?<!財政)(?<!财政)(?<!财政总)(?<!預算)(?<!公共预算)(?<!支配)(?<!人均)(?<!纯)收入|销售额?|銷售額?|营收|營收|(?:产业|集群|销售|经济|營收|產業)(?:规模|規模)|成交额|交易额|零售(?:总|總)?[额額]",
        ),
    }
)
SHARES = _signals(
    {
        "r_and_d_intensity": (
            r"(?:\bR&D|\bresearch(?:\sand\sdevelopment)?)\s(?:intensity|spending|expenditure|investment|outlays?|costs)",
            r"\b(?:spending|expenditure|investment|outlays?)\son\s(?:R&D|research)",
            r"研发(?:投入)?(?:强度|占比)|(?:研发|R&D|研究与试验发展)(?:经费|费用)?(?:投入|支出)?占",
        ),
        "growth_rate": (
            (
                r"\b(?:(?<!made\s)(?<!makes\s)(?<!make\s)(?<!making\s)up|down|grew|grow|growth|growing|increas(?:e|ed|ing)|rise|rose|rising|jump(?:ed)?|surged?|"
                r"expanded|decreas(?:e|ed)|declin(?:e|ed)|fell|shrank|shrunk|contracted|plunged|soared|"
                r"climbed|dropp?(?:ed)?|slipped|year-on-year|year on year|"
                r"from a year earlier|from the previous year)\b|\A\sa year\b"
            ),
            r"增长|增長|增速|增幅|增加|提高|提升|上升|下降|下滑|减少|減少|[降跌涨漲增](?=[了幅至到约近超]|$)|萎缩|遞增|递增",
        ),
        "market_share": (
            r"\bmarkets?(?:\sshare)?\b|\bof\s(?:all|the)\s[^,;.]{0,40}\b(?:sold|used|bought|consumed)\b|\bof\swhat\s(?:China|the\s(?:country|world))\s(?:sells|buys|uses|wears|eats|drinks|burns|consumes|needs)\b"
            r"|\A\s(?:[a-z-]+\s){0,4}(?:sold|used|bought|worn|eaten|consumed)\b(?!\s(?:abroad|overseas))"
            r"|\bsold\s(?:in\s(?:China|the\s(?:country|world))|worldwide|globally|nationwide|at home)\b",
            r"市场|市場|市占率|(?:销售|銷售)?份[额額]|[占佔][^，。；\d]{0,24}(?:[销銷]售额?|销量|成交额|交易额|零售额)的?$",
        ),
        "export_share": (
            r"\b(?:overseas|foreign)\s(?:buyers|customers|markets|orders|sales)\b"
            r"|\b(?:of|all|total)\b[^,;.]{0,40}\bexports\b|\b(?:is|are|was|were)\sexported\b|\bexport(?:s|ed)?\b"
            r"|\b(?:go(?:es)?|went|sold|shipped|sent|heads?|headed)\s(?:abroad|overseas)\b",
            r"出口|外[销銷]|创汇|[销銷]往(?:海外|国外|國外|境外)",
        ),
        "economy_share": (
            (
                r"\bof\s(?:(?:its|their|the|total|local|all)\s){0,2}industrial\s(?:output|production)\b"
                r"|\b(?:GDP|gross domestic product|local economy|(?:fiscal|budget(?:ary)?)\srevenues?|"
                r"output\sof\sthe\s(?:town|city|county|district)|"
                r"(?:city|county|town|district|province|region|"
                r"area)['’]s\s(?:total\s|industrial\s|gross\s)*(?:output|economy|tax|industrial)|local\s(?:industrial\s)?(?:tax|output|"
                r"economy))\b"
            ),
            r"(?:占|佔)(?:到|了|据)?(?:全部|全[市县縣镇鎮区區]|当地|當地|规上|規上|GDP|地区生产总值|生产总值)[^，。；、\d]{0,14}|生产总值",
        ),
        "output_share": (
            (
                r"\b(?:output|production|produces?|produced|made(?!\sup\b)|manufactur\w+|supply|supplies|capacity|national total|"
                r"of\s(?:all\s)?(?:the\s)?[^,;.]{2,30}\s(?:China|world|country|nation)\s(?:makes|produces|turns\sout)|"
                r"world['’]s|country['’]s|nation['’]s|China['’]s|total|comes?\sfrom|assembled|put\stogether)\b"
            ),
            r"产量|產量|产值|產值|产能|總量|总量|(?:占|佔)(?:到|了|据)?(?:全国|全國|全球|世界|全省|国内|我国)|年?(?:生产|生產|加工)|[产產来來出]自|[产產]于",
        ),
    }
)
COUNTS_EN = _signals(
    {
        "large_enterprise_count": (
            (
                r"(?:(?:[\w&-]+\s){0,3}(?:enterprises|companies|firms|businesses|manufacturers)\s|of\s(?:them|these|which)\s)?(?:(?:are|were|rank|count)(?:\s[a-z]+){0,7}?\s)?above\s(?:a\s)?(?:the\s)?(?:designated|scale|"
                r"statistical)|(?:large-scale|above-scale|above-designated-size|major industrial)\s(?:industrial\s)?(?:enterprises|"
                r"companies|firms)"
            ),
        ),
        "listed_company_count": (
            r"(?:listed|publicly traded|publicly listed)\s(?:companies|firms|enterprises)",
            r"of\s(?:them|these|which)\s(?:are\s|were\s)?(?:publicly\s)?listed\b",
            r"(?:(?:[\w&-]+\s){0,3}(?:companies|firms|enterprises|manufacturers)\s(?:(?:of|in|from)\s[^,;.]{0,24}\s)?)?(?:are|were|have\sgone)\s(?:publicly\s)?"
            r"(?:listed|public)\b",
        ),
        "high_tech_enterprise_count": (
            (
                r"of\s(?:them|these|which)\s(?:are\s|were\s)?(?:certified\s|national\s|provincial\s)*[\x22“‘']?(?:high-?\s?tech|speciali[sz]ed,|little\sgiants)|"
                r"(?:(?:national\s|state-level\s|certified\s)*high-?\s?tech(?:nology)?\s(?:enterprises|companies|"
                r"firms)|"
                r"(?:national\s)?[\x22“‘']?little giants?[”’\x22]?(?:\s(?:enterprises|companies|firms))?|hidden champions?|unicorns?|"
                r"(?:single|individual)[\s-](?:product\s)?champions?|"
                r"(?:[a-z-]+\s)?[\x22“‘']?speciali[sz]ed(?:,|\sand)?\s(?:refined|sophisticated))"
            ),
        ),
        "household_count": (
            r"(?:family\s|home\s|self-employed\s|individual\s)*(?:households|workshops|self-employed)|(?:family|household)\s(?:businesses|firms)",
        ),
        "cluster_count": (r"(?:[\w,-]+\s){0,5}clusters\b",),
        "enterprise_count": (
            (
                r"(?:[\w&’\'-]+\s){0,5}(?:enterprises|companies|firms|manufacturers|factories|businesses|producers|"
                r"suppliers|makers|assemblers|processors|plants|mills|foundries|wineries|breweries|tanneries|smelters|kilns|studios|exporters|startups|start-ups)\b"
            ),
        ),
        "employee_count": (
            (
                r"(?:[\w-]+\s){0,4}(?:employees|workers|people|staff|workforce|practitioners|jobs|"
                r"farmers|carpenters|smiths|crafts(?:men|people)|artisans|persons|engineers|technicians|salesmen|labou?rers"
                r"|(?:weav|knitt|carv|polish|sett|blow|pott|sew|weld|graft|pluck|cutt|embroider)ers|tailors)\b"
            ),
        ),
        "population": (r"(?:[\w-]+\s){0,2}(?:residents|inhabitants|population)\b",),
        "product_types": (
            (
                r"(?:[\w-]+\s){0,2}(?:types|kinds|varieties|categories|sorts|series)(?:\sof\s(?!(?:and|the)\b)\w+)?|"
                r"product\s(?:types|categories|lines)|varieties"
            ),
        ),
        "product_models": (r"(?:[\w-]+\s){0,3}(?:models|specifications)\b",),
        "brand_count": (r"(?:[\w-]+\s){0,3}(?:brands|trademarks)\b",),
        "patent_count": (r"(?:[\w-]+\s){0,4}patents\b|(?:(?:are|were)\s)?(?:for\s)?inventions\b",),
        "standard_count": (r"(?:[\w-]+\s){0,3}standards\b",),
        "r_and_d_institution_count": (
            (
                r"(?:[\w&-]+\s){0,4}(?:institutes|laboratories|labs|research cent(?:er|re)s|(?:engineering|technology) cent(?:er|"
                r"re)s|R&D cent(?:er|re)s|innovation platforms|innovation cent(?:er|re)s|institutions)\b"
            ),
        ),
        "export_destination_count": (
            r"(?:other\s|foreign\s)*(?:countries|nations|overseas markets)(?:\s(?:and|or)\s(?:regions|areas|territories))?",
        ),
        "stall_count": (r"(?:[\w-]+\s){0,2}(?:stalls|booths|shops|stores|outlets|e-shops|storefronts|showrooms)\b",),
        "market_count": (r"(?:[\w-]+\s){0,3}(?:wholesale|specialized|specialised|professional)\smarkets\b",),
        "project_count": (r"(?:[\w-]+\s){0,4}projects\b",),
        "machine_count": (r"(?:sets\sof\s)?(?:[\w-]+\s){0,3}(?:machines|looms|spindles|equipment|(?:production|assembly)\slines)\b",),
    }
)
COUNTS_ZH = _signals(
    {
        "large_enterprise_count": (
            r"(?<!大)(?<!中小)规模企业|(?:规上|規上|规模以上|規模以上)(?:工业|工業)?(?:[^，。；、]{0,6}?(?:企业|企業)|(?:有|共有|达|约|近|超过?|为)?$)",
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
        "market_count": (r"(?:专业|專業|批发)[一-鿿]{0,4}?市[场場]",),
        "employee_count": (
            r"(?:从业|從業|就业|就業|务工)(?:人[员員]|者)?|(?:从事|從事)[^，。；\d]{1,10}人(?:[员員数數])?|职工|職工|员工|員工|工人|就业|就業|吸纳|带动",
        ),
        "patent_count": (r"(?:发明|發明)?专利|專利",),
        "standard_count": (r"(?:国家|行业|國家|行業|国际|团体)*(?:标准|標準)(?![件厂廠化])",),
        "brand_count": (r"(?:驰名|著名|馳名)?商[标標]|品牌|名牌",),
        "product_types": (r"种(?:类|産品|产品)|(?:产品)?品种|品種|产品种类|大类|系列|产品门类",),
        "product_models": (r"规格|規格|型号|型號|款(?:式|产品)?",),
        "r_and_d_institution_count": (
            r"(?:研发|研發)(?:机构|機構|中心|平台)|技术中心|技術中心|实验室|實驗室|研究院|创新平台|创新载体|创新中心|科研院所|科创平台|工程中心|创新中心",
        ),
        "export_destination_count": (r"(?:多?个|個)(?:国家|國家)(?!级|級|队|重|高|先进|制造)(?:和|与|及|或|、)?(?:地区|地區)?",),
        "stall_count": (r"商[铺鋪位]|[网網]店|店[铺鋪面]|档口|摊位|攤位|门店|營業房|营业房",),
        "project_count": (r"项目|項目",),
        "machine_count": (r"织机|織機|设备|設備|锭|机床|生产线|生產線",),
        "enterprise_count": (
            r"(?:生产|生產|相关|制造|加工|配套|各类|中小)*(?:企业|企業|厂家|廠家|公司|工厂|工廠|厂商|商户|[厂廠](?![区房长區長址])|(?<=[鞋药藥车車纺紡服])企(?![业業]))",
        ),
        "population": (r"常住人口|户籍人口|(?<!出生)(?<!死亡)(?<!迁入)(?<!迁出)(?<!贫困)人口",),
    }
)
_QUANTITY = {
    "square_kilometre": r"平方(?:公里|千米)|square kilomet(?:er|re)s|sq\.? km|km2|km²",
    "cubic_metre": r"立方米|cubic met(?:er|re)s",
    "square_metre": r"平方米|square met(?:er|re)s",
    "kilometre": r"公里|千米|kilomet(?:er|re)s",
    "metre": r"米|met(?:er|re)s",
    "hectare": r"公顷|公頃|hectares",
    "mu": r"亩|畝|mu",
    "pair": r"双|雙|副|pairs",
    "piece": r"件|只|隻|支|枚|把|张|張|[个個](?=[，。、；,;（(]|$)|片|粒|盏|顶|根|颗|块|pieces|units",
    "jin": r"斤",
    "tonne": r"吨|噸|tonnes|tons|metric tons",
    "set": r"套|台|臺|sets",
    "vehicle": r"辆|輛|vehicles",
    "bar": r"条|條",
}
QUANTITIES = tuple((unit, re.compile(rf"\s?(?:{pattern})(?![a-z])", re.IGNORECASE)) for unit, pattern in _QUANTITY.items())


def nearest(signals: Signals, window: str, *, last: bool) -> tuple[str, int] | None:
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


def first_in(signals: Signals, window: str) -> tuple[str, int] | None:
    """The measure of the first signal in a window, and where it ends."""
    return nearest(signals, window, last=False)
