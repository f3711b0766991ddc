"""Where the time of a refresh goes: named spans, in the order they ran."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Timings:
    """Seconds per named step. A step may hold others; a name with a dot is part of the one before the dot."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def span(self, name: str) -> Iterator[None]:
        """Add the time of the block to the step `name`."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.add(name, time.perf_counter() - begin)

    def add(self, name: str, seconds: float) -> None:
        """Add seconds that were measured elsewhere (dbt's own, a child's) to the step `name`."""
        self.seconds[name] = self.seconds.get(name, 0.0) + seconds
