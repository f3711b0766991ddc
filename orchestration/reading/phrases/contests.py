"""Contests in running text: their name, organiser and year, how many won, and how many of the winners each province has."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from orchestration.reading.phrases.figures import Figure
from orchestration.reading.phrases.names import Spot

_CONTEST_EN = re.compile(r"\b(?:Contest|Competition|Challenge|Championship|Award|Prize|contest|competition)s?\b")
_KIND_SMALL = (
    r"(?:(?:national|provincial|annual|advanced|manufacturing|industrial|industry|world-class|emerging|characteristic|local|county)\s)"
)
_CONTEST_SMALL = re.compile(
    rf"\b{_KIND_SMALL}{{0,5}}clusters?\s(?:(?:development|competitiveness|innovation|of\sthe\syear)\s){{0,2}}(?:contest|competition|championship|awards?|prize)\b"
    rf"|\b(?:contest|competition|championship|awards?|prize)s?\s(?:for|of|among|between)\s(?:the\s)?(?:best\s)?{_KIND_SMALL}{{0,5}}clusters?\b"
)
_WORD = re.compile(r"[\w&/’'-]+")
_CONNECTORS = frozenset(("of", "for", "and", "the", "in", "on", "&"))
_HEADS_ZH = (
    r"竞赛|競賽|大赛|大賽|决赛|決賽|初赛|[挑擂争爭][^，。；\s]{1,2}[赛賽]|锦标赛|选拔赛|赛事|评选|評選|评比|評比|奖(?![励金项补牌状])|獎(?![勵金項補牌狀])"
    r"|集群(?:培育)?项目(?=[^，。；]{0,6}[招中]标)"
)
_CONTEST_ZH = re.compile(rf"{_HEADS_ZH}|集群(?:的)?名[单單]")
CONTEST = re.compile(rf"\b(?:contests?|competitions?|championships?|awards?|prizes?)\b|{_HEADS_ZH}", re.IGNORECASE)
_CONTEST_EDGE_ZH = re.compile(
    r"[，。；：、《》（）()【】\s的了在由于从被]|“(?![^“”]*”[^“”]*$)|公布|发布|組織|组织|启动|開展|开展|举办|舉辦|入选|入围|年度?|届|批|参加|赢得|荣获|荣膺|获得?|斩获|夺得|摘得|内地|內地|印发|举行|关于"
)

_BODY = "Ministry|Department|Commission|Bureau|Federation|Association|Administration|Council|Committee|Academy|Office"
_ORGANISER_EN = re.compile(rf"\b(?:[A-Z][\w’'-]+\s){{0,6}}(?:{_BODY})(?:\s(?:of|for|on|and|the|&|[A-Z][\w’'-]+)){{0,12}}")
_ORGANISER_ZH = re.compile(
    r"[一-鿿]{2,20}?(?:部办公厅|部|委员会|發展改革委|发展改革委|发改委|经信厅|工信厅|厅|廳|局|协会|協會|联合会|聯合會)"
)
_ORGANISER_EDGE_ZH = re.compile(r"[一-鿿]*(?:近日|日前|今日|昨日|获悉|由|从|在|据|悉|日)(?=[一-鿿]{2})")
_BY = re.compile(
    r"\b(?:organi[sz]ed|launched|hosted|initiated|held|sponsored|run|conducted|staged)\s(?:in\s\d{4}\s)?(?:jointly\s)?by\s(?:the\s|China['’]s\s)*",
    re.IGNORECASE,
)
_PUBLISHES_EN = re.compile(
    r"\b(?:published|announced|released|unveiled|issued|launched|organi[sz]ed|held|hosted|named|said|publicized|made public)\b",
    re.IGNORECASE,
)
_PUBLISHES_ZH = re.compile(r"[^，。；]{0,8}?(?:公布|发布|發布|公示|组织|組織|启动|啟動|举办|舉辦|开展|開展|主办|主辦|评出|認定|认定|印发)")
_LAUNCHED_EN = re.compile(
    r"\b(?:launched|started|initiated|inaugurated|first held|kicked off|began)\b[^.;]{0,80}?\b(?:in|since)\s(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_LAUNCHED_ZH = re.compile(r"(?P<year>(?:19|20)\d\d)年(?:起|以来|開始|开始)?[^。；]{0,24}?(?:启动|啟動|发起|發起|首次|首届|开展|開展)")

SELECTION = re.compile(
    r"\b(?:winners?|winning|won|wins|selected(?!\s(?:[\w-]+\s)?(?:clusters|towns|industr))|shortlisted|finalists?|on the list|made the list"
    r"|make the list|chosen|picked|listed(?!\s(?:compan|firm|enterpr))|named|champions?|crowned|triumph\w*|victorious"
    r"|c[ao]me\sout\son\stop|(?:went|gone|going|made\sit|got|came|come)\sthrough|(?:gold|silver|bronze|first|second|third|grand|top)\s(?:medals?|prizes?|place|honou?rs?|awards?)"
    r"|(?:came|finished|ranked|placed)\s(?:first|second|third|top)|took\s(?:the\s)?(?:gold|silver|bronze|title|crown)|runners?-up)\b"
    r"|优胜|優勝|榜上有名|脱颖而出|胜出|勝出|入选|入選|入围|入圍|上榜|获胜|獲勝|当选|获评|晋级|名单|名單|突围|突圍|夺[得冠魁]|奪[得冠魁]|折桂|问鼎|中标|产生|出炉|揭晓|摘得|斩获|捧回"
    r"|(?:荣获|获得?|分获|并列|名列|位列|榮獲|獲得?)[^，。；]{0,14}(?:[奖獎冠亚季亞]|第[一二三四五六]|前[三五十])|[特一二三][等][奖獎]|[金银铜銀銅][奖獎]",
    re.IGNORECASE,
)
_ONE = re.compile(r"\b[Oo]ne(?=\s(?:apiece|each|(?:winner|spot|place|seat|slot|in|from)\b))")
_SLOT = re.compile(
    r"\sof\s(?:the\s)?(?:[a-z-]+\s|\d+\s){0,2}(?:spots|places|seats|slots|berths|winners)\b|\s?(?:(?:of\s(?:the|them)|more|such|industrial|advanced|manufacturing|winning|national-level|"
    r"other)\s){0,4}(?:spots?|places?|seats?|slots?|positions?|winners?|clusters?|entries|entry|"
    r"berths?|finalists?)\b|"
    r"\s?(?:[个個家席])(?:优胜|優勝|先进制造业|国家级|產業|产业|集群|入选|入围|席位|获胜|胜出)*",
    re.IGNORECASE,
)
_WINNERS = re.compile(r"\s?(?:[a-z-]+\s){0,3}?(?:winners|winning|finalists)\b|[个個家](?:优胜|優勝)")
_TOTAL_EN = re.compile(r"\s(?:[a-z-]+\s){0,3}?(?:winners|winning clusters|finalists|clusters|entries|winning entries)\b", re.IGNORECASE)
_TOTAL_ZH = re.compile(r"[个個家](?:产业|產業|先进制造业|優勝|优胜|国家级|国家先进制造业)*(?:集群|优胜者|優勝者|优胜|項目)")
_PART_OF = re.compile(r"\b(?:of|among)\s(?:the\s|all\s)?(?:\w+\s){0,2}$", re.IGNORECASE)
_CLAUSE = re.compile(r"[,，;；。:：]")
_BRACKET = re.compile(r"\s?[(（]")
_OF_OTHERS = re.compile(
    r"(?:其[余餘他它]|另外?|此外|剩余|还有)[^，。；]{0,4}$|\b(?:other|another|remaining|rest|last|previous|first)\s$", re.IGNORECASE
)
_COMPARED = re.compile(r"\b(?:beat|than|behind|ahead of|unlike|overtook|surpassed|超过|高于)\s?$", re.IGNORECASE)
_TAKES = re.compile(
    r"^[\s,]*(?:province|provinces|city|municipality)?['’]?s?[\s,]*(?:(?:were|was|the|only|one|to|lead|leads|led|"
    r"beat|which|who|also|followed|and|while|with|had|has|have|took|taking|take|takes|won|winning|"
    r"wins|claimed|claiming|secured|securing|got|"
    r"grabbed|earned|landed|bagged|contributed|accounted|for|boasts?|boasted|having|account|each|"
    r"both|all|province|provinces|received|home|saw|came|next|table|list|tops|topped|field|with|second|first|respectively|is|are|"
    r"at|by)\b[\s,]*|[A-Z]\w+\b[\s,]*){0,12}[(（]?$"
)
_TAKES_ZH = re.compile(
    r"^[省市区]?(?:[均都也则則]|等)?(?:的|各自|各|分别|分別)?(?:有|占|佔|获|獲|入选|入選|入围|上榜|拿下|斩获|共|共有|占据|达到?|为|夺得|以|和|与|，)*[(（:：]?$"
)
_FROM = re.compile(
    r"^\s?(?:[a-z]+\s){0,3}?(?:(?:went|go|goes|gone|going)\sto\s$)|^\s?(?:[a-z]+\s){0,3}?(?:(?:out\s)?of\s[^,;]{0,90}\s)?(?:(?:were|was|are|is|being|come|came|"
    r"hail|hailed)\s)?(?:based\s|located\s|situated\s)?(?:in|from)\s(?:the\s)?(?:\w+\sChina['’]s\s)?$|"
    r"^(?:来自|來自)$",
    re.IGNORECASE,
)

_COORDINATED = re.compile(r"(?:\sprovinces?)?(?:\s?,?\s(?:and|&)\s|\s?,\s|[、和与及，])")
_NEXT_CLAUSE = re.compile(r"(?:\sprovinces?)?\s?,\s(?:and|&)\s")  # behind the first of two: "ten are in Jiangsu, and Guangdong took seven"
_DECLARED = re.compile(
    r"(?:以下|下列|如下|现将|現將)[^，。；\d]{0,12}$|\b(?:the\sfollowing|below\sare\s(?:the\s)?|these\sare\sthe|(?:[Ll]ist|[Nn]ames)\sof\s(?:the\s)?)\s?$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"[个個家](?:[一-鿿]{0,12}?)集群|\s(?:[\w-]+\s){0,4}clusters\b")


@dataclass(frozen=True, slots=True)
class Tallied:
    """So many winners for a province (or in total, where there is none), in offsets of the sentence."""

    province: Spot | None
    count: Figure
    start: int
    end: int


class Found(NamedTuple):
    """A stretch of a sentence."""

    start: int
    end: int


def find_contest(text: str) -> Found | None:
    """The contest a sentence names: `Contest for Advanced Manufacturing Clusters in China`, 先进制造业集群竞赛."""
    for head in _CONTEST_EN.finditer(text):
        found = _grown(text, head.start(), head.end())
        if found.end - found.start > head.end() - head.start() and re.search(r"cluster", text[slice(*found)], re.IGNORECASE):
            return found
    if small := _CONTEST_SMALL.search(text):
        return Found(*small.span())
    for head in _CONTEST_ZH.finditer(text):
        window = max(0, head.start() - 30)
        edges = [m.end() for m in _CONTEST_EDGE_ZH.finditer(text, window, head.start())]
        start = max(edges, default=window)
        if counted := re.match(r"(?:按照|根据|依据|依照)?(?:\d+[个個家])?", text[start : head.end()]):
            start += counted.end()
        if "集群" in text[start : head.end()] and head.end() - start >= 6:
            return Found(start, head.end())
    return None


def _grown(text: str, start: int, end: int) -> Found:
    """The head word with the capitalised words around it; small words only between capitalised ones."""
    left = start
    for word in reversed(list(_WORD.finditer(text, max(0, start - 120), start))):
        if text[word.end() : left].strip("- "):
            break
        if word.group()[0].isupper() or word.group()[0].isdigit():
            start = word.start()
        elif word.group() not in _CONNECTORS:
            break
        left = word.start()
    while (article := re.match(r"(?:The|A|An)\s", text[start:end])) is not None:
        start += article.end()
    right = end
    for word in _WORD.finditer(text, end, end + 160):
        if text[right : word.start()].strip():
            break
        if word.group()[0].isupper():
            end = word.end()
        elif word.group() not in _CONNECTORS or (end == right and word.group() not in ("of", "for", "on", "in")):
            break
        right = word.end()
    return Found(start, end)


def find_organiser(text: str, contest: Found | None) -> Found | None:
    """Who publishes, launches or holds it, where the sentence says so in full."""
    by = _BY.search(text)
    bodies = [
        Found(m.start(), _end_of_body(m))
        for m in _ORGANISER_EN.finditer(text)
        if " of " in m.group() or " for " in m.group() or m.group().count(" ") > 0
    ]
    bodies = [_without_article(text, body) for body in bodies]
    if by and (held := [body for body in bodies if 0 <= body.start - by.end() <= 2]):
        return held[0]
    if contest:
        for body in bodies:
            if _PUBLISHES_EN.search(text, body.end, body.end + 40) or _PUBLISHES_EN.search(text, max(0, body.start - 20), body.start):
                return body
        for m in _ORGANISER_ZH.finditer(text):
            start = m.start()
            if edge := _ORGANISER_EDGE_ZH.match(text[start : m.end()]):
                start += edge.end()
            if m.end() - start >= 3 and _PUBLISHES_ZH.match(text, m.end()):
                return Found(start, m.end())
    return None


def _end_of_body(match: re.Match[str]) -> int:
    words = match.group().split(" ")
    while words[-1] in _CONNECTORS:
        words.pop()
    return match.start() + len(" ".join(words))


def _without_article(text: str, body: Found) -> Found:
    article = re.match(r"(?:The|China['’]s|In|At|By)\s", text[slice(*body)])
    return Found(body.start + article.end(), body.end) if article else body


def find_launch(text: str) -> Found | None:
    """The year a contest was launched in, as printed."""
    if match := _LAUNCHED_EN.search(text) or _LAUNCHED_ZH.search(text):
        return Found(*match.span("year"))
    return None


def find_tallies(text: str, spots: Sequence[Spot], figures: Sequence[Figure]) -> list[Tallied]:
    """How many each province has: `each taking six spots`, 江苏、广东各6个, `six from Jiangsu`; and the total, `25 winners`."""
    counts = [f for f in figures if f.unit == "count" and f.qualifier == "exactly" and f.value < 1000 and f.value == int(f.value)]
    ones = [Figure(*m.span(), m.start(), 1.0, "exactly", "count") for m in _ONE.finditer(text)]
    counts = sorted((*counts, *ones), key=lambda count: count.start)
    groups = _groups(text, spots)
    tallies: list[Tallied] = []
    totals: list[Figure] = []
    last_slot_end = -10_000
    for index, count in enumerate(counts):
        slot = _SLOT.match(text, count.end)
        end = slot.end() if slot and slot.end() > count.end else count.end
        if _PART_OF.search(text[: count.start][-30:]) and _TOTAL_EN.match(text, count.end):
            totals.append(count)
        elif after := _group_behind(text, groups, count, end):
            tallies += [Tallied(spot, count, count.start, after[-1].end) for spot in after]
        elif group := _group_before(text, groups, counts, index):
            elliptical = last_slot_end >= 0 or re.match(
                r"[\s]?(?:each\b|apiece\b|are\b|were\b|respectively|$|[,.;，。；、)）]|and\b|以上)", text[count.end :]
            )
            if end > count.end or elliptical:
                each = re.match(r"\s?(?:each|apiece|respectively)\b", text[end:])
                close = end + each.end() if each else end
                tallies += [Tallied(spot, count, group[0].start, close) for spot in _share(text, group, groups, counts, index)]
                last_slot_end = end
                continue
        elif _is_total(text, count, figures, spots):
            totals.append(count)
    for total in totals[:1]:
        noun = _TOTAL_EN.match(text, total.end) or _TOTAL_ZH.match(text, total.end) or _SLOT.match(text, total.end)
        tallies.append(Tallied(None, total, total.start, noun.end() if noun else total.end))
    return tallies


def find_declared(text: str, figures: Sequence[Figure]) -> Tallied | None:
    """How many clusters a document says that it lists: 拟认定以下10个特色产业集群."""
    for count in figures:
        listed = _LISTED.match(text, count.end)
        if (
            count.unit == "count"
            and count.qualifier == "exactly"
            and listed
            and _DECLARED.search(text[max(0, count.start - 24) : count.start])
        ):
            return Tallied(None, count, count.start, listed.end())
    return None


def counts_clusters(text: str, count: Figure) -> bool:
    """Whether clusters or winners are what a figure counts."""
    return bool(_TOTAL_EN.match(text, count.end) or _TOTAL_ZH.match(text, count.end))


def _is_total(text: str, count: Figure, figures: Sequence[Figure], spots: Sequence[Spot]) -> bool:
    """Whether a count is that of all winners: `25 winners`; `25 clusters` only where the sentence is about winning, not about money."""
    is_whole = _PART_OF.search(text[: count.start][-30:])
    is_of_province = any(s.is_province and s.end <= count.start and not _CLAUSE.search(text, s.end, count.start) for s in spots)
    if _OF_OTHERS.search(text[: count.start][-30:]) or (is_of_province and not is_whole):
        return False  # "Jiangsu leads the table with ten winners"
    if is_whole or _WINNERS.match(text, count.end):
        return counts_clusters(text, count)
    if any(figure.is_money for figure in figures) or not SELECTION.search(text):
        return False
    return counts_clusters(text, count) or _is_total_zh(text, count)


def _is_total_zh(text: str, count: Figure) -> bool:
    return (
        bool(
            re.search(
                r"(?:集群|名单|名單|优胜者|優勝者)[^，。；]{0,8}，?(?:一?共有?|共计|达|為|为)\s?$|评出\s?$", text[: count.start][-24:]
            )
        )
        and text[count.end : count.end + 1] in "个個家"
    )


def _groups(text: str, spots: Sequence[Spot]) -> list[list[Spot]]:
    """Provinces coordinated with one another: `Shanghai, Shandong, Hunan, and Sichuan`, 江苏、广东."""
    groups: list[list[Spot]] = []
    for spot in spots:
        if not spot.is_province:
            continue
        gap = text[groups[-1][-1].end : spot.start] if groups else ""
        if groups and _COORDINATED.fullmatch(gap) and not (len(groups[-1]) == 1 and _NEXT_CLAUSE.fullmatch(gap)):
            groups[-1].append(spot)
        else:
            groups.append([spot])
    return groups


def _group_behind(text: str, groups: Sequence[Sequence[Spot]], count: Figure, end: int) -> Sequence[Spot] | None:
    """`six from Jiangsu`, `Three out of the listed 25 winners were based in East China's Zhejiang province`."""
    for group in groups:
        if group[0].start >= end:
            between = text[count.end : group[0].start]
            is_each = len(group) == 1 or re.match(r"\s(?:\w+\s)?each\b", between)
            return group if len(between) < 120 and is_each and _FROM.match(between) else None
    return None


def _group_before(text: str, groups: Sequence[list[Spot]], counts: Sequence[Figure], index: int) -> list[Spot] | None:
    """The provinces a count is said of: the nearest before it, for `each` and 各 the nearest that are several."""
    count = counts[index]
    before = [
        g
        for g in groups
        if g[-1].end <= count.start
        and (_BRACKET.fullmatch(text[g[-1].end : count.start]) or not _COMPARED.search(text[max(0, g[0].start - 16) : g[0].start]))
    ]
    if not before:
        return None
    between = text[before[-1][-1].end : count.start]
    each = re.search(r"\beach\b|各(?:有|占|获|入选)?$|均", between) or re.match(r"\s?(?:\w+\s)?(?:each|apiece)\b", text[count.end :])
    several = [group for group in before if len(group) > 1]
    group = several[-1] if each and several else before[-1]
    gap = text[group[-1].end : count.start]
    if len(gap) > 120 or re.search(r"[.;；。]", gap):
        return None
    is_shared = re.search(r"分别|respectively", gap) or "respectively" in text[count.end :]
    if is_shared and index and counts[index - 1].start > group[-1].end:
        return group
    return group if _TAKES.match(gap) or _TAKES_ZH.match(gap) else None


def _share(text: str, group: list[Spot], groups: Sequence[list[Spot]], counts: Sequence[Figure], index: int) -> Iterator[Spot]:
    """Which of the coordinated provinces this count is of: each of them, or one where counts and provinces go in step."""
    following = [g[0].start for g in groups if g[0].start > counts[index].end]
    limit = min(following, default=len(text))
    own = [f for f in counts if group[-1].end <= f.start < limit]
    is_stepwise = re.search(r"分别|respectively", text[group[-1].end : limit])
    if len(group) > 1 and len(own) == len(group) and is_stepwise:
        yield group[own.index(counts[index])]
        return
    if len(group) == 1 or re.search(r"\beach\b|各|均|both|apiece", text[group[-1].end : limit]):
        yield from group
