"""The shelf of releases as readers meet it: which is current, which are kept, finding and opening one.

Changes nothing, and imports the standard library only until a database is opened: deciding that nothing is new goes through here.
"""

import difflib
import json
import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.errors import BadInput, JiqunError
from orchestration.paths import Warehouse

if TYPE_CHECKING:
    import duckdb

DATABASE = "jiqun.duckdb"
MANIFEST = "manifest.json"

# No dot: folders still being written (`<id>.tmp-<pid>`) or set aside (`.damaged-<id>`) are never taken for releases.
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]*")


def is_release_id(name: str) -> bool:
    """Whether a folder of this name is a release, finished and in its place."""
    return _ID.fullmatch(name) is not None


@dataclass(frozen=True)
class Release:
    """One immutable release folder. What is in it is read when asked for."""

    id: str
    path: Path

    @property
    def database(self) -> Path:
        """The DuckDB file."""
        return self.path / DATABASE

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """The manifest as written.

        Raises:
            JiqunError: It is missing or torn.
        """
        path = self.path / MANIFEST
        try:
            manifest = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise JiqunError(
                f"The manifest of release {self.id} cannot be read: {error}",
                f"`jiqun verify {self.id}` says what is damaged; `jiqun rollback` switches to another release.",
            ) from error
        if not isinstance(manifest, dict):
            raise JiqunError(
                f"The manifest of release {self.id} is not a JSON object: {path}", f"`jiqun verify {self.id}` says what is damaged."
            )
        return manifest

    @property
    def created_at(self) -> str:
        """When it was written, ISO 8601 in UTC; empty where the manifest is damaged, so that a list of releases can still be shown."""
        try:
            return str(self.manifest.get("created_at", ""))
        except JiqunError:
            return ""


def looks_whole(folder: Path) -> bool:
    """Whether every file of a release is there in its size, with nothing beside the database: a look of milliseconds.

    The bytes themselves are `verifying.verify`'s matter.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        sizes = {name: file["bytes"] for name, file in manifest["files"].items()}
        return (
            manifest["release_id"] == folder.name
            and DATABASE in sizes
            and all((folder / name).stat().st_size == size for name, size in sizes.items())
            and write_ahead_log(folder / DATABASE) is None
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def releases(warehouse: Warehouse) -> list[Release]:
    """Every finished release, newest first; damaged ones are listed too, last."""
    if not warehouse.releases.is_dir():
        return []
    folder = warehouse.releases.resolve()
    found = [Release(path.name, path) for path in folder.iterdir() if is_release_id(path.name) and path.is_dir() and not path.is_symlink()]
    return sorted(found, key=lambda release: (release.created_at, release.id), reverse=True)


def current(warehouse: Warehouse) -> Release | None:
    """The release readers see, or None where nothing was ever published.

    Raises:
        JiqunError: `current` is not a link to a release of this warehouse, or to one that is gone.
    """
    link = warehouse.current
    if not os.path.lexists(link):
        return None
    if not link.is_symlink():
        raise JiqunError(f"{link} is not a symbolic link", "Move it away; `jiqun refresh` makes the link.")
    target = Path(os.path.normpath(warehouse.root.resolve() / link.readlink()))
    if target.parent.resolve() != warehouse.releases.resolve() or not is_release_id(target.name):
        raise JiqunError(
            f"{link} points to {link.readlink()}, which is no release of this warehouse",
            "`jiqun rollback ID` points it to a release again; `jiqun releases` lists them.",
        )
    if not target.is_dir() or target.is_symlink():
        raise JiqunError(
            f"{link} points to release {target.name}, which is gone",
            "`jiqun refresh` makes it again; `jiqun rollback ID` switches to one of `jiqun releases`.",
        )
    return Release(target.name, target.resolve())


def current_or_none(warehouse: Warehouse) -> Release | None:
    """The current release, or None where there is none that could be read: for writers, who mend what readers must refuse."""
    try:
        return current(warehouse)
    except JiqunError:
        return None


def find(warehouse: Warehouse, name: str) -> Release:
    """The release of this id, unique beginning of an id, or the words `current` and `previous` (the next older one).

    Raises:
        BadInput: There is none, or more than one; the message says what there is.
    """
    kept = releases(warehouse)
    if not kept:
        raise BadInput(f"{warehouse.root} holds no release", "`jiqun refresh` makes the first.")
    if name in ("current", "previous"):
        return _relative(warehouse, kept, name)
    if exact := [release for release in kept if release.id == name]:
        return exact[0]
    beginning = [release for release in kept if name and release.id.startswith(name)]
    if len(beginning) == 1:
        return beginning[0]
    if beginning:
        raise BadInput(
            f"{name} is the beginning of {len(beginning)} releases: {', '.join(r.id for r in beginning[:5])}", "Write more of the id."
        )
    near = difflib.get_close_matches(name, [release.id for release in kept], n=1, cutoff=0.5)
    raise BadInput(
        f"There is no release {name}", f"Did you mean {near[0]}?" if near else f"The newest is {kept[0].id}; `jiqun releases` lists all."
    )


def _relative(warehouse: Warehouse, kept: list[Release], name: str) -> Release:
    now = current(warehouse)
    if now is None:
        raise BadInput(f"{warehouse.root} has no current release", f"`jiqun rollback {kept[0].id}` makes the newest current.")
    if name == "current":
        return now
    older = kept[[release.id for release in kept].index(now.id) + 1 :]
    if not older:
        raise BadInput(f"There is no release before {now.id}", "`jiqun releases` lists all.")
    return older[0]


def write_ahead_log(database: Path) -> Path | None:
    """The `.wal` beside a database, where there is one: DuckDB would replay it into the file, whichever database it came from."""
    log = database.with_name(f"{database.name}.wal")
    return log if os.path.lexists(log) else None


def open_release(release: Release) -> "duckdb.DuckDBPyConnection":
    """A read-only connection to a release.

    Raises:
        JiqunError: The database is missing, torn, or has a write-ahead log beside it.
    """
    import duckdb

    hint = f"`jiqun verify {release.id}` says what is damaged; `jiqun rollback` switches to another release."
    if log := write_ahead_log(release.database):
        raise JiqunError(f"{log} lies beside a released database: somebody wrote to it, and opening it would replay that", hint)
    if not release.database.is_file():
        raise JiqunError(f"{release.database} is missing", hint)
    try:
        return duckdb.connect(str(release.database), read_only=True)
    except duckdb.Error as error:
        raise JiqunError(f"{release.database} cannot be opened: {error}", hint) from error
