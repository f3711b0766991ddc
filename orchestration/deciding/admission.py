"""Which documents a release may be made from: the admitted ones, and what holds a version of a document back.

A version of a document that breaks what readers rely on does not stop the others. It is held back by name, the last version that was
released stays in its place, and `why` says so. Only a version that no release has seen can be held back: when a document that was fine
before breaks a rule, it is the code that changed, and the gate refuses the whole.
"""

import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.paths import SIDE_CAR_SUFFIX, Warehouse

if TYPE_CHECKING:
    import duckdb

    from orchestration.deciding.fingerprint import Fingerprint

# A new version that lists less than this share of what its last admitted version listed is more likely damaged than shortened. Measured on
# nothing yet but judgement: a tenth of a table's rows may well be taken back, half of them is another document.
_KEPT_SHARE = 0.5


def stored_document(warehouse: Warehouse, sha256: str) -> Path:
    """Where the bytes of an admitted document are kept."""
    return warehouse.root / "documents" / sha256


def keep_admitted(warehouse: Warehouse, raw: Path, taken: "Fingerprint", besides: Collection[str] = ()) -> None:
    """Keep the bytes of every document of a release, and of few others: raw may be edited in place, a later version held back.

    Args:
        warehouse: Where they are kept.
        raw: Where they are.
        taken: What the release was made from.
        besides: sha256 of what stays for another reason: a person took it out of raw, and may want it back.
    """
    wanted = {item.read: item.path for item in taken.inputs if item.read and not item.path.endswith(SIDE_CAR_SUFFIX)}
    folder = warehouse.root / "documents"
    folder.mkdir(parents=True, exist_ok=True)
    present = {path.name for path in folder.iterdir()}
    for sha256 in wanted.keys() - present:
        temporary = folder / f".{sha256}.{os.getpid()}"
        shutil.copyfile(raw / wanted[sha256], temporary)
        temporary.replace(folder / sha256)
    for name in present - wanted.keys() - set(besides):
        (folder / name).unlink()


def newcomers(taken: "Fingerprint", released: Mapping[str, str]) -> dict[str, str]:
    """Source ids, with their file names, of documents that the current release was not made from.

    Args:
        taken: What this build was made from.
        released: sha256 by path, of the current release's inputs.
    """
    return {item.sha256[:16]: item.path for item in taken.inputs if item.read == item.sha256 != released.get(item.path)}


def regressions(
    build: "duckdb.DuckDBPyConnection", release: "duckdb.DuckDBPyConnection", changed: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """New versions that lost too much against the version last released.

    Args:
        build: The candidate marts.
        release: The current release.
        changed: Source id by file name, of documents whose bytes are not those of the release.

    Yields:
        File name and reason.
    """
    before, after = _contents(release), _contents(build)
    for name in sorted(changed.keys() & before.keys()):
        was, now = before[name], after.get(name, (0, 0))
        for what, old, new in zip(("listings", "reconciled counts"), was, now, strict=True):
            if new < old * _KEPT_SHARE:
                yield name, f"this version has {new} {what}, the last one released had {old}"
                break


def _contents(connection: "duckdb.DuckDBPyConnection") -> dict[str, tuple[int, int]]:
    """Listings and reconciled counts per file name."""
    rows = connection.execute(
        """
        select s.file_name,
            (select count(*) from marts.fct_cluster_listings as l where l.source_id = s.source_id),
            (select count(*) from marts.fct_province_tallies as t where t.source_id = s.source_id and t.is_reconciled)
        from marts.dim_sources as s
        """
    ).fetchall()
    return {str(name): (int(listings), int(reconciled)) for name, listings, reconciled in rows}
