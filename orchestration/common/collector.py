"""Python's collector of garbage, held back where it would look at millions of objects of which none is garbage yet."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_rest() -> Iterator[None]:
    """Around work whose objects live until it is done: looking through them took a quarter of the time. What is freed by count still is."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
