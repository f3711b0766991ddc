"""The year of a table's numbers, where no header names it: told by the title above the table, or by a note beside it.

A day of publication, the year of an edition, and notes that hold for some of the numbers only are the year of none.
"""

import re
from collections.abc import Iterator, Sequence

_TITLES = 12  # lines that titles and notes above a table stand within
_LONGEST = 160  # characters of a title or note
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = re.compile(rf"\b{_MONTH}|\d月", re.IGNORECASE)
# A title that says of which year the numbers below it are.
_TITLE = re.compile(
    r"(?:情况|统计|一览|汇总|表|名录|数据|名单|指标|集群|产业)[（(](?P<behind>(?:19|20)\d\d)年?(?:度|末|底)?[)）]"
    r"|(?P<zh>(?:19|20)\d\d)年(?:度|末|底)?(?!\d{1,2}月)(?=[^，。；]{0,24}(?:集群|产业|產業|情况|统计|数据|一览|汇总|指标|表|名录|名单))"
    r"|(?i:\b(?:table|annex|appendix)\s[\w.-]{1,6}[.:]?\s[^.;\d]{0,80}|\b(?:table|clusters?|figures|data|numbers|towns|counties)\b[^.;\d]{0,60})"
    r"\b(?<!\d\s)(?P<en>(?:19|20)\d\d)\b(?![-/.]\d)"
)
# A note that says so of all of them: `Figures are for 2015 unless otherwise stated`, 数据来源：各县市2015年统计公报.
_WHAT = r"(?:figures?|data|numbers?|statistics|values?|amounts?|headcounts?|revenues?|sales|employment|output|firms|columns?|year)"
_NOTE = re.compile(
    rf"\b{_WHAT}\b(?:(?:\s(?:and|or)|,)\s{_WHAT})*(?:\s(?:here|below|above|given|quoted|shown|in\s(?:the|this)\s\w+|\([^()]*\)))?"
    r"(?:\s(?:all\s)?(?:are|is|refers?|relates?|dates?)(?:\sall)?(?:\s(?:those|to|for|of|from|in|as\sof|as\sat|at)){0,2}|\s(?:for|of|from|as\s(?:of|at))|:)"
    rf"\s(?:the\s)?(?:calendar\s|fiscal\s|year\s|census\s|end[-\s](?:of[-\s])?|year-end\s|(?:{_MONTH}\s)?(?:\d\d?,\s)?|\d\d?\s{_MONTH}\s)*"
    r"(?P<en>(?:19|20)\d\d)\b"
    rf"|[(（](?:all\s)?(?:latest\s)?(?P<bracket>(?:19|20)\d\d)\s{_WHAT}[)）,;]"
    rf"|\btable\b[^.;\d]{{0,60}}\bas\s(?:of|at)\s(?:the\s)?(?:end\sof\s)?(?:{_MONTH}\s)?(?P<table>(?:19|20)\d\d)\b"
    r"|(?:数据|数字|指标|数值|资料|统计|企业数|产值)[^，。；：\d多大]{0,8}(?:为|为|是|截[至止]到?|取自|来自|口径|来源|年份|时间|时点)[^，。；\d多大]{0,12}"
    r"(?P<of>(?:19|20)\d\d)年(?!鉴|版)(?:\d{1,2}月)?(?=[末底度。，；、)）的]|$|\d{1,2}[月日]|[^，。；]{0,16}(?:公报|统计|数[据字]|快报|普查))"
    r"|(?P<figures>(?:19|20)\d\d)年(?:度|末|底)?的?(?:统计)?(?:数据|数字)(?=[）)，。；]|$)",
    re.IGNORECASE,
)
_OF_SOME = re.compile(
    r"多为|大多|部分|其中|\b(?:mostly|mainly|some|partly|most|largely|updated?|published|compiled|collected|retrieved|accessed|checked)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[。；;]|\.\s")
_ROW = re.compile(r"[\t|｜]")


def year_of_title(lines: Sequence[str]) -> int | None:
    """The year that titles above a table give for all of it: 2018年福建省重点产业集群情况, `Table 4. Clusters in the sample, 2018`."""
    titles = [line for line in lines if not _DAY.search(line) and not _ROW.search(line)]
    return _only({int(match[match.lastgroup or 0]) for line in titles for match in _TITLE.finditer(line[:_LONGEST])})


def year_of_note(lines: Sequence[str]) -> int | None:
    """The year that a note gives for all the numbers of a table or text: `Figures are for 2015 unless otherwise stated`."""
    return _only({year for line in lines if not _ROW.search(line) for year in _noted(line)})


def year_of_table(above: Sequence[str], around: Sequence[str]) -> int | None:
    """The year of a table's numbers by what stands above it, up to the table before, else by a note or title of the document.

    Args:
        above: The lines between this table and the one before it.
        around: All lines of the document that are no rows of tables.
    """
    return year_of_note(above) or year_of_title(above[-_TITLES:]) or year_of_note(around) or year_of_title(around[:_TITLES])


def _noted(line: str) -> Iterator[int]:
    for sentence in _SENTENCE.split(line):
        if len(sentence) <= _LONGEST and not _OF_SOME.search(sentence):
            years = {int(match[match.lastgroup or 0]) for match in _NOTE.finditer(sentence)}
            yield from years if {int(year) for year in _YEAR.findall(sentence)} == years else ()


def _only(years: set[int]) -> int | None:
    return next(iter(years)) if len(years) == 1 else None
