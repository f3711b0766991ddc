"""A whole refresh without room on the disk or in memory: it ends with what to free, and the release there was still serves."""

import os
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.paths import RAW, ROOT, Warehouse
from orchestration.releasing.store import current
from orchestration.releasing.verifying import verify
from tests.conftest import JIQUN
from tests.integration.conftest import OLDER


def assert_old_one_serves(root: Path) -> None:
    now = current(Warehouse(root))
    assert now is not None
    assert now.id == OLDER
    assert verify(now) == []


def used(root: Path) -> int:
    return sum(path.lstat().st_blocks for path in root.rglob("*")) * 512


@pytest.fixture
def small_disk(outdated: Path) -> Iterator[Path]:
    """The warehouse on a file system of its own, with no room to spare; needs the right to mount."""
    full = outdated.with_name("full")
    full.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", full], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"mounting a file system is not permitted here: {mounted.stderr.decode().strip()}")
    try:
        subprocess.run(["cp", "-a", f"{outdated}/.", full], check=True)
        yield full
    finally:
        subprocess.run(["umount", "-l", full], check=True)


@pytest.mark.parametrize(
    "spare_kib", [100, pytest.param(2_000, marks=pytest.mark.torture), pytest.param(20_000, marks=pytest.mark.torture)]
)
def test_a_full_disk_says_what_to_free_and_the_old_release_serves(jiqun, small_disk: Path, spare_kib: int) -> None:
    size = used(small_disk) // 1024 + spare_kib
    subprocess.run(["mount", "-o", f"remount,size={size}k", small_disk], check=True)
    ran = jiqun("refresh", "--raw", RAW, "--warehouse", small_disk)
    assert ran.status == 1, ran.out + ran.err
    assert "space" in ran.err.lower()
    assert str(small_disk) in ran.err
    assert "Traceback" not in ran.err
    assert_old_one_serves(small_disk)
    subprocess.run(["mount", "-o", "remount,size=200m", small_disk], check=True)
    assert jiqun("refresh", "--raw", RAW, "--warehouse", small_disk).status == 0


@pytest.mark.parametrize("megabytes", [400, pytest.param(700, marks=pytest.mark.torture), pytest.param(1000, marks=pytest.mark.torture)])
def test_too_little_memory_ends_in_words_and_the_old_release_serves(outdated: Path, megabytes: int) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

    done = subprocess.run(
        [*JIQUN, "refresh", "--raw", RAW, "--warehouse", outdated],
        preexec_fn=limit,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert done.returncode != 0, done.stdout
    assert done.returncode != 3, "too little memory is no verdict"
    assert "emory" in done.stderr
    assert_old_one_serves(outdated)
