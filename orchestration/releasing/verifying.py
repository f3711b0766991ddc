"""Is a release what its manifest says? Every file, every table, the gate record and the seal, from the disk."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from orchestration.common.files import files_below, sha256
from orchestration.errors import GateRefused, JiqunError
from orchestration.releasing.manifest import PARTS, seal
from orchestration.releasing.store import MANIFEST, Release, open_release, write_ahead_log

if TYPE_CHECKING:
    from orchestration.gating.hashing import TableHash


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as the manifest says: the file or table, and what is wrong with it."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def verify(release: Release) -> list[Problem]:
    """Everything wrong with a release; empty where it is exactly what was published."""
    try:
        manifest = release.manifest
    except JiqunError as error:
        return [Problem(MANIFEST, error.message)]
    if (release.path / MANIFEST).is_symlink():
        return [Problem(MANIFEST, "it is no ordinary file")]
    if missing := [part for part in PARTS if part not in manifest]:
        return [Problem(MANIFEST, f"it lacks {', '.join(missing)}")]
    if manifest["seal"] != seal(manifest):
        return [Problem(MANIFEST, "its seal does not fit what it says: it was changed or damaged")]
    problems = [*_identity(release, manifest), *_files(release, manifest)]
    # Tables of a file that is known to be damaged prove nothing, and a log beside it must not be replayed.
    if not any(problem.where.startswith(release.database.name) for problem in problems):
        problems += _tables(release, manifest)
    return problems


def _identity(release: Release, manifest: Mapping[str, Any]) -> Iterator[Problem]:
    if manifest["release_id"] != release.id:
        yield Problem(MANIFEST, f"it is of release {manifest['release_id']}, in the folder of {release.id}")


def _files(release: Release, manifest: Mapping[str, Any]) -> Iterator[Problem]:
    stated: dict[str, Any] = manifest["files"]
    found = set(files_below(release.path)) - {MANIFEST}
    if log := write_ahead_log(release.database):
        yield Problem(log.name, "a write-ahead log lies beside the database; opening it for writing would replay that")
        found.discard(log.name)
    for name in sorted(found - stated.keys()):
        yield Problem(name, "it is not part of the release")
    for name, file in stated.items():
        path = release.path / name
        if path.is_symlink() or not path.is_file():
            yield Problem(name, "it is missing" if name not in found else "it is no ordinary file")
            continue
        try:
            if (size := path.stat().st_size) != file["bytes"]:
                yield Problem(name, f"it has {size:,} bytes instead of {file['bytes']:,}")
            elif sha256(path) != file["sha256"]:
                yield Problem(name, "its bytes are not those that were published (sha256)")
        except OSError as error:
            yield Problem(name, f"it cannot be read: {error}")


def _tables(release: Release, manifest: Mapping[str, Any]) -> Iterator[Problem]:
    import duckdb

    from orchestration.gating.hashing import table_hashes

    stated = manifest["tables"]
    try:
        with open_release(release) as connection:
            found = table_hashes(connection)
    except (JiqunError, duckdb.Error) as error:
        yield Problem(release.database.name, str(error))
        return
    for table in sorted(stated.keys() | found.keys()):
        if table not in found:
            yield Problem(table, "it is missing")
        elif stated.get(table) != asdict(found[table]):
            yield Problem(table, "its content is not what was published")
    yield from _gate(manifest, found)


def _gate(manifest: Mapping[str, Any], found: Mapping[str, "TableHash"]) -> Iterator[Problem]:
    """The gate record must be as it was written, and say yes to exactly the tables that lie here."""
    from orchestration.gating.record import GateRecord

    try:
        record = GateRecord.from_json(manifest["gate_record"])
        record.check(found, record.fingerprint, record.suites_digest)
    except GateRefused as error:
        yield Problem("gate record", error.message)


def certificate(release: Release) -> str:
    """What vouches for a release, as text: what it was made from, what it holds, and who let it through."""
    manifest = release.manifest
    outcomes = [result["outcome"] for result in manifest["gate_record"]["results"]]
    lines = [
        f"Release {release.id}",
        f"created  {manifest['created_at']}",
        f"seal     {manifest['seal']}",
        f"gate     {', '.join(f'{outcomes.count(outcome)} {outcome}' for outcome in sorted(set(outcomes)))}",
        "",
        "Made from",
        *(f"  {item['sha256']}  {item['path']}" for item in manifest["inputs"]),
        "",
        "Content hashes",
        *(f"  {content['hash']}  {table} ({content['row_count']:,} rows)" for table, content in manifest["tables"].items()),
        "",
        "Made with",
        *(f"  {tool} {version}" for tool, version in manifest["versions"].items()),
    ]
    if manifest["accepted_changes"]:
        lines += ["", "Accepted changes", *(f"  {c['change']}: {c['reason']} ({c['by']}, {c['at']})" for c in manifest["accepted_changes"])]
    return "\n".join(lines)
