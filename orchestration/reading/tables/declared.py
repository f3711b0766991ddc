"""How many clusters a document says that it lists: told last, when it is known how many it does list.

A number beside the right noun above or below the list counts where as many are listed; one that differs is believed only in the words
that the layouts know (`furniture.declared_total`, `contests.find_declared`).
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from orchestration.reading.layout import Cell, Document, Reading
from orchestration.reading.observations import Fate, Tally
from orchestration.reading.phrases.figures import COUNT, Figure, find_figures
from orchestration.reading.records import tally_record
from orchestration.reading.words.lexicon import Lexicon

_FEWEST = 3  # two are named, not counted
_FEW = 2  # entries that may not have been read
_LONGEST = 300  # characters of a line that tells it
_HEAD = 40  # lines above a list that may tell of it
_LISTED = re.compile(
    r"[个個家][^，。；\d]{0,16}(?:集群|基地|名[镇鎮城县縣]|地区|地區|乡镇|块状经济|塊狀經濟)"
    r"|\s(?:[\w’'-]+\s){0,4}(?:clusters|entries|winners|bases|industrial\stowns|speciali[sz]ed\stowns)\b|\s(?:in\s(?:all|total)|altogether)\b",
    re.IGNORECASE,
)
_SUMMED_UP = re.compile(r"(?:共|[合总總]计|[合總]計|收录|收錄|列出|[（(])[^，。；\d]{0,3}$")  # 共收录18个, （8个）
# Believed though one or the other entry was not read: 以上共计10个地区, `Of the 13 bases on the current list`.
_SAYS_SO_ZH = re.compile(r"(?:以上|上述|以下|本名单|本表)[^，。；\d]{0,6}(?:共计?|合计|总计)[^，。；\d]{0,4}$")
_SAYS_SO = re.compile(
    r"\s(?:[\w’'-]+\s){0,3}(?:clusters|bases|towns|entries|places)\s(?:(?:are|were)\s)?(?:listed|on\s(?:the|this)\s(?:[a-z]+\s)?list)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[。；]|\.\s")
_DEFINITE = re.compile(r"\b(?:the|these|those|all)\s$", re.IGNORECASE)
_BARE = re.compile(r"[个個家]?(?:$|[\s，。；：、（(）),|])")
_PLACES = re.compile(r"\s(?:towns|counties|places|trades|products|specialities)\b", re.IGNORECASE)
_MANY = 5  # places: as many as are listed are those that are listed
_OF_PROVINCE = re.compile(r"[省市]?\s?[（(]?(?P<count>\d{1,3})(?=\s?(?:[个個家席]|[，。；、）)]|\s|$))")
_WHOLE_PROVINCE = re.compile(r"(?:全|我|本)省")


def add_declared(reading: Reading, document: Document, lexicon: Lexicon) -> None:
    """Adds the count of all that a document lists, where it tells one, and gives a count of a whole province its province."""
    for index, tally in enumerate(reading.tallies):
        if tally.province_key is None and tally.measure == "listed_clusters":
            reading.tallies[index] = _with_province(tally, reading, document, lexicon)
    _add_counts(reading, document, lexicon)
    listed = len(reading.listings)
    labelled = sum(tally.declared_count for tally in reading.tallies if tally.province_key is not None)
    is_told = any(tally.province_key is None or tally.declared_count == listed for tally in reading.tallies)
    if listed < _FEWEST or is_told:
        return
    for number, figure in _beside_the_list(reading, document):
        line = document.lines[number - 1]
        is_summed_up = _SUMMED_UP.search(line[: figure.start]) and _BARE.match(line, figure.end)
        is_said = min(abs(figure.value - told) for told in (listed, labelled)) <= max(_FEW, listed / 5) and (
            _SAYS_SO_ZH.search(line[: figure.start]) or _SAYS_SO.match(line, figure.end)
        )
        is_counted = _LISTED.match(line, figure.end) or (listed >= _MANY and _PLACES.match(line, figure.end))
        if is_said or (figure.value in (listed, labelled) and (is_summed_up or is_counted)):
            cell = Cell(line[figure.start : figure.end], number, figure.start, figure.end)
            told = tally_record(document.source_id, len(reading.tallies) + 1, "listed_clusters", int(figure.value), cell)
            reading.tallies.append(_with_province(told, reading, document, lexicon))
            if reading.fates[number][0] is not Fate.QUARANTINED:
                reading.fates[number] = (Fate.USED, "number of clusters in all")
            return


def _add_counts(reading: Reading, document: Document, lexicon: Lexicon) -> None:
    """Adds the counts of a line that gives each of several provinces as many as are listed there: 其中浙江3个、江苏2个."""
    codes = [
        lexicon.provinces[key] for row in reading.listings if (key := row.aligned_province_key or row.province_key) in lexicon.provinces
    ]
    if any(tally.province_key is not None for tally in reading.tallies) or len(set(codes)) < _FEW:
        return
    for number, line in _lines_beside(reading, document):
        told: dict[str, tuple[Cell, str, int]] = {}
        for spot in lexicon.find_places(line, document.year):
            counted = _OF_PROVINCE.match(line, spot.end)
            if counted and lexicon.is_province(spot.key):
                end = counted.end("count")
                cell = Cell(line[spot.start : end], number, spot.start, end)
                told[lexicon.provinces[spot.key]] = (cell, spot.key, int(counted["count"]))
        if len(told) >= _FEW and all(codes.count(code) == count for code, (_, _, count) in told.items()):
            for cell, key, count in told.values():
                ordinal = len(reading.tallies) + 1
                province = (cell.text.rstrip("0123456789（( "), key)
                reading.tallies.append(tally_record(document.source_id, ordinal, "listed_clusters", count, cell, province=province))
            if reading.fates[number][0] is not Fate.QUARANTINED:
                reading.fates[number] = (Fate.USED, "number of clusters by province")
            return


def _lines_beside(reading: Reading, document: Document) -> Iterator[tuple[int, str]]:
    """The lines above the first and below the last listing that may tell how many there are."""
    rows = [listing.line_number for listing in reading.listings]
    first, last = min(rows), max(rows)
    for number in (*range(max(1, first - _HEAD), first), *range(last + 1, min(len(document.lines), last + _HEAD) + 1)):
        if len(document.lines[number - 1]) <= _LONGEST:
            yield number, document.lines[number - 1]


def _beside_the_list(reading: Reading, document: Document) -> Iterator[tuple[int, Figure]]:
    """The counts on the lines above the first and below the last listing."""
    for number, line in _lines_beside(reading, document):
        found = find_figures(line)
        for figure in found:
            is_said_of = (
                len(found) > 1 and _DEFINITE.search(line[: figure.start]) and not _SAYS_SO.match(line, figure.end)
            )  # "The four clusters accounted for 12 percent of"
            if figure.unit == COUNT and figure.qualifier == "exactly" and figure.value >= _FEWEST and not is_said_of:
                yield number, figure


def _with_province(tally: Tally, reading: Reading, document: Document, lexicon: Lexicon) -> Tally:
    """The tally, as that of the province its line names, or of the only one named above where it says 全省."""
    line = document.lines[tally.line_number - 1]
    line = line[: tally.char_end] + _SENTENCE_END.split(line[tally.char_end :], maxsplit=1)[0]  # 合计14个。下个版本补西藏: of no province
    named = _provinces(line, document, lexicon)
    if not named and _WHOLE_PROVINCE.search(line):
        named = {code: name for above in document.lines[:_HEAD] for code, name in _provinces(above, document, lexicon).items()}
        publisher = document.side_car.publisher or ""
        named = named if len(named) == 1 else _provinces(publisher, document, lexicon)
    if not named and len(reading.listings) == tally.declared_count:
        # 现将2020年度湖北省特色产业集群名单（共计12个）予以公布: all that is listed below is of the one province named above.
        first = min(listing.line_number for listing in reading.listings)
        named = {
            code: name for above in document.lines[: first - 1][-_HEAD:] for code, name in _provinces(above, document, lexicon).items()
        }
        of_another = [
            listing for listing in reading.listings if listing.province_key and lexicon.provinces[listing.province_key] not in named
        ]
        named = {} if of_another else named
    if len(named) != 1:
        return tally
    printed, key = next(iter(named.values()))
    return replace(tally, province_printed=printed, province_key=key)


def _provinces(text: str, document: Document, lexicon: Lexicon) -> dict[str, tuple[str, str]]:
    """The provinces of a line by their code: as printed, and their key."""
    spots = [spot for spot in lexicon.find_places(text[:_LONGEST], document.year) if lexicon.is_province(spot.key)]
    return {lexicon.provinces[spot.key]: (text[spot.start : spot.end], spot.key) for spot in spots}
