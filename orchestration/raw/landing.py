"""Putting documents into raw and taking them out: checked first, then moved whole. What a document says is the readers' matter.

A document is staged beside where it will stand, under a dot-name that no reader sees, and renamed into place after its side-car:
cut short anywhere, raw holds the document with its side-car or not at all.
"""

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from orchestration.common.files import sha256, sync
from orchestration.deciding import fingerprint
from orchestration.errors import BadInput, JiqunError
from orchestration.paths import SIDE_CAR_SUFFIX, Warehouse
from orchestration.reading.documents import Found, decode_document
from orchestration.reading.sidecar import SideCar, checked, load_side_car, merged, said_by, side_car_of, written

DEFAULT_FOLDER = "added"
_LONGEST_FOLDER = 60


@dataclass(frozen=True, slots=True)
class Landed:
    """A document in raw. `outcome` is landed, replaced, or unchanged where all of it was there already."""

    file_name: str
    source_id: str
    side_car: dict[str, str]
    outcome: str


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
    side_car = merged(_load(base), given)
    data = base.read_bytes() if base.is_file() and not said else written(side_car).encode() or None
    with _staging(raw) as staging:
        staged = staging / file.name
        if data is not None:
            side_car_of(staged).write_bytes(data)
        decoded = decode_document(Found(staged, str(file), stored=file))
        outcome = _outcome(target, name, decoded.sha256, data, is_replacing=is_replacing)
        landed = Landed(name, decoded.document.source_id, {key: str(value) for key, value in said_by(side_car).items()}, outcome)
        if outcome == "unchanged":
            return landed
        _check_twins(raw, warehouse, file, name, decoded.sha256)
        shutil.copyfile(file, staged)
        if sha256(staged) != decoded.sha256:
            raise BadInput(f"{file} changed while it was copied", "Add it again when it is written.")
        _move_in(staged, target)
    return landed


def _check_file(file: Path) -> None:
    if not file.exists():
        raise BadInput(f"{file}: no such file", "Check the path.")
    if not file.is_file():
        raise BadInput(f"{file} is {'a folder' if file.is_dir() else 'not a file'}", "Add one document at a time: jiqun add FOLDER/FILE.")
    if file.name.startswith((".", "README")):
        raise BadInput(f"{file.name} would not be read: dot-files and README files are no documents", "Give it another name.")
    if not file.name.isprintable():
        raise BadInput(f"{file.name!a} cannot be a document's name: it holds characters that cannot be shown", "Rename the file.")
    if file.name.endswith(SIDE_CAR_SUFFIX):
        raise BadInput(
            f"{file.name} is a side-car", f"Add its document, {file.name.removesuffix(SIDE_CAR_SUFFIX)}; the side-car comes along."
        )


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
    from orchestration.reading.layouts import LAYOUTS

    given = checked(said, "options")
    if given.layout is not None and given.layout not in (names := sorted(known.name for known in LAYOUTS)):
        raise BadInput(f"There is no layout {given.layout!r}", f"Layouts: {', '.join(names)}. Without --layout it is told from the text.")
    return given


def _load(path: Path) -> SideCar:
    return load_side_car(path.read_bytes(), str(path)) if path.is_file() else SideCar()


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
    with raw_trouble_told("The document could not be landed"):
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
def raw_trouble_told(what: str) -> Iterator[None]:
    """A full disk or a folder without permission as what it is."""
    try:
        yield
    except OSError as error:
        raise JiqunError(f"{what}: {error}", "Make the folder writable or free space, and try again; raw is as it was.") from error
