"""Every way a release may be damaged, and the name that `verify` gives it."""

import json
import os
import random

import duckdb
import pytest

from orchestration.errors import JiqunError
from orchestration.releasing.manifest import file_hashes, seal
from orchestration.releasing.publishing import rollback
from orchestration.releasing.store import Release, current
from orchestration.releasing.verifying import certificate, verify


@pytest.fixture
def release(after_one_release):
    world, _ = after_one_release
    for path in (world.warehouse.releases / "r1").rglob("*"):
        if path.is_file():
            path.chmod(0o644)
    return current(world.warehouse)


def problems(release):
    return [str(problem) for problem in verify(Release(release.id, release.path))]


def rewrite_manifest(release, **changes):
    """As somebody would who knows the seal: what remains are the hashes, the gate record and each other."""
    manifest = {**release.manifest, **changes}
    manifest["files"] = file_hashes(release.path)
    manifest["seal"] = seal(manifest)
    (release.path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


FILES = ["jiqun.duckdb", "datapackage.json", "site/index.html", "parquet/marts.clusters.parquet", "parquet/audit.gate_results.parquet"]


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
def test_one_flipped_bit_is_named(release, name):
    path = release.path / name
    moments = random.Random(name)
    for _ in range(5):
        content = bytearray(path.read_bytes())
        content[moments.randrange(len(content))] ^= 1 << moments.randrange(8)
        path.write_bytes(content)
        assert any(problem.startswith(name) for problem in problems(release))


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
@pytest.mark.parametrize("damage", ["missing", "empty", "torn", "grown", "a link"])
def test_a_damaged_file_is_named(release, name, damage):
    path = release.path / name
    if damage == "missing":
        path.unlink()
    elif damage == "a link":
        copy = release.path.parent.parent / "elsewhere"
        path.rename(copy)
        path.symlink_to(copy)
    elif damage == "grown":
        path.write_bytes(path.read_bytes() + b"\n{}")
    else:
        os.truncate(path, 0 if damage == "empty" else path.stat().st_size // 2)
    assert any(problem.startswith(name) for problem in problems(release))


@pytest.mark.parametrize("name", ["jiqun.duckdb.wal", "parquet/extra.parquet", "notes.txt", ".hidden"])
def test_a_file_that_does_not_belong_is_named(release, name):
    (release.path / name).write_bytes(b"x")
    assert any(problem.startswith(name) for problem in problems(release))


def test_a_release_under_another_name_is_named(release):
    release.path.rename(release.path.with_name("r9"))
    assert verify(Release("r9", release.path.with_name("r9")))[0].what == "it is of release r1, in the folder of r9"


def test_a_changed_table_is_named_even_with_a_manifest_rewritten_to_fit(release):
    with duckdb.connect(str(release.database)) as connection:
        connection.execute("update marts.dim_industries set name_en = 'Other' where industry_id = 'a-i1'")
    rewrite_manifest(release)
    found = problems(release)
    assert any(problem.startswith("marts.dim_industries") for problem in found)
    assert any(problem.startswith("gate record") for problem in found)


def test_an_edited_gate_record_is_named_even_with_a_new_seal(release):
    record = json.loads(json.dumps(release.manifest["gate_record"]))
    record["results"][0]["outcome"] = "warn"
    rewrite_manifest(release, gate_record=record)
    assert [problem for problem in problems(release) if problem.startswith("gate record") and "edited" in problem]


@pytest.mark.parametrize("key", ["files", "tables", "gate_record", "seal", "release_id"])
def test_a_manifest_that_lacks_a_part_is_named(release, key):
    manifest = dict(release.manifest)
    del manifest[key]
    if key != "seal":
        manifest["seal"] = seal(manifest)
    (release.path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert problems(release)


def test_rolling_back_to_a_damaged_release_is_refused(two_releases):
    world = two_releases
    (world.warehouse.releases / "r1" / "site" / "index.html").unlink()
    with pytest.raises(JiqunError, match=r"site/index\.html"):
        rollback(world.warehouse, Release("r1", world.warehouse.releases / "r1"))
    assert current(world.warehouse).id == "r2"


def test_rolling_back_flips_and_changes_nothing_else(two_releases):
    world = two_releases
    rollback(world.warehouse, Release("r1", world.warehouse.releases / "r1"))
    assert current(world.warehouse).id == "r1"
    assert world.names() == ["r1", "r2"]


def test_a_certificate_names_inputs_content_gate_and_tools(release):
    text = certificate(release)
    assert "Release r1" in text
    assert "0" * 64 + "  press/a.txt" in text
    assert release.manifest["tables"]["marts.fct_awards"]["hash"] in text
    assert "19 pass" in text
    assert release.manifest["seal"] in text
