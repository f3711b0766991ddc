"""The whole raw folder to observations: every document read once, one file per record class.

Documents are independent: what one does (a reader that breaks its promise, a file that cannot be decoded) never touches another.
"""

import time
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from orchestration.reading.documents import Decoded, Found, Loaded, Refusal, decode_loaded, find_documents
from orchestration.reading.kept import Kept
from orchestration.reading.observations import TABLES, Question
from orchestration.reading.reader import ReadFile, ndjson, read_file
from orchestration.reading.words.lexicon import Lexicon
from orchestration.reading.workers import cores_for, read_beside

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
        into["questions"].write(ndjson([refused(refusal) for refusal in sorted(refusals, key=lambda r: r.file_name)]))
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
