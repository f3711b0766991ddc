"""One refresh at a time, and no lock that outlives its holder."""

import multiprocessing
import os
import signal
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from orchestration.common.lock import hold
from orchestration.errors import WarehouseBusy
from orchestration.paths import Warehouse

_SPAWN = multiprocessing.get_context("spawn")


def _hold_for_ever(root: Path, held: Event) -> None:
    with hold(Warehouse(root)):
        held.set()
        signal.pause()


@pytest.fixture
def holder(tmp_path: Path):
    held = _SPAWN.Event()
    process = _SPAWN.Process(target=_hold_for_ever, args=(tmp_path, held))
    process.start()
    assert held.wait(30)
    yield process
    process.kill()
    process.join()


def test_a_second_refresh_is_told_who_holds_the_warehouse(tmp_path: Path, holder) -> None:
    with pytest.raises(WarehouseBusy, match=rf"process {holder.pid}, since 20\d\d-"), hold(Warehouse(tmp_path)):
        pass


def test_a_killed_holder_holds_nothing(tmp_path: Path, holder) -> None:
    os.kill(holder.pid, signal.SIGKILL)
    holder.join()
    with hold(Warehouse(tmp_path)):
        pass


def test_the_same_process_may_take_the_lock_again(tmp_path: Path) -> None:
    with hold(Warehouse(tmp_path)), hold(Warehouse(tmp_path)):
        pass
    with hold(Warehouse(tmp_path)):
        pass


def test_a_refused_refresh_leaves_the_holder_its_lock(tmp_path: Path, holder) -> None:
    for _ in range(2):
        with pytest.raises(WarehouseBusy), hold(Warehouse(tmp_path)):
            pass
    assert holder.is_alive()
