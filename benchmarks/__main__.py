"""`python -m benchmarks`: what a refresh costs beside its yardsticks, in one run, and docs/performance.md with the result.

Every pair is run in turn (A B A B ...), each run a process of its own; quoted are medians and their ratio. Absolute times are of
the machine named in the page and of its mood that day; ratios hold.
"""

import os
import platform
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.operating import cold_start, empty_project, large_raw, our_project, stat_all, tick
from orchestration.paths import RAW, ROOT, SEEDS

PAGE = ROOT / "docs" / "performance.md"
ROUNDS = 5
JIQUN = [sys.executable, "-m", "orchestration.cli"]


@dataclass(frozen=True)
class Row:
    """One measurement beside its yardstick: medians in seconds, and the larger peak memory of the measured processes in MiB."""

    what: str
    yardstick: str
    seconds: float
    yardstick_seconds: float
    peak_mib: int
    bar: str

    def line(self) -> str:
        """The row as Markdown."""
        ratio = self.seconds / self.yardstick_seconds
        cells = (
            self.what,
            self.yardstick,
            f"{self.seconds:.2f} s",
            f"{self.yardstick_seconds:.2f} s",
            f"{ratio:.2f}×",
            self.bar,
            f"{self.peak_mib} MiB",
        )
        return f"| {' | '.join(cells)} |"


def process(arguments: Sequence[str | Path]) -> tuple[float, int]:
    """Wall seconds and peak memory (MiB) of one command, which must succeed."""
    begin = time.perf_counter()
    subprocess.run([str(a) for a in arguments], check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    # The largest child so far: right for the measured command, since its yardsticks are smaller and run beside it.
    return time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def beside(  # noqa: PLR0917  # a row of the page, in its order
    what: str,
    yardstick: str,
    bar: str,
    measured: Callable[[], tuple[float, int]],
    other: Callable[[], tuple[float, int]],
    rounds: int = ROUNDS,
) -> Row:
    """Both in turn, after one of each that does not count."""
    measured(), other()
    pairs = [(measured(), other()) for _ in range(rounds)]
    return Row(
        what,
        yardstick,
        statistics.median(a for (a, _), _ in pairs),
        statistics.median(b for _, (b, _) in pairs),
        max(m for (_, m), _ in pairs),
        bar,
    )


def nothing_new(work: Path) -> list[Row]:
    """`refresh` and `status` where the current release is made from exactly this."""
    warehouse = work / "current"
    process([*JIQUN, "refresh", "--warehouse", warehouse])
    imports = [sys.executable, "-c", "import typer, duckdb"]
    return [
        beside(
            f"`{command}`, nothing new",
            "Python importing Typer and DuckDB",
            "≤ 2×, ≤ 0.3 s",
            lambda c=command: process([*JIQUN, c, "--warehouse", warehouse]),
            lambda: process(imports),
        )
        for command in ("refresh", "status")
    ]


def full_refresh(work: Path) -> list[Row]:
    """Both documents, a fresh process, dbt's parse warm; beside the same steps called one after the other without Dagster."""
    warehouse = work / "full"
    process([*JIQUN, "refresh", "--warehouse", warehouse])

    def refresh() -> tuple[float, int]:
        _forget(warehouse)
        return process([*JIQUN, "refresh", "--warehouse", warehouse])

    def bare() -> tuple[float, int]:
        _forget(warehouse)
        return process([sys.executable, "-m", "benchmarks.bare", warehouse])

    return [beside("full refresh of the two documents", "the same steps without Dagster", "≤ 1.1×", refresh, bare, rounds=3)]


def _forget(warehouse: Path) -> None:
    """No release any more, so that the next refresh makes one."""
    (warehouse / "current").unlink(missing_ok=True)
    shutil.rmtree(warehouse / "releases", ignore_errors=True)


def reading(work: Path) -> list[Row]:
    """A tab table of some megabytes, read with spans, ledger and alignment; beside a bare split of its bytes into rows."""
    from orchestration.reading.corpus import read_corpus

    raw = work / "raw"
    raw.mkdir()
    table = next(RAW.rglob("000*.txt")).read_text(encoding="utf-8")
    (raw / "table.txt").write_text("\n".join([table] * 100), encoding="utf-8")

    def read() -> tuple[float, int]:
        begin = time.perf_counter()
        read_corpus(raw, work / "observations", SEEDS)
        return time.perf_counter() - begin, 0

    def split() -> tuple[float, int]:
        begin = time.perf_counter()
        [re.findall(r"[^\t]+", line) for line in (raw / "table.txt").read_text(encoding="utf-8").split("\n")]
        return time.perf_counter() - begin, 0

    size = (raw / "table.txt").stat().st_size / 1e6
    row = beside(f"reading a tab table of {size:.1f} MB", "regular-expression split of its lines", "≤ 2×", read, split)
    return [row]


def operating(work: Path) -> list[Row]:
    """A look of the sensor at ten thousand files, and Dagster's page from nothing."""
    raw, warehouse = large_raw(work), work / "operated"
    process([*JIQUN, "refresh", "--warehouse", warehouse])
    return [
        beside(
            "a tick of the sensor over 10,000 unchanged files",
            "a stat of each",
            "≤ 1 s",
            lambda: (tick(raw, work / "ticked"), 0),
            lambda: (stat_all(raw), 0),
        ),
        beside(
            "`make dev` until its page has loaded the definitions",
            "Dagster's empty project",
            "≤ 1.33×",
            lambda: (cold_start(*our_project(warehouse)), 0),
            lambda: (cold_start(*empty_project(work)), 0),
            rounds=3,
        ),
    ]


def main() -> int:
    """Measure, and write the page."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        rows = [*nothing_new(work), *full_refresh(work), *reading(work), *operating(work)]
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    PAGE.write_text(
        "# Performance\n\n"
        "Written by `make bench`; not edited by hand. Each row and its yardstick were run in turn on the same machine, each\n"
        "run a process of its own but for reading; quoted are medians and their ratio.\n\n"
        f"Machine: {os.cpu_count()} cores, {cpu}, Python {platform.python_version()}.\n\n"
        "| what | yardstick | measured | yardstick | ratio | bar | peak memory |\n|---|---|---|---|---|---|---|\n"
        + "\n".join(row.line() for row in rows)
        + "\n",
        encoding="utf-8",
    )
    print(PAGE.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
