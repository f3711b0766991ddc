"""What every reader promises of its reading: each line has one fate, each print stands where it says, nothing used is unreferred to."""

from collections.abc import Iterator, Sequence

from orchestration.reading.layout import Document, Reading
from orchestration.reading.observations import Award, Fate, Record, Statistic, Tally


class BrokenPromise(Exception):
    """A reader's result that is not what a reading must be; the message says which promise and where."""


def check(reading: Reading, document: Document) -> None:
    """Holds a reading to what every reader promises.

    Raises:
        BrokenPromise: A line without a fate or with one it may not have, a span that is not its print, a used line nobody refers to.
    """
    if reading.fates.keys() != set(range(1, len(document.lines) + 1)):
        wrong = sorted(reading.fates.keys() ^ set(range(1, len(document.lines) + 1)))
        raise BrokenPromise(f"line {wrong[0]} has no fate, or does not exist")
    referred = {line for line, _ in _spans(reading, document.lines)}
    asked = {question.line_number for question in reading.questions}
    for number, (fate, _) in reading.fates.items():
        is_blank = not document.lines[number - 1].strip()
        if is_blank != (fate is Fate.BLANK):
            raise BrokenPromise(f"line {number} is {'' if is_blank else 'not '}blank and called {fate}")
        if fate is Fate.USED and number not in referred:
            raise BrokenPromise(f"line {number} is called used and nothing refers to it")
        if fate is Fate.QUARANTINED and number not in asked:
            raise BrokenPromise(f"line {number} is held back and nothing asks about it")


def _spans(reading: Reading, lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Every printed string with its line, each compared with the line it says it stands in."""
    for record, printed, line, start, end in _printed(reading):
        if not 1 <= line <= len(lines) or lines[line - 1][start:end] != printed or start >= end:
            raise BrokenPromise(f"line {line}, {start}-{end} is not {printed!r} ({type(record).__name__})")
        yield line, printed


def _printed(reading: Reading) -> Iterator[tuple[Record, str, int, int, int]]:
    for x in reading.listings:
        yield x, x.industry_printed, x.line_number, x.char_start, x.char_end
        if x.locality_printed is not None:
            yield x, x.locality_printed, x.locality_line_number or 0, x.locality_char_start or 0, x.locality_char_end or 0
        if x.province_printed is not None:
            yield x, x.province_printed, x.province_line_number or 0, x.province_char_start or 0, x.province_char_end or 0
    for part in reading.place_parts:
        yield part, part.printed, part.line_number, part.char_start, part.char_end
    quoting: tuple[Tally | Award | Statistic, ...] = (*reading.tallies, *reading.awards, *reading.statistics)
    for quoted in quoting:
        yield quoted, quoted.quote, quoted.line_number, quoted.char_start, quoted.char_end
    for award in reading.awards:
        yield award, award.contest_name, award.contest_line_number, award.contest_char_start, award.contest_char_end
        if award.launched_year is not None:
            yield (
                award,
                str(award.launched_year),
                award.launched_line_number or 0,
                award.launched_char_start or 0,
                award.launched_char_end or 0,
            )
