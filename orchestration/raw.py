"""Putting documents into raw and taking them out: checked first, then moved whole. What a document says is the readers' matter.

A document is staged beside where it will stand, under a dot-name that no reader sees, and renamed into place after its side-car:
cut short anywhere, raw holds the document with its side-car or not at all.
"""

import difflib
import json
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from orchestration import fingerprint
from orchestration.admission import stored_document
from orchestration.errors import BadInput, JiqunError
from orchestration.files import sha256, sync, write_text
from orchestration.paths import Warehouse
from orchestration.reading.documents import Found, decode_document
from orchestration.reading.sidecar import SUFFIX, SideCar, load_side_car, side_car_of
from orchestration.releasing.store import current_or_none
from orchestration.who import who

DEFAULT_FOLDER = "added"
_LONGEST_FOLDER = 60


@dataclass(frozen=True, slots=True)
class Landed:
    """A document in raw. `outcome` is landed, replaced, or unchanged where all of it was there already."""

    file_name: str
    source_id: str
    side_car: dict[str, str]
    outcome: str


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


def land(
    raw: Path,
    warehouse: Warehouse,
    file: Path,
    said: Mapping[str, str],
    *,
    into: str | None = None,
    is_replacing: bool = False,
) -> Landed:
    """Copy a document into raw, with a side-car of what is said of it.

    Args:
        raw: The raw folder; made if needed.
        warehouse: Where hashes of raw files are remembered.
        file: The document. A side-car beside it comes along; what is said goes before it.
        said: Side-car keys and their values as typed.
        into: Folder within raw; else one named for the publisher.
        is_replacing: Whether a document of that name, or its side-car, may be replaced. Old keys stay where nothing new is said.

    Raises:
        BadInput: It is no document, cannot be read, is there already, or something said of it is wrong; raw is as it was.
    """
    _check_file(file)
    given, beside = _given(said), side_car_of(file)
    folder = into if into is not None else _folder_of(given.publisher or _load(beside).publisher or "")
    target = raw / _checked(raw, folder) / file.name
    name = target.relative_to(raw).as_posix()
    if is_replacing and not target.exists():
        raise BadInput(f"There is no {name} to replace", _where_else(raw, file.name) or "Without --replace it is landed as a new document.")
    base = beside if beside.is_file() else side_car_of(target)
    side_car = _merged(_load(base), given)
    data = base.read_bytes() if base.is_file() and not said else _written(side_car)
    with _staging(raw) as staging:
        staged = staging / file.name
        if data is not None:
            side_car_of(staged).write_bytes(data)
        decoded = decode_document(Found(staged, str(file), stored=file))
        outcome = _outcome(target, name, decoded.sha256, data, is_replacing=is_replacing)
        landed = Landed(name, decoded.document.source_id, {k: str(v) for k, v in asdict(side_car).items() if v is not None}, outcome)
        if outcome == "unchanged":
            return landed
        _check_twins(raw, warehouse, file, name, decoded.sha256)
        shutil.copyfile(file, staged)
        if sha256(staged) != decoded.sha256:
            raise BadInput(f"{file} changed while it was copied", "Add it again when it is written.")
        _move_in(staged, target)
    return landed


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
    with _told(f"{name} could not be taken out of raw"):
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


def _check_file(file: Path) -> None:
    if not file.exists():
        raise BadInput(f"{file}: no such file", "Check the path.")
    if not file.is_file():
        raise BadInput(f"{file} is {'a folder' if file.is_dir() else 'not a file'}", "Add one document at a time: jiqun add FOLDER/FILE.")
    if file.name.startswith((".", "README")):
        raise BadInput(f"{file.name} would not be read: dot-files and README files are no documents", "Give it another name.")
    if not file.name.isprintable():
        raise BadInput(f"{file.name!a} cannot be a document's name: it holds characters that cannot be shown", "Rename the file.")
    if file.name.endswith(SUFFIX):
        raise BadInput(f"{file.name} is a side-car", f"Add its document, {file.name.removesuffix(SUFFIX)}; the side-car comes along.")


def _checked(raw: Path, folder: str) -> Path:
    parts = Path(folder).parts
    if Path(folder).is_absolute() or any(part.startswith(".") for part in parts):
        raise BadInput(f"--into {folder} is no folder within raw", "Name one relative to raw, without dots in front: --into li_fung.")
    if not (raw / folder).resolve().is_relative_to(raw.resolve()):
        raise BadInput(f"--into {folder} leads out of raw", "Name a folder within raw.")
    if existing := next((raw.joinpath(*parts[:n]) for n in range(1, len(parts) + 1) if raw.joinpath(*parts[:n]).is_file()), None):
        raise BadInput(f"{existing} is a file, not a folder", "Name another with --into.")
    return Path(folder)


def _folder_of(publisher: str) -> str:
    """`Li & Fung Research Centre` -> `li_fung_research_centre`; Chinese stays Chinese."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", publisher.lower()) if not unicodedata.combining(c))
    return "_".join(re.findall(r"[^\W_]+", plain))[:_LONGEST_FOLDER].strip("_") or DEFAULT_FOLDER


def _given(said: Mapping[str, str]) -> SideCar:
    """What is said, checked by the loader of side-cars."""
    import yaml

    from orchestration.reading.layouts import LAYOUTS

    given = load_side_car(yaml.safe_dump(dict(said), allow_unicode=True).encode(), "options")
    if given.layout is not None and given.layout not in (names := sorted(known.name for known in LAYOUTS)):
        raise BadInput(f"There is no layout {given.layout!r}", f"Layouts: {', '.join(names)}. Without --layout it is told from the text.")
    return given


def _load(path: Path) -> SideCar:
    return load_side_car(path.read_bytes(), str(path)) if path.is_file() else SideCar()


def _merged(old: SideCar, new: SideCar) -> SideCar:
    return replace(old, **{key: value for key, value in asdict(new).items() if value is not None})


def _written(side_car: SideCar) -> bytes | None:
    """The file that says this; None where nothing is said."""
    import yaml

    values = {key: value for key, value in asdict(side_car).items() if value is not None}
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10_000).encode() if values else None


def _outcome(target: Path, name: str, sha: str, data: bytes | None, *, is_replacing: bool) -> str:
    if not target.exists():
        return "landed"
    car = side_car_of(target)
    is_same = sha256(target) == sha
    is_same_side_car = data == (car.read_bytes() if car.is_file() else None)
    if is_same and is_same_side_car:
        return "unchanged"
    if not is_replacing:
        what = "with another side-car" if is_same else "with other bytes"
        raise BadInput(f"Raw holds {name} already, {what}", "Replace it with --replace, or land this one elsewhere with --into FOLDER.")
    return "replaced"


def _check_twins(raw: Path, warehouse: Warehouse, file: Path, name: str, sha: str) -> None:
    twins = [item.path for item in fingerprint.take(raw, warehouse).inputs if item.sha256 == sha and item.path != name]
    if twins:
        raise BadInput(
            f"{file} is in raw already, as {twins[0]}", f"To change what is said of it: --into {Path(twins[0]).parent} --replace."
        )


def _where_else(raw: Path, name: str) -> str:
    folders = [path.parent.relative_to(raw).as_posix() for path in fingerprint.raw_files(raw) if path.name == name]
    return f"Did you mean --into {' or --into '.join(folders)}?" if folders else ""


@contextmanager
def _staging(raw: Path) -> Iterator[Path]:
    """A folder within raw that no reader looks into; gone afterwards."""
    with _told("The document could not be landed"):
        raw.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".landing-", dir=raw) as folder:
            yield Path(folder)


def _move_in(staged: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    for source, place in ((side_car_of(staged), side_car_of(target)), (staged, target)):
        if source.exists():
            sync(source)
            source.replace(place)
    sync(target.parent)


@contextmanager
def _told(what: str) -> Iterator[None]:
    """A full disk or a folder without permission as what it is."""
    try:
        yield
    except OSError as error:
        raise JiqunError(f"{what}: {error}", "Make the folder writable or free space, and try again; raw is as it was.") from error


def _documents(raw: Path, warehouse: Warehouse) -> dict[str, set[str]]:
    """The documents of raw and of the current release: sha256s by file name, the one in raw among them."""
    release = current_or_none(warehouse)
    found: dict[str, set[str]] = {}
    inputs = [(item.path, item.sha256) for item in fingerprint.take(raw, warehouse).inputs]
    for path, sha in inputs + [
        (item["path"], item.get("read") or item["sha256"]) for item in (release.manifest["inputs"] if release else ())
    ]:
        if not path.endswith(SUFFIX):
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
