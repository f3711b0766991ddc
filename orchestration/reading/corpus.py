"""The whole raw folder to observations: which layout reads which document, whether it keeps its promises, one file per record class.

Documents are independent: what one does (a reader that breaks its promise, a file that cannot be decoded) never touches another.
"""

import re
import time
import types
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from orchestration.reading.documents import Decoded, Found, Loaded, Refusal, decode_document, decode_loaded, find_documents
from orchestration.reading.kept import Kept
from orchestration.reading.keys import HAN, simplified
from orchestration.reading.layout import Document, Layout, Reading
from orchestration.reading.layouts import LAYOUTS, prose
from orchestration.reading.layouts.around import read_sentences
from orchestration.reading.lexicon import Lexicon
from orchestration.reading.observations import TABLES, Award, Fate, Line, Question, Record, Source, Statistic, Tally
from orchestration.reading.text_tables import with_text_tables
from orchestration.reading.workers import cores_for, read_beside

_THRESHOLD = 0.3  # a layout that fits worse is no layout; the shipped table scores 0.87, a news page with a tab in it 0.05

_LATIN = re.compile(r"[A-Za-z]")
_HELD_BACK = "mend the document; its last admitted version, if there is one, is read in its place"

_DUCKDB_TYPES = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE", bool: "BOOLEAN", date: "DATE"}


@dataclass(frozen=True, slots=True)
class CorpusSummary:
    """What reading a raw folder came to."""

    documents: int
    refused: int
    lines: int
    bytes: int
    seconds: float
    refusals: tuple[str, ...]  # one message a refused file


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


class BrokenPromise(Exception):
    """A reader's result that is not what a reading must be; the message says which promise and where."""


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A version of a document that is not read: why, and which bytes are read in its place (None: none)."""

    reason: str
    instead: Path | None


def read_corpus(
    raw: Path,
    out: Path,
    seeds: Path,
    held: Mapping[str, HeldBack] = types.MappingProxyType({}),
    *,
    processes: int | None = None,
    kept: Kept | None = None,
) -> CorpusSummary:
    """Reads every document of a raw folder and writes one NDJSON file per record class.

    Args:
        raw: The folder of documents and side-cars, at any depth.
        out: Where `sources.ndjson`, `lines.ndjson`, ... go; made if needed, files of an earlier reading replaced.
        seeds: `dbt_project/seeds`, for the gazetteer.
        held: Documents held back, by file name.
        processes: How many read; as many as the documents are worth where None.
        kept: Where readings of unchanged documents are found, and this one is left.

    Raises:
        BadInput: There is no such raw folder.
    """
    began = time.perf_counter()
    found, refusals = to_read(raw, held)
    read: dict[str, str] = {}  # source_id to file name
    line_count = byte_count = 0
    out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as files:
        into = {table: files.enter_context((out / f"{table}.ndjson").open("wb")) for table in TABLES}
        for file in _read_all(found, seeds, processes, kept):
            refusal = file.refusal or _twice(file.file_name, file.source_id, read)
            if refusal:
                refusals.append(refusal)
                continue
            read[file.source_id] = file.file_name
            line_count += file.line_count
            byte_count += file.byte_count
            spans = {}
            for table, records in file.records.items():
                begin = into[table].tell()
                spans[table] = (begin, begin + into[table].write(records))
            if kept:
                kept.note(file.file_name, file.source_id, (file.line_count, file.byte_count), spans)
        into["questions"].write(_ndjson([refused(refusal) for refusal in sorted(refusals, key=lambda r: r.file_name)]))
    if kept:
        kept.keep(out)
    return CorpusSummary(
        documents=len(read),
        refused=len(refusals),
        lines=line_count,
        bytes=byte_count,
        seconds=time.perf_counter() - began,
        refusals=tuple(sorted(refusal.message for refusal in refusals)),
    )


def _read_all(files: Sequence[Found], seeds: Path, processes: int | None, kept: Kept | None) -> Iterator[ReadFile]:
    """What reading each file came to, in their order; only what is new or changed is read."""
    before = {file.file_name: entry for file in files if kept and (entry := kept.find(file.file_name))}
    new = [file for file in files if file.file_name not in before]
    count = processes or cores_for(new)
    read = read_beside(new, seeds, count) if count > 1 else _read_here(new, seeds)
    for file in files:
        entry = before.get(file.file_name)
        if kept and entry:
            yield ReadFile(file.file_name, entry.source_id, entry.line_count, entry.byte_count, kept.records(entry))
        else:
            yield next(read)


def _read_here(files: Sequence[Found], seeds: Path) -> Iterator[ReadFile]:
    lexicon = Lexicon.load(seeds)
    yield from (read_file(file, lexicon) for file in files)


def read_file(file: Found, lexicon: Lexicon) -> ReadFile:
    """Reads one file of the raw folder, whatever becomes of it."""
    try:
        decoded = decode_document(file)
    except Refusal as refusal:
        return ReadFile.refused(refusal)
    records = {table: _ndjson(records) for table, records in read_document(decoded, lexicon).items()}
    return ReadFile(file.file_name, decoded.document.source_id, len(decoded.document.lines), decoded.byte_count, records)


def _ndjson(records: Iterable[Record]) -> bytes:
    """Records, one JSON object a line; orjson writes dataclasses and dates as they are."""
    import orjson

    return b"".join([orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in records])


def _twice(file_name: str, source_id: str, read: Mapping[str, str]) -> Refusal | None:
    """Why a document is not kept whose bytes were read under another name; None where they were not."""
    if source_id not in read:
        return None
    return Refusal(file_name, f"the same bytes as {read[source_id]}", "remove one of the two", source_id)


def to_read(raw: Path, held: Mapping[str, HeldBack]) -> tuple[list[Found], list[Refusal]]:
    """The documents of a raw folder in the order of their names, held-back ones with the bytes of their last admitted version."""
    found, refusals = find_documents(raw)
    files = []
    for file in found:
        if (hold := held.get(file.file_name)) is None:
            files.append(file)
            continue
        refusals.append(Refusal(file.file_name, f"held back: {hold.reason}", _HELD_BACK))
        if hold.instead is not None:
            files.append(replace(file, stored=hold.instead))
    return files, refusals


def decode_once(file: Loaded, read: Mapping[str, str]) -> Decoded:
    """The document of these bytes, unless it has been read already.

    Args:
        file: The bytes.
        read: File name by source_id, of the documents read before.

    Raises:
        Refusal: It cannot be decoded, or has the same bytes as one of those.
    """
    decoded = decode_loaded(file)
    if refusal := _twice(file.file_name, decoded.document.source_id, read):
        raise refusal
    return decoded


def read_document(decoded: Decoded, lexicon: Lexicon, layouts: Sequence[Layout] = LAYOUTS) -> dict[str, Sequence[Record]]:
    """The records of one document per table. A reader that fails or breaks a promise leaves the document whole in quarantine."""
    document = decoded.document
    try:
        text = with_text_tables(_behind_front(document))
        choice = choose(text, lexicon, layouts)
        reading = choice.layout.read(text, lexicon) if choice.layout else unread(text, _no_layout(choice))
        if choice.layout and choice.layout is not prose.LAYOUT:
            read_sentences(text, reading, lexicon)
        _add_front(reading, document)
        check(reading, document)
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
    is_fit = best is not None and (named is not None or (score or 0.0) >= _THRESHOLD)
    return Choice(best if is_fit else None, score, runner_up.name if runner_up else None, runner_up_score)


def _no_layout(choice: Choice) -> str:
    return f"no known layout fits this document (the best scores {choice.score or 0.0:.2f}, {_THRESHOLD} is needed)"


def unread(document: Document, reason: str) -> Reading:
    """The reading of a document that is not read: every line that is not blank held back, with the reason."""
    reading = Reading()
    suggestion = "name its layout in the side-car, or remove it if it speaks of no clusters"
    reading.questions.append(Question(document.source_id, document.file_name, None, document.file_name, reason, suggestion))
    for number, line in enumerate(document.lines, 1):
        if line.strip():
            reading.fates[number] = (Fate.QUARANTINED, reason)
            reading.questions.append(Question(document.source_id, document.file_name, number, line, reason, suggestion))
        else:
            reading.fates[number] = (Fate.BLANK, "blank")
    return reading


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


def refused(refusal: Refusal) -> Question:
    """What people are asked about a file that is not read."""
    return Question(refusal.source_id, refusal.file_name, None, refusal.file_name, refusal.reason, refusal.hint)


def raw_schema() -> dict[str, dict[str, str]]:
    """Per table of schema `raw`, its columns with their DuckDB types, as `read_json(columns = ...)` takes them."""
    return {table: {name: _duckdb_type(kind) for name, kind in typing.get_type_hints(record).items()} for table, record in TABLES.items()}


def _duckdb_type(kind: object) -> str:
    options = [option for option in (kind.__args__ if isinstance(kind, types.UnionType) else (kind,)) if option is not types.NoneType]
    (python_type,) = options
    return "VARCHAR" if issubclass(python_type, str) else _DUCKDB_TYPES[python_type]
