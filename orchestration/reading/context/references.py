"""What points back or sums up without a name: "the cluster", "its", 该集群, 全镇, `the two clusters`, 15个省级产业集群.

Tells where such words stand and what they could mean; `subjects.py` knows what the document has spoken of before them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from orchestration.reading.keys import HAN, respelt
from orchestration.reading.phrases.figures import COUNT, Figure
from orchestration.reading.phrases.names_english import GENERIC, HEAD_EN
from orchestration.reading.text.texts import Subject, Text


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_REFERENCE_EN = re.compile(r"\b(?:[Tt]he|[Tt]his|[Tt]hat)\s(?:[a-z-]+\s){0,4}cluster\b(?!['’]s\s(?:home|host))|\b[Tt]he latter\b")
_REFERENCE_ZH = re.compile(
    r"(?:该|該|这一|這一|这个|此|当地|當地)[^，。；]{0,10}集群|(?:^|[，。；]|(?<=\d{4}年))(?P<bare>(?:产业|產業)?集群)(?=现|現|内|占|佔|出口|销|年产|\d{4}年|已|拥|共|有|年|总|总产|产值|产品|实现|实|带|聚)"
)
_PRONOUN = re.compile(
    r"(?:^(?:(?:In|By)\s\d{4},?\s)?|[,;]\s(?:and\s|but\s|while\s|with\s)?|\b(?:and|while|with)\s)(?P<word>It|Its|it|its)\b(?P<phrase>(?:\s[\w-]+){1,6}?(?=\s(?:accounts?|"
    r"make|made|hold|held|have|has|had|sell|sold|reach|reached|are|is|were|was|command|occupy|"
    r"represent|cover|take|supply)\b))?"
)
# A definite count speaks of clusters told before: `the two clusters`.
DEFINITE = re.compile(r"\b(?:the|these|both|all)\s(?:\w+\s)?$", re.IGNORECASE)

# 全省年产值超10亿元的块状经济有312个: clusters by another word, which only several of them go by
BLOCKS_ZH = re.compile(r"(?<=[的省市级級大])(?:块状经济|塊狀經濟)")
_COUNTED_BEHIND = re.compile(r"[^，。；（(企户]{0,8}?\d[\d,]*(?:余|多)?[个個家]|[^，。；]{0,4}[一二三四五六七八九十两]+[个家]")
_WHOLE_REGION = re.compile(r"全[省市国县]|块状")
_GROUP_WORD = re.compile(r"[\w’'-]+")
_GROUP_WORDS = GENERIC | _words("the these those both all two three four five six seven eight nine ten many several") - {"and", "&"}
# "ahead of the clusters of Cixi and Wenzhou": what something is compared with is not what is spoken of.
COMPARED = re.compile(
    r"(?:\b(?:ahead\sof|than|behind|unlike|compared\s(?:with|to)|besides)\b[^,;.]{0,40}|(?:仅次于|领先于|不同于|相比于?)[^，。；]{0,8})$"
)
# "The Xuzhou cluster, one of 45 national manufacturing clusters, has": of those nothing is said
_ONE_OF = re.compile(r"\bone\sof\s(?:the\s)?(?:\d+\s)?(?:[\w’'-]+\s){0,6}$")
_FARTHEST = 400  # characters between the first of several clusters and the word that they share
_SUMMED_UP = re.compile(
    r"等[^，。；]{0,3}(?:\d+|[一二三四五六七八九十两兩]+)[大个個]|(?:\d+|[二三四五六七八九十两兩])大[^，。；、\d]{0,4}(?:产业|行业|集群|產業)"
)  # 绍兴纺织、永康五金等4个块状经济
_WINNERS = re.compile(
    r"\b(?:[Tt]he|[Tt]hese|[Aa]ll)\s(?:[\w-]+\s){0,2}(?:winners|winning\sclusters)\b"
    r"(?=\s(?:ha[dv]e?|are|were|together|employ|earned|produced|account|generated|made|sold|include|recorded))"
)
_LEVELS_EN = {
    **{"city": "市", "county": "县旗", "district": "区", "province": "省区", "prefecture": "市州盟"},
    **{"town": "镇", "township": "乡镇", "subdistrict": "道", "area": "", "municipality": "市"},
}
_LEVELS_ZH = {
    "市": "市",
    "县": "县旗",
    "縣": "县旗",
    "区": "区",
    "區": "区",
    "镇": "镇道",
    "鎮": "镇",
    "街": "道镇",
    "省": "省区",
    "境": "",
    "这": "",
    "這": "",
    "地": "",
}
AT_CLAUSE_ZH = r"(?:^|[，。；：、,;:]|目前|如今|现在|截至目前|年底?|月底?|末|当前)"
_PLACE_ZH = re.compile(
    AT_CLAUSE_ZH + r"(?P<word>全[市县縣区區镇鎮省]|[该該本我][市县縣区區镇鎮省]|(?:我们|整[个個座])(?:[市县縣区區镇鎮省]|街道)|[全本该]街道"
    r"|(?!区域[总面])[市县縣区區镇鎮省境][内內域]|[市县縣区區镇鎮这這][里裡裏]|[县縣镇鎮]上|这儿|[当當本]地|街道(?=[共现累已有实年])"
    r"|这[个座](?:[^，。；]{0,16}?的)?[大小强]?(?P<this>[市县区镇])(?=[，的共现有拥聚就]))"
    r"(?![最唯]|[^，。；]{0,10}集群)"
)
_PLACE_EN = re.compile(
    rf"(?:^(?:(?:In|By|At\sthe\send\sof)\s\d{{4}},?\s|(?:Today|Now|Currently|Last\syear|This\syear),?\s)?|[,;]\s(?:and\s|while\s|but\s|with\s)?|\b(?:and|while)\s)"
    rf"(?P<word>(?:[Tt]he|[Tt]his|[Oo]ur)\s(?:(?:whole|entire|small|county-level|coastal)\s)?(?P<kind>{'|'.join(_LEVELS_EN)}))(?:['’]s|,)?\s(?=[a-z0-9A-Z])"
)


def levels(text: str) -> Iterator[tuple[int, str, str]]:
    """References to places by what they are, 全县, `the town`: start, word, and the last characters of the full names of that level."""
    for match in [*_PLACE_ZH.finditer(text), *_PLACE_EN.finditer(text)]:
        word, told = re.sub("我们|整[个個座]", "我", match["word"]), match.groupdict()
        level = _LEVELS_EN[told["kind"]] if "kind" in told else _LEVELS_ZH[told["this"] or word[word[1] not in "内內域道里裡裏上儿"]]
        yield match.start("word"), match["word"], level


def points_to_place(text: str) -> bool:
    """Whether a sentence speaks of a place by what it is: `The town's strength is speed`, 全县."""
    return next(levels(text), None) is not None


def may_mean(reference: str, cluster: str) -> bool:
    """Whether "the warp-knitting cluster", 该袜业集群, may be this one: whatever it says of the trade stands in the name."""
    if HAN.search(reference):
        cluster = respelt(cluster)
        words = list(re.sub(r"该|該|这一|這一|这个|此|当地|當地|[产產工]?[业業]?集群|特色|[产產][业業]", "", reference))
    else:
        words = [
            word for word in re.findall(r"[a-z-]+", reference.lower())[1:] if word not in GENERIC and word not in ("cluster", "latter")
        ]
    return all(word.rstrip("s") in cluster.lower() for word in words)


def references(text: str) -> Iterator[tuple[int, int, str]]:
    """References back: start, end, and the words of a pronoun's phrase (empty for "the cluster")."""
    for match in [*_REFERENCE_EN.finditer(text), *_REFERENCE_ZH.finditer(text)]:
        start = match.start("bare") if match.groupdict().get("bare") else match.start()
        yield start, match.end(), ""
    for match in _PRONOUN.finditer(text):
        yield match.start("word"), match.end("word"), match["word"] + (match["phrase"] or "")


def told_together(text: Text) -> Iterator[Subject]:
    """Clusters named one by one and then summed up, and the winners of a contest: `The 45 winners had a combined output of`."""
    for match in _WINNERS.finditer(text.printed):
        yield _together(text, *match.span())
    for match in _SUMMED_UP.finditer(text.printed):
        before = [name for name, _ in text.named if name.end <= match.start()]
        if len(before) > 1 and before[-1].end == match.start():
            yield replace(_together(text, before[0].start, match.end()), start=match.start())
    for head in HEAD_EN.finditer(text.printed):
        shared = [name for name, _ in text.named if name.start < head.start() and head.start() - name.start < _FARTHEST]
        if head["plural"] and len(shared) > 1 and shared[-1].end == head.end():
            yield replace(_together(text, shared[0].start, head.end()), start=head.start())


def _together(text: Text, start: int, end: int) -> Subject:
    return Subject("cluster_group", start, text.sentence.as_printed(start, end), sentence=text.number)


def group(text: Text, head: re.Match[str], figures: Sequence[Figure]) -> Subject | None:
    """Several clusters without a name: `Zhejiang-based industrial clusters`, `the two clusters`, 15个省级产业集群."""
    printed, start = text.printed, head.start()
    if _ONE_OF.search(printed, 0, start):
        return None
    if HAN.search(head.group()):
        counted = [f for f in figures if 0 <= start - f.end <= 16 and f.unit == COUNT and printed[f.end : f.end + 1] in "个個家大"]
        if not (counted or _COUNTED_BEHIND.match(printed, head.end()) or _WHOLE_REGION.search(printed[max(0, start - 12) : start])):
            return None
        floor = max([0, *(f.end + 1 for f in counted), *(spot.end for spot in text.spots if spot.end <= start)])
        while start > floor and HAN.match(printed[start - 1]) and printed[start - 1] not in "的个個有等":
            start -= 1
        place = [spot for spot in text.spots if spot.end <= head.start()][-1:]
    elif head.groupdict().get("plural"):
        floor = max([0, start - 80, *(f.end for f in figures if f.end <= start and not DEFINITE.search(printed[: f.start][-12:]))])
        for word in reversed(list(_GROUP_WORD.finditer(printed, floor, start))):
            if not _is_of_group(text, word) or printed[word.end() : start].strip(" "):
                break
            start = word.start()
        place = [spot for spot in text.spots if start <= spot.start and spot.end <= head.start()]
        place = place or [spot for spot in text.spots if head.end() <= spot.start <= head.end() + 12 or spot.start <= 12]
    else:
        return None
    return Subject("cluster_group", start, text.sentence.as_printed(start, head.end()), None, place[0][:2] if place else None, text.number)


def _is_of_group(text: Text, word: re.Match[str]) -> bool:
    """Whether a word belongs to `Zhejiang-based advanced manufacturing clusters`: praise, a number, or a place."""
    is_place = any(spot.start < word.end() and word.start() < spot.end for spot in text.spots)
    return is_place or word.group().lower() in _GROUP_WORDS
