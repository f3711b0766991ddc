"""What stands beside a name in a list, or in its place, and is none: remarks, clauses, what is denied. No names are read here."""

import re

from orchestration.reading.keys import industry_key, place_key
from orchestration.reading.layout import Cell
from orchestration.reading.tables.industries import part
from orchestration.reading.words.lexicon import Lexicon

NO_NAME = re.compile(
    r"^(?:[中外]文名|别名|百科|所[属屬]地[区區]|行政[区區]|著名景[点點]|机[场場]|火[车車]站|[车車]牌|[电電][话話]|[邮郵][政编編]|面[积積]|人口)|"
    r"待核|存疑|待查|[应應][为為]|^(?:重[点點]|着力|大力|加快|[积積][极極]|主要)?(?:布局|[发發]展|打造|建[设設]|培育|推[进進]|引[进進]|[规規][划劃])|^(?:介[绍紹]|推介|[带帶][来來]|[则則]?力推|展示|推出|[拥擁]有|生[产產]|出[产產])|^[一-鿿]{1,4}[市县縣区區镇鎮乡鄉]\s|^(?:特色|重[点點]|[优優][势勢]|主[导導]|[县縣]域)(?:小[镇鎮]|[产產][业業]|工[业業]|[经經][济濟])|^(?:[还還]有|以及|另外|其他|其它|其中|如下|以下)$|^[(（\s]*(?:略|下略|略去|同上|待定|不[详詳]|[无無]|[暂暫][无無]|n\.?/?a\.?)[)）\s]*$|^n\.?/?a\b|[称稱誉譽][为為]|之[称稱]|美[誉譽]|素有|[没沒未无無][有报報定]|(?:教育|科普|训练|訓練|培训|培訓|实习|實習)基地|[是在以]|(?<![巾棉丝絲绒絨])被(?![服褥]|$)|[现現]在|[说說]|入选|入選|上榜|[号號][称稱]|\d{4}年\d|印发$|印發$|文件$|通知$|公告$|委员会|委員會|办公室|辦公室|[厅廳局]$|政府$|[协協商学學合][会會]$|(?:化|[务務技业業村])部$"
    r"|[二两兩三四五六七八九十\d]+[大个個][产產集重百千]|——"
)
# A clause about the place and no trade's name, though it may end in one: `home to half of the country's lenses`.
CLAUSE = re.compile(
    r"^(?:in|at|on|near|home|famous|known|noted|where|which|whose|with|once|still|now)\b|\b(?:half|third|quarter|most|all|share|part)\sof\b|\bthe\s(?:country|world|nation)\b",
    re.IGNORECASE,
)
# What follows the name of an industry and is no part of it: `toys cluster, over 5000 toy firms`, `pumps ... crossed out`.
REMARK = re.compile(
    r"(?:(?<=cluster)|(?<=clusters)|(?<=集群))\s*[,.;:(，。；：（].*|\s*\.\.\..*|…….*|(?<!\d)[,，]\s*(?:(?:with|over|about|some|see|more|nearly|around|ca\.?|共|有|约)\b|约?\d).*"
    r"|\s+(?P<mark>[#＃*＊~～=$])\s?\S.{0,30}(?P=mark)\s*$|\s*[☀-❵\U0001f300-\U0001faff]\ufe0f?$|(?<=.[”\"」])\s*\d.*|(?:\s+[~>≥≈]?\d[\d.,]*[%+余多年]?)+$",
    re.IGNORECASE,
)
# A bracket at the end that tells figures or more than a name: `洛川县（种植面积53万亩，从业者16万）`; a count alone is a heading's.
BRACKETED = re.compile(
    r"\s*[(（](?!\s*\d{1,4}\s*(?:个|個|家|项|項)?\s*[)）])(?=[^()（）]*(?:\d|[一-鿿]{2}[，。；！]|近[一二三四五六七八九]))[^()（）]*[)）]\s*[。.]?$"
)
DENIED = re.compile(
    r"(?:[:–—(]|\s-)\s*(?:not|see|no longer|formerly|once|until|used to|closed|gone|shut|defunct)\b|[a-z]\?(?:\s|$)"
    r"|[？?]\s*[(（][^()（）]*(?:待核|存疑|待查|未[经經]?核[实實])"
    r"|\bunconfirmed\b|\bunverified\b|不算|除外|不计|不計|不是集群|not (?:a|yet a) cluster",
    re.IGNORECASE,
)
ASIDE = re.compile(r"\s*[(](?!the\s)[a-z][^()]*[)]$")  # `Houjie, Dongguan (sofas first of all)`
_FIRST_PART = re.compile(r"(?P<name>[^,:;(]+)[,:;(]\s*(?:\d|(?:[\w’'-]+[\s:]+){2,})|(?P<name_zh>[^，：；（]{2,})[，：；（].{4}")
_BRACKET_BEHIND = re.compile(r"[（(]([一-鿿]{2,6})[)）]$")


def without_remark(industry: Cell, lexicon: Lexicon) -> Cell:
    """`ceramic tiles, two hours up the river` without what only remarks on it."""
    if (remark := REMARK.search(industry.text)) and remark.start():
        industry = part(industry, 0, remark.start())
    head = _FIRST_PART.match(industry.text)
    is_counted = head is not None and head[0][-1:].isdigit()
    is_whole = lexicon.is_trade(industry_key(industry.text)) and not is_counted
    is_remarked = head is not None and not is_whole and lexicon.is_trade(industry_key(head[1] or head[2]))
    is_needed = NO_NAME.search(industry.text) or is_elsewhere(industry.text, lexicon)  # to tell that it is none, or whose
    return part(industry, 0, head.end(1 if head[1] else 2)) if head and is_remarked and not is_needed else industry


def is_elsewhere(text: str, lexicon: Lexicon) -> bool:
    """Whether a bracket says that a trade is of another place: `中国窗帘名镇（杨汛桥）` behind 绍兴柯桥."""
    said = _BRACKET_BEHIND.search(text)
    return said is not None and said.start() > 0 and lexicon.is_place(place_key(said[1]), towns=True)


def without_aside(place: Cell) -> Cell:
    """A place without what a bracket says of its trade: `Anji (chairs)`."""
    aside = ASIDE.search(place.text)
    return part(place, 0, aside.start()) if aside and aside.start() else place
