"""How many releases are kept: the newest, the pinned, the current, and those somebody has open. Removes folders; nothing else here does.

A release is pinned by its id, or a beginning of it, on a line of its own in `warehouse/pinned` (`#` begins a comment). That file lies
beside the releases, since nothing in a release ever changes.
"""

import os
from collections.abc import Collection
from pathlib import Path

from orchestration.common.files import remove
from orchestration.errors import BadInput, JiqunError
from orchestration.paths import Warehouse
from orchestration.releasing.store import Release, current, releases

PINNED = "pinned"
# The newest ones, beside the current and the pinned; a release of the shipped documents is about 12 MB.
KEPT_RELEASES = 20


def retain(warehouse: Warehouse, keep: int, pinned: Collection[str] = ()) -> list[str]:
    """Remove releases beyond the newest ones; whoever calls holds the warehouse.

    Args:
        warehouse: Its `pinned` file is read as well.
        keep: How many of the newest stay, at least 2: one that serves, and one to roll back to.
        pinned: Ids, or beginnings of ids, that stay besides.

    Returns:
        The ids removed.

    Raises:
        BadInput: `keep` is too small.
        JiqunError: `current` or the `pinned` file cannot be read; then nothing is removed, since what is meant to stay is not known.
    """
    if keep < 2:
        raise BadInput(f"keep={keep} would leave nothing to roll back to", "Keep 2 or more.")
    now = current(warehouse)
    staying = {now.id} if now else set()
    staying |= {release.id for release in releases(warehouse)[:keep]}
    pins = (*pinned, *_pins(warehouse))
    candidates = [r for r in releases(warehouse) if r.id not in staying and not any(r.id.startswith(pin) for pin in pins)]
    busy = _open_now(candidates)
    removed = [release for release in candidates if release.id not in busy]
    for release in removed:
        remove(release.path)
    return [release.id for release in removed]


def _pins(warehouse: Warehouse) -> list[str]:
    path = warehouse.root / PINNED
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise JiqunError(f"{path} cannot be read, so no release is removed: {error}", "One release id a line.") from error
    return [pin for line in lines if (pin := line.partition("#")[0].strip())]


def _open_now(candidates: Collection[Release]) -> set[str]:
    """Releases of which some process has a file open, as far as this user may know: Linux says so in `/proc`.

    Where it cannot be known a release may go while it is read: POSIX keeps a removed file for whoever has it open.
    """
    folders = {f"{release.path}{os.sep}": release.id for release in candidates}
    busy = set()
    for link in Path("/proc").glob("[0-9]*/fd/*") if folders else ():
        try:
            target = str(link.readlink())
        except OSError:
            continue
        busy |= {id_ for folder, id_ in folders.items() if target.startswith(folder)}
    return busy
