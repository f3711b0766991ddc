"""Finding and opening releases, whatever state the shelf is in."""

import os
import shutil
import subprocess
import sys

import pytest

from orchestration.errors import BadInput, JiqunError
from orchestration.releasing.store import Release, current, find, looks_whole, open_release, releases


@pytest.fixture(scope="module")
def two_once(world_in, tmp_path_factory):
    world = world_in(tmp_path_factory.mktemp("two"))
    world.publish("r1aaaa")
    world.publish("r2bbbb", world.build("a", "b:440000", "c"))
    return world


@pytest.fixture
def two(world, two_once):
    shutil.copytree(two_once.warehouse.root, world.warehouse.root, symlinks=True)
    return world


def test_an_empty_warehouse_has_no_release(world):
    assert current(world.warehouse) is None
    assert releases(world.warehouse) == []
    with pytest.raises(BadInput, match="holds no release"):
        find(world.warehouse, "current")


def test_releases_are_listed_newest_first_and_nothing_else_is_one(two):
    for name in ("r3.tmp-17", ".damaged-r0", ".removed.tmp-r0"):
        (two.warehouse.releases / name).mkdir()
    (two.warehouse.releases / "note").write_text("a file", encoding="utf-8")
    (two.warehouse.releases / "alias").symlink_to("r1aaaa")
    assert [release.id for release in releases(two.warehouse)] == ["r2bbbb", "r1aaaa"]


@pytest.mark.parametrize(("name", "found"), [("r1aaaa", "r1aaaa"), ("r2", "r2bbbb"), ("current", "r2bbbb"), ("previous", "r1aaaa")])
def test_a_release_is_found_by_id_beginning_or_word(two, name, found):
    assert find(two.warehouse, name).id == found


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("r2bbbx", "no release r2bbbx", "Did you mean r2bbbb"),
        ("r", "beginning of 2 releases", "more of the id"),
        ("zzz", "no release zzz", "newest is r2bbbb"),
        ("", "no release", "newest is"),
        ("../releases/r1aaaa", "no release", ""),
    ],
)
def test_an_unknown_release_is_bad_input_with_a_next_step(two, name, message, hint):
    with pytest.raises(BadInput, match=message) as error:
        find(two.warehouse, name)
    assert hint in error.value.hint


def test_there_is_nothing_before_the_first_release(world):
    world.publish("r1")
    with pytest.raises(BadInput, match="no release before r1"):
        find(world.warehouse, "previous")


@pytest.mark.parametrize(
    ("target", "message"),
    [("releases/gone", "release gone, which is gone"), ("/etc", "no release of this warehouse"), ("../r1aaaa", "no release of this")],
)
def test_a_current_that_points_nowhere_good_is_refused_by_what_is_wrong(two, target, message):
    two.warehouse.current.unlink()
    two.warehouse.current.symlink_to(target)
    with pytest.raises(JiqunError, match=message) as error:
        current(two.warehouse)
    assert "rollback" in error.value.hint


def test_a_current_that_is_no_link_is_refused(two):
    two.warehouse.current.unlink()
    two.warehouse.current.mkdir()
    with pytest.raises(JiqunError, match="not a symbolic link"):
        current(two.warehouse)


def test_an_absolute_link_to_a_release_of_this_warehouse_is_accepted(two):
    two.warehouse.current.unlink()
    two.warehouse.current.symlink_to((two.warehouse.releases / "r1aaaa").resolve())
    assert current(two.warehouse).id == "r1aaaa"


@pytest.mark.parametrize("content", [b"", b"left over"])
def test_a_log_beside_a_released_database_is_refused_not_replayed(two, content):
    release = current(two.warehouse)
    release.database.with_name("jiqun.duckdb.wal").write_bytes(content)
    with pytest.raises(JiqunError, match=r"jiqun\.duckdb\.wal lies beside"):
        open_release(release)
    assert not looks_whole(release.path)


@pytest.mark.parametrize("size", [0, 100, 50_000])
def test_a_torn_database_is_named(two, size):
    release = current(two.warehouse)
    release.database.chmod(0o644)
    os.truncate(release.database, size)
    with pytest.raises(JiqunError, match=r"jiqun\.duckdb"):
        open_release(release).execute("from marts.clusters").fetchall()
    assert not looks_whole(release.path)


@pytest.mark.parametrize("text", ["", "{", "[]", "\x00"])
def test_a_release_with_a_torn_manifest_is_listed_and_says_so_when_asked(two, text):
    path = two.warehouse.releases / "r2bbbb" / "manifest.json"
    path.chmod(0o644)
    path.write_text(text, encoding="utf-8")
    assert [release.id for release in releases(two.warehouse)] == ["r1aaaa", "r2bbbb"]
    with pytest.raises(JiqunError, match="manifest of release r2bbbb"):
        _ = find(two.warehouse, "r2bbbb").manifest
    assert not looks_whole(path.parent)


def test_a_reader_that_has_a_release_open_stays_on_it(two):
    with open_release(find(two.warehouse, "r1aaaa")) as reader:
        two.publish("r3", two.build("a", "b:440000", "c", "d"))
        assert reader.execute("select count(*) from marts.dim_sources").fetchone() == (2,)
        with open_release(current(two.warehouse)) as other:
            assert other.execute("select count(*) from marts.dim_sources").fetchone() == (4,)


def test_released_databases_cannot_be_written_to(two):
    with open_release(current(two.warehouse)) as reader, pytest.raises(Exception, match="read-only"):
        reader.execute("delete from marts.dim_sources")


def test_looking_whether_a_release_is_whole_imports_no_database():
    code = (
        "import sys, orchestration.releasing.store as s; assert s.looks_whole; sys.exit('duckdb' in sys.modules or 'yaml' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_folder_that_is_no_release_does_not_look_whole(tmp_path):
    assert not looks_whole(tmp_path)
    assert not looks_whole(Release("x", tmp_path / "x").path)
