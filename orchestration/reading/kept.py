"""What reading documents came to, kept from one refresh to the next: one is read again when it, its side-car or a reader changes.

Kept are the files of observations as they were written, and where in them each document stands. Losing them costs time, never correctness.
"""

import os
import shutil
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

_INDEX = "index.json"
_CHUNK = 2**20

Spans = dict[str, tuple[int, int]]  # where a document's records stand in the file of each table: begin and end


@dataclass(frozen=True, slots=True)
class Entry:
    """A document read before: its version, what was counted, and where its records stand."""

    version: str
    source_id: str
    line_count: int
    byte_count: int
    spans: Spans


@dataclass(slots=True)
class Kept:
    """The readings of an earlier refresh in a folder, and those of this one as they come.

    Attributes:
        folder: Where they are kept.
        versions: Of each document as it is now, by file name: equal where it would be read to the same records.
    """

    folder: Path
    versions: Mapping[str, str]
    _before: dict[str, Entry] = field(init=False)
    _now: dict[str, Entry] = field(default_factory=dict)
    _open: dict[str, BinaryIO] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._before = _load(self.folder)

    def find(self, file_name: str) -> Entry | None:
        """The document as it was read before, if it is the same."""
        entry = self._before.get(file_name)
        return entry if entry and entry.version == self.versions.get(file_name) else None

    def records(self, entry: Entry) -> dict[str, bytes]:
        """Its records, as lines of JSON per table."""
        return {table: self._slice(table, *span) for table, span in entry.spans.items()}

    def _slice(self, table: str, begin: int, end: int) -> bytes:
        if table not in self._open:
            self._open[table] = (self.folder / f"{table}.ndjson").open("rb")
        self._open[table].seek(begin)
        return self._open[table].read(end - begin)

    def note(self, file_name: str, source_id: str, counts: tuple[int, int], spans: Spans) -> None:
        """Where a document of this reading stands."""
        if version := self.versions.get(file_name):
            self._now[file_name] = Entry(version, source_id, *counts, spans)

    def keep(self, observations: Path) -> None:
        """Keep this reading instead: its files under a second name, which costs no copy."""
        import orjson

        while self._open:
            self._open.popitem()[1].close()
        files = sorted(observations.glob("*.ndjson"))
        index = {"checksums": {file.name: _checksum(file) for file in files}, "documents": self._now}
        new = self.folder.with_name(f"{self.folder.name}.tmp")
        # A full disk, or one that knows no second names: all is read again next time.
        with suppress(OSError):
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir(parents=True)
            for file in files:
                os.link(file, new / file.name)
            (new / _INDEX).write_bytes(orjson.dumps(index))
            shutil.rmtree(self.folder, ignore_errors=True)
            new.rename(self.folder)


def _load(folder: Path) -> dict[str, Entry]:
    """The entries of a folder; none where there is none, or where its files are not what was written."""
    import orjson

    try:
        index: dict[str, Any] = orjson.loads((folder / _INDEX).read_bytes())
        if any(_checksum(folder / name) != checksum for name, checksum in index["checksums"].items()):
            return {}
        return {name: Entry(**entry) for name, entry in index["documents"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _checksum(file: Path) -> int:
    value = 0
    with file.open("rb") as content:
        while chunk := content.read(_CHUNK):
            value = zlib.crc32(chunk, value)
    return value
