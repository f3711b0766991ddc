"""`jiqun status`: the current release, what is pending in raw, the last gate outcome."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from orchestration.commands.options import AsJson, RawFolder, WarehouseFolder
from orchestration.common.console import answer, answer_json
from orchestration.deciding import fingerprint
from orchestration.deciding.held_back import held
from orchestration.paths import Warehouse
from orchestration.releasing.rolled_back import rolled_back


def status(raw: RawFolder, warehouse: WarehouseFolder, as_json: AsJson = False) -> None:
    """Say which release is current, what in raw it was not made from, and how the last gate ended."""
    place = Warehouse(warehouse)
    report = status_of(raw, place)
    if as_json:
        answer_json(report)
        return
    pending, last = report["pending"], report["last_refresh"]
    answer(f"Release   {report['release_id'] or 'none yet: run `jiqun refresh`'}")
    changes = [f"{len(pending[kind])} {kind}" for kind in ("added", "changed", "removed") if pending[kind]]
    if pending["code"]:
        changes.append("the code, models, seeds or suites differ")
    answer(f"Pending   {', '.join(changes) or 'nothing'}")
    for kind in ("added", "changed", "removed"):
        for path in pending[kind][:20]:
            answer(f"          {kind:<8}{path}")
    if standing := report["rolled_back"]:
        reason = f": {standing['reason']}" if standing["reason"] else ""
        answer(f"Rolled back from {standing['releases'][-1]} on {standing['at'][:10]} by {standing['by']}{reason}")
        answer(f"          `jiqun rollback {standing['releases'][0]}` returns; a change of raw or code makes a new release")
    for name, reason in report["held_back"].items():
        answer(f"Held back {name}: {reason}")
    if last:
        answer(f"Last run  {last['outcome']}, {last['finished_at']}" + (f": {last['error']}" if last["error"] else ""))


def status_of(raw: Path, place: Warehouse) -> dict[str, Any]:
    """The facts that `status` prints. Reads the manifest and the last report, and opens no database."""
    manifest = _json(place.current / "manifest.json")
    last = _json(place.root / "last_refresh.json")
    taken = fingerprint.take(raw, place)
    holds, standing = held(place), rolled_back(place)
    now = {item.path: item.sha256 for item in taken.inputs}
    then = {item["path"]: item["sha256"] for item in manifest.get("inputs", ())}
    return {
        "release_id": manifest.get("release_id"),
        "where": str(place.current),
        "created_at": manifest.get("created_at"),
        "pending": {
            "added": sorted(now.keys() - then.keys()),
            "changed": sorted(path for path in now.keys() & then.keys() if now[path] != then[path]),
            "removed": sorted(then.keys() - now.keys()),
            "code": bool(manifest) and manifest.get("code_digest") != taken.code_digest,
        },
        "held_back": {item.path: holds[item.path].reason for item in taken.inputs if item.read != item.sha256},
        "rolled_back": asdict(standing) if standing else None,
        "last_refresh": {key: last.get(key) for key in ("outcome", "finished_at", "release_id", "error", "hint")} if last else None,
        "last_gate": (last.get("gate") or {}).get("outcome"),
    }


def _json(path: Path) -> dict[str, Any]:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}
