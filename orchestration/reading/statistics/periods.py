"""The years that figures are of: said in the sentence, carried on from the figure before, or told by the heading above.

A year that something was founded in, or that a change is counted from, is the year of no figure. What is so "now" is of no year.
"""

import re
from collections.abc import Sequence

from orchestration.reading.keys import HAN
from orchestration.reading.phrases.figures import Figure, han_value
from orchestration.reading.tables.table_years import year_of_title
from orchestration.reading.text.texts import Text

_MONTH_EN = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_YEARS_BACK = {"last year": 1, "the year before last": 2, "去年": 1, "上年": 1, "前年": 2}
_OF_HEADING = ("", "上年")  # counted from the year that a heading is about: 一季度, 上年同期
_SHORT = 40  # characters of a heading
_BEFORE_THAT = ("the previous year", "the year before", "a year earlier", "a year before")  # the year spoken of, else the last one
_YEAR = re.compile(
    r"(?P<base>\b(?:from|than|than in|since|compared (?:with|to)|versus|over|on|against|founded|established|built|"
    r"launched|opened|started|began|set up|born|before)(?:\s(?:in|the|that|of|those))*\s|比|较|較|"
    r"成立于|始于|建于|自)?"
    r"(?:\b(?:[Ii]n|[Bb]y|[Dd]uring|[Ff]or|[Oo]f|[Ii]n (?:the )?(?:first|second) half of|end of|(?:[Ff]iscal|[Cc]alendar)(?: year)?|"
    r"(?:in|of|by|during)\s(?:early\s|late\s|mid-)?(?:Jan|Febr)uary|(?:in|of|by)\s(?:March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber)|"
    r"[Qq]uarter|[Hh]alf|Q[1-4]|H[12]|end-|[Aa]s of|[Ss]ince the end of|(?:[Aa]t|[Bb]y) the (?:close|turn) of)\s?(?P<en>(?:19|20)\d\d)\b|"
    r"(?<![\w,.$¥-])(?P<noun>(?:19|20)\d\d)(?=\s(?:(?:gross|total|annual|industrial|combined|net|sales|export|national|population)\s){0,2}"
    r"(?:outputs?|production|sales|revenues?|turnover|exports?|profits?|tax(?:es)?|value|census)\b)|"
    r"(?<=[(（])(?P<bracket>(?:19|20)\d\d)(?=年?[)）:：])|(?P<zh>(?:19|20)\d\d|[一二][九〇零][〇零一二三四五六七八九]{2})年(?!代)(?P<since>以来|以來|起|"
    r"开始)?|(?P<relative>\b(?:[Ll]ast year|[Tt]he previous year|[Tt]he year before(?: last)?|[Aa] year (?:earlier|before))\b"
    r"|去年|上年|前年|\b[Tt]his year\b|今年)"
    r"|(?P<part>\b(?:[Ii]n the first (?:half|(?:three )?quarters?|(?:two|three|four|five|six|seven|eight|nine|ten|eleven) months)"
    rf"|[Ff]rom January (?:to|through) {_MONTH_EN}|[Aa]s of (?:the )?(?:end of )?{_MONTH_EN})\b"
    r"(?!,?\s(?:\d|of(?!\sthe\syear\b(?!\sbefore))|in|this|last))"
    r"|(?<![\d年])[上下]半年|(?<!年)(?<!年的)(?:前[一二三]季度|[一二三四]季度(?!末))|(?<![\d年])1\s?[-—–~～至到]\s?\d{1,2}月))"
)
_ENDS_CLAUSE = re.compile(r"[,，;；]|\b(?:while|but)\b")
_THAT_YEAR = re.compile(r"\b(?:that|(?:the\s)?same)\syear\b|当年|同年")
_OF_ONE = re.compile(r"[^\d]{0,4}\d{4}年的")
_NEXT_CLAUSE = re.compile(r",\s(?:and|while|with|but|which)\s|;")
_NOW = re.compile(r"\b(?:now|currently|today|to date|nowadays|these days)\b|目前|现有|現有|现已|如今|至今|当前|现在", re.IGNORECASE)
_BASE_EN = re.compile(
    r"\b(?:since|from|than|compared (?:with|to)|founded|established|built|launched|opened|started|"
    r"began|set up|born|before)\s(?:in|that|those|the|of|level|\s)*$",
    re.IGNORECASE,
)
# What flows in a year is of the year spoken of; how many there are, only where it says when: 年末.
_FLOWS = re.compile(
    r"(?:output|added|export(?!_destination)|import|sales|profit|tax|growth|market|economy|r_and_d_(?:spending|intensity)|gdp|investment)"
)
# How many there are is of the year of another such number of the paragraph: "In 2018 there were 612 foundries. They employed 46,000."
_STOCKS = frozenset(
    f"{what}_count" for what in ("enterprise", "large_enterprise", "high_tech_enterprise", "household", "employee", "machine", "cluster")
)
_IS_SO = re.compile(
    r"\b(?:(?<!which\s)(?<!that\s)(?:is|are)|has|have|holds?|accounts?|makes?|make up"
    r"|suppl(?:y|ies)|produces?|employs?|sells?|ships|comes?|earns"
    r"|(?<![Ii]ts\s)(?<![Tt]heir\s)(?<![Tt]he\s)(?<!['’]s\s)(?<!of\s)(?<!trade\s)exports(?!\s(?:stood|rose|grew|fell|reached|came|totall?ed|hit|were|of)\b))\b"
)
_YEAR_END = re.compile(
    r"(?<!到)年[末底]|全年|\bat (?:the )?(?:year-end|end of (?:the|that) year)\b|\b(?:in|during|for|over) the year\b", re.IGNORECASE
)
_EVERY_YEAR = re.compile(
    r"\b(?:a|per|every|each) year\b|\bannual(?:ly)?\b|\byearly\b|每年|年(?:[产產销銷均]|出口|交易|成交|加工|生产|营业|经营)",
    re.IGNORECASE,
)
# Of any heading, for the figures below it up to the next one; `absent.parts_to_come` is of numbered ones and lasts as long as their rank.
_AHEAD = re.compile(r"目标|目標|安排|部署|任务|打算|\b(?:targets?|objectives|goals|outlook|plans?|ahead)\b", re.IGNORECASE)
_DONE = re.compile(
    r"完成|落实|达成|回[顾顧]|总结|成效|\b(?:review|results?|progress|fulfil\w*|met|achieved)\b", re.IGNORECASE
)  # 目标任务完成情况
_OF_AN_EVENT = re.compile(
    r"授予|命名|认定|获评|荣获|成立|创办|起步|始于|建[成立于]|上市|入选|入围|上榜|公布|发布|年度"
    r"|\b(?:named|awarded|founded|set up|opened|established|began|started|launched|built|titles?|born|came|moved|selected|won|listed)\b",
    re.IGNORECASE,
)
_REVIEWED = re.compile(
    r"(?P<year>(?:19|20)\d\d)年?(?:的|及)?[^，。；\d]{0,12}(?:回[顾眸望]|总结|[公简快]报|完成情况|发展情况|运行|综述|盘点|小结|述评|概[况览]|成绩单)"
    r"|\b(?:[Rr]eview|[Ww]ork|[Pp]erformance|[Dd]evelopment|[Rr]esults|[Pp]rogress|[Aa]chievements|[Bb]ulletin)\b[^.;\d]{0,80}?(?:\b(?:of|in|for)|,)\s(?P<in>(?:19|20)\d\d)\s*$"
    r"|\b(?P<first>(?:19|20)\d\d)\s(?:in\s(?:review|numbers|figures|brief|retrospect)|at\sa\sglance|highlights)\b"
)


_SECTION = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[、）)]|\d{1,2}[.、]|#+|[IVX]{1,4}\.|[Pp][Aa][Rr][Tt]\s\w+[:.]?)\s?[^。；;.!?！？]{2,40}$"
)


class Periods:
    """Tells the years of one document's figures, sentence by sentence, in order.

    Args:
        published: The year "last year" counts from.
        noted: The year that a note gives for all of the document's figures.
        heading: The year that its title gives, where none of its text is handed to `hear`.
    """

    def __init__(self, published: int | None, noted: int | None = None, heading: int | None = None) -> None:
        self._published = published
        self._noted = noted
        self._heading = heading  # the year that the heading in force is about
        self.is_ahead = False  # that heading is about what is planned
        self._text: Text | None = None
        self._years: list[tuple[int, int]] = []  # of the sentence, each with where it stands
        self._spoken: int | None = None  # the year of the last figure of any paragraph
        self._counted: tuple[int, int | None] = (-1, None)  # the last paragraph that dated a count, and the year of that
        self._dated: set[int] = set()  # the years of the document's figures so far
        self._carried: tuple[int, int | None] = (-1, None)  # the last paragraph, and the year of its last figure

    @property
    def heading(self) -> int | None:
        """The year that the title or heading in force gives for all that stands below it."""
        return self._heading

    def hear(self, text: Text) -> None:
        """Remembers the year that a heading gives for what stands below it; one without a year leaves that of the title."""
        reviewed = _REVIEWED.search(text.printed)
        told = int(reviewed[reviewed.lastgroup or 0]) if reviewed else year_of_title([text.printed])
        self.is_ahead = reviewed is None and _AHEAD.search(text.printed) is not None and not _DONE.search(text.printed)
        self._heading = None if self.is_ahead else told or self._heading
        self._carried = (-1, None)

    def hear_section(self, text: Text) -> None:
        """Remembers the year of a numbered heading, `一、2021年工作回顾`, which looks like an item, or of a sentence without figures."""
        if _SECTION.match(text.printed):
            self.hear(text)
        elif not text.figures and not _OF_AN_EVENT.search(text.printed):
            for _, year in find_years(text.printed, self._published)[-1:]:
                self._carried = (text.passage, year)  # 2021年是极不平凡的一年。全区实现产值...

    def begin(self, text: Text) -> None:
        """A sentence with figures begins; what stands behind a semicolon is of the year before it."""
        years = find_years(text.printed, self._published, self._heading)
        before = self._text
        if not years and before and before.passage == text.passage and before.printed[-1] in ";；" and not _IS_SO.search(text.printed):
            years = [(0, year) for _, year in self._years[-1:]]
        if not years and self._spoken and (told := _THAT_YEAR.search(text.printed)):
            years = [(told.start(), self._spoken)]
        if text.passage != self._carried[0]:
            names_nobody = not (text.named or text.spots)
            goes_on = names_nobody and text.passage == self._carried[0] + 1 and len(self._dated) == 1
            self._carried = (text.passage, self._carried[1] if goes_on else None)
        self._text, self._years = text, years

    def of(self, figure: Figure, end: int, measure: str) -> int | None:
        """The year of a figure of the sentence: its own, else for what flows in a year that of the figure before or of the heading."""
        text = self._text
        if text is None:
            return None
        year = year_of(text.printed, figure, end, self._years)
        if year is None and not _NOW.search(text.printed, 0, figure.start):
            clause = max(text.printed.rfind(mark, 0, figure.start) + 1 for mark in "，,；;")
            ends = _ENDS_CLAUSE.search(text.printed, end)
            is_yearly = _EVERY_YEAR.search(
                text.printed, clause, min(ends.start() if ends else len(text.printed), end + 24)
            ) or _IS_SO.search(text.printed, clause, figure.start)
            if (_FLOWS.match(measure) and not is_yearly) or _YEAR_END.search(text.printed, 0, figure.start):
                year = self._carried[1] or self._heading
            elif measure in _STOCKS and not is_yearly and self._counted[0] == text.passage:
                year = self._counted[1]
            year = year or self._noted
        if year is not None:
            self._carried, self._spoken = (text.passage, year), year
            self._dated.add(year)
            if measure in _STOCKS:
                self._counted = (text.passage, year)
        return year


def dates_what_follows(line: str) -> bool:
    """Whether a heading says of which year, or of which plans, what stands below it is: `2014 in numbers`."""
    return _REVIEWED.search(line) is not None or (len(line) <= _SHORT and _AHEAD.search(line) is not None)


def find_years(text: str, published: int | None, heading: int | None = None) -> list[tuple[int, int]]:
    """The years a sentence speaks of, each with where it stands; those a change is counted from, or something was founded in, left out.

    Args:
        text: The sentence.
        published: The year "last year" counts from.
        heading: The year that the heading above is about: its quarters are of it, and 上年 is the year before.
    """
    years: list[tuple[int, int]] = []
    for m in _YEAR.finditer(text):
        if m["base"] or m["since"] or _BASE_EN.search(text[max(0, m.start() - 24) : m.start()]):
            continue
        if m["relative"] or m["part"]:  # "in the first half" is of the year it is told in
            said = (m["relative"] or "").lower()
            if said in _BEFORE_THAT and (years or published is not None):
                years.append((m.start(), (years[-1][1] if years else published or 0) - 1))
            elif (told_in := heading if heading and said in _OF_HEADING else published) is not None:
                years.append((m.start(), told_in - _YEARS_BACK.get(said, 0)))
        else:
            printed = m["en"] or m["zh"] or m["bracket"] or m["noun"]
            years.append((m.start(), int(printed if printed.isdigit() else han_value(printed))))
    return years


def year_of(text: str, figure: Figure, end: int, years: Sequence[tuple[int, int]]) -> int | None:
    """The last year before the figure, else one just behind it in its clause."""
    clause = max(text.rfind(mark, 0, figure.start) + 1 for mark in "，,；;")
    is_so = _IS_SO.search(text, clause, figure.start)  # "has 1,600 firms and made 400 million lenses in 2018"
    behind = [year for at, year in years if at >= end and not (_ENDS_CLAUSE.search(text, end, at) or (is_so and " and " in text[end:at]))]
    before = [
        year for at, year in years if at < figure.start and not _NOW.search(text, at, figure.start) and _reaches(text, at, figure.start)
    ]
    if beside := [year for at, year in years if text[end:at] == " "]:  # "302.6 billion yuan in 2017"
        return beside[0]
    return before[-1] if before else behind[0] if behind else None


def _reaches(text: str, at: int, to: int) -> bool:
    """Whether a year holds as far as a figure: one the sentence begins with, or Chinese, does; else it ends with its clause.

    The year of one figure alone, 2021年的1600家, holds in its clause only.
    """
    if HAN.search(text):
        return not (_OF_ONE.match(text, at) and "，" in text[at:to])
    return at < 24 or not _NEXT_CLAUSE.search(text, at, to)
