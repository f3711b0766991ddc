"""One measurement beside its yardstick: both run in turn, medians quoted."""

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestration.paths import ROOT

# A look costs a few milliseconds of the other core.
_LOOK_EVERY = 0.02


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: wall seconds, and the peak memory (MiB) of its processes together; 0 where it was not looked at."""

    seconds: float
    mib: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement beside its yardstick, each as the costs of its rounds, and the ratio that is asked of it."""

    what: str
    yardstick: str
    bar: float
    measured: Sequence[Cost]
    other: Sequence[Cost]

    @property
    def seconds(self) -> float:
        """The median of the measured."""
        return statistics.median(cost.seconds for cost in self.measured)

    @property
    def yardstick_seconds(self) -> float:
        """The median of the yardstick."""
        return statistics.median(cost.seconds for cost in self.other)

    @property
    def ratio(self) -> float:
        """The median of the rounds' ratios: two that were run one after the other had the same machine."""
        return statistics.median(a.seconds / b.seconds for a, b in zip(self.measured, self.other, strict=True))

    @property
    def mib(self) -> int:
        """The largest peak of the measured."""
        return max(cost.mib for cost in self.measured)


def beside(  # noqa: PLR0917  # a row of the page, in its order
    what: str, yardstick: str, bar: float, measured: Callable[[], Cost], other: Callable[[], Cost], rounds: int
) -> Row:
    """Both in turn, after one of each that does not count."""
    measured(), other()
    pairs = [(measured(), other()) for _ in range(rounds)]
    return Row(what, yardstick, bar, [a for a, _ in pairs], [b for _, b in pairs])


def process(arguments: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Cost:
    """One command, which must succeed.

    Raises:
        SystemExit: It did not; what it said is the message.
    """
    begin, mib = time.perf_counter(), 0
    with tempfile.TemporaryFile() as said:
        running = subprocess.Popen(
            [str(a) for a in arguments], cwd=ROOT, env={**os.environ, **(environment or {})}, stdout=subprocess.DEVNULL, stderr=said
        )
        while running.poll() is None:
            mib = max(mib, _resident_mib(running.pid))
            time.sleep(_LOOK_EVERY)
        seconds = time.perf_counter() - begin
        if running.returncode:
            said.seek(0)
            end = said.read()[-4000:].decode(errors="replace")
            raise SystemExit(f"{' '.join(map(str, arguments))} ended with {running.returncode}: {end}")
    return Cost(seconds, mib)


def _resident_mib(root: int) -> int:
    """Memory of a process and all below it."""
    return sum(int(fields[21]) for fields in _family(root)) * os.sysconf("SC_PAGESIZE") // 2**20


def processor_seconds(root: int) -> float:
    """Of a process and all below it, those that ended and were waited for included: what a busy machine does not lengthen."""
    return sum(int(field) for fields in _family(root) for field in fields[11:15]) / os.sysconf("SC_CLK_TCK")


def _family(root: int) -> list[list[str]]:
    """What /proc tells of a process and all below it, from its state on."""
    told = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            told[int(stat.parent.name)] = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
    family = {root}
    for pid in sorted(told):
        # A child's id is above its parent's but for where ids start again; what is missed then is seen at the next look.
        if int(told[pid][1]) in family:
            family.add(pid)
    return [told[pid] for pid in family if pid in told]


def timed(work: Callable[[], object]) -> Cost:
    """A piece of work in this process."""
    begin = time.perf_counter()
    work()
    return Cost(time.perf_counter() - begin)
