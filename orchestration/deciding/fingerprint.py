"""Has anything changed? The fingerprint of all that a release is made from, by the standard library alone.

It covers the raw files (path and bytes, side-cars included), the models, seeds, suites, code and answer tables of this
checkout, and the lock of what they run on. The release id is its first sixteen hex digits, so equal inputs and code give the
same id on any machine. Nothing here reads a document: what the bytes mean is the readers' matter.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestration.common.files import sha256, write_text
from orchestration.deciding.held_back import Held, held
from orchestration.paths import REMOTE_SOURCES, ROOT, SIDE_CAR_SUFFIX, Warehouse

_CODE = ("orchestration", "expectations", "dbt_project", "tests/answers", "requirements/run.lock")
# What a document's records hang on besides its bytes and its side-car's.
_READERS = ("orchestration/reading/", "dbt_project/seeds/gazetteer/", "dbt_project/seeds/industries/", "requirements/run.lock")
_NOT_CODE = frozenset({"__pycache__", "target", "logs"})
# A file changed within this long of being hashed may change again within the same clock tick, so its hash is not kept.
_SETTLED_NS = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Input:
    """One raw file as found.

    Attributes:
        path: Relative to the raw folder, with forward slashes.
        sha256: Of its bytes.
        read: sha256 of the bytes that are read: the same, or those of the last admitted version where this one is held back, or "".
    """

    path: str
    sha256: str
    read: str


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a release would be made from now. `release_id` names it; the inputs go to the manifest."""

    digest: str
    code_digest: str
    inputs: tuple[Input, ...]
    readers_digest: str = ""

    @property
    def versions(self) -> dict[str, str]:
        """Of every document, what its records hang on: they are the same where this is."""
        found = {item.path: item.sha256 for item in self.inputs}
        return {item.path: f"{self.readers_digest} {item.read} {found.get(item.path + SIDE_CAR_SUFFIX, '')}" for item in self.inputs}

    @property
    def release_id(self) -> str:
        """The id of the release that these inputs and this code make."""
        return self.digest[:16]


def raw_files(raw: Path) -> Iterator[Path]:
    """Every file below the raw folder that is a document or a side-car, in the order of its relative path.

    Dot-files, files below dot-folders, files named `README*` (CONTRACT: Raw) and the list of remote sources are neither.
    """
    found = []
    for folder, folders, names in os.walk(raw):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(folder, name) for name in names if not name.startswith((".", "README"))]
    yield from sorted((path for path in found if path != raw / REMOTE_SOURCES), key=lambda path: path.relative_to(raw).as_posix())


def take(raw: Path, warehouse: Warehouse) -> Fingerprint:
    """The fingerprint of this moment.

    Hashes are remembered in the warehouse by size and modification time, so that ten thousand unchanged files cost a `stat`
    each. A file that vanishes while this looks is left out: the next look finds it gone as well.
    """
    memory = _Memory(warehouse.root / "fingerprint.json")
    found = [(path.relative_to(raw).as_posix(), sha) for path, sha in memory.hash_all(raw_files(raw))]
    code, readers = hashlib.sha256(), hashlib.sha256()
    for path, sha in memory.hash_all(_code_files()):
        name = path.relative_to(ROOT).as_posix()
        code.update(f"{name}\0{sha}\n".encode())
        if name.startswith(_READERS):
            readers.update(f"{name}\0{sha}\n".encode())
    memory.save()
    holds = {item.file_name: item for item in held(warehouse).values() if item.code_digest == code.hexdigest()}
    inputs = tuple(Input(path, sha, _read(holds.get(path), sha)) for path, sha in found)
    whole = hashlib.sha256(code.hexdigest().encode())
    for item in inputs:
        whole.update(f"{item.path}\0{item.sha256}\0{item.read}\n".encode("utf-8", "surrogateescape"))
    return Fingerprint(whole.hexdigest(), code.hexdigest(), inputs, readers.hexdigest())


def _read(hold: Held | None, sha256: str) -> str:
    return sha256 if hold is None or hold.sha256 != sha256 else hold.admitted or ""


def _code_files() -> Iterator[Path]:
    for name in _CODE:
        top = ROOT / name
        if top.is_file():
            yield top
            continue
        for folder, folders, names in os.walk(top):
            folders[:] = sorted(f for f in folders if f not in _NOT_CODE and not f.startswith("."))
            yield from (Path(folder, n) for n in sorted(names) if not n.startswith(".") and not n.endswith(".pyc"))


class _Memory:
    """sha256 by path, size and modification time. Losing the file costs time, never correctness."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            stored = None
        entries = stored.items() if isinstance(stored, dict) else ()
        self._known: dict[str, list[object]] = {k: v for k, v in entries if isinstance(v, list) and len(v) == 4}
        self._used: dict[str, list[object]] = {}

    def hash_all(self, paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
        now = time.time_ns()
        for path in paths:
            try:
                stat = path.stat()
                key = str(path)
                known = self._known.get(key)
                seen = [stat.st_size, stat.st_mtime_ns, stat.st_ino]
                sha = str(known[3]) if known and known[:3] == seen else sha256(path)
            except OSError:
                # Vanished or unreadable: reading says so by name; here it counts as absent.
                continue
            if stat.st_mtime_ns < now - _SETTLED_NS:
                self._used[key] = [*seen, sha]
            yield path, sha

    def save(self) -> None:
        if self._used == self._known:
            return
        try:
            write_text(self._path, json.dumps(self._used))
        except OSError:
            # A full disk or a read-only folder: the next look hashes again.
            return
