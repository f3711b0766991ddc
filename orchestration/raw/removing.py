"""Taking documents out of raw on purpose: the warehouse keeps their bytes and remembers it, so that the next release does not miss them."""

import difflib
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from orchestration.common.files import sha256, sync, write_text
from orchestration.common.who import who
from orchestration.deciding import fingerprint
from orchestration.deciding.admission import stored_document
from orchestration.errors import BadInput
from orchestration.paths import SIDE_CAR_SUFFIX, Warehouse
from orchestration.raw.landing import raw_trouble_told
from orchestration.reading.sidecar import side_car_of
from orchestration.releasing.store import current_or_none


@dataclass(frozen=True, slots=True)
class Removed:
    """A document that a person took out of raw; stands until a file of that name is in raw again.

    Attributes:
        file_name: Path relative to the raw folder.
        sha256: Of its bytes, which the warehouse keeps as long as this stands.
        side_car_sha256: Of its side-car's bytes, kept likewise; None where it had none.
        removed_on: Day, ISO 8601, in UTC.
        by: Who.
    """

    file_name: str
    sha256: str
    side_car_sha256: str | None
    removed_on: str
    by: str


def take_out(raw: Path, warehouse: Warehouse, wanted: str) -> Removed:
    """Take a document and its side-car out of raw on purpose; the caller holds the warehouse, which keeps their bytes.

    Args:
        raw: The raw folder.
        warehouse: Where it is written down, so that the next release does not miss the document.
        wanted: Its source id, path or file name, or a beginning of one. A document that is gone from raw and still in the
            current release may be named as well: then its going was on purpose.

    Raises:
        BadInput: There is no such document, or more than one.
    """
    name, known_sha = _find(_documents(raw, warehouse), _relative(raw, wanted))
    document = raw / name
    car = side_car_of(document)
    with raw_trouble_told(f"{name} could not be taken out of raw"):
        sha = _keep(warehouse, document) if document.exists() else known_sha
        record = Removed(name, sha, _keep(warehouse, car) if car.exists() else None, datetime.now(UTC).date().isoformat(), who())
        write_removed(warehouse, removed(warehouse) | {name: record})
        # The document first: without its side-car it would be read as something else.
        for path in (document, car):
            path.unlink(missing_ok=True)
        with suppress(OSError):  # other documents are in it
            if document.parent != raw:
                document.parent.rmdir()
    return record


def removed(warehouse: Warehouse) -> dict[str, Removed]:
    """What people took out of raw, by file name."""
    try:
        stored = json.loads((warehouse.root / "removed.json").read_text(encoding="utf-8"))
        return {item["file_name"]: Removed(**item) for item in stored}
    except (OSError, ValueError, TypeError, KeyError):
        # Lost or damaged: the bounds of the next release miss the documents, and say so.
        return {}


def write_removed(warehouse: Warehouse, records: Mapping[str, Removed]) -> None:
    """Replace what was taken out, in one step."""
    rows = [asdict(records[name]) for name in sorted(records)]
    write_text(warehouse.root / "removed.json", json.dumps(rows, ensure_ascii=False, indent=1))


def forget_returned(warehouse: Warehouse, taken: fingerprint.Fingerprint) -> dict[str, Removed]:
    """What people took out of raw and did not put back; of what is back in raw nothing is remembered."""
    records = removed(warehouse)
    present = {item.path for item in taken.inputs}
    gone = {name: record for name, record in records.items() if name not in present}
    if gone != records:
        write_removed(warehouse, gone)
    return gone


def kept_bytes(records: Mapping[str, Removed]) -> set[str]:
    """sha256 of every file that the warehouse keeps for whoever wants it back."""
    return {sha for record in records.values() for sha in (record.sha256, record.side_car_sha256) if sha}


def _documents(raw: Path, warehouse: Warehouse) -> dict[str, set[str]]:
    """The documents of raw and of the current release: sha256s by file name, the one in raw among them."""
    release = current_or_none(warehouse)
    found: dict[str, set[str]] = {}
    inputs = [(item.path, item.sha256) for item in fingerprint.take(raw, warehouse).inputs]
    for path, sha in inputs + [
        (item["path"], item.get("read") or item["sha256"]) for item in (release.manifest["inputs"] if release else ())
    ]:
        if not path.endswith(SIDE_CAR_SUFFIX):
            found.setdefault(path, set()).add(sha)
    return found


def _relative(raw: Path, wanted: str) -> str:
    """A path as the shell completes it, as raw names it."""
    path = Path(wanted).absolute()
    return path.relative_to(raw.absolute()).as_posix() if path.is_relative_to(raw.absolute()) else wanted


def _find(documents: Mapping[str, set[str]], wanted: str) -> tuple[str, str]:
    """The one document meant, and a sha256 it is known by."""
    names = {name: [name, name.rpartition("/")[2], *(sha[:16] for sha in shas)] for name, shas in documents.items()}
    exact = [name for name, words in names.items() if wanted in words]
    found = exact or [name for name, words in names.items() if wanted and any(word.startswith(wanted) for word in words)]
    if len(found) == 1:
        return found[0], min(documents[found[0]])
    if found:
        raise BadInput(f"{wanted} could be {len(found)} documents: {', '.join(sorted(found)[:5])}", "Write the path of one of them.")
    near = difflib.get_close_matches(wanted, [word for words in names.values() for word in words], n=3, cutoff=0.5)
    raise BadInput(
        f"There is no document {wanted!r}",
        f"Did you mean {', '.join(near)}?" if near else "`jiqun query 'select source_id, file_name from dim_sources'` lists them.",
    )


def _keep(warehouse: Warehouse, path: Path) -> str:
    """Keep a file's bytes in the warehouse, under their sha256."""
    digest = sha256(path)
    stored = stored_document(warehouse, digest)
    if not stored.exists():
        stored.parent.mkdir(parents=True, exist_ok=True)
        temporary = stored.with_name(f".{digest}.{os.getpid()}")
        shutil.copyfile(path, temporary)
        sync(temporary)
        temporary.replace(stored)
    return digest
