"""What every step of a refresh shares in Dagster: its pool, its owner, its retries, and the link to the room whose work it calls."""

import errno
import random
from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from orchestration.refresh import Refresh

# One run at a time among those whose steps are in this pool (dagster.yaml); the warehouse's lock stands behind it.
POOL = "warehouse"
OWNERS = ("team:warehouse",)

# What goes away by itself: a busy or interrupted device, a network file system that lost its server for a moment.
_TRANSIENT = frozenset(
    {errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.ECONNRESET, errno.ENETUNREACH, errno.EMFILE}
)
_MAX_RETRIES = 3


def is_transient(error: BaseException) -> bool:
    """Whether trying again in a few seconds may help. A refusal, bad input, a full disk and a wrong permission stay what they are."""
    import duckdb

    if isinstance(error, duckdb.IOException):
        return "lock" in str(error)
    return isinstance(error, OSError) and error.errno in _TRANSIENT


@contextmanager
def attempt(refresh: Refresh, retry_number: int = 0) -> Iterator[None]:
    """One attempt at a step: a transient error asks Dagster for another, later by an exponential back-off with jitter.

    Raises:
        dagster.RetryRequested: The error is transient.
    """
    refresh.error = None
    try:
        yield
    except Exception as error:
        if not is_transient(error):
            raise
        raise dg.RetryRequested(max_retries=_MAX_RETRIES, seconds_to_wait=2**retry_number * random.uniform(0.5, 1.5)) from error


def room(folder: str) -> dict[str, dg.MetadataValue]:
    """Metadata that says where in the checkout the work of an asset is described."""
    return {"room": dg.MetadataValue.text(folder), "docs": dg.MetadataValue.text("docs/architecture.md")}
