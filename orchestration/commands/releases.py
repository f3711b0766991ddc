"""`jiqun releases`: what is kept, and which of it readers see."""

from typing import Any

from orchestration.commands.options import AsJson, WarehouseFolder
from orchestration.common.console import answer, answer_json, say
from orchestration.errors import JiqunError
from orchestration.paths import Warehouse


def releases(warehouse: WarehouseFolder, as_json: AsJson = False) -> None:
    """List the releases that are kept, newest first; the current one is marked with a star."""
    from orchestration.releasing import store

    place = Warehouse(warehouse)
    try:
        now = store.current(place)
    except JiqunError as error:
        say(f"jiqun: {error.message}. {error.hint}")
        now = None
    found = [_facts(release, is_current=now is not None and now.id == release.id) for release in store.releases(place)]
    if as_json:
        answer_json(found)
        return
    if not found:
        say(f"{place.root} holds no release yet: `jiqun refresh` makes the first.")
    for release in found:
        mark = "*" if release["is_current"] else " "
        note = "" if release["is_whole"] else "  damaged or cut short: see `jiqun verify`"
        answer(f"{mark} {release['release_id']}  {release['created_at'] or '?':<29}  {release['raw_files']:>6} raw files{note}")


def _facts(release: Any, *, is_current: bool) -> dict[str, Any]:
    from orchestration.releasing.store import looks_whole

    is_whole = looks_whole(release.path)
    return {
        "release_id": release.id,
        "created_at": release.created_at,
        "is_current": is_current,
        "is_whole": is_whole,
        "raw_files": len(release.manifest["inputs"]) if is_whole else 0,
        "accepted_changes": release.manifest["accepted_changes"] if is_whole else [],
        "where": str(release.path),
    }
