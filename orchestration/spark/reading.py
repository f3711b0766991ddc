"""Reading under `mapInArrow`: raw packed into a table, the pure readers in the workers, their records as the tables of schema `raw`.

The driver sees bytes on their way up and counts on their way down, never the records. Documents of the same bytes travel as one row, so
that which of them is read is decided where they are read, as it is on one machine.
"""

import hashlib
import multiprocessing
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.reading.corpus import CorpusSummary, HeldBack, decode_once, raw_schema, refused, to_read
from orchestration.reading.documents import Loaded, Refusal, load_document
from orchestration.reading.reader import read_document
from orchestration.reading.words.lexicon import Lexicon
from orchestration.spark.schemas import SPARK_TYPES, Schemas

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession

# Of documents in one upload: what the driver holds at a time, and a file in the table.
_PACK_BYTES = 32 * 1024 * 1024
# Of documents in one task: half a minute of a worker at the measured rates (docs/scale.md), so that a killed one loses little.
_TASK_BYTES = 8 * 1024 * 1024
_LEAST_TASKS = 4
# Records that a worker hands over at a time.
_BATCH_RECORDS = 5_000
# People are shown no more messages than this; all of them are questions in the release.
_MESSAGES = 1_000

_REFUSALS = "refusals"


@dataclass(frozen=True, slots=True)
class _Reader:
    """What runs in a worker. It is pickled by reference: the code is shipped as a package (session.py), the lexicon with the task."""

    lexicon: Lexicon

    def __call__(self, batches: "Iterable[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
        import pyarrow as pa
        from pyspark import TaskContext

        context = TaskContext.get()
        # Whatever ended the first attempt may have been a document: from the second on, each is read in a process of its own.
        read = self.read if context is None or context.attemptNumber() == 0 else self._read_apart
        rows: list[tuple[str, bytes]] = []

        def batch() -> pa.RecordBatch:
            columns = [pa.array([row[0] for row in rows], pa.string()), pa.array([row[1].decode() for row in rows], pa.string())]
            return pa.RecordBatch.from_arrays(columns, names=["kind", "record"])

        for packed in batches:
            for row in packed.to_pylist():
                rows += read(_unpacked(row))
                if len(rows) >= _BATCH_RECORDS:
                    yield batch()
                    rows.clear()
        yield batch()

    def read(self, same: Sequence[Loaded]) -> list[tuple[str, bytes]]:
        """The records of one document: the first that can be read of those with the same bytes; the others are refused."""
        import orjson

        rows: list[tuple[str, bytes]] = []
        done: dict[str, str] = {}
        for file in same:
            try:
                decoded = decode_once(file, done)
            except Refusal as refusal:
                rows += _refusal_rows(refusal)
                continue
            done[decoded.document.source_id] = file.file_name
            rows += [(table, orjson.dumps(r)) for table, records in read_document(decoded, self.lexicon).items() for r in records]
        return rows

    def _read_apart(self, same: Sequence[Loaded]) -> list[tuple[str, bytes]]:
        receiver, sender = multiprocessing.Pipe(duplex=False)
        child = multiprocessing.get_context("fork").Process(target=lambda: sender.send(self.read(same)))
        child.start()
        sender.close()
        try:
            rows: list[tuple[str, bytes]] = receiver.recv()
        except EOFError:
            child.join()
            reason, hint = f"its reader was killed (exit status {child.exitcode})", "split the document, or give the workers more memory"
            return [row for file in same for row in _refusal_rows(Refusal(file.file_name, reason, hint))]
        child.join()
        return rows


def _refusal_rows(refusal: Refusal) -> list[tuple[str, bytes]]:
    import orjson

    return [("questions", orjson.dumps(refused(refusal))), (_REFUSALS, refusal.message.encode())]


def _unpacked(row: Mapping[str, Any]) -> list[Loaded]:
    return [Loaded(name, row["data"], side_car) for name, side_car in zip(row["file_names"], row["side_cars"], strict=True)]


def read_on_spark(
    spark: "SparkSession", schemas: Schemas, raw: Path, seeds: Path, held: Mapping[str, HeldBack]
) -> tuple[CorpusSummary, dict[str, int]]:
    """Read every document of a raw folder into the tables of schema `raw`.

    Returns:
        What reading came to, and the number of rows per table.

    Raises:
        BadInput: There is no such raw folder.
    """
    began = time.perf_counter()
    found, refusals = to_read(raw, held)
    size = _upload(spark, schemas, _grouped(found, refusals))
    rows = [row for refusal in refusals for row in _refusal_rows(refusal)]
    schemas.write(spark, "raw.documents_refused", _table({"kind": [r[0] for r in rows], "record": [r[1].decode() for r in rows]}))
    documents = spark.table(schemas.table("raw.documents")).repartition(max(_LEAST_TASKS, size // _TASK_BYTES))
    read = documents.mapInArrow(_Reader(Lexicon.load(seeds)), "kind string, record string")
    read.unionAll(spark.table(schemas.table("raw.documents_refused"))).write.format(schemas.form).saveAsTable(schemas.table("raw.records"))
    _typed(spark, schemas)
    by_kind = {
        row[0]: int(row[1]) for row in spark.sql(f"select kind, count(*) from {schemas.table('raw.records')} group by kind").collect()
    }
    counts = {table: by_kind.get(table, 0) for table in raw_schema()}
    ((lines, size),) = spark.sql(f"select sum(line_count), sum(byte_count) from {schemas.table('raw.sources')}").collect()
    messages = spark.sql(f"select record from {schemas.table('raw.records')} where kind = '{_REFUSALS}' order by record limit {_MESSAGES}")
    summary = CorpusSummary(
        documents=counts["sources"],
        refused=by_kind.get(_REFUSALS, 0),
        lines=int(lines or 0),
        bytes=int(size or 0),
        seconds=time.perf_counter() - began,
        refusals=tuple(row[0] for row in messages.collect()),
    )
    return summary, counts


def _grouped(found: Sequence[Any], refusals: list[Refusal]) -> Iterator[list[Loaded]]:
    """The documents, those of the same bytes together. Bytes are read twice rather than held: once to know them, once to send them."""
    groups: dict[str, list[Any]] = {}
    for file in found:
        try:
            groups.setdefault(hashlib.sha256(load_document(file).data).hexdigest(), []).append(file)
        except Refusal as refusal:
            refusals.append(refusal)
    for files in groups.values():
        yield [load_document(file) for file in files]


def _upload(spark: "SparkSession", schemas: Schemas, groups: Iterable[list[Loaded]]) -> int:
    """Write the documents to table `raw.documents`, many a file; how many bytes they have."""
    pack: list[list[Loaded]] = []
    held = size = 0
    for group in groups:
        pack.append(group)
        held += len(group[0].data)
        if held >= _PACK_BYTES:
            schemas.write(spark, "raw.documents", _packed(pack))
            size, held = size + held, 0
            pack.clear()
    schemas.write(spark, "raw.documents", _packed(pack))
    return size + held


def _packed(groups: Sequence[Sequence[Loaded]]) -> "pa.Table":
    import pyarrow as pa

    return pa.table(
        {
            "data": pa.array([group[0].data for group in groups], pa.binary()),
            "file_names": pa.array([[file.file_name for file in group] for group in groups], pa.list_(pa.string())),
            "side_cars": pa.array([[file.side_car for file in group] for group in groups], pa.list_(pa.binary())),
        }
    )


def _table(columns: Mapping[str, Sequence[str]]) -> "pa.Table":
    import pyarrow as pa

    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


def _typed(spark: "SparkSession", schemas: Schemas) -> None:
    """The tables of schema `raw` out of the records, which are JSON as on one machine; a record that does not fit fails the run."""
    for table, columns in raw_schema().items():
        schema = ", ".join(f"`{name}` {SPARK_TYPES[kind]}" for name, kind in columns.items())
        spark.sql(
            f"create table {schemas.table(f'raw.{table}')} using {schemas.form} as select fields.* from ("
            f"select from_json(record, '{schema}', map('mode', 'FAILFAST')) as fields from {schemas.table('raw.records')} "
            f"where kind = '{table}')"
        )
