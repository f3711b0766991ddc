"""What readers were switched away from on purpose. A refresh that would make the very same release again leaves it so.

Written by a rollback beside the releases (`rolled_back.json`), cleared by going back and by the next release made from anything
else. Imports the standard library only: deciding that nothing is new goes through here.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from orchestration.common.files import write_text
from orchestration.errors import JiqunError
from orchestration.paths import Warehouse


@dataclass(frozen=True, slots=True)
class RolledBack:
    """A rollback that stands.

    Attributes:
        releases: Ids of the releases switched away from, the last one last.
        to: Id of the release that readers see instead.
        at: When, ISO 8601 in UTC.
        by: Who.
        reason: Why, as far as it was said.
    """

    releases: tuple[str, ...]
    to: str
    at: str
    by: str
    reason: str

    def why_not(self, release_id: str) -> JiqunError:
        """Why a release is not made again, and how to go back to it."""
        reason = f": {self.reason}" if self.reason else ""
        return JiqunError(
            f"Release {release_id} was rolled back to {self.to} on {self.at[:10]} by {self.by}{reason}",
            f"`jiqun rollback {release_id}` returns to it; a change of raw or code makes a new release.",
        )


def rolled_back(warehouse: Warehouse) -> RolledBack | None:
    """The rollback that stands, if one does and readers still see what it switched to.

    Raises:
        JiqunError: The record cannot be read; not knowing, nothing may be released over somebody's decision.
    """
    path = _path(warehouse)
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        found = RolledBack(**stored | {"releases": tuple(stored["releases"])})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise JiqunError(
            f"{path} cannot be read, so which release was rolled back is not known: {error}",
            "Roll back again, or remove the file to let the next refresh release what raw and the code say.",
        ) from error
    now = warehouse.current
    return found if now.is_symlink() and now.readlink().name == found.to else None


def is_rolled_back(warehouse: Warehouse, release_id: str) -> bool:
    """Whether a person switched readers away from this release, and nothing else was released since."""
    found = rolled_back(warehouse)
    return found is not None and release_id in found.releases


def remember(warehouse: Warehouse, *, before: str | None, to: str, at: str, by: str, reason: str) -> None:
    """Write a rollback down. Going back to a release that was rolled back forgets that it, and whatever followed, was."""
    try:
        standing = rolled_back(warehouse)
    except JiqunError:
        standing = None
    releases = standing.releases if standing else ()
    if to in releases:
        releases = releases[: releases.index(to)]
    elif before and before != to:
        releases = (*releases, before)
    if not releases:
        forget(warehouse)
        return
    record = asdict(RolledBack(releases, to, at, by, reason))
    write_text(_path(warehouse), json.dumps(record, ensure_ascii=False, indent=1))


def forget(warehouse: Warehouse) -> None:
    """Forget a rollback: something else was released."""
    _path(warehouse).unlink(missing_ok=True)


def _path(warehouse: Warehouse) -> Path:
    return warehouse.root / "rolled_back.json"
