"""One refresh at a time: who holds a warehouse, and since when. Nothing but the lock lives here."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from orchestration.errors import WarehouseBusy
from orchestration.paths import Warehouse

# The command line takes the lock before it starts the job, and the job's own resource takes it again in the same process.
_held: set[str] = set()
_LOOK_AGAIN_SECONDS = 0.5


@contextmanager
def hold(warehouse: Warehouse, *, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the warehouse for writing.

    The lock is the kernel's (flock): a holder that dies, however it dies, holds nothing, so there is no stale lock to clear.

    Args:
        warehouse: The warehouse.
        wait_seconds: How long to wait for another holder to end.

    Raises:
        WarehouseBusy: Another process holds it; the message names its process id and start.
    """
    name = str(warehouse.lock.resolve())
    if name in _held:
        yield
        return
    warehouse.root.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(warehouse.lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        patience_ends = time.monotonic() + wait_seconds
        while not _taken(descriptor):
            if time.monotonic() >= patience_ends:
                raise WarehouseBusy(
                    f"Another refresh holds {warehouse.root}: {_holder(descriptor)}", "Wait until it ends, then refresh again."
                )
            time.sleep(_LOOK_AGAIN_SECONDS)
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps({"pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}).encode(), 0)
        _held.add(name)
        try:
            yield
        finally:
            _held.discard(name)
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(descriptor: int) -> str:
    try:
        holder = json.loads(os.pread(descriptor, 4096, 0))
        return f"process {holder['pid']}, since {holder['since']}"
    except (ValueError, KeyError, TypeError):
        return "a process that has just started"
