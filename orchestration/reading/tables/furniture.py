"""The lines around a table: titles, dates, source notes, page numbers. What they say of the document becomes facts, the rest is named."""

import re
from collections.abc import Callable
from typing import NamedTuple

from orchestration.reading.dates import day_of, is_date, month_end
from orchestration.reading.keys import HAN

_SOURCE = re.compile(r"(?:source|data source|来源|資料來源|资料来源|数据来源)s?\s*[:：]", re.I)
_PAGE = re.compile(r"(?:page|p\.|第)?\s*[-–—]?\s*\d{1,4}\s*(?:[-–—]|页|頁|(?:of|/|共)\s*\d{1,4}\s*(?:页|頁)?)?", re.I)
_PART_OF_CHINA = re.compile(
    r"(?:[#*\s]*[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[ivx]{1,4})\s*[、.．)）]\s*)?"
    r"(?:(?:华北|东北|华东|华南|中南|华中|西南|西北|东部|中部|西部|沿海|東北|華北|華東|華南|華中|東部)(?:地区|地區|片区|片區)?"
    r"|(?:(?:north|south|east|west|central|north-?east|south-?west|north-?west|south-?east)(?:ern)?\s(?:and\s\w+\s)?china))\s*[:：]?",
    re.I,
)
_NOTE = re.compile(
    r"[(（\[【*※]?\s*(?:注[:：\d]|附?注[:：]|备注[:：]|備註[:：]|说明[:：]|notes?[:：]|n\.a\.|抄送|联系人|联系电话|電話|电话|传真|邮箱|审核[:：]|制表[:：]|填报|打印"
    r"|【打印|tel\b|fax\b|e-?mail\b).*",
    re.I,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.I)
_RULE = re.compile(r"[\W_]+")
_TITLE_COUNT = re.compile(
    r"\b(?<![.,'’])(?<!Table )(?<!Annex )(?<!Figure )(?<!Box )(?!(?:19|20)\d\d\b)"
    r"(?P<count>[1-9]\d{0,4})\s+(?:[\w’'-]+\s+){0,4}?clusters?\b|(?<!\d)(?P<count_zh>\d{1,5})(?![\d年])"
    r"(?:(?:\s*[个個家项項]|[大强強])\s*[^\d\s，。、；：:（）()]{0,12}|\s*)(?:产业集群|產業集群|集群)"
    r"|(?:集群|名[单單]|目[录錄]|一[览覽])[^\d。]{0,12}[(（]\s?共\s?(?P<count_behind>\d{1,5})\s?[个個家项項]\s?[)）]",
    re.I,
)
# What boards mix into a text so that copies of it are spoilt: `9 g' M3 s# k0 l`, at the ends of lines and as lines of its own.
_ENTITIES = re.compile(r"(?:\s*&[a-z]{2,6};)+\s*")  # blanks of a page that was copied with its marks
_NOISE = re.compile(r"(?=[^\u2e80-\uffff]*[a-zA-Z])(?=[^\u2e80-\uffff]*\d)(?=[^\u2e80-\uffff]*[^\w\s])(?:\s*[!-~]{1,3}(?=\s|$)){4,}\s*")


class Furniture(NamedTuple):
    """What a line around a table is, and the facts of the document it states."""

    detail: str
    facts: dict[str, str]


def furniture(text: str) -> Furniture | None:
    """What a line is by its own words, None where they do not tell: `Source: Li&Fung Research Centre, ..., June 2010, ...`."""
    line = text.strip()
    for detail, recognise in _KINDS:
        facts = recognise(line)
        if facts is not None:
            return Furniture(detail, facts)
    return None


def declared_total(title: str) -> int | None:
    """The number of clusters a title promises: `Chinese 100 Industrial Clusters`, `全国100个产业集群`, 产业集群名单（共9个）."""
    match = _TITLE_COUNT.search(title)
    return int(match["count"] or match["count_zh"] or match["count_behind"]) if match else None


def without_noise(line: str) -> tuple[int, int]:
    """The stretch of a Chinese line that is not the noise of a board at either end."""
    han = list(HAN.finditer(line))
    if not han:
        return 0, len(line)
    last = max(han[-1].end(), max((i + 1 for i, c in enumerate(line) if c > "\u2e80"), default=0))
    end = last if _NOISE.fullmatch(line, last) else len(line)
    first = han[0].start()
    return (first if _NOISE.fullmatch(line, 0, first) or _ENTITIES.fullmatch(line, 0, first) else 0), end


def _source_note(line: str) -> dict[str, str] | None:
    if not _SOURCE.match(line):
        return None
    day = month_end(line)
    return {"as_of_date": day.isoformat()} if day else {}


def _date(line: str) -> dict[str, str] | None:
    """A line that is a date and nothing else."""
    if not is_date(line):
        return None
    day = day_of(line)
    return {"published_on": day.isoformat()} if day else {}


def _matching(pattern: re.Pattern[str]) -> Callable[[str], dict[str, str] | None]:
    return lambda line: {} if pattern.fullmatch(line) else None


_KINDS: tuple[tuple[str, Callable[[str], dict[str, str] | None]], ...] = (
    ("source note", _source_note),
    ("date", _date),
    ("page number", _matching(_PAGE)),
    ("address", _matching(_ADDRESS)),
    ("rule", _matching(_RULE)),
    ("part of the country", _matching(_PART_OF_CHINA)),
    ("note", _matching(_NOTE)),
    ("noise", _matching(_NOISE)),
)
