"""What a text says is not there: planned, hoped for, or gone; and the parts of a document that speak of the time to come."""

import re
from collections.abc import Sequence

from orchestration.reading.text.sentences import Passage

PLANNED_EN = (
    r"(?:plans?|planned|hopes?|hoping|aims?|wants?|intends?|seeks?)\s(?:to|an?|the)|will|would|shall|should|could"
    r"|(?:is|are)\s(?:to|expected\sto)\s(?:be|become)"
)
GONE_EN = r"used\sto|once|formerly|no\slonger"
PLANNED_ZH = (
    r"[计計][划劃]|[規规][划劃]|[拟擬]|力[争爭]|[争爭][取创創]|[谋謀][划劃]|有望|希望|打算|[将將](?=打造|建|形成|培育|[发發]展|做|把|用[^，。；]{2,8}(?:打造|建成|形成|培育))"
    r"|(?:要|着力|加快|努力|全力)(?=打造|建成|培育)"
)
GONE_ZH = r"曾[经經]?(?:有|是|[拥擁]有|形成)|以前|[从從]前|早年(?:[是做]|[间間])|[过過]去(?:有|是)|不再"
GONE_BEHIND = re.compile(r"[^，。；]{0,8}(?:曾|一度|[风風]光不再|[没沒]落|衰落)")  # behind a trade: 打火机、皮鞋曾经打遍天下
NOT_THERE = re.compile(rf"{PLANNED_ZH}|{GONE_ZH}|\b(?:{GONE_EN}|{PLANNED_EN})\b")

_TO_COME = re.compile(
    r"(?:(?:主要|重[点點])(?:目[标標]|任[务務]|工作)|工作(?:安排|打算|重[点點]|思路)|下一步|下一[阶階]段|未[来來].{0,6}(?:[规規][划劃]|展望|目[标標])"
    r"|[发發]展目[标標]|[总總]体要求|[总總][体體]目[标標]|远景目标|[奋奮]斗目[标標])"
    r"|\b(?:tasks|plans|priorities|outlook|targets|objectives|goals|next\ssteps|looking\sahead)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"回[顾顧]|完成情况|[总總][结結]|\b(?:review|fulfil\w*)\b", re.IGNORECASE)
_ORDER = (
    re.compile(r"[#*\s]*(?:第?[一二三四五六七八九十]+(?:部分)?[、.．\s]|(?:Part\s)?[IVX]+[.\s])"),
    re.compile(r"[#*\s]*[（(][一二三四五六七八九十]+[)）]"),
    re.compile(r"\s*#{1,6}\s"),
)
_LONGEST_HEADING = 60  # characters


def parts_to_come(passages: Sequence[Passage]) -> frozenset[int]:
    """The passages behind a heading such as 二、2020年主要任务, up to the next one of its rank: what they name is wanted, not there."""
    found: set[int] = set()
    rank: re.Pattern[str] | None = None
    is_within = False
    for number, passage in enumerate(passages):
        text = passage.text.strip()
        order = next((pattern for pattern in _ORDER if pattern.match(text)), None)
        if len(text) <= _LONGEST_HEADING and not text.endswith(("。", ".", "；")):
            if order and _TO_COME.search(text) and not _PAST.search(text):
                rank, is_within = order, True
            elif is_within and order is rank:
                is_within = False
        if is_within:
            found.add(number)
    return frozenset(found)
