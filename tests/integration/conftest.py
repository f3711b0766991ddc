"""Warehouses and raw folders of one's own, made from the one real refresh that tests/conftest.py shares."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.paths import RAW


@pytest.fixture
def warehouse(released: Path, tmp_path: Path) -> Path:
    """A warehouse of one's own, starting from the shared release (and its parsed dbt project, which saves seconds)."""
    shutil.copytree(released, tmp_path / "warehouse", symlinks=True)
    return tmp_path / "warehouse"


OLDER = "0" * 16


@pytest.fixture
def outdated(warehouse: Path) -> Path:
    """A warehouse whose one release is an older one of the same content, so that there is something to do: what `released` holds."""
    from dataclasses import replace

    from expectations import SUITES
    from orchestration.gating.record import GateRecord, suites_digest
    from orchestration.paths import Warehouse
    from orchestration.releasing.publishing import Publication, publish

    new = (warehouse / "current").readlink().name
    record = replace(GateRecord.load(warehouse / "build" / "gate.json"), fingerprint="of other code")
    work = Publication(
        Warehouse(warehouse),
        warehouse / "build" / "build.duckdb",
        record,
        release_id=OLDER,
        fingerprint="of other code",
        suites_digest=suites_digest(SUITES),
        inputs=json.loads((warehouse / "build" / "fingerprint.json").read_text(encoding="utf-8"))["inputs"],
        code_digest="of other code",
    )
    publish(work)
    shutil.rmtree(warehouse / "releases" / new)
    return warehouse


def tables(release: Path) -> dict[str, dict[str, object]]:
    """Content hash and row count of every table, as the release's manifest states them."""
    return json.loads((release / "manifest.json").read_text(encoding="utf-8"))["tables"]


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A raw folder of one's own, with the two shipped documents."""
    shutil.copytree(RAW, tmp_path / "raw")
    return tmp_path / "raw"


@pytest.fixture(scope="session")
def marts(released: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The release's database, read-only."""
    with duckdb.connect(str(released / "current" / "jiqun.duckdb"), read_only=True) as connection:
        yield connection
