"""What places are said to make, where nobody says "cluster": `Shengzhou turns out 40 per cent of the world's neckties`. English.

A place that a sentence speaks of, a phrase that says what it is known for, and a trade of the lexicon, in the orders that running text
has them. Whether a document is about such places at all is for its reader to judge.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from orchestration.reading.keys import HAN
from orchestration.reading.phrases.names import REGIONS, Name, Spot, are_provinces, is_city, is_of_another, join, latin_chains
from orchestration.reading.text.absent import GONE_EN, PLANNED_EN
from orchestration.reading.words.goods import PRICED, all_trades, first_trades, trade_ending, trades_behind
from orchestration.reading.words.lexicon import Lexicon
from orchestration.reading.words.shares import FRACTION, find_shares
from orchestration.reading.words.terms import Stretch

Goods = tuple[Stretch, bool, bool]  # where they are printed; whether the place is a centre of them; whether that is a title of it

_ADVERBS = (
    r"(?:(?:now|today|also|alone|still|itself|currently|has|have|had|been|is|was|are|widely|long|best|better|perhaps|mainly|chiefly|mostly|"
    r"which|that|who|and|both\sof|all\sof|locally|internationally|nationally|already|there|people|where|they|we|it|you|its|factories|firms|workers|villagers|"
    r"makers|producers|said|to)\s){0,6}?"
)
_KIND = r"(?:\s(?:city|county|town|township|district|prefecture|subdistrict))?"
_ASIDE = r"(?:,\s(?:[^.;:()]|\([^()]*\)){2,120}?,|\s\([^)]{1,80}\)|,\san?\s[^.,;:]{2,60}?(?=\s(?:known|famous|dubbed|called)\b))?"
_GAP = re.compile(rf"{_KIND}{_ASIDE},?\s{_ADVERBS}", re.IGNORECASE)
_MAKES = re.compile(
    r"(?P<sure>(?:speciali[sz](?:es?|ed|ing)|excels?)\s(?:in|on)"
    r"|turn(?:s|ed|ing)?\sout|churn(?:s|ed|ing)?\sout|(?:is|are|was|were|be)\sdotted\swith|dominat(?:es?|ing)|concentrat(?:es?|ed|ing)\son"
    r"|accounts?\sfor)"
    r"|(?P<loose>mak(?:es?|ing)|made|produc(?:es?|ed|ing)|manufactur(?:es?|ed|ing)|sells?|knits?|weaves?|sews?|stitch(?:es)?|suppl(?:y|ies)|carves?"
    r"|(?:known|famous|famed|renowned|noted|celebrated|well-known)\s(?:(?:above\sall|chiefly|mainly|mostly|best|primarily|especially|widely|nationwide|worldwide|(?:all\sover|throughout|across|around)\sthe\s\w+)\s)?(?:for|as\sthe\shome\sof)|focus(?:es|ed|ing)?\son|depends?\son|liv(?:es?|ed|ing)\s(?:on|off|by)"
    r"|builds?|casts?|grinds?|cuts?|does|home\sto|ships?|exports?|forges?|rolls?|spins?|winds?|brews?|distil+s?|quarr(?:y|ies)|polish(?:es)?|tans?|prints?|moulds?|molds?|assembles?|(?:has|have|had|boasts?|hosts?|houses|developed|built\sup|built|grew|nurtured)\s(?:\w+\s){0,3}?(?:industry|trade|business|concentration|sector)\s(?:of|in|for|making|producing)|grows?|farms?|raises?|processes|weav(?:es?|ing))\b",
    re.IGNORECASE,
)
_SEAT = (
    r"(?:capital|hub|cent(?:er|re)|kingdom|hometown|stronghold|heartland|powerhouse|base|hotbed|cluster|town|city|county|village"
    r"|(?:largest|biggest|leading|top|main|foremost)\s(?:producer|maker|manufacturer|exporter|supplier))"
)
_BEING = re.compile(
    r"(?:\b(?:(?:is|are|was|became|becom(?:es|ing|e)|remains?|as|into"
    r"|(?:calls|styles)\sitself"
    r"|(?:known|famous|renowned|dubbed|hailed|nicknamed|called|considered|regarded)(?:\sas)?)\s)|(?<=,\s))"
    r"(?:(?:also|now|still|widely|often|even|sometimes|perhaps|already|home\sof|known\sas|called|dubbed|as)\s){0,3}[“\"'‘]?"
    rf"(?P<what>(?:(?:an?|the|one\sof(?:\sthe)?|its|their)\s)?[^.,;:()]{{0,70}}?\b{_SEAT}s?)\b",
    re.IGNORECASE,
)
# `Ouhai, a district of Wenzhou, is where the glasses come from`.
_WHERE = re.compile(
    rf"{_KIND}{_ASIDE}\s(?:is|was)\swhere\s(?P<of>[^,.;:]{{3,60}}?)\s(?:comes?\sfrom|(?:is|are)\s(?:made|produced|knitted|woven|polished|cut))\b"
)
_SEAT_OF = re.compile(r"\s(?:of|for|in)\s", re.IGNORECASE)
_MADE = re.compile(
    r"\s(?:production|manufacturing|making|processing|export|wholesale|sourcing|industrial|industry|trading|apparel)$", re.IGNORECASE
)
_PLURAL_MAKERS = r"(?:makers|manufacturers|producers|mills|factories|workshops|exporters|foundries|kilns|tanneries|weavers)"
_INDUSTRY = re.compile(
    rf"[\s-](?:(?:manufacturing|making|processing|production)\s)?(?P<word>industry|industries|sector|trade|{_PLURAL_MAKERS}|firms|businesses|cent(?:er|re)|hub|base)\b",
    re.IGNORECASE,
)
_PHRASE = re.compile(r"[A-Za-z][\w’'&-]*(?:\s[A-Za-z][\w’'&-]*){0,5}")


_DENIED = re.compile(
    rf"\b(?:{GONE_EN}|{PLANNED_EN}|not|never|unlike|rather\sthan|hardly|instead\sof|until|before|neither|without|n't)\b|n[’']t\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"(?:\s[\w’'-]+){0,4}?\suntil\b")  # `was China's crystal city until 2013`
_BEFORE_SUBJECT = re.compile(
    r"\b(?:in|at|(?<!town\s)(?<!city\s)(?<!county\s)(?<!district\s)(?<!village\s)of|from|near|to|into|with|for|by|than|via|and\sfrom|outside|around)\s(?:the\s)?$",
    re.IGNORECASE,
)
_IN = re.compile(r"\b[Ii]n\s(?:the\s(?:\w+\s){0,3}(?:of\s)?)?$")
_OF_PLACE = re.compile(
    r"(?:['’]s?\s|-based\s|\s(?:city|county|town|district)(?:['’]s?|-based)\s)(?:[\w-]+ed\s|\d[\d,]*\s|own\s|many\s|famous\s|small\s|big\s|large\s|huge\s|local\s){0,2}"
)
_ATTRIBUTIVE = re.compile(rf"{_KIND}\s", re.IGNORECASE)
_LOCATED = re.compile(
    r"\s(?:(?:is|are|was|were|(?:has|have)\sbeen)\s)?(?:(?:made|produced|based|located|concentrated|found|manufactured|knitted|woven|clustered|centred|centered|polished|cut|carved|processed|assembled|grown|sewn|forged|cast|spun|brewed|tanned)\s)?(?:in|around|from)\s(?:the\s(?:town|city|county)\sof\s|nearby\s|neighbouring\s|the\s)?$"
)
_NAME_AND_VERB = re.compile(r"\b[A-Z]\w+\s\w+ed\s")
_MADE_IN = re.compile(
    r"\b(?:polished|cut|carved|processed|assembled|grown|sewn|forged|cast|spun|brewed|tanned|made|produced|based|concentrated|manufactured|knitted|woven|clustered|cent(?:re|er)ed)\s",
    re.IGNORECASE,
)
_COMES_FROM = re.compile(r"\scomes?\sfrom\s(?:the\s(?:town|city|county)\sof\s)?$")
_FOR = re.compile(r"\s(?:for|on)\s")
_BESIDE = re.compile(r"\s([a-z][a-z -]{2,40}?)(?=\s?[(,;.]|\sand\s[A-Z])")
# How a text points back at the place it speaks of.
_HERE = re.compile(
    r"(?:^(?:(?:Now|Today|Yet|But|Still|And|Then|Since\sthen|These\sdays)\b,?\s)?|(?<=[,;]\s)|(?<=\s(?:and|but)\s)|(?<=\sthat\s)|(?<=\swhile\s)|(?<=\swhere\s))(?:(?:[Tt]he|[Tt]his)\s(?:[\w-]+\s){0,2}?(?:town|city|county|district|township|village)|[Ii]t)\b"
)
_ITS = re.compile(r"(?:^|(?<=\s))(?:[Ii]ts|[Tt]he\s(?:town|city|county|district|township)['’]s)\s")
_MAYBE = re.compile(
    rf"\b(?:workshops?|liv(?:es?|ed|ing)\s(?:on|off|by)\s|speciali[sz]|turn\w*\sout|churn\w*\sout|accounts?\sfor|(?:makes|ships|sells|exports|produces)\s|(?:known|famous)(?:\s\w+){{0,2}}\sfor\s|dotted\swith|(?:capital|hub|cent(?:er|re)|kingdom|hometown|home|base|hotbed)\s(?:of|for)\s"
    rf"|{FRACTION}\sof\s(?:the\s)?(?:world|planet|country|nation|globe|China)|{_PLURAL_MAKERS}\b|\bindustry\b)",
    re.IGNORECASE,
)
_IT = re.compile(
    r"(?:[;,–—]\s(?:and\s|but\s)?|\s(?:and|but)\s)(?:it|the\s(?:town|city|county|district))(?=\s)"
    r"|\s(?:and|but)(?=\s(?:now\s|also\s|still\s)?(?:makes?|produces?|turns?|calls|styles|is\s(?:known|famous|the|one|a)|specialises|specializes|supplies|knits|weaves)\b)"
)
_SUBJECT_WITHIN = 24  # characters of a sentence, for the place it begins with
_HEAD = re.compile(r"\W*(?:\d{1,2}[.)]\s)?(?P<trade>[A-Za-z][^:.;()]{2,60}):\s")
_MARK = re.compile(r"\s?(?::|[–—-](?=\s))\s")
_MORE_THAN = re.compile(r"\smore\s[^.;]{3,50}?\sthan\s(?:any|all|every|anywhere|the\srest)\b")
_FRACTION = re.compile(FRACTION, re.IGNORECASE)
_BULLETS = " -*•·#0123456789.)"
_WORDS = re.compile(r"[A-Za-z]+")
_AROUND = frozenset(
    (
        "in",
        "and",
        "or",
        "of",
        "the",
        "then",
        "also",
        "by",
        "followed",
        "province",
        "city",
        "county",
        "town",
        "district",
        "mainly",
        "with",
        "s",
    )
)
_MOST_REMARKED = 3  # words behind a trade and its colon that are no places
_OPENED = re.compile(r"(?:\s(?:capital|hub|cent(?:er|re)|kingdom|hometown|base|town|city))?\s?[(（]$")  # the lock capital (Wenzhou)
_LONGEST_SEAT = 12
_BRAND = re.compile(r"(?:[A-Z]\w+\s){2,}[a-z]")  # Flying Pigeon bicycles
_BRACKET = re.compile(r"\s?[(（]([^()（）]{2,60})[)）]")


@dataclass(frozen=True, slots=True)
class Speciality:
    """What a place is said to make.

    Attributes:
        name: The trade and the place, as a name of a cluster.
        is_sure: The phrase says that the place is a centre of the trade, rather than that it makes or sells such things as well.
        is_title: It is what people call the place: `the lighting capital of China`.
    """

    name: Name
    is_sure: bool
    is_title: bool = False


def may_tell_of_makers(text: str) -> bool:
    """Whether a line may say that a place is a centre of a trade: the cheap question."""
    return bool(_MAYBE.search(text))


def find_specialities(text: str, spots: Sequence[Spot], lexicon: Lexicon) -> Iterator[Speciality]:
    """The trades of places that a sentence tells, in no order, perhaps one of them twice."""
    latin = [spot for spot in spots if not (HAN.match(text[spot.start]) or REGIONS.fullmatch(text, *spot[:2]))]
    chains = [chain for chain in latin_chains(text, latin) if not are_provinces(chain)]
    if PRICED.search(text):
        return
    said_until = 0  # what stands between a place and what it makes tells where it lies: `Huangqiao, a town in Taixing, makes violins`
    for chain in chains:
        if chain[0].start < said_until or is_of_another(text, chain[0].start):
            continue
        others = [
            spot.start for spot in spots if spot not in chain
        ]  # `makes neckties, Yongkang makes hardware`: one place's goods end there
        found = [goods for goods in _of_chain(text, chain, lexicon) if not any(goods[0][0] <= start < goods[0][1] for start in others)]
        places = _apart(text, chain, lexicon)
        is_stepwise = "respectively" in text and len(found) == len(places)
        for index, (stretch, is_sure, is_title) in enumerate(found):
            is_denied = _DENIED.search(text, chain[-1].end, stretch[0]) or _UNTIL.match(text, stretch[1])
            for place in places[index : index + 1] if is_stepwise else places:
                yield Speciality(join(place[0].start, stretch[1], stretch, place), is_sure=is_sure and not is_denied, is_title=is_title)
            said_until = max(said_until, stretch[0])
    yield from _of_subject(text, chains, lexicon)
    at = {chain[0].start: chain for chain in chains}
    for stretch, start, is_named in find_shares(text, lexicon):
        if is_named and start in at:
            yield Speciality(join(stretch[0], at[start][-1].end, stretch, at[start]), is_sure=not _DENIED.search(text, 0, start))
    yield from _headed(text, chains, lexicon)
    yield from _enumerated(text, chains, lexicon)


def find_placeless(text: str, spots: Sequence[Spot], lexicon: Lexicon) -> Iterator[tuple[Stretch, bool]]:
    """The trades that a sentence tells of a place that another one names, and whether it is a centre of them.

    `The town is one of China's four silk capitals`, `Its flooring industry turns out a third of the country's boards`.
    """
    floor = min((spot.start for spot in spots if not spot.is_province), default=len(text))
    found = [goods for here in _HERE.finditer(text, 0, floor) for goods in _made_by(text, here.end(), lexicon)]
    found += [goods for its in _ITS.finditer(text, 0, floor) for goods in _named_industry(text, its.end(), lexicon)]
    for stretch, is_sure, _ in found:
        if stretch[1] <= floor:
            yield stretch, is_sure and not _DENIED.search(text, 0, stretch[0])
    for stretch, end, is_named in find_shares(text, lexicon):
        if not is_named:
            yield stretch, not _DENIED.search(text, 0, end)


def _of_subject(text: str, chains: list[list[Spot]], lexicon: Lexicon) -> Iterator[Speciality]:
    """What a sentence says again of the place it begins with: `Baigou, south of Beijing, sewed saddles once; it now ships bags`."""
    place = [spot for spot in chains[0] if not spot.is_province or is_city(spot)] if chains else []
    if not place or place[0].start > _SUBJECT_WITHIN or _BEFORE_SUBJECT.search(text, 0, place[0].start):
        return
    for it in _IT.finditer(text, place[-1].end):
        others = [chain for chain in chains[1:] if chain[0].start < it.start()]
        if all(_BEFORE_SUBJECT.search(text, max(0, chain[0].start - 16), chain[0].start) for chain in others):
            for stretch, is_sure, is_title in _made_by(text, it.end(), lexicon):
                is_denied = _DENIED.search(text, it.start(), stretch[0])
                yield Speciality(join(place[0].start, stretch[1], stretch, place), is_sure=is_sure and not is_denied, is_title=is_title)


def _headed(text: str, chains: list[list[Spot]], lexicon: Lexicon) -> Iterator[Speciality]:
    """`Masks: Xiantao in Hubei province, followed by Changyuan in Henan.`: a trade, a colon, and places; or the reverse."""
    head = _HEAD.match(text)
    goods = all_trades(text, head.span("trade"), lexicon) if head else []
    if chains and (mark := _MARK.match(text, chains[0][-1].end)) and not text[: chains[0][0].start].strip(_BULLETS):
        goods_behind = all_trades(text, (mark.end(), len(text.rstrip(" .;"))), lexicon)
        for place in _apart(text, chains[0], lexicon):
            for stretch in goods_behind:
                yield Speciality(join(place[0].start, stretch[1], stretch, place), is_sure=True)
    behind = [chain for chain in chains if head and chain[0].start >= head.end()]
    if not goods or not behind or head is None or behind[0][0].start != head.end():
        return
    cuts = [head.end(), *(at for chain in behind for spot in chain for at in spot[:2]), len(text)]
    rest = " ".join(text[start:end] for start, end in zip(cuts[::2], cuts[1::2], strict=True))
    if len([word for word in _WORDS.findall(_BRACKET.sub(" ", rest)) if word.lower() not in _AROUND]) > _MOST_REMARKED:
        return
    for place in (place for chain in behind for place in _apart(text, chain, lexicon)):
        for stretch in goods:
            yield Speciality(join(stretch[0], place[-1].end, stretch, place), is_sure=True)


def _of_chain(text: str, chain: list[Spot], lexicon: Lexicon) -> Iterator[Goods]:
    start, end = chain[0].start, chain[-1].end
    if (of := _OF_PLACE.match(text, end)) or _begins_goods(text, end):
        behind = of or _ATTRIBUTIVE.match(text, end)
        industries = list(_named_industry(text, behind.end() if behind else end, lexicon))
        yield from industries
        if of or industries:
            return
    is_object = _BEFORE_SUBJECT.search(text, max(0, start - 16), start)
    if (inside := _IN.search(text, max(0, start - 24), start)) and (
        comma := re.compile(rf"{_KIND},\s(?:the\s|its\s|a\s|an\s)?").match(text, end)
    ):
        yield from _named_industry(text, comma.end(), lexicon)
    if located := (_COMES_FROM.search(text, max(0, start - 40), start) or _LOCATED.search(text, max(0, start - 40), start)):
        yield from _industry_before(text, located, lexicon)
    gap = _GAP.match(text, end)
    is_related = re.compile(
        rf"{_KIND},\s(?:which|where|who|also|now|the|a|an|known|famous|home|long|widely|dubbed|hailed|nicknamed|one)\b"
    ).match(text, end)
    if gap is None or (is_object and not is_related and not inside):
        return
    yield from _made_by(text, end, lexicon)


def _apart(text: str, chain: list[Spot], lexicon: Lexicon) -> list[list[Spot]]:
    """`Keqiao, Shengze in Suzhou and Changle` is three places: what does not lie in the one beside it ends one.

    Strangers with a blank between them, `Ningbo Shenzhou`, are a company's name.
    """
    places = [chain[:1]]
    for before, spot in pairwise(chain):
        gap = text[before.end : spot.start]
        is_chained = is_near(before, spot, lexicon)
        if gap == " " and not is_chained:
            return []
        if re.search(r"\band\b|&", gap) or not is_chained:
            places.append([spot])
        else:
            places[-1].append(spot)
    return places


def is_near(one: Spot, other: Spot, lexicon: Lexicon) -> bool:
    """Whether one of two printed places may lie in the other, whatever the year, towns aside (`Topics.touches` asks for one year)."""
    return any(lexicon.may_lie_in(a.key, b.key, None, towns=False) for a, b in ((one, other), (other, one)))


def _begins_goods(text: str, end: int) -> bool:
    """Whether a word that is neither a verb nor a kind of place follows at once: `the Foshan ceramics industry`."""
    match = re.compile(rf"{_KIND}\s[a-z]").match(text, end)
    return (
        match is not None
        and not _MAKES.match(text, match.end() - 1)
        and not re.compile(r"(?:is|are|was|has|have|now|also|and|in|for|became|remains|which)\b").match(text, match.end() - 1)
    )


def _made_by(text: str, end: int, lexicon: Lexicon) -> Iterator[Goods]:
    """What stands behind the verb whose subject ends here."""
    for verb in _MAKES.finditer(text, end, min(len(text), end + 200)):
        gap = _GAP.fullmatch(text, end, verb.start())
        if gap is None:
            continue
        goods = list(trades_behind(text, verb.end(), lexicon))
        if goods:
            is_share = _FRACTION.search(text, verb.end(), goods[0][0])
            is_counted = verb["sure"] or is_share or _MORE_THAN.match(text, verb.end())
            for stretch in goods:
                yield stretch, bool(is_counted), False
            return
    if where := _WHERE.match(text, end):
        yield from ((stretch, True, False) for stretch in trades_behind(text[: where.end("of")], where.start("of"), lexicon))
        return
    for being in _BEING.finditer(text, end, min(len(text), end + 260)):
        gap = _GAP.fullmatch(text, end, being.start()) or _GAP.fullmatch(text, end, being.start() + 1)
        comma = text[end : being.start()].strip() == "," or re.compile(rf"{_KIND},\s").fullmatch(text, end, being.start())
        if (gap is None and not comma) or being.start() > end + 160:
            continue
        if seated := list(_of_seat(text, being.span("what"), lexicon)):
            yield from seated
            return


def _of_seat(text: str, what: Stretch, lexicon: Lexicon) -> Iterator[Goods]:
    """`the lighting capital of China`, `a hub of swimwear manufacturing`."""
    start, end = what
    if of := _SEAT_OF.match(text, end):
        goods = list(trades_behind(text, of.end(), lexicon))
        if goods:
            yield from ((stretch, True, True) for stretch in goods)
            return
    words = text[start:end].rsplit(" ", 1)[0] if " " in text[start:end] else ""
    before = start + len(_MADE.sub("", words))
    if stretch := trade_ending(text, start, before, lexicon):
        yield stretch, True, True


def _named_industry(text: str, start: int, lexicon: Lexicon) -> Iterator[Goods]:
    """`ceramics industry`, `toy makers`, right behind a place."""
    phrase = _PHRASE.match(text, start)
    for word in _INDUSTRY.finditer(text, start, phrase.end() if phrase else start):
        if stretch := trade_ending(text, start, word.start(), lexicon):
            yield stretch, word["word"].lower() in ("industry", "industries", "sector", "hub", "base"), False
        return


def _industry_before(text: str, located: re.Match[str], lexicon: Lexicon) -> Iterator[Goods]:
    """`the textile industry in`, `Most of the world's violins are made in`."""
    end = located.start()
    head = re.search(_INDUSTRY.pattern + r"$", text[max(0, end - 40) : end], re.IGNORECASE)
    is_made = _MADE_IN.search(located.group())
    comes = _COMES_FROM.fullmatch(located.group())
    if (head is None and not is_made and not comes) or (head and located.group().startswith(" from")):
        return  # two violin makers from Shanghai are people
    stop = max(0, end - 40) + head.start() if head else end
    begin = max(text.rfind(mark, 0, stop) + 1 for mark in ",;:.(")
    if _NAME_AND_VERB.search(text, begin, stop):
        return
    if stretch := trade_ending(text, max(begin, stop - 60), stop, lexicon):
        yield stretch, head is not None, False


def _enumerated(text: str, chains: list[list[Spot]], lexicon: Lexicon) -> Iterator[Speciality]:
    """`hosiery in Zhuji, hardware in Yongkang`, `Haining (leather), Yueqing (lamps)`, `Keqiao textiles (RMB 1bn)`."""
    forms: dict[str, list[tuple[list[Spot], list[Stretch]]]] = {"in": [], "for": [], "bracket": [], "bracketed": [], "beside": []}
    for chain in chains:
        start, end = chain[0].start, chain[-1].end
        before = re.search(r"\s(?:in|at|of|from)\s$", text[max(0, start - 6) : start])
        if before and (stretch := trade_ending(text, _clause(text, start), start - len(before.group()), lexicon, whole=True)):
            forms["in"].append((chain, [stretch]))
        if (link := _FOR.match(text, end)) and (goods := list(trades_behind(text, link.end(), lexicon))):
            forms["for"].append((chain, goods))
        if (bracket := _BRACKET.match(text, end)) and (goods := first_trades(text, bracket.span(1), lexicon)):
            forms["bracket"].append((chain, goods))
        if (beside := _BESIDE.match(text, end)) and (goods := all_trades(text, beside.span(1), lexicon)):
            forms["beside"].append((chain, goods))
        opened = _OPENED.search(text, max(0, start - _LONGEST_SEAT), start)
        stretch = trade_ending(text, _clause(text, start), opened.start(), lexicon, whole=True) if opened else None
        if stretch and not _BRAND.match(text, *stretch):
            forms["bracketed"].append((chain, [stretch]))
    for found in forms.values():
        if len(found) < 2:
            continue
        for index, (chain, goods) in enumerate(found):
            neighbours = [*found[max(0, index - 1) : index], *found[index + 1 : index + 2]]
            if any(abs(other[0][0].start - chain[0].start) < 140 for other in neighbours):
                for stretch in goods:
                    yield Speciality(join(min(chain[0].start, stretch[0]), max(chain[-1].end, stretch[1]), stretch, chain), is_sure=True)


def _clause(text: str, end: int) -> int:
    """Where the item of a list begins that ends here."""
    cuts = [
        m.end()
        for m in re.compile(r"[,;:.(]\s?(?:and\s)?|\s(?:and|as|including|like|of|are|is|include|from|to)\s(?:the\s)?").finditer(
            text, max(0, end - 90), max(0, end - 4)
        )
    ]
    return max(cuts, default=max(0, end - 90))
