"""Shares of all goods of a kind, and where they are said to be made: `Half of the world's socks are knitted here`. English.

The goods stand before the place and its verb. Which place `here` is, others tell.
"""

import re
from collections.abc import Iterator

from orchestration.reading.words.goods import trades_behind
from orchestration.reading.words.lexicon import Lexicon
from orchestration.reading.words.terms import Stretch

FRACTION = (
    r"(?:per\scent|percent|%|half|third|quarter|fifth|tenths?|quarters|thirds|fifths|most|majority"
    r"|(?:(?:out\sof|in)\s(?:every\s)?|of\severy\s)(?:\w+))"
)
_ALL = re.compile(r"\b(?:world|planet|globe|global|country|nation|national|China|Chinese|worldwide|everywhere|anywhere)\b", re.IGNORECASE)
_LONGEST_SHARE = 70  # characters from its number to the goods
_LONGEST_ALL = 40  # and from the goods to what it is a share of
_SHARE = re.compile(rf"\b{FRACTION}\b", re.IGNORECASE)
_WORKED = (
    r"(?:made|produced|manufactured|knitted|woven|wound|assembled|sewn|stitched|cast|forged|carved|polished|ground|cut|spun|built|printed|moulded"
    r"|molded|grown|processed|brewed|tanned|packed|put\stogether|turned\sout)"
)
_WHERE = re.compile(
    rf"\b(?:(?:is|are|was|were|get|gets|being|been)\s(?:\w+ly\s|now\s|still\s)?{_WORKED}|comes?|came|originates?)\s"
    r"(?:(?P<here>(?:right\s|over\s)?t?here\b|(?:in|from)\s(?:the|this)\s(?:[\w-]+\s){0,2}?(?:town|county|city|district|township|village|municipality|place)\b(?!\sof))"
    r"|(?:in|from)\s(?=[A-Z]))"
)


def is_of_all(text: str, goods: Stretch) -> bool:
    """Whether goods are told as a share of all that a country or the world has of them: `three out of four pearls on the planet`."""
    start = max(0, goods[0] - _LONGEST_SHARE)
    cut = max(text.rfind(mark, start, goods[0]) + 1 for mark in ";:.")
    share = _SHARE.search(text, max(start, cut), goods[0])
    return share is not None and _ALL.search(text, share.end(), goods[1] + _LONGEST_ALL) is not None


def find_shares(text: str, lexicon: Lexicon) -> Iterator[tuple[Stretch, int, bool]]:
    """The goods, where the words for their place begin or end, and whether those name it; else they say `here` or `in the town`."""
    for where in _WHERE.finditer(text):
        for share in _SHARE.finditer(text, 0, where.start()):
            goods = [stretch for stretch in trades_behind(text, share.end(), lexicon) if stretch[1] <= where.start()]
            if goods and not re.search(r"[;:]", text[share.end() : where.start()]):
                yield from ((stretch, where.end(), where["here"] is None) for stretch in goods)
                break
