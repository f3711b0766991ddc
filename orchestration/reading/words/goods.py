"""The goods that English words name: `40 per cent of the planet's neckties` are neckties, `knives and scissors` are one trade.

Terms of the lexicon behind a verb, before "industry" or in a bracket, past what only counts or praises them. Who makes them is not asked.
"""

import re
from itertools import pairwise

from orchestration.reading.keys import HAN, industry_key
from orchestration.reading.words.lexicon import Lexicon
from orchestration.reading.words.terms import Stretch

_WORD = re.compile(r"[A-Za-z][\w’'&-]*|\d[\d.,]*%?")
_AND = re.compile(r"\s?,\s(?:and\s)?(?:also\s)?|\s(?:and|&|or)\s(?:also\s|its\s|the\s)?", re.IGNORECASE)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What stands between "makes" and the goods, and says nothing of them: `40 per cent of the planet's`.
_PAST = _words("""
    a an the its their all any both each every some many most much several various different few more less over under about around nearly
    almost roughly approximately close upwards up to at least as an estimated of in out one two three four five six seven eight nine ten
    eleven twelve dozen dozens hundred hundreds thousand thousands million millions billion billions trillion half third thirds quarter
    quarters fifth fifths sixth seventh eighth tenth tenths per cent percent majority share lion's world world's worldwide globe globe's
    planet's global globally country's nation's national domestic china's chinese province's entire total annual yearly output production
    making make manufacture manufacturing producing pairs pair pieces piece sets tons tonnes metric units metres meters square cubic
    kilometres kilograms kinds sorts types of mainly chiefly mostly primarily largely only just such local cheap low-cost high-quality
    quality high-end low-end mid-range medium fine traditional famous leading big large largest biggest major main key important
    well-known so-called nothing but anything else other things like well known principal production-of number than small single
    export-oriented top home thriving booming flourishing growing
""")
ENDS = _words("""
    and or in of for to with from at by on but which that as is are was were has have had than where while who when also then since
    since made sold used alone although though because whereas whose here there worldwide nationwide annually year each every including
    such through via into across over for industry industries sector makers manufacturers producers mills factories workshops exporters
    firms businesses clusters cluster companies enterprises products production manufacturing making capital hub center centre base
    kingdom makes make produces produce itself calls china's world's country's nation's province's he she they we i you two three four five
    six seven eight nine ten
""")
_REMARK = re.compile(r"\s?[;,:–—]\s|\s-\s")
_MATERIAL = re.compile(
    r"(?:glass|steel|metal|iron|wood(?:en)?|bamboo|rattan|leather|plastic|rubber|cotton|silk|wool(?:len)?|paper|stone|ceramic)(?:$|\s)"
)
# What is told of prices, which any town may have: `Cotton yarn in Shaoxing lost 50 yuan`.
PRICED = re.compile(
    r"\b(?:futures|traded\s(?:at|up|down|higher|lower|flat|between|around|above|below|for)|unchanged|quoted|(?:a|per)\ston(?:ne)?)\b|\b(?:lost|gained|fell|rose|dropped|slipped|eased|added)\s(?:by\s)?\d+\s(?:yuan|dollars)",
    re.IGNORECASE,
)
# What goes on behind goods with more of them.
GOES_ON = re.compile(r"\s?[,/]|\s(?:and|&)\s")
# What ends goods that are all a sentence says, or begins a remark on them.
_GOODS_END = re.compile(r"\s?(?:[.;,(]|$|of\severy\s|[–—]|-\s|again\b|too\b|mostly\b|mainly\b)")
# Who makes goods, and where they are shown, right behind their name.
MAKERS = _words("one ones showroom showrooms workshop workshops factory firm maker town cities towns belt belts looms kilns ovens furnaces")
_NO_TRADE = re.compile(
    r"^(?:no|not|neither|hardly|fewer)\b|^(?:craft|product|good)$|\b(?:an?|would|will|could|should|may|might|like|wants?|hopes?|plans?|needs?|is|are|was|were|has|have|had)\b|\b(?:trade|trading|wholesale|airport|railway|station|expressway|service|garden|water|ice|tourism|tourist|food|financial|banking|shipping|commercial|business|retail|market|export|import|design|education|culture|logistics|finance|"
    r"research|construction|agriculture|gas|spring|island|university|history|opera|football|sports?|art|arts|people|culture|cultural)$"
)


def trades_behind(text: str, start: int, lexicon: Lexicon) -> list[Stretch]:
    """The goods behind a verb or "of", past what only counts or praises them; several that are one industry are one."""
    position = _past(text, start)
    found: list[Stretch] = []
    while (stretch := _trade_at(text, position, lexicon)) is not None:
        found.append(stretch)
        link = _AND.match(text, stretch[1])
        if link is None:
            break
        position = link.end()
    return _merged(text, found, lexicon)


def all_trades(text: str, span: Stretch, lexicon: Lexicon) -> list[Stretch]:
    """The goods that a bracket holds and nothing else."""
    goods = trades_behind(text[: span[1]], span[0], lexicon)
    return goods if goods and goods[-1][1] == span[1] else []


def first_trades(text: str, span: Stretch, lexicon: Lexicon) -> list[Stretch]:
    """The goods that a bracket begins with, before what only remarks on them: `(wigs; 100 workshops)`."""
    goods = trades_behind(text[: span[1]], span[0], lexicon)
    return goods if goods and (goods[-1][1] == span[1] or _REMARK.match(text, goods[-1][1])) else []


def goods_alone(text: str, start: int, lexicon: Lexicon) -> list[Stretch]:
    """The goods that a sentence in English is, or begins with before a remark, as `Fabrics of every kind.` does."""
    goods = trades_behind(text, start, lexicon) if not HAN.search(text) else []
    return goods if goods and not text[start : goods[0][0]].strip() and _GOODS_END.match(text, goods[-1][1]) else []


def _past(text: str, start: int) -> int:
    """Where the goods begin."""
    position = start
    for _ in range(16):
        word = _WORD.match(text, _blank(text, position))
        if word is None or not (word.group()[0].isdigit() or word.group().lower().replace("’", "'") in _PAST):
            break
        position = word.end()
    return _blank(text, position)


def _blank(text: str, position: int) -> int:
    while position < len(text) and text[position] in " -–“\"'‘":
        position += 1
    return position


def _trade_at(text: str, start: int, lexicon: Lexicon) -> Stretch | None:
    """The longest trade that begins here and runs over no conjunction."""
    ends: list[int] = []
    for word in _WORD.finditer(text, start, start + 70):
        if word.start() != start and (not ends or text[ends[-1] : word.start()].strip(" -")):
            break
        if word.group().lower() in ENDS or word.group()[0].isdigit():
            break
        ends.append(word.end())
        if len(ends) == 5:
            break
    return next(((start, end) for end in reversed(ends) if is_trade(text[start:end], lexicon)), None)


def trade_ending(text: str, start: int, end: int, lexicon: Lexicon, *, whole: bool = False) -> Stretch | None:
    """The longest trade between these offsets that ends at the last; from the first on, where it has to be `whole`."""
    start = _past(text[:end], start) if start < end else start
    stop = end
    while stop > start and text[stop - 1] in " ,”\"'’":
        stop -= 1
    begins = [word.start() for word in re.compile(r"[A-Za-z][\w’'&-]*").finditer(text, start, stop)][-5:]
    for begin in begins:
        if is_trade(text[begin:stop], lexicon) and not ENDS.intersection(text[begin:stop].lower().split()):
            return (begin, stop) if not whole or begin == start else None
    return None


def is_trade(text: str, lexicon: Lexicon) -> bool:
    """Whether these words are goods that a place may be known for."""
    key = industry_key(text)
    is_pronoun = text == "it"  # which is no IT
    return lexicon.is_trade(key) and not is_pronoun and not _NO_TRADE.search(key) and text.strip()[0].isalpha()


def _merged(text: str, found: list[Stretch], lexicon: Lexicon) -> list[Stretch]:
    """Goods beside each other that are one trade to the lexicon, as one: `knives and scissors`, `glass and steel furniture`."""
    merged = found[:1]
    for before, stretch in pairwise(found):
        whole = (merged[-1][0], stretch[1])
        one, other = (lexicon.industry_of(industry_key(text[slice(*part)])) for part in (before, stretch))
        is_shared = _MATERIAL.fullmatch(text, *before) and _MATERIAL.match(text, stretch[0]) and " " in text[slice(*stretch)]
        if is_shared or one == other or lexicon.industry_of(industry_key(text[slice(*whole)]), exact=True):
            merged[-1] = whole
        else:
            merged.append(stretch)
    return merged
