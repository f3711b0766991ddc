"""What speaks of a cluster and names none that could be listed: asked about, so that nothing is lost. Nothing is published from here."""

import re
from collections.abc import Iterator, Sequence

from orchestration.reading.keys import HAN, industry_key
from orchestration.reading.phrases.names import Spot
from orchestration.reading.phrases.names_chinese import HEAD_ZH, behind_lead, names_industry
from orchestration.reading.phrases.names_english import GENERIC
from orchestration.reading.words.lexicon import Lexicon

_IN_FULL = re.compile(
    r"(?:\b(?!The\s)[A-Z][\w&-]+\s(?:and\s|&\s|of\s)?){2,9}(?:Industrial\s)?Cluster\b(?!\s(?:Contest|Competition|Development|Program|Award))"
)
_HEAD = re.compile(
    r"\b(?:clusters?|block economy|blocks|(?:production|manufacturing|sourcing|industrial) (?:base|hub|cent(?:er|re)|belt)s?"
    r"|(?:speciali[sz]ed|industrial) (?:town|county|village)s?)\b"
    r"|(?:产业|產業|工业|工業|生产|生產|制造|製造|加工|出口)?(?:集群|集聚区|集聚區|基地|园区|園區)|块状经济|塊狀經濟|专业[镇市]|專業[鎮市]|市[场場](?=[”」』])"
    r"|\b(?:capital|hometown|kingdom)\b|\b(?:town|city)(?=[”\"]|\sof\sChina)|之[都乡鄉城]|名[镇鎮城县縣都乡鄉村]|都(?=[”」』])",
    re.IGNORECASE,
)
_MARK = re.compile("[、等]")
_STRETCH = re.compile(r"[一-鿿A-Za-z]+$")
_LONGEST = 20  # characters before 集群
_FOR = re.compile(r"\s(?:of|for|in)\s(?:the\s)?", re.IGNORECASE)
_KNOWN_FOR = re.compile(
    r"\b(?:known|famous|renowned|noted) for (?:its |the )?"
    r"|\b(?:home|capital|cradle|kingdom) (?:of|to) (?:the |its |an? )?|\bspeciali[sz]\w+ in |\bmakes? "
    r"|以(?=[^，。]{2,12}(?:闻名|聞名|著称|著稱|出名|为主))|(?:提到|提起|说到|說到|提及)|盛产|盛產|主产|主產|主营|主營",
    re.IGNORECASE,
)
_IN_PLACE = re.compile(r"\s(?:in|from|of)\s$|\s\(\s?$", re.IGNORECASE)
_ONE_THING = re.compile(r"\b(?:the|an?|this|that)\s", re.IGNORECASE)  # the bus from Hangzhou
_OF_PLACE = re.compile(r"(?:[市县縣区區镇鎮乡鄉]?[的之]|[’']s\s)")
_WORD = re.compile(r"[A-Za-z][\w&-]*")
_WORDS = 4  # of a trade's name, at most
_CHARACTERS = 8


Found = tuple[str, int, int]  # the trade's key, and where it stands


def find_in_full(text: str, spots: Sequence[Spot]) -> Iterator[Found]:
    """Clusters named in full: `the Foobar Leather Industrial Cluster`, 消费品产业集群."""
    for match in _IN_FULL.finditer(text):
        if key := industry_key(match.group()):
            yield key, *match.span()
    for head in HEAD_ZH.finditer(text):
        before = _STRETCH.search(text, max(0, head.start() - _LONGEST), head.start())
        start = behind_lead(text, before.start(), head.start()) if before else head.start()
        while inside := next((spot for spot in spots if spot.start <= start < spot.end), None):
            start = inside.end
        if names_industry(text[start : head.start()]) and (key := industry_key(text[start : head.start()])):
            yield key, start, head.end()


def find_unnamed(text: str, spots: Sequence[Spot], lexicon: Lexicon) -> Iterator[Found]:
    """Trades that a sentence puts beside the word for a cluster, a title or a place.

    `the largest two, textiles in Shaoxing and apparel in Ningbo`, `national production base for electromagnetic wire`, 鹿城的打火機.
    """
    for head in _HEAD.finditer(text):
        yield from _trade_before(text, head.start(), lexicon)
        if behind := _FOR.match(text, head.end()):
            yield from _trade_behind(text, behind.end(), lexicon)
    for phrase in _KNOWN_FOR.finditer(text):
        yield from _trade_behind(text, phrase.end(), lexicon)
    for spot in spots:
        if link := _IN_PLACE.search(text, max(0, spot.start - 6), spot.start):
            trades = _trade_before(text, link.start(), lexicon)
            is_from = link.group().strip().lower() == "from"
            yield from (found for found in trades if not (is_from and _ONE_THING.search(text, max(0, found[1] - 5), link.start())))
        if of := _OF_PLACE.match(text, spot.end):
            yield from _trade_behind(text, of.end(), lexicon)


def find_items(text: str, lexicon: Lexicon) -> Iterator[Found]:
    """Trades that end at a mark: the items of an enumeration of clusters that were not understood."""
    for mark in _MARK.finditer(text):
        yield from _trade_before(text, mark.start(), lexicon)


def calls_a_centre(text: str) -> bool:
    """Whether a text holds the word for a cluster or a title of places."""
    return _HEAD.search(text) is not None


def _trade_before(text: str, end: int, lexicon: Lexicon) -> Iterator[Found]:
    """The longest trade that ends here."""
    if end and HAN.match(text[end - 1]):
        run = _STRETCH.search(text, max(0, end - _CHARACTERS), end)
        starts = [*range(run.start() if run else end, end - 1)]
    else:
        words = list(_WORD.finditer(text, max(0, end - 60), end))[-_WORDS:]
        starts = [word.start() for word in words] if words and not text[words[-1].end() : end].strip(" ”\"'’") else []
    for start in starts:
        if _is_trade(key := industry_key(text[start:end]), lexicon):
            yield key, start, end
            return


def _trade_behind(text: str, start: int, lexicon: Lexicon) -> Iterator[Found]:
    """The longest trade that begins here."""
    if start < len(text) and HAN.match(text[start]):
        ends = [*range(min(len(text), start + _CHARACTERS), start + 1, -1)]
    else:
        words = list(_WORD.finditer(text, start, start + 60))[:_WORDS]
        ends = [word.end() for word in reversed(words)] if words and words[0].start() == start else []
    for end in ends:
        if _is_trade(key := industry_key(text[start:end]), lexicon):
            yield key, start, end
            return


def _is_trade(key: str, lexicon: Lexicon) -> bool:
    trade = lexicon.trade_of(key)
    return trade is not None and not GENERIC.issuperset(trade.split())
