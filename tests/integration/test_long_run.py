"""Refresh after refresh in one living process, with changing input: nothing that a warehouse or the process holds grows without bound."""

import gc
import os
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import pytest

from orchestration.commands import job
from orchestration.common.lock import hold
from orchestration.defs import housekeeping
from orchestration.instance import open_instance
from orchestration.paths import Warehouse


@dataclass(frozen=True)
class Measured:
    """What a warehouse and the process hold after a refresh."""

    bytes: int
    dagster_bytes: int
    memory_bytes: int
    open_files: int
    cpu_seconds: float
    names: frozenset[str]


def size(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def cpu_seconds() -> float:
    """Of this process and those it waited for: unlike the clock, little is added by what else the machine does."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def memory_bytes() -> int:
    """What of this process lies in memory."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1]) * os.sysconf("SC_PAGESIZE")


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def refresh_again_and_again(root: Path, raw: Path, times: int) -> list[Measured]:
    """Refresh after changes that go back and forth, so that the amount of input stays the same."""
    place, measured = Warehouse(root), []
    for number in range(times):
        (raw / "changing.txt").write_text(f"Wenzhou Yueqing Electrical Industrial Cluster, version {number:06d}.\n", encoding="utf-8")
        began = cpu_seconds()
        with hold(place):
            _, failure = job.run_job(place, {"accept_change": ""})
        assert failure == ""
        names = frozenset(path.name for path in root.iterdir())
        measured.append(Measured(size(root), size(place.dagster_home), memory_bytes(), open_files(), cpu_seconds() - began, names))
    return measured


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch, warehouse: Path, raw: Path) -> Path:
    """Retention set so low that it is reached."""
    monkeypatch.setenv("JIQUN_RAW", str(raw))
    monkeypatch.setenv("JIQUN_WAREHOUSE", str(warehouse))
    monkeypatch.setenv("DAGSTER_HOME", str(warehouse / "dagster"))
    monkeypatch.setattr("orchestration.releasing.retention.KEPT_RELEASES", 2)
    monkeypatch.setattr(housekeeping.forget_old_runs, "__defaults__", (2,))
    return warehouse


def assert_flat(settled: list[Measured]) -> None:
    first, last = settled[0], settled[-1]
    assert last.bytes < first.bytes * 1.1
    assert last.dagster_bytes < first.dagster_bytes * 1.1
    assert last.memory_bytes < first.memory_bytes * 1.1
    assert last.open_files <= first.open_files
    assert last.names == first.names


def test_four_refreshes_in_one_process_leave_what_three_leave(few: Path, raw: Path) -> None:
    measured = refresh_again_and_again(few, raw, 4)
    assert_flat(measured[2:])
    with open_instance(Warehouse(few)) as instance:
        kept = {run.run_id for run in instance.get_runs()}
        # The run itself goes on while it looks, so that it is one more than is kept.
        assert len(kept) <= 3
        assert {path.stem for path in (few / "dagster" / "events").glob("*.db")} == kept | {"index"}
        assert {path.name for path in (few / "dagster" / "storage").iterdir()} <= kept


def test_a_run_that_waits_or_goes_on_is_not_forgotten(tmp_path: Path) -> None:
    @dg.job
    def nothing() -> None: ...

    with open_instance(Warehouse(tmp_path)) as instance:
        waiting = dg.DagsterRunStatus.NOT_STARTED, dg.DagsterRunStatus.STARTED
        ended = dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.SUCCESS
        made = {status: instance.create_run_for_job(nothing, status=status).run_id for status in (*waiting, *ended)}
        housekeeping.forget_old_runs(instance, keep=1)
        assert {run.run_id for run in instance.get_runs()} == set(made.values()) - {made[dg.DagsterRunStatus.FAILURE]}


@pytest.mark.torture
def test_three_hundred_refreshes_in_one_process_stay_flat(few: Path, raw: Path) -> None:
    measured = refresh_again_and_again(few, raw, 300)
    assert_flat(measured[10:])
    early, late = (sorted(m.cpu_seconds for m in part)[25] for part in (measured[10:60], measured[-50:]))
    assert late < 1.2 * early
