"""One document to records: which layout reads it, and what becomes of it where its reader fails or breaks a promise."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from orchestration.common.collector import at_rest
from orchestration.reading.documents import Decoded, Found, Refusal, decode_document
from orchestration.reading.keys import HAN, simplified
from orchestration.reading.layout import FITS, Document, Layout, Reading
from orchestration.reading.layouts import LAYOUTS, prose
from orchestration.reading.layouts.around import read_sentences
from orchestration.reading.layouts.passed_over import ask_about_passed_over
from orchestration.reading.observations import Fate, Line, Question, Record, Source
from orchestration.reading.promises import BrokenPromise, check
from orchestration.reading.tables.declared import add_declared
from orchestration.reading.tables.text_tables import with_text_tables
from orchestration.reading.words.lexicon import Lexicon

_NAME_ITS_LAYOUT = "name its layout in the side-car, or remove it if it speaks of no clusters"
_BARELY = "no known layout fits this document well: only what its sentences say was read"

_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What reading one file came to: its records as lines of JSON per table, or why there are none."""

    file_name: str
    source_id: str
    line_count: int
    byte_count: int
    records: Mapping[str, bytes]
    refusal: Refusal | None = None

    @classmethod
    def refused(cls, refusal: Refusal) -> "ReadFile":
        """A file that is not read."""
        return cls(refusal.file_name, "", 0, 0, {}, refusal)


@dataclass(frozen=True, slots=True)
class Choice:
    """The layout that reads a document, and how clear the choice was. `layout` is None where none fits."""

    layout: Layout | None
    score: float | None
    runner_up: str | None
    runner_up_score: float | None


def read_file(file: Found, lexicon: Lexicon) -> ReadFile:
    """Reads one file of the raw folder, whatever becomes of it."""
    try:
        decoded = decode_document(file)
    except Refusal as refusal:
        return ReadFile.refused(refusal)
    with at_rest():
        records = {table: ndjson(records) for table, records in read_document(decoded, lexicon).items()}
    return ReadFile(file.file_name, decoded.document.source_id, len(decoded.document.lines), decoded.byte_count, records)


def ndjson(records: Iterable[Record]) -> bytes:
    """Records, one JSON object a line; orjson writes dataclasses and dates as they are."""
    import orjson

    return b"".join([orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in records])


def read_document(decoded: Decoded, lexicon: Lexicon, layouts: Sequence[Layout] = LAYOUTS) -> dict[str, Sequence[Record]]:
    """The records of one document per table. A reader that fails or breaks a promise leaves the document whole in quarantine."""
    document = decoded.document
    try:
        text = with_text_tables(_behind_front(document), lexicon)
        choice = choose(text, lexicon, layouts)
        reading = choice.layout.read(text, lexicon) if choice.layout else unread(text, _no_layout(choice))
        if choice.layout and choice.layout is not prose.LAYOUT:
            read_sentences(text, reading, lexicon)
        add_declared(reading, text, lexicon)
        _add_front(reading, document)
        if choice.layout is prose.LAYOUT and choice.score == FITS:
            _ask_about_the_rest(reading, document)
        check(reading, document)
        if choice.layout:
            ask_about_passed_over(text, reading, lexicon)
    except Exception as error:  # noqa: BLE001  (a fault in a reader is that document's, and is told with its text)
        choice = Choice(None, None, None, None)
        reading = unread(document, f"the reader failed: {type(error).__name__}: {error}")
    lines = [Line(document.source_id, number, text, *reading.fates[number]) for number, text in enumerate(document.lines, 1)]
    return {
        "sources": [_source(decoded, choice, reading)],
        "lines": lines,
        "listings": reading.listings,
        "place_parts": reading.place_parts,
        "tallies": reading.tallies,
        "awards": reading.awards,
        "statistics": reading.statistics,
        "questions": reading.questions,
    }


def _ask_about_the_rest(reading: Reading, document: Document) -> None:
    """Of a document that fits no layout well, what its sentences say is read, and every other line is asked about."""
    asked = {question.line_number for question in reading.questions}
    for number, (fate, _) in reading.fates.items():
        if fate is Fate.BOILERPLATE and number > document.front:
            reading.fates[number] = (Fate.QUARANTINED, _BARELY)
            if number not in asked:
                printed = document.lines[number - 1]
                reading.questions.append(Question(document.source_id, document.file_name, number, printed, _BARELY, _NAME_ITS_LAYOUT))


def _behind_front(document: Document) -> Document:
    """The document as layouts see it: its front matter, read already, blank."""
    return replace(document, lines=("",) * document.front + document.lines[document.front :]) if document.front else document


def _add_front(reading: Reading, document: Document) -> None:
    for number, line in enumerate(document.lines[: document.front], 1):
        reading.fates[number] = (Fate.BOILERPLATE, "front matter") if line.strip() else (Fate.BLANK, "blank")


def choose(document: Document, lexicon: Lexicon, layouts: Sequence[Layout]) -> Choice:
    """The layout with the best score, or the one the side-car names; the runner-up is kept for people who ask why.

    Raises:
        BrokenPromise: The side-car names a layout that does not exist.
    """
    scored = sorted(((round(layout.score(document, lexicon), 4), -order) for order, layout in enumerate(layouts)), reverse=True)
    ranked = [(layouts[-order], score) for score, order in scored]
    named = document.side_car.layout
    if named is not None:
        ranked.sort(key=lambda entry: entry[0].name != named)
        if not ranked or ranked[0][0].name != named:
            raise BrokenPromise(f"the side-car's layout {named!r} does not exist; layouts: {', '.join(sorted(x.name for x in layouts))}")
    (best, score), (runner_up, runner_up_score) = [*[(x, s) for x, s in ranked], (None, None), (None, None)][:2]
    is_fit = best is not None and (named is not None or (score or 0.0) >= FITS)
    return Choice(best if is_fit else None, score, runner_up.name if runner_up else None, runner_up_score)


def _no_layout(choice: Choice) -> str:
    return f"no known layout fits this document (the best scores {choice.score or 0.0:.2f}, {FITS} is needed)"


def unread(document: Document, reason: str) -> Reading:
    """The reading of a document that is not read: every line that is not blank held back, with the reason."""
    reading = Reading()
    reading.questions.append(Question(document.source_id, document.file_name, None, document.file_name, reason, _NAME_ITS_LAYOUT))
    for number, line in enumerate(document.lines, 1):
        if line.strip():
            reading.fates[number] = (Fate.QUARANTINED, reason)
            reading.questions.append(Question(document.source_id, document.file_name, number, line, reason, _NAME_ITS_LAYOUT))
        else:
            reading.fates[number] = (Fate.BLANK, "blank")
    return reading


def _source(decoded: Decoded, choice: Choice, reading: Reading) -> Source:
    """The source's record: what the side-car says, else what the text says of itself."""
    document, said = decoded.document, decoded.document.side_car
    published_on = said.published_on or _day(reading.facts.get("published_on"))
    return Source(
        source_id=document.source_id,
        file_name=document.file_name,
        title=said.title or reading.facts.get("title"),
        publisher=said.publisher or reading.facts.get("publisher"),
        url=said.url,
        published_on=published_on,
        as_of_date=said.as_of_date or _day(reading.facts.get("as_of_date")) or published_on,
        accessed_on=said.accessed_on,
        language=said.language or language_of(document.lines),
        licence=said.licence,
        media_type=document.media_type,
        encoding=decoded.encoding,
        sha256=decoded.sha256,
        byte_count=decoded.byte_count,
        line_count=len(document.lines),
        layout=choice.layout.name if choice.layout else None,
        layout_score=choice.score,
        layout_runner_up=choice.runner_up,
        layout_runner_up_score=choice.runner_up_score,
    )


def language_of(lines: Sequence[str]) -> str | None:
    """The language of a text by its characters: `zh-Hant` where simplifying changes it, None where there are no letters."""
    text = "".join(lines[:400])[:4_000]
    if text.isascii():
        return "en" if _LATIN.search(text) else None
    han = "".join(HAN.findall(text))
    if len(han) > len(_LATIN.findall(text)) / 4:
        changed = sum(a != b for a, b in zip(han, simplified(han), strict=False))
        return "zh-Hant" if changed > len(han) / 20 else "zh-Hans"
    return "en" if _LATIN.search(text) else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
