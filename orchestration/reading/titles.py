"""Titles conferred on places: 中国袜业名镇, "China Sock Town". What was awarded names a cluster; what people call a place does not."""

import re
from collections.abc import Iterator, Sequence

from orchestration.reading.keys import HAN
from orchestration.reading.names import Name, Spot, glued_chains, join, latin_chains

_KIND_ZH = "名[镇鎮城县縣都乡鄉区區村]|之[都乡鄉城]|(?:特色)?(?:产业|產業|生产|制造|加工|出口)?基地|产业名[城镇县]"
_ZH = re.compile(rf"[“\"《「『](?:中国|中國|全国|全國|国家级?)?(?P<industry>[一-鿿（）()]{{1,16}}?)(?:{_KIND_ZH})[”\"》」』]")
_EN = re.compile(
    r"[“\"](?:(?:the\s)?(?:National|China)(?:['’]s)?\s)?(?:(?P<industry>[A-Z][\w&-]*(?:\s[\w&-]+){0,4}?)\s(?:Town|City|County|Capital|Base|Hometown)(?:\sof\sChina)?"
    r"|(?:Town|City|Capital|Base|Hometown)\sof\s(?P<of>[A-Z][\w&-]*(?:\s[\w&-]+){0,4}?)(?:\sin\sChina)?)[.,]?[”\"]"
)
_CONFERRED = re.compile(
    r"授予|命名|认定|認定|评为|評為|评定|获评|獲評|荣获|榮獲|获得|獲得|获批|被列为"
    r"|\b(?:awarded|named|designated|granted|conferred|recogni[sz]ed|honou?red|title of|titles? by|won the)\b",
    re.IGNORECASE,
)
_NICKNAMED = re.compile(
    r"素有|美誉|美譽|誉为|譽為|之称|之稱|号称|號稱|俗称|人称|\b(?:referred to|known as|called|dubbed|nicknamed|hailed as|so-called)\b",
    re.IGNORECASE,
)

_WORDS = (
    "“中国",
    "“中國",
    "《中国",
    "「中國",
    "“全国",
    ' Town"',
    ' City"',
    " Capital",
    ' Base"',
    " Hometown",
    " Town”",
    " City”",
    " Base”",
)


def may_hold_title(text: str) -> bool:
    """Whether there is anything like a title at all: the cheap question before `find_titles`."""
    return any(word in text for word in _WORDS)


def find_titles(text: str, spots: Sequence[Spot]) -> Iterator[Name]:
    """The clusters a sentence names by conferring a title: `授予石狮市“中国休闲服装名城”称号` names 休闲服装 in 石狮市."""
    start = 0
    for match in sorted([*_ZH.finditer(text), *_EN.finditer(text)], key=lambda m: m.start()):
        around = text[start : match.start()]
        before = [spot for spot in spots if spot.end <= match.start()]
        is_conferred = _CONFERRED.search(around[-80:]) and not _NICKNAMED.search(around[-40:] + text[match.end() : match.end() + 8])
        start = match.end()
        if is_conferred and before:
            group = "of" if "of" in match.groupdict() and match["of"] else "industry"
            chains = glued_chains if HAN.match(text[before[-1].start]) else latin_chains
            chain = chains(text, before)[-1]
            yield join(chain[0].start, match.end(), match.span(group), chain)
