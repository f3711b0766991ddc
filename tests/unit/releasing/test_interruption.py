"""A publish that is killed, or runs out of disk, at any moment: readers see a whole release, and the next publish needs no hand."""

import os
import random
import resource
import signal
import subprocess
import time
from collections.abc import Iterator

import pytest

from orchestration.errors import JiqunError
from orchestration.releasing import publishing
from orchestration.releasing.store import current, open_release, releases
from orchestration.releasing.verifying import verify

STEPS = ["nothing", *(step.__name__ for step in (*publishing.CHECKS, *publishing.WRITES)), "flip"]


def assert_whole(world):
    """Readers see one release, all of it, and so does whoever checks every byte."""
    now = current(world.warehouse)
    assert now.id in ("r1", "r2")
    assert verify(now) == []
    with open_release(now) as connection:
        documents = connection.execute("select count(*) from marts.dim_sources").fetchone()
    assert documents == ((2,) if now.id == "r1" else (3,))
    assert all(verify(release) == [] for release in releases(world.warehouse)), "what is listed is whole, current or not"


def assert_next_publish_ends_where_an_uninterrupted_one_ends(world, arguments):
    publishing.publish(publishing.Publication(**arguments))
    assert current(world.warehouse).id == "r2"
    assert verify(current(world.warehouse)) == []
    assert world.names() == ["r1", "r2"]
    assert sorted(path.name for path in world.warehouse.root.iterdir()) == ["current", "releases"]


@pytest.mark.parametrize("step", STEPS)
def test_a_publish_killed_after_a_step_leaves_a_whole_release(after_one_release, in_child, killed_after, monkeypatch, step):
    world, arguments = after_one_release
    killed_after(step)
    assert in_child(lambda: publishing.publish(publishing.Publication(**arguments))) == -signal.SIGKILL
    monkeypatch.undo()
    assert_whole(world)
    assert current(world.warehouse).id == ("r2" if step == "flip" else "r1")
    assert_next_publish_ends_where_an_uninterrupted_one_ends(world, arguments)


def kill_at_random_moments(world, arguments, times):
    moments = random.Random(20260101)
    for _ in range(times):
        pid = os.fork()
        if pid == 0:
            try:
                publishing.publish(publishing.Publication(**arguments))
            finally:
                os._exit(0)
        time.sleep(moments.uniform(0, 0.5))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        assert_whole(world)
        publishing.publish(publishing.Publication(**arguments))
        assert_whole(world)
        # Back to where r2 has yet to be made. Not by `rollback`, which is remembered beside the releases.
        publishing.point_current(world.warehouse, "r1")
        publishing.remove(world.warehouse.releases / "r2")
    assert_next_publish_ends_where_an_uninterrupted_one_ends(world, arguments)


def test_a_publish_killed_at_random_moments_leaves_a_whole_release(after_one_release):
    kill_at_random_moments(*after_one_release, 8)


@pytest.mark.torture
def test_a_publish_killed_at_two_hundred_random_moments_leaves_a_whole_release(after_one_release):
    kill_at_random_moments(*after_one_release, 200)


def test_a_rewrite_of_a_damaged_current_release_killed_between_its_renames_is_mended_by_the_next(world, in_child, monkeypatch):
    release = world.publish("r1")
    (release.path / "jiqun.duckdb").chmod(0o644)
    os.truncate(release.path / "jiqun.duckdb", 100)
    arguments = world.arguments(world.build(), "r1")
    rename = type(release.path).rename

    def dying(path, target):
        if ".tmp-" in path.name:
            os.kill(os.getpid(), signal.SIGKILL)
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(type(release.path), "rename", dying)
        assert in_child(lambda: publishing.publish(publishing.Publication(**arguments))) == -signal.SIGKILL
    with pytest.raises(JiqunError, match="which is gone"):
        current(world.warehouse)
    publishing.publish(publishing.Publication(**arguments))
    assert verify(current(world.warehouse)) == []


# Full disks and read-only folders


def limited(arguments, limit):
    """Publish where no file may be larger than `limit` bytes; what was said goes to standard error, as a command's would."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        publishing.publish(publishing.Publication(**arguments))
    except JiqunError as error:
        (arguments["warehouse"].root / "said").write_text(f"{error.message}\n{error.hint}", encoding="utf-8")
        raise


@pytest.mark.parametrize("limit", [0, 4096, 100_000, 1_000_000, 3_000_000])
def test_a_file_that_cannot_grow_ends_with_a_message_and_the_old_release_serves(after_one_release, in_child, limit):
    world, arguments = after_one_release
    (world.warehouse.root / "said").touch()
    assert in_child(lambda: limited(arguments, limit)) == 1
    said = (world.warehouse.root / "said").read_text(encoding="utf-8")
    if limit:
        assert "release r1 still serves" in said
        assert "Free space on the disk" in said
    (world.warehouse.root / "said").unlink()
    assert_whole(world)
    assert_next_publish_ends_where_an_uninterrupted_one_ends(world, arguments)


@pytest.fixture
def small_disk(world) -> Iterator[object]:
    """The warehouse on a file system of its own; needs the right to mount."""
    world.warehouse.root.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", world.warehouse.root], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"mounting a file system is not permitted here: {mounted.stderr.decode().strip()}")
    yield world
    subprocess.run(["umount", world.warehouse.root], check=True)


def remount(world, options):
    subprocess.run(["mount", "-o", f"remount,{options}", world.warehouse.root], check=True)


@pytest.mark.parametrize("spare_kib", [16, 512, 4096])
def test_a_full_disk_ends_with_what_to_free_and_the_old_release_serves(small_disk, spare_kib):
    world = small_disk
    world.publish("r1")
    arguments = world.arguments(world.build("a", "b:440000", "c"), "r2")
    used = sum(path.stat().st_blocks for path in world.warehouse.root.rglob("*")) // 2
    remount(world, f"size={used + spare_kib}k")
    with pytest.raises(JiqunError, match="release r1 still serves") as error:
        publishing.publish(publishing.Publication(**arguments))
    assert "MB are free" in error.value.hint
    assert_whole(world)
    assert world.names() == ["r1"], "what was half written makes room again"
    remount(world, "size=64m")
    assert_next_publish_ends_where_an_uninterrupted_one_ends(world, arguments)


def test_a_read_only_warehouse_ends_with_what_to_do_and_the_old_release_serves(small_disk):
    world = small_disk
    world.publish("r1")
    arguments = world.arguments(world.build("a", "b:440000", "c"), "r2")
    remount(world, "ro")
    with pytest.raises(JiqunError, match="release r1 still serves") as error:
        publishing.publish(publishing.Publication(**arguments))
    assert "writable" in error.value.hint
    assert_whole(world)
    remount(world, "rw")
    assert_next_publish_ends_where_an_uninterrupted_one_ends(world, arguments)


def test_a_file_where_the_releases_should_be_is_named(world):
    world.warehouse.root.mkdir()
    world.warehouse.releases.write_text("in the way", encoding="utf-8")
    with pytest.raises(JiqunError, match="nothing was released"):
        world.publish("r1")
    assert world.warehouse.releases.read_text(encoding="utf-8") == "in the way"
