"""How a release comes to be: steps that may be cut short anywhere, of which only the last can be seen by a reader.

Whoever publishes holds the warehouse (`common/lock.py`). Everything is written to `releases/<id>.tmp-<pid>/`, which no reader looks
into; the rename makes it a release, the flip of `current` makes it the release. What a killed publish leaves is swept by the next.
"""

import os
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from orchestration.common.files import freeze, point, remove, sync
from orchestration.common.who import who
from orchestration.errors import BadInput, GateRefused, JiqunError
from orchestration.gating.hashing import TableHash, table_hashes
from orchestration.paths import DBT_PROJECT, Warehouse
from orchestration.releasing import copying
from orchestration.releasing.bounds import breaches
from orchestration.releasing.descriptions import TableDoc, read_descriptions
from orchestration.releasing.exports.citing import CITATION, SOURCES_INSIDE, citation
from orchestration.releasing.exports.datapackage import write_datapackage
from orchestration.releasing.exports.geojson import write_geojson
from orchestration.releasing.manifest import write_manifest
from orchestration.releasing.rolled_back import remember
from orchestration.releasing.store import DATABASE, Release, current_or_none, is_release_id, open_release, releases, write_ahead_log
from orchestration.releasing.tables import TABLES
from orchestration.releasing.verifying import verify

if TYPE_CHECKING:
    from orchestration.gating.record import GateRecord


@dataclass(slots=True)
class Publication:
    """One publish: what is to be published, and what the steps found on the way.

    Attributes:
        warehouse: Held by the caller.
        build_database: Closed; opened read-only here.
        record: What the gate said, bound to the content hashes it said it of.
        release_id: Derived from inputs and code.
        fingerprint: Of the inputs and code the build was made from, as the record must state it.
        suites_digest: Of the suites and answer tables that stand now, as the record must state it.
        inputs: Of every raw file `path`, `sha256`, and whatever else is known of it; goes to the manifest.
        code_digest: Of models, seeds, suites, code and lock.
        site: Draws the page, given the release's database and the file to write.
        accept_change: Why changes beyond the bounds against the last release are accepted; None where they are not.
        removed: File names a person took out of raw on purpose, whose rows nobody misses.
        models: Where the dbt YAML stands that describes the tables.
        docs: Found: what is said of the tables.
        hashes: Found: content of every table.
        accepted: Found: changes beyond the bounds that a person accepted, for the manifest.
        is_kept: Found: a whole release of this id is there already.
        copy: Held open from when the copy is at rest: DuckDB then opens the same file again, step after step, for nothing instead of 10 ms.
    """

    warehouse: Warehouse
    build_database: Path
    record: "GateRecord"
    release_id: str
    fingerprint: str
    suites_digest: str
    inputs: Sequence[Mapping[str, str]]
    code_digest: str
    site: Callable[[Path, Path], None] | None = None
    accept_change: str | None = None
    removed: Collection[str] = ()
    models: Path = DBT_PROJECT / "models"
    docs: dict[str, TableDoc] = field(default_factory=dict)
    hashes: dict[str, TableHash] = field(default_factory=dict)
    accepted: list[dict[str, str]] = field(default_factory=list)
    is_kept: bool = False
    copy: duckdb.DuckDBPyConnection | None = None

    @property
    def folder(self) -> Path:
        """Where the release is written until it is whole."""
        return self.warehouse.releases / f"{self.release_id}.tmp-{os.getpid()}"

    @property
    def place(self) -> Path:
        """Where the release will stand."""
        return self.warehouse.releases / self.release_id


def publish(work: Publication) -> Release:
    """Make a build that passed its gate the current release. A release of this id that is whole already is only flipped to.

    Raises:
        BadInput: The id cannot be one, or the reason for a change is empty.
        GateRefused: The record does not vouch for these tables, one is missing, or a bound is broken.
        JiqunError: The release could not be written; the current one still serves.
    """
    if not is_release_id(work.release_id):
        raise BadInput(f"{work.release_id!r} cannot be a release id", "Letters, digits, - and _ only.")
    if work.accept_change is not None and not work.accept_change.strip():
        raise BadInput("A change is accepted for a reason, and none was given", 'Say why: --accept-change "REASON".')
    try:
        with _explained(work.warehouse):
            for step in CHECKS:
                step(work)
            if not work.is_kept:
                for step in WRITES:
                    step(work)
            flip(work)
    finally:
        if work.copy:
            work.copy.close()
        shutil.rmtree(work.folder, ignore_errors=True)
    return Release(work.release_id, work.place.resolve())


def sweep(work: Publication) -> None:
    """Clear what a killed publish left. Whoever holds the warehouse is the only one who writes here, so all of it is left over."""
    work.warehouse.releases.mkdir(parents=True, exist_ok=True)
    for left in (*work.warehouse.releases.glob("*.tmp-*"), *work.warehouse.root.glob(".current.tmp-*")):
        left.unlink() if left.is_symlink() else shutil.rmtree(left)


def check_gate(work: Publication) -> None:
    """Hash what is to be copied, and ask the record whether that is what it examined and let through."""
    with copying.open_build(work.build_database) as build:
        copying.require_tables(build)
        work.hashes = table_hashes(build, only={table.full_name for table in TABLES})
    work.record.check(work.hashes, work.fingerprint, work.suites_digest)


def weigh_change(work: Publication) -> None:
    """Hold the build against the release readers have now. A change beyond the bounds needs a person's reason."""
    before = _last_readable(work.warehouse)
    if before is None or before.id == work.release_id:
        return
    with open_release(before) as last, copying.open_build(work.build_database) as build:
        found = breaches(last, build, work.removed)
    if not found:
        return
    if work.accept_change is None:
        known = _accepted_before(work, before)
        if any(str(breach) not in known for breach in found):
            raise GateRefused(
                f"Too much changed since release {before.id}: {'; '.join(map(str, found))}",
                '`jiqun why` shows what; if it is right, `jiqun refresh --accept-change "REASON"`.',
            )
        return
    consent = {"reason": work.accept_change.strip(), "by": who(), "at": _now(), "against": before.id}
    work.accepted = [{"change": str(breach), **consent} for breach in found]


def look_for_kept(work: Publication) -> None:
    """A release of this id that is whole, holds these tables and needs no new word of acceptance is kept as it is.

    Raises:
        JiqunError: It is whole and holds something else: the build does not depend on inputs and code alone.
    """
    kept = Release(work.release_id, work.place)
    if not work.place.exists() or verify(kept):
        return
    stated = {table: content["hash"] for table, content in kept.manifest["tables"].items()}
    if differing := sorted(table for table, content in work.hashes.items() if stated.get(table) != content.hash):
        raise JiqunError(
            f"Release {work.release_id} exists and holds other rows in {', '.join(differing)}: the same inputs and code gave two results",
            f"Keep it if in doubt: `jiqun diff {work.release_id} current`. A model or reader is not deterministic.",
        )
    work.is_kept = not work.accepted
    work.accepted = [*kept.manifest["accepted_changes"], *work.accepted]


def copy_tables(work: Publication) -> None:
    """Copy the allow-list, and the answers of the gate, into a new database file."""
    work.folder.mkdir()
    work.docs = read_descriptions(work.models)
    copying.copy_tables(work.build_database, work.folder / DATABASE, work.docs)
    copying.add_gate_results(work.folder / DATABASE, work.record)


def checkpoint(work: Publication) -> None:
    """Bring the file to rest, and take away what sorting spilled beside it."""
    copying.checkpoint(work.folder / DATABASE)
    shutil.rmtree(work.folder / "spill", ignore_errors=True)


def compare_copy(work: Publication) -> None:
    """Hash the copy as a reader would open it, and ask the record again: what is published is what was examined."""
    work.copy = duckdb.connect(str(work.folder / DATABASE), read_only=True)
    found = table_hashes(work.copy)
    work.record.check(found, work.fingerprint, work.suites_digest)
    work.hashes = found


def write_parquet(work: Publication) -> None:
    """Export every table."""
    copying.write_parquet(work.folder / DATABASE, work.folder / "parquet", work.docs, _citation(work, SOURCES_INSIDE))


def describe(work: Publication) -> None:
    """Describe the Parquet files."""
    write_datapackage(work.folder, work.release_id, work.docs, _citation(work, SOURCES_INSIDE))


def write_takeaways(work: Publication) -> None:
    """Write what people take away to other tools: a map layer, a spreadsheet, and how to cite it all."""
    # A quarter of a second, of which a release that is kept needs none.
    from orchestration.releasing.exports.spreadsheet import write_spreadsheet

    inside = _citation(work, SOURCES_INSIDE)
    write_geojson(work.folder, work.release_id, inside)
    write_spreadsheet(work.folder, work.release_id, work.docs, inside)
    (work.folder / CITATION).write_text(_citation(work), encoding="utf-8")


def draw_page(work: Publication) -> None:
    """Draw the page for people."""
    if work.site:
        page = work.folder / "site" / "index.html"
        page.parent.mkdir()
        work.site(work.folder / DATABASE, page)


def certify(work: Publication) -> None:
    """Write the manifest, last, over everything that lies there."""
    if log := write_ahead_log(work.folder / DATABASE):
        raise JiqunError(f"{log} appeared beside a finished database", "Something else opened it for writing: find it, then refresh again.")
    write_manifest(
        work.folder,
        {
            "release_id": work.release_id,
            "created_at": _now(),
            "inputs": [dict(item) for item in work.inputs],
            "code_digest": work.code_digest,
            "tables": {table: {"hash": content.hash, "row_count": content.row_count} for table, content in sorted(work.hashes.items())},
            "gate_record": work.record.to_json(),
            "accepted_changes": work.accepted,
        },
    )


def harden(work: Publication) -> None:
    """Read-only, and on the disk, before anything points to it."""
    freeze(work.folder)


def move_into_place(work: Publication) -> None:
    """One rename makes it a release. A damaged one of this id goes aside first, for somebody to look at; only the last such is kept."""
    if os.path.lexists(work.place):
        for older in work.warehouse.releases.glob(".damaged-*"):
            remove(older)
        work.place.rename(work.warehouse.releases / f".damaged-{work.release_id}")
    work.folder.rename(work.place)
    sync(work.warehouse.releases)


def flip(work: Publication) -> None:
    """One link makes it the release that readers see."""
    point_current(work.warehouse, work.release_id)


CHECKS: tuple[Callable[[Publication], None], ...] = (sweep, check_gate, weigh_change, look_for_kept)
WRITES: tuple[Callable[[Publication], None], ...] = (
    copy_tables,
    checkpoint,
    compare_copy,
    write_parquet,
    describe,
    write_takeaways,
    draw_page,
    certify,
    harden,
    move_into_place,
)


def point_current(warehouse: Warehouse, release_id: str) -> None:
    """Flip `current` to a release, where it does not point there already."""
    now = current_or_none(warehouse)
    if now is None or now.id != release_id:
        point(warehouse.current, f"{warehouse.releases.name}/{release_id}")


def _citation(work: Publication, at_most: int | None = None) -> str:
    with duckdb.connect(str(work.folder / DATABASE), read_only=True) as release:
        return citation(release, work.release_id, at_most)


def _last_readable(warehouse: Warehouse) -> Release | None:
    """The release to compare with: the current one, or the newest whose database opens where that one is damaged."""
    now = current_or_none(warehouse)
    for release in ([now] if now else []) + releases(warehouse):
        with suppress(JiqunError):
            open_release(release).close()
            return release
    return None


def _accepted_before(work: Publication, against: Release) -> set[str]:
    """Changes a person accepted when this same release was published over that same one before (and was rolled back since)."""
    try:
        accepted = Release(work.release_id, work.place).manifest["accepted_changes"]
        return {change["change"] for change in accepted if change["against"] == against.id}
    except (JiqunError, KeyError, TypeError):
        return set()


@contextmanager
def _explained(warehouse: Warehouse) -> Iterator[None]:
    """A full disk, a read-only folder and a file that another process holds as what they are: nothing lost, and something to do."""
    try:
        yield
    except (OSError, duckdb.Error) as error:
        now = current_or_none(warehouse)
        serves = f"release {now.id} still serves" if now else "nothing was released"
        raise JiqunError(f"The release could not be made, {serves}: {error}", _remedy(warehouse, error)) from error


def _remedy(warehouse: Warehouse, error: OSError | duckdb.Error) -> str:
    text = str(error).lower()
    if isinstance(error, duckdb.OutOfMemoryException):
        return "Give it more memory, or stop what else uses it, and refresh again."
    if any(sign in text for sign in ("no space left", "file too large", "quota")):
        free = shutil.disk_usage(warehouse.root).free
        return f"Free space on the disk of {warehouse.root} ({free / 1e6:,.0f} MB are free) or raise its limit, and refresh again."
    if any(sign in text for sign in ("read-only file system", "permission denied", "not permitted")):
        return f"Make {warehouse.root} writable for this user, and refresh again."
    return f"Look at the disk of {warehouse.root}, and refresh again: whatever was half written is cleared then."


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def rollback(warehouse: Warehouse, release: Release, *, reason: str = "") -> None:
    """Switch readers to a kept release, after looking at every byte of it, and write down that a person wants it so.

    Raises:
        JiqunError: The release is damaged; `current` stays where it was.
    """
    if problems := verify(release):
        raise JiqunError(
            f"Release {release.id} is damaged, so `current` stays where it is: {'; '.join(map(str, problems[:5]))}",
            "`jiqun releases` lists others; `jiqun refresh` makes the newest again.",
        )
    now = current_or_none(warehouse)
    with _explained(warehouse):
        remember(warehouse, before=now.id if now else None, to=release.id, at=_now(), by=who(), reason=reason)
        point_current(warehouse, release.id)
