"""Figures in running text: number, qualifier and unit, in English and Chinese. What a figure is *of* is `statements.py`'s matter.

Years, dates, ordinals, numbers inside names (`5G`, `Top 500`, 十四五) and conversions in brackets behind another sum of money are
no figures. Every pattern is linear: bounded repetitions, no nested ones.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

PERCENT = "percent"
COUNT = "count"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.

    Attributes:
        start: Where it begins, its qualifier included: `over 6,000` begins at `over`.
        end: Where it ends, its unit included: `10 billion yuan`, 65 percent, 1.2万户.
        number_start: Where the number itself begins.
        value: In full: 10 billion is 10000000000.0; half is 50.0 where it is a share.
        qualifier: exactly, over, about, nearly or under.
        unit: percent, a currency code of ISO 4217, or count (of what stands beside it).
        is_fraction: Printed as a fraction (`half`, 三分之一), which is a share only where a whole is named.
        is_bare: Nothing but a number word or Han numeral, with neither unit nor classifier.
    """

    start: int
    end: int
    number_start: int
    value: float
    qualifier: str
    unit: str
    is_fraction: bool = False
    is_bare: bool = False

    @property
    def is_money(self) -> bool:
        """Whether the unit is a currency."""
        return self.unit.isupper()


NUMBER_WORDS = {
    **dict(
        zip(
            ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
            range(13),
            strict=True,
        )
    ),
    **dict(zip(["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"], range(13, 21), strict=True)),
    **dict(zip(["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(30, 91, 10), strict=True)),
}
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "mln": 1e6,
    "mn": 1e6,
    "m": 1e6,
    "k": 1e3,
    "billion": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
    "dozen": 12.0,
}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
_HAN_DIGITS = {**{c: i for i, c in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2, "兩": 2}
_HAN_SCALES = (("亿", 1e8), ("億", 1e8), ("万", 1e4), ("萬", 1e4), ("千", 1e3), ("百", 1e2), ("十", 1e1))

_CURRENCIES = {
    "yuan": "CNY", "rmb": "CNY", "renminbi": "CNY", "cny": "CNY", "¥": "CNY", "￥": "CNY",
    "元": "CNY", "人民币": "CNY", "人民幣": "CNY",
    "$": "USD", "us$": "USD", "usd": "USD", "us dollar": "USD", "u.s. dollar": "USD", "dollar": "USD", "美元": "USD", "美金": "USD",
    "€": "EUR", "euro": "EUR", "eur": "EUR", "欧元": "EUR", "歐元": "EUR",
    "£": "GBP", "pound": "GBP", "gbp": "GBP", "英镑": "GBP", "英鎊": "GBP",
    "hk$": "HKD", "hkd": "HKD", "港元": "HKD", "港币": "HKD", "港幣": "HKD", "日元": "JPY", "yen": "JPY", "jpy": "JPY",
    "新台币": "TWD", "新臺幣": "TWD", "nt$": "TWD",
}  # fmt: skip

_EN_WORD_NUMBER = "|".join(sorted((w for w in NUMBER_WORDS if w != "zero"), key=len, reverse=True))
_EN_SCALE = "hundred|thousand|million|mln|billion|bln|bn|trillion|tn|dozen"
_EN = re.compile(
    rf"""(?<![\w.,/-])(?P<sign>(?:(?:US|HK|NT)?\$|€|£|(?:CN)?[¥￥]|RMB|CNY|USD|EUR)\s?)?
    (?:(?P<digits>\d{{1,3}}(?:[,，]\d{{3}}){{1,6}}(?:\.\d{{1,6}})?|\d{{1,20}}(?:\.\d{{1,6}})?)|(?P<word>\b(?:{_EN_WORD_NUMBER})(?:[-\s](?:one|two|three|four|five|six|seven|eight|nine))?\b)|(?P<a>\ban?(?=\s(?:{_EN_SCALE})\b)))
    (?P<plus>\+|[-\s]plus|[-\s]odd)?
    (?P<scale>(?<=\d)(?:mn|m|k)\b|(?:[\s-]?(?:{_EN_SCALE})\b){{0,2}})
    (?P<plus2>\+)?
    (?P<unit>\s?%|\s?％|\spercentage\spoints?|[-\s]percent\b|\sper\scent\b|\spct\b|[-\s](?:yuan|RMB|renminbi|U\.?S\.?\sdollars?|dollars?|euros?|yen|pounds\ssterling)\b)?""",
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip
_EN_FRACTION = re.compile(
    r"(?<![\w-])(?:(?P<count>an?|one|two|three|four)[\s-](?P<part>half|thirds?|quarters?|fourths?|"
    r"fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)|(?P<half>half))(?![\w-])(?P<rest>\s(?:of\s)?(?:an?\s)?(?P<scale>dozen|hundred|"
    r"thousand|million|billion|trillion)\b)?(?P<unit>\s(?:yuan|RMB|U\.?S\.?\sdollars?|dollars?|"
    r"euros?)\b)?",
    re.IGNORECASE,
)
_EN_ODDS = re.compile(
    r"\b(?P<part>one|two|three|four|five|six|seven|eight|nine|[1-9])\s(?:[a-z]+\s)?(?:in|out of|of(?=\severy))\s(?:every\s)?"
    r"(?P<whole>two|three|four|five|six|seven|eight|nine|ten|twenty|[2-9]|[1-9]\d)\b(?!\s(?:percent|years|months|days|[cp]\b|place))(?![,.]\d)",
    re.IGNORECASE,
)
_AND_BEFORE = re.compile(
    r"\b(?P<whole>one|two|three|four|five|six|seven|eight|nine|ten|[1-9])\sand\s$", re.IGNORECASE
)  # one and a half million
_EN_EVERY = re.compile(
    r"\b[Ee]very\s(?P<part>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\s(?=(?:[a-z-]+\s){1,5}?(?:sold|made|worn|used|bought|exported|produced|in\s(?:China|the))\b)"
)
_PART_OF_A_YEAR = re.compile(r"\b(?:first|second|latter)[\s-]$", re.IGNORECASE)
_GOODS_BEHIND = re.compile(r"\s(?:[a-z-]+\s){0,2}(?:[a-z]{2,}s|people)\b")
_SIGNS = {"above": "over", "circa": "about", "below": "under"}  # `> 220,000`, `~4,000`
_HAN_MARK = "[多余餘来來几幾]"
_ZH = re.compile(
    rf"""(?P<sign>US\$|HK\$|[$€£¥￥])?
    (?:(?P<digits>\d{{1,3}}(?:[,，]\d{{3}}){{1,6}}(?!\d)(?:\.\d{{1,6}})?|\d{{1,20}}(?:\.\d{{1,6}})?)(?P<more0>{_HAN_MARK})?(?:[个個](?=[亿億]))?(?P<scale>[十百千万萬亿億]{{0,3}})|(?P<han>[零〇一二两兩三四五六七八九十百千万萬亿億]{{1,12}}))
    (?P<more>{_HAN_MARK}|\+)?
    (?P<unit>\s?[%％]|个百分点|個百分點|成[半一二三四五六七八九](?![一-鿿]?[家个])|成(?![为立功果都熟本交品员為長长套])|人民币元|(?:美|欧|歐|港|日)?元(?!素|件|器|旦|宵|首|宇)|美金|港[币幣]|英[镑鎊])?
    (?P<classifier>\s?[家个個户戶名人种種项項件款席台臺座所条條双雙只隻支位处處间間吨噸米亩畝公平类類大辆輛副套张張枚把倍辈片粒盏顶根块颗斤立])?""",
    re.VERBOSE,
)
_ZH_FRACTION = re.compile(
    r"(?P<den>[一二三四五六七八九十百]{1,3}|\d{1,3})分之"
    r"(?P<num>(?:[零〇一二两兩三四五六七八九十百]{1,6}|\d{1,6})(?:[点點.](?:[零〇一二三四五六七八九]{1,4}|\d{1,4}))?)|"
    r"(?<![\d/.])(?P<top>\d)/(?P<bottom>\d{1,2})(?![\d/])|"
    r"(?P<half>(?<![一大上下前后後])(?:过|過)半(?=[，。、；\s]|$|数|數|的|以上)|半数|半數|一半)"
)

_ZH_EVERY = re.compile(
    r"每(?:卖出|[生制]产|销售|制造)?(?P<many>\d{1,3}|[二两兩三四五六七八九十百]{1,3})(?P<of>[个個件只隻把支双雙台臺辆輛架条條副套顶盏块瓶张張家粒根部])[^，。；\d]{0,12}，?(?:其中|就|便)?有(?:近|约)?"
    r"(?P<few>\d{1,2}|[一二两兩三四五六七八九]{1,2})(?P=of)"
)

_BEFORE_EN = re.compile(
    r"(?:(?P<above>[>≥])\s?|(?P<circa>[~≈]|\bc(?:a|irca)?\.)\s?|(?P<below>[<≤])\s?)$|"
    r"(?:\b(?P<over>(?<!turned )(?<!turns )(?<!extend )(?<!extends )(?<!spread )over|"
    r"more than|exceed(?:s|ed|ing)?|in excess of|above|at least|topp(?:ed|ing)|"
    r"surpass(?:es|ed|ing)?|(?:passed|crossed|cleared|broke(?:n)?(?: through)?)(?: the)?|went (?:past|beyond)|"
    r"(?:no|not) (?:fewer|less) than|upwards of|beyond|greater than)"
    r"|\b(?P<about>about|around|some|roughly|approximately|approx\.|an estimated|estimated(?: at)?|put at|circa|close on|or so|"
    r"in the region of|somewhere around)"
    r"|\b(?P<nearly>nearly|almost|close to|just under|just short of|(?:just )?shy of|approaching|nearing|not quite)"
    r"|\b(?P<under>less than|fewer than|below|under|up to|at most|(?:no|not) more than))(?:\s(?:an?|the|a total of))?\s$",
    re.IGNORECASE,
)
_BEFORE_ZH = re.compile(
    r"(?:(?P<over>超过|超過|超出|高于|高於|多于|多於|大于|突破|[衝冲]破|破(?=$)|不少于|不少於|不低于|不低於|至少|超|逾|过(?=$)|過(?=$))|(?P<about>大约|大約|约有|約有|约为|約為|约占|約佔|约|約|左右|大概(?:[降升涨漲增跌减少多占佔有是要]{1,2}(?=了|$))?)"
    r"|(?P<nearly>将近|將近|接近|近|快(?=$))|(?P<under>不足|不到|少于|少於|低于|低於|小于|不超过|不超過|至多|最多))(?:达到?|達到?|了|有|为|為|占)?"
    r"(?:人民[币幣])?(?:[占佔]?(?:全[国國省市县縣区區镇鎮球]|世界|国内|國內|我国)[^，。；、\d]{0,8}的?)?\s?$"
)
_AFTER = re.compile(
    r"(?P<over>\s?(?:以上|之上|有余|有餘)|\s?(?:or more|and above|plus)\b|[多余餘](?=[家个個户戶名人种項项件元]))|(?P<about>\s?(?:左右|"
    r"上下)|\s(?:[a-z-]+\s){0,2}or (?:so|thereabouts)\b)|(?P<under>\s?以下|\sor less\b)"
)

_AFTER_CLASSIFIER = re.compile(r"[^\s，。；、\d]{1,2}?(?:(?P<over>以上)|(?P<about>左右|上下)|(?P<under>以下))")
_ONE_OR_OTHER = re.compile(r"(?<![一二三四五六七八九])(?:一两|[一二两]三|三四|三五|四五|五六|六七|七八|八九)(?=[十百千万萬亿億]|$)")
_NOT_BEFORE_NUMERALS = frozenset("第之十每某同这這那任统統唯")
_YEARLIKE = re.compile(r"(?:1[89]|20)\d\d$")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|of|from|until|till|and|to|between|during|for|after|before|early|late|"
    r"mid|the|end|year|than in|fiscal)|[-–—/(]|\b(?:January|February|March|April|May|June|July|"
    r"August|September|October|November|December)\s?(?:\d{1,2},)?|,)\s?$",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_DATE_BEFORE = re.compile(
    rf"(?:\b{_MONTH}\.?\s|\bNo\.\s?|\b(?:[Tt]op|Phase|Chapter|Article|Figure|Table|Page|Class|Grade|"
    rf"Fortune|Industry)\s|#\s?|第\s?|[A-Za-z]-?)$"
)
_DATE_AFTER = re.compile(
    rf"\s?(?:年|个月|個月|月|日|号|號|时|時(?!代)|点(?!\d)|點(?!\d)|届|屆|期|世纪|强|強|周年|岁|歲|级|級|轮|輪|批)|(?:st|nd|rd|th)\b|"
    rf"\s{_MONTH}\b|\s?(?:km|cm|mm|nm|kg|kW|MW|GW)\b|[A-Za-z]|[-–]?(?:year|month|day|week|hour|kilomet|meter|metre|nanomet|inch)|"
    rf"\s(?:years?|months?|days?|weeks?|hours?|minutes?|years?-old|a\.?m\b|p\.?m\b)|:\d|[-–/.]\d"
)
_DIGIT_OR_NUMERAL = re.compile(r"[\d零〇一二两兩三四五六七八九十百千万萬亿億半]")
_LATIN_WORD = re.compile(r"[a-z]+")
_ANY_NUMBER_WORD = frozenset(["second", *NUMBER_WORDS, *_SCALES, *_PARTS, *(f"{part}s" for part in _PARTS)])
_HAN = re.compile(r"[一-鿿]")


def has_number(text: str) -> bool:
    """Whether there is a digit, numeral or number word at all: the cheap question before `find_figures`."""
    return bool(_DIGIT_OR_NUMERAL.search(text)) or not _ANY_NUMBER_WORD.isdisjoint(_LATIN_WORD.findall(text.lower()))


def find_figures(text: str) -> list[Figure]:
    """The figures of a sentence, in order.

    `14 earned over 100 billion yuan` -> 14 (bare), over 1e11 CNY; `近一半` -> nearly 50 percent; `1.2万余家` -> over 12000.
    """
    return list(_found(text)) if has_number(text) else []


@lru_cache(maxsize=4096)  # a sentence is asked again by what is told last of its document
def _found(text: str) -> tuple[Figure, ...]:
    found = list(_fractions(text))
    taken = [(f.start, f.end) for f in found]
    numbers = _han_numbers(text) if _HAN.search(text) else _latin_numbers(text)
    found += [f for f in numbers if not any(f.number_start < end and start < f.end for start, end in taken)]
    found.sort(key=lambda f: f.number_start)
    return tuple(_without_conversions(text, found))


def _latin_numbers(text: str) -> Iterator[Figure]:
    for m in _EN.finditer(text):
        sign, unit = (m["sign"] or "").strip().lower().replace("cn¥", "¥").replace("cn￥", "¥"), _unit_en(m["unit"] or "")
        scale = m["scale"].lower().replace("-", " ").split()
        if scale == ["m"] and not sign and not _GOODS_BEHIND.match(text, m.end()):
            continue  # a length: only with a currency before or goods behind it are they millions
        if m["digits"] and not (sign or scale or m["unit"]) and _is_no_figure(text, m, m["digits"]):
            continue
        if m["digits"]:
            value = float(re.sub(r"[,，]", "", m["digits"]))
        else:
            value = float(sum(NUMBER_WORDS[w] for w in re.split(r"[-\s]", m["word"].lower()))) if m["word"] else 1.0
        for word in scale:
            value *= _SCALES[word]
        unit = _CURRENCIES[sign] if sign else unit
        # "one" is mostly a pronoun ("one of the largest"): a figure only before a unit or at the end of its clause.
        if (
            m["word"]
            and value == 1
            and unit == COUNT
            and not re.match(r"\s*(?:[,.;]|$|each|spot|winner|place|seat|cluster)", text[m.end() : m.end() + 12])
        ):
            continue
        is_bare = unit == COUNT and not scale and m["digits"] is None
        yield _qualified(text, m.start(), m.end(), value, unit=unit, more=bool(m["plus"] or m["plus2"]), is_bare=is_bare)


def _unit_en(unit: str) -> str:
    unit = unit.strip(" -").lower()
    if not unit:
        return COUNT
    if unit[0] in "%％p" and not unit.startswith("pound"):
        return PERCENT
    return _CURRENCIES[unit.replace("u.s.", "us").removesuffix(" sterling").rstrip("s")]


def _han_numbers(text: str) -> Iterator[Figure]:
    for m in _ZH.finditer(text):
        raw_unit, classifier = (m["unit"] or "").strip(), (m["classifier"] or "").strip()
        sign = (m["sign"] or "").lower()
        if m["digits"]:
            if not (raw_unit or m["scale"] or sign) and _is_no_figure(text, m, m["digits"]):
                continue
            value = float(re.sub(r"[,，]", "", m["digits"])) * han_value("1" + m["scale"] if m["scale"] else "1")
        else:
            # Han numerals are words of the language as well (一批, 十分, 万里): a figure only with a unit or classifier.
            following = text[m.end("han") : m.end("han") + 1]
            if not (raw_unit or classifier or (m["more"] and following)):
                continue
            if text[max(0, m.start() - 1) : m.start()] in _NOT_BEFORE_NUMERALS:
                continue
            if m["han"] == "一" and not raw_unit and not re.match(r"[个個家席]?(?:$|[，。；、])", text[m.end("han") :][:2]):
                continue
            is_scale = set(m["han"]) <= set("万萬亿億千百十")  # 超万家 counts, 万家灯火 does not
            if (
                is_scale
                and not raw_unit
                and not m["more"]
                and text[max(0, m.start() - 1) : m.start()] not in tuple("超近逾过過破约約到足上")
            ):
                continue
            if (raw_unit == "成" and len(m["han"]) > 1) or _ONE_OR_OTHER.search(m["han"]):
                continue  # 六七成, 一千七八百家: six or seven, nobody knows
            value = han_value(m["han"])
        unit = COUNT
        if raw_unit:
            unit = PERCENT if raw_unit[0] in "%％个個成" else _CURRENCIES[raw_unit.replace("人民币元", "元")]
            if raw_unit[0] == "成":  # 六成五 is 65 percent
                value = value * 10 + (han_value(raw_unit[1].replace("半", "五")) if len(raw_unit) > 1 else 0.0)
        unit = _CURRENCIES[sign] if sign else unit
        # The classifier (家, 户) is the noun's: the figure ends before it, so that the noun is read with it.
        end = m.end("unit") if raw_unit else max(m.end("digits"), m.end("scale"), m.end("han"), m.end("more"))
        more = bool(m["more"] or m["more0"])
        yield _qualified(text, m.start(), end, value, unit=unit, more=more, is_bare=unit == COUNT and not classifier)


def han_value(text: str) -> float:
    """The value of a Han or mixed numeral: 三百五十 -> 350, 1.2万亿 -> 1.2e12, 千亿 -> 1e11, 十五 -> 15."""
    for mark, scale in _HAN_SCALES:
        if mark in text:
            left, _, right = text.rpartition(mark)
            return (han_value(left) if left else 1.0) * scale + (han_value(right) if right else 0.0)
    if all(c in _HAN_DIGITS for c in text):
        return float("".join(str(_HAN_DIGITS[c]) for c in text) or "0")
    return float(re.sub(r"[,，]", "", text))


def _fractions(text: str) -> Iterator[Figure]:
    for m in _EN_FRACTION.finditer(text):
        if m["half"] and _PART_OF_A_YEAR.search(text, max(0, m.start() - 8), m.start()):
            continue
        if not m["scale"] and re.match(
            r"\s?-?(?:century|year|hour|day|month|way|time|quarter|place|straight|consecutive|successive|"
            r"of (?:20|19|(?:this|last|the|next) year)|largest|biggest|party|gener)",
            text[m.end() : m.end() + 18],
            re.I,
        ):
            continue
        name = (m["part"] or m["half"]).lower()
        denominator = _PARTS.get(name) or _PARTS[name.rstrip("s")]
        count = 1 if m["half"] else {"a": 1, "an": 1}.get(m["count"].lower()) or NUMBER_WORDS[m["count"].lower()]
        whole = _AND_BEFORE.search(text, max(0, m.start() - 12), m.start())
        if m["scale"]:
            unit, start = _unit_en(m["unit"] or ""), whole.start() if whole else m.start()
            number = count / denominator + (int(NUMBER_WORDS.get(whole["whole"].lower()) or whole["whole"]) if whole else 0)
            yield _qualified(text, start, m.end(), number * _SCALES[m["scale"].lower()], unit=unit)
        elif not whole:  # "one and a half times" is no share
            end = m.end("half") if m["half"] else m.end("part")
            yield replace(_qualified(text, m.start(), end, round(100 * count / denominator, 2), unit=PERCENT), is_fraction=True)
    for m in _EN_ODDS.finditer(text):
        few, many = (int(NUMBER_WORDS.get(m[name].lower()) or m[name]) for name in ("part", "whole"))
        if few < many and not text.startswith(" chance", m.end()):  # one guitar in seven
            yield replace(_qualified(text, m.start(), m.end(), round(100 * few / many, 2), unit=PERCENT), is_fraction=True)
    for m in _EN_EVERY.finditer(text):  # "every third down jacket sold in China"
        share = round(100 / {**_PARTS, "second": 2}[m["part"]], 2)
        yield replace(_qualified(text, m.start(), m.end() - 1, share, unit=PERCENT), is_fraction=True)
    yield from _fractions_zh(text)


def _fractions_zh(text: str) -> Iterator[Figure]:
    for m in _ZH_EVERY.finditer(text):
        few, many = han_value(m["few"]), han_value(m["many"])
        if few < many:  # 全国每三把办公椅就有一把产自安吉
            yield replace(_qualified(text, m.start(), m.end(), round(100 * few / many, 2), unit=PERCENT), is_fraction=True)
    for m in _ZH_FRACTION.finditer(text):
        if m["half"]:
            value, more = 50.0, m["half"][0] in "过過"
        elif m["num"] and _ONE_OR_OTHER.search(m["num"]):
            continue  # 百分之六七十
        elif m["top"]:
            if not 1 <= int(m["top"]) < int(m["bottom"]):
                continue
            value, more = round(100 * int(m["top"]) / int(m["bottom"]), 2), False
        else:
            numerator = m["num"].replace("点", ".").replace("點", ".")
            whole, _, decimals = numerator.partition(".")
            number = han_value(whole) + (float("0." + "".join(str(int(han_value(c))) for c in decimals)) if decimals else 0.0)
            value, more = round(100 * number / han_value(m["den"]), 2), False
        yield replace(_qualified(text, m.start(), m.end(), value, unit=PERCENT, more=more), is_fraction=True)


def _qualified(text: str, start: int, end: int, value: float, *, unit: str, more: bool = False, is_bare: bool = False) -> Figure:
    """The figure with the qualifier printed before or behind it."""
    number_start, qualifier = start, "over" if more else "exactly"
    window = max(0, start - 24)
    if before := _BEFORE_EN.search(text[window:start]) or _BEFORE_ZH.search(text[window:start]):
        qualifier, start = _SIGNS.get(str(before.lastgroup), str(before.lastgroup)), window + before.start()
    elif after := _AFTER.match(text, end):
        qualifier, end = str(after.lastgroup), after.end()
    elif after := _AFTER_CLASSIFIER.match(text, end):
        qualifier = str(after.lastgroup)  # 10亿双以上: the figure still ends before its classifier
    if unit.isupper() and (after := re.compile(r"人民[币幣]|美元").match(text, end)):
        end = after.end()
    # 9.8 times 1e8 is not 980000000 in binary: rounded where no print has digits left.
    return Figure(start, end, number_start, round(value, 4), qualifier, unit, is_bare=is_bare)


def _is_no_figure(text: str, match: re.Match[str], digits: str) -> bool:
    """Whether a number without a unit is a year, a date, an ordinal or part of a name."""
    before, after = text[max(0, match.start() - 16) : match.start()], text[match.end("digits") : match.end("digits") + 14]
    if match.start() == 0 and re.match(r"[.、．)）]\s?\D", after):
        return True  # the number of an entry
    if before.endswith("[") and after.startswith("]"):
        return True  # the mark of a footnote
    if _DATE_BEFORE.search(before) or _DATE_AFTER.match(after):
        return True
    return bool(_YEARLIKE.match(digits)) and (
        bool(_YEAR_BEFORE.search(before))
        or not re.match(r"\s?[a-z家个個户戶名人种種项項件多余餘来來亩畝吨噸台臺套双雙条條辆輛间間米]|平方|公[里顷斤]", after)
    )


def _without_conversions(text: str, found: list[Figure]) -> Iterator[Figure]:
    """Money in brackets right behind money is the same sum in another currency: `10 billion yuan ($1.52 billion)`."""
    last_money_end = -1
    for figure in found:
        if figure.is_money:
            between = text[last_money_end : figure.start]
            if last_money_end >= 0 and len(between) < 24 and re.match(r"\s?[(（][^)）]*$|\s?,? or\s?$", between):
                continue
            last_money_end = figure.end
        yield figure
