"""Which releases stay: the newest, the pinned, the current, and those somebody has open."""

import shutil
import sys
from pathlib import Path

import pytest

from orchestration.common.files import point
from orchestration.errors import BadInput, JiqunError
from orchestration.releasing.retention import retain


@pytest.fixture
def shelf(after_one_release):
    """Releases r1 to r6, the newest current; copies, since retention looks at names and dates only."""
    world, _ = after_one_release
    for number in range(2, 7):
        path = world.warehouse.releases / f"r{number}"
        shutil.copytree(world.warehouse.releases / "r1", path)
        manifest = path / "manifest.json"
        manifest.chmod(0o644)
        manifest.write_text(f'{{"created_at": "2026-01-0{number}"}}', encoding="utf-8")
    first = world.warehouse.releases / "r1" / "manifest.json"
    first.chmod(0o644)
    first.write_text('{"created_at": "2026-01-01"}', encoding="utf-8")
    point(world.warehouse.current, "releases/r6")
    return world


def test_the_newest_stay_and_the_rest_goes_whole(shelf):
    assert retain(shelf.warehouse, 2) == ["r4", "r3", "r2", "r1"]
    assert shelf.names() == ["r5", "r6"]


def test_the_current_release_stays_however_old(shelf):
    point(shelf.warehouse.current, "releases/r1")
    assert retain(shelf.warehouse, 2) == ["r4", "r3", "r2"]


def test_pinned_releases_stay(shelf):
    (shelf.warehouse.root / "pinned").write_text("# for the paper\nr2  # figure 3\n\n", encoding="utf-8")
    assert retain(shelf.warehouse, 2, pinned=["r3"]) == ["r4", "r1"]


def test_a_release_that_a_process_has_open_stays_until_it_is_closed(shelf):
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("this system does not say which files are open")
    with (shelf.warehouse.releases / "r1" / "jiqun.duckdb").open("rb"):
        assert retain(shelf.warehouse, 2) == ["r4", "r3", "r2"]
    assert retain(shelf.warehouse, 2) == ["r1"]


@pytest.mark.parametrize("keep", [1, 0, -1])
def test_keeping_nothing_to_roll_back_to_is_refused(shelf, keep):
    with pytest.raises(BadInput, match="nothing to roll back to"):
        retain(shelf.warehouse, keep)


def test_nothing_is_removed_where_it_is_not_known_what_must_stay(shelf):
    (shelf.warehouse.root / "pinned").write_bytes(b"\xff\xfe")
    with pytest.raises(JiqunError, match="pinned cannot be read"):
        retain(shelf.warehouse, 2)
    (shelf.warehouse.root / "pinned").unlink()
    shelf.warehouse.current.unlink()
    shelf.warehouse.current.symlink_to("releases/gone")
    with pytest.raises(JiqunError, match="which is gone"):
        retain(shelf.warehouse, 2)
    assert len(shelf.names()) == 6


def test_a_removal_that_was_cut_short_is_finished_by_the_next_publish(shelf, monkeypatch, in_child):
    rmtree = shutil.rmtree

    def dying(path, **options):
        if ".removed" in path.name and path.exists():
            rmtree(path / "parquet")
            sys.exit(1)

    monkeypatch.setattr(shutil, "rmtree", dying)
    assert in_child(lambda: retain(shelf.warehouse, 5)) == 1
    monkeypatch.undo()
    assert shelf.names() == [".removed.tmp-r1", "r2", "r3", "r4", "r5", "r6"], "no half release is listed"
    shelf.publish("r7", shelf.build("a", "b:440000", "c"))
    assert ".removed.tmp-r1" not in shelf.names()
