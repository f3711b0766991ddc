"""A refresh killed at any moment: readers see a whole release, old or new, and the next refresh ends where an uninterrupted one ends."""

import os
import random
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from orchestration.common.files import remove
from orchestration.paths import RAW, ROOT, Warehouse
from orchestration.releasing.publishing import rollback
from orchestration.releasing.store import Release, current, releases
from orchestration.releasing.verifying import verify
from tests.forked import start
from tests.integration.conftest import OLDER, tables

# What a refresh is at work on, by the file that shows it, and for about how many seconds; a moment is one of these and a delay.
BEGINNINGS = {
    "refresh.lock": 3.0,
    "build/observations": 0.2,
    "build/build.duckdb": 5.0,
    "build/dbt_results.json": 1.5,
    "build/gate.json": 0.3,
    "releases/*.tmp-*": 0.9,
}


def kill_at(root: Path, beginning: str, delay: float) -> int:
    """Start a refresh and kill it so long after a step of it has begun; its exit status, negative where it was killed."""
    began = time.time()
    process = start(
        ["refresh", "--raw", str(RAW), "--warehouse", str(root)], cwd=ROOT, environment=os.environ, said=root.with_name("killed")
    )
    while process.is_alive() and not any(is_younger(path, began) for path in root.glob(beginning)):
        time.sleep(0.002)
    time.sleep(delay)
    process.kill()
    process.join()
    return process.exitcode or 0


def is_younger(path: Path, moment: float) -> bool:
    try:
        return path.stat().st_ctime >= moment
    except FileNotFoundError:
        return False


def assert_whole(root: Path, new: str) -> Release:
    """Readers see one release, all of it; whatever else is listed is whole as well."""
    now = current(Warehouse(root))
    assert now is not None
    assert now.id in (OLDER, new)
    assert all(verify(release) == [] for release in releases(Warehouse(root)))
    return now


def undo(root: Path, new: str) -> None:
    """Back to where there is something to do."""
    rollback(Warehouse(root), Release(OLDER, root / "releases" / OLDER))
    remove(root / "releases" / new)


def size(root: Path) -> int:
    return sum(path.lstat().st_size for path in root.rglob("*") if path.is_file())


def kill_often(jiqun: Callable, root: Path, released: Path, moments: Sequence[tuple[str, float]]) -> None:
    new = (released / "current").readlink().name
    names = {path.name for path in root.iterdir()}
    killed = 0
    for beginning, delay in moments:
        killed += kill_at(root, beginning, delay) == -signal.SIGKILL
        if assert_whole(root, new).id == new:
            undo(root, new)
    assert killed > len(moments) / 2, "most of the moments must lie within a refresh"
    ran = jiqun("refresh", "--raw", RAW, "--warehouse", root, "--json")
    assert ran.status == 0, ran.out + ran.err
    assert ran.json["release_id"] == new
    assert tables(root / "current") == tables(released / "current")
    assert_whole(root, new)
    assert {path.name for path in root.iterdir()} == names
    assert sorted(path.name for path in (root / "releases").iterdir()) == [OLDER, new]


def test_a_refresh_killed_as_each_step_begins_leaves_a_whole_release_and_no_work(jiqun, outdated: Path, released: Path) -> None:
    random_ = random.Random(20261122)
    kill_often(jiqun, outdated, released, [(beginning, random_.uniform(0, 0.3)) for beginning in BEGINNINGS])


@pytest.mark.torture
def test_a_refresh_killed_at_two_hundred_random_moments(jiqun, outdated: Path, released: Path) -> None:
    random_ = random.Random(20261122)
    before = size(outdated)
    steps = random_.choices(list(BEGINNINGS), k=200)
    kill_often(jiqun, outdated, released, [(step, random_.uniform(0, BEGINNINGS[step])) for step in steps])
    # One release more than before, and the event logs of at most thirty runs: that of a killed one is mostly its write-ahead file of 4 MB.
    assert size(outdated) < before + 40_000_000 + 30 * 5_000_000
