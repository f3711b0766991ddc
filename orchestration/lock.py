"""One refresh at a time: who holds a warehouse, and since when. Nothing but the lock lives here."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from orchestration.errors import WarehouseBusy
from orchestration.paths import Warehouse

# The command line takes the lock before it starts the job, and the job's own resource takes it again in the same process.
_held: set[str] = set()


@contextmanager
def hold(warehouse: Warehouse) -> Iterator[None]:
    """Hold the warehouse for writing.

    The lock is the kernel's (flock): a holder that dies, however it dies, holds nothing, so there is no stale lock to clear.

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
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WarehouseBusy(
                f"Another refresh holds {warehouse.root}: {_holder(descriptor)}", "Wait until it ends, then refresh again."
            ) from None
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps({"pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}).encode(), 0)
        _held.add(name)
        try:
            yield
        finally:
            _held.discard(name)
    finally:
        os.close(descriptor)


def _holder(descriptor: int) -> str:
    try:
        holder = json.loads(os.pread(descriptor, 4096, 0))
        return f"process {holder['pid']}, since {holder['since']}"
    except (ValueError, KeyError, TypeError):
        return "a process that has just started"
