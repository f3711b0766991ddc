"""What a paragraph is by its looks: navigation, byline, heading or text; and what a byline says. Nothing of what it means."""

import re
from collections.abc import Iterable

from orchestration.reading.dates import holds_date
from orchestration.reading.text.sentences import BULLETS

_SENTENCE_END = re.compile(r"[.!?。！？；;…][\"”’」』）)]*\s*$")
_BYLINE = re.compile(
    r"^\s*(?:By\s[A-Z]|Source\s?[:：]|Updated\s?[:：]|Published\s?(?:on|[:：])|Editor\s?[:：]|Author\s?[:：]|"
    r"来源|來源|作者|编辑|編輯|责任编辑|记者|記者|文/|发布时间|发布日期|發布日期|時間|时间|日期)|\bUpdated\s?:",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(
    r"^\s*(?!By\b)(?P<before>[^|:：\d]{2,40}?)\s?\|\s?(?:Updated|Published|20\d\d|\d)|(?:Source|"
    r"来源|來源)\s?[:：]\s?(?P<named>[^|\d]{2,40}?)(?=\s*(?:[|\d]|$|\s\s))"
)
_NAVIGATION = re.compile(
    r"^\s*(?:Home|Back to\b.*|Top|Share\b.*|Print|About us|Contact us|Copyright\b.*|All rights reserved.*|"
    r"Related (?:news|stories|articles)|More (?:news|stories)|Previous|Next|Menu|Search|Log ?in|"
    r"Subscribe.*|Photo\b.*|"
    r"首页|首頁|当前位置.*|您现在的位置.*|您的位置.*|返回.*|打印.*|关闭.*|分享.*|上一篇.*|下一篇.*|版权所有.*|相关(?:新闻|阅读|链接).*|更多.*|"
    r"字号.*|扫一扫.*|.*ICP备.*|.*公网安备.*)\s*$|\s?[>＞»]\s?\S",
    re.IGNORECASE,
)
_BULLET = re.compile(rf"^\s*(?:[-*{BULLETS}]|\d{{1,2}}[.)、]|[（(]?[一二三四五六七八九十]{{1,3}}[、）)])\s?")
# 台州市：黄岩模具小镇、温岭泵业小镇、..., 无为特种电缆　天长仪器仪表　宁国耐磨铸件　...
_ENUMERATION = re.compile(r"[一-鿿][：:][一-鿿][^：:]*、[^：:]*、|(?:[一-鿿]{4,10}[ \u3000]+){4}")
_FIELD = re.compile(r"(?P<label>[一-鿿]{2,6})[ \u3000\t]+\S")
_QUOTED = re.compile(r"[\"“「].{20,}[\"”」]|[\"“「]|\b(?:said|told|according to)\b|表示|介绍说|告诉记者|说[，：]")
_TITLE_OF_PLACE = re.compile(
    r"\b(?:[Cc]apital|[Hh]ometown|[Tt]own|[Cc]ity|[Kk]ingdom)\sof\s[A-Z“\"]|(?:名镇|名城|名都|之都|之乡|"
    r"名鎮|之鄉|[国國]际.{1,4}都)[”」\"]?|[\"“][^\"”]{0,40}\b(?:Capital|Hometown)[\"”]"
)


def has_sentence(text: str) -> bool:
    """Whether a line holds a full sentence."""
    return bool(_SENTENCE_END.search(text[-8:])) or bool(re.search(r"[.。！？][\"”]?\s?\S", text[:600]) and len(text) > 120)


def leads_elsewhere(text: str, lines: Iterable[int], links: frozenset[int]) -> bool:
    """Whether a paragraph is links and nothing else, as menus and related headlines are; a title or a full sentence is not."""
    return bool(links) and not (text.startswith("#") or has_sentence(text)) and links.issuperset(lines)


def kind_of(text: str, index: int, count: int) -> str:
    """What a paragraph is by its looks: navigation, byline, heading or text."""
    if len(text) > 200:
        return "text"
    is_finished = bool(_SENTENCE_END.search(text))
    if not is_finished and (
        (_BYLINE.search(text) and len(text) < 120) or (holds_date(text) and len(text) < 60 and not _BULLET.match(text))
    ):
        return "byline"
    if not is_finished and _NAVIGATION.search(text):
        return "navigation"
    if is_finished or _BULLET.match(text) or _ENUMERATION.search(text) or len(text) > 140 or (index == count - 1 and index):
        return "text"
    return "heading"


def field_label(text: str) -> str | None:
    """The label of a line that is a field of a box or a row of a table, which heads nothing: `机场 邢台褡裢机场`, `| Port | Ningbo |`."""
    if text.startswith("|"):
        return text.strip("| ").partition("|")[0]
    field = _FIELD.match(text)
    return field["label"] if field else None


def detail_of(line: str) -> str:
    """Why a line of running text was left: a title of a place, a quotation, or context."""
    if _TITLE_OF_PLACE.search(line[:2000]):
        return "title of a place"
    return "quotation" if _QUOTED.search(line[:2000]) else "context"


def publisher_of(text: str) -> str | None:
    """Who a byline says published the page: `ALMS|Updated: April 1, 2021`, 来源：浙江日报."""
    match = _PUBLISHER.search(text)
    return (match["before"] or match["named"]).strip() if match else None
