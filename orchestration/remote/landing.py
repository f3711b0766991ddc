"""Every remote source asked once: what is new lands in raw like a dropped file, the rest stays as it is. Nothing is ever deleted."""

import json
import os
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Literal

from orchestration.alerting.alert import Alert, Kind
from orchestration.common.files import sha256, write_text
from orchestration.errors import BadInput
from orchestration.paths import REMOTE_SOURCES, Warehouse
from orchestration.reading.sidecar import SideCar, load_side_car, merged, side_car_of, written
from orchestration.remote.fetching import Bounds, SourceUnreachable, fetch, files_below, without_password
from orchestration.remote.listing import Source, Wrong, read_listing

_AT_ONCE = 4
_TELL_AGAIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking one source.

    Attributes:
        name: Of the source, or the place of its entry in the list.
        outcome: `landed` something new, `unchanged`, or `failed`.
        detail: The file that landed, or why it failed.
        hint: What to do about it; empty where nothing is.
    """

    name: str
    outcome: Literal["landed", "unchanged", "failed"]
    detail: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the warehouse remembers of a source between two requests."""

    url: str = ""
    marks: dict[str, str] | None = None
    sha256: str = ""
    files: dict[str, dict[str, Any]] = field(default_factory=dict)  # of a folder: the same of each of its documents
    failing_since: str = ""
    told_at: str = ""


def ask_all(raw: Path, warehouse: Warehouse, bounds: Bounds | None = None, chosen: Collection[str] = ()) -> tuple[list[Asked], list[Alert]]:
    """Ask every source of a raw folder's list for what is new, or chosen ones for all they have.

    Args:
        raw: The raw folder.
        warehouse: Where is remembered what each source answered last.
        bounds: Of time, size and redirects.
        chosen: Names of the sources to ask, in full whatever they answered before; empty: every source, for what is new.

    Returns:
        What came of each, in the order of the list; and what people should be told: a source that begins to fail, and once a day
        while it goes on failing.
    """
    try:
        entries: Sequence[Source | Wrong] = read_listing(raw)
    except BadInput as error:
        entries = [Wrong(REMOTE_SOURCES, error)]
    known, listed = _remembered(warehouse), {entry.name for entry in entries}
    if chosen:
        entries = [entry for entry in entries if entry.name in chosen]
        known |= {name: replace(known[name], marks=None, sha256="", files={}) for name in known.keys() & set(chosen)}
    # A few at a time: one that hangs keeps its place, not everybody's.
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        answers = list(threads.map(partial(_ask, raw, known, bounds or Bounds()), entries))
    now = datetime.now(UTC)
    asked, alerts = [], []
    for came, state in answers:
        known[came.name] = after = _after(came, state, now)
        asked.append(came)
        if came.outcome == "failed" and after.told_at != state.told_at:
            alerts.append(_alert(came, after, warehouse))
    _remember(warehouse, {name: state for name, state in known.items() if name in listed})
    return asked, alerts


def _ask(raw: Path, known: dict[str, Known], bounds: Bounds, entry: Source | Wrong) -> tuple[Asked, Known]:
    state = known.get(entry.name, Known())
    if isinstance(entry, Wrong):
        return Asked(entry.name, "failed", entry.error.message, entry.error.hint), state
    return _ask_folder(raw, state, bounds, entry) if entry.is_folder else _ask_document(raw, state, bounds, entry)


def _ask_folder(raw: Path, state: Known, bounds: Bounds, folder: Source) -> tuple[Asked, Known]:
    try:
        names = files_below(folder)
    except SourceUnreachable as error:
        return Asked(folder.name, "failed", error.message, error.hint), state
    answers = {
        name: _ask_document(raw, Known(**state.files.get(name, {})), bounds, replace(folder, url=folder.url + name, file_name=name))
        for name in names
    }
    state = replace(state, files={name: asdict(after) for name, (_, after) in answers.items()})
    asked = [came for came, _ in answers.values()]
    failed, landed = ([came for came in asked if came.outcome == outcome] for outcome in ("failed", "landed"))
    if failed:
        others = f"; and {len(failed) - 1} more of its {len(asked)} documents" if len(failed) > 1 else ""
        return Asked(folder.name, "failed", failed[0].detail + others, failed[0].hint), state
    return Asked(folder.name, "landed" if landed else "unchanged", f"{len(landed)} of {len(asked)} documents"), state


def _ask_document(raw: Path, state: Known, bounds: Bounds, entry: Source) -> tuple[Asked, Known]:
    url = without_password(entry.url)
    if state.url != url:
        state = replace(state, url=url, marks=None, sha256="")
    target = raw / entry.name / entry.file_name
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fetched = fetch(entry, state.marks or {}, temporary, bounds)
        if fetched is None:
            return Asked(entry.name, "unchanged"), state
        digest = sha256(temporary)
        state = replace(state, marks=dict(fetched.marks))
        if digest == state.sha256:
            return Asked(entry.name, "unchanged"), state
        _write_side_car(target, entry, url)
        temporary.replace(target)
    except SourceUnreachable as error:
        return Asked(entry.name, "failed", error.message, error.hint), state
    except OSError as error:
        return Asked(entry.name, "failed", f"{entry.name}: it cannot be written to {raw}: {error}", "Make room, or mend the folder."), state
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return Asked(entry.name, "landed", f"{entry.name}/{entry.file_name}, {fetched.bytes:,} bytes"), replace(state, sha256=digest)


def _write_side_car(target: Path, source: Source, url: str) -> None:
    """The response's facts and the list's beside the document; what people wrote there stays, unless it cannot be read."""
    path = side_car_of(target)
    try:
        before = load_side_car(path.read_bytes(), path.name)
    except FileNotFoundError:
        before = SideCar()
    except BadInput:
        return  # reading refuses the document by name and says what is wrong: nothing that somebody wrote is overwritten
    write_text(path, written(merged(before, replace(source.facts, url=url, accessed_on=datetime.now(UTC).date()))))


def _after(came: Asked, state: Known, now: datetime) -> Known:
    if came.outcome != "failed":
        return replace(state, failing_since="", told_at="")
    since = state.failing_since or now.isoformat(timespec="seconds")
    # A time of another clock, ahead of this one, counts as long ago: better told twice than never.
    is_told = bool(state.told_at) and timedelta(0) <= now - datetime.fromisoformat(state.told_at) < _TELL_AGAIN
    return replace(state, failing_since=since, told_at=state.told_at if is_told else now.isoformat(timespec="seconds"))


def _alert(came: Asked, state: Known, warehouse: Warehouse) -> Alert:
    serving = warehouse.current.readlink().name if warehouse.current.is_symlink() else None
    return Alert(Kind.SOURCE_UNREACHABLE, came.name, f"{came.detail} (since {state.failing_since})", came.hint, serving)


def _remembered(warehouse: Warehouse) -> dict[str, Known]:
    try:
        stored = json.loads((warehouse.root / "remote.json").read_text(encoding="utf-8"))
        return {name: Known(**state) for name, state in stored.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        # Lost, damaged or of another version: every source is asked in full once.
        return {}


def _remember(warehouse: Warehouse, known: dict[str, Known]) -> None:
    write_text(warehouse.root / "remote.json", json.dumps({name: asdict(state) for name, state in known.items()}, indent=1))
