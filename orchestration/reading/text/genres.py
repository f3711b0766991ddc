"""Documents that put goods beside places for another reason than that they are made there: who buys, ships, shows, hires or judges.

What such a document says in passing is worth a question at most; a cluster that it names as one is named all the same.
"""

import re
from collections.abc import Iterable

from orchestration.reading.keys import simplified_in_place

_FEWEST = 2  # different words of one genre
_MOST_LINES = 400
_GENRES = tuple(
    re.compile(words)
    for words in (
        "招标|投标|采购人|磋商|中标|预算金额|采购文件|最高限价|优等品|响应文件",
        "运价|首重|续重|运费|时效|发往|偏远地区|托运",
        "好物|剁手|拿下|自用|种草|回购|亲测|买的|到手价|双十一|好用",
        "展商|开馆|展位图|参展指南|观展|布展|闭馆|[A-Z]区[:：]",
        "急招|诚聘|包吃|返费|包住|报名电话|直招|五险一金",
        "原告|被告|上诉|本院|判决|仲裁",
        "试题|选择题|参考答案|下列|材料[一二]",
        "门票|客栈|自驾|行程|景点|酒店",
        "起草单位|归口|本标准|起草人",
        "小吃|美食|好吃|特产|舌尖|伴手礼",
    )
)

_SIGHTS = re.compile(
    r"\b(?:museums?|temples?|hotels?|hostels?|guesthouses?|sightseeing|itinerar(?:y|ies)|book(?:ed)?\s(?:ahead|early)|check(?:ed)?\sin|tickets?|souvenirs?"
    r"|restaurants?|noodles|lakes?|gardens?|pagodas?|scenic|tourists?|travell?ers?|visitors?|old\stown|boat\strips?|sunset|mountains?|canals?|hik(?:e|ing)|breakfast|lunch|dinner)\b",
    re.IGNORECASE,
)
_MAKING = re.compile(
    r"\b(?:factor(?:y|ies)|workshops?|firms?|exports?|exporters?|produc\w+|manufactur\w+|makers?|suppliers?|industr\w+|output|plants?|sourc\w+|buyers?|orders?|machines?)\b",
    re.IGNORECASE,
)
_FEWEST_SIGHTS = 4  # different words for them


def is_of_others(lines: Iterable[str]) -> bool:
    """Whether a document in Chinese speaks as a buyer, a carrier, a fair, an employer, a court, an examiner or a traveller does."""
    text = simplified_in_place("\n".join(line for line, _ in zip(lines, range(_MOST_LINES), strict=False)))
    return any(len(set(words.findall(text))) >= _FEWEST for words in _GENRES)


def tells_of_sights(lines: Iterable[str]) -> bool:
    """Whether a text is a traveller's: it speaks of what one visits more often than of what is made there."""
    text = "\n".join(lines)
    sights = [word.lower() for word in _SIGHTS.findall(text)]
    return len(set(sights)) >= _FEWEST_SIGHTS and len(sights) > len(_MAKING.findall(text))
