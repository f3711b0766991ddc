"""`python -m benchmarks.growth [LISTINGS] [DOCUMENTS]`: what grows with the work, up to these sizes, and docs/growth.md with the result."""

import math
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb

from benchmarks import page
from benchmarks.browsing import PAGE as PAGE_FILE
from benchmarks.browsing import waits
from benchmarks.corpus import write_documents, write_observations
from benchmarks.measuring import Cost, Row, process, timed
from orchestration.paths import ROOT, SEEDS
from orchestration.reading.corpus import read_corpus

PAGE = ROOT / "docs" / "growth.md"
_LISTINGS, _DOCUMENTS = 10_000_000, 100_000
_SMALLEST_LISTINGS, _SMALLEST_DOCUMENTS = 100_000, 100
_PAGE_LISTINGS = 21_000  # make some 20,000 clusters
_MEMORY = "1500MB"  # what DuckDB may hold where a whole process is to stay within 2 GB
_PYTHON = sys.executable
_TINY = "one, two\n"


def sizes(smallest: int, largest: int) -> list[int]:
    """Ten times as much each time."""
    return [smallest * 10**power for power in range(round(math.log10(largest / smallest)) + 1)]


def step(name: str, folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """A step in a process of its own."""
    return process([_PYTHON, "-m", "benchmarks.step", name, folder], environment)


def conforming(work: Path, largest: int) -> list[Row]:
    """Models and their tests by dbt, beside the same SQL by DuckDB alone; and alone with a gigabyte to work in."""
    rows = []
    for listings in sizes(_SMALLEST_LISTINGS, largest):
        ours, bare = work / "ours", work / "bare"
        for folder in (ours, bare):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        write_observations(bare / "build.duckdb", listings)
        shutil.copy(bare / "build.duckdb", ours)
        if not (work / "dbt").exists():
            step("parse", ours)
        measured = step("conform", ours, {"JIQUN_MEMORY_LIMIT": _MEMORY})
        other = step("bare", bare, {"JIQUN_BENCH_MEMORY": _MEMORY})
        what = f"conforming {listings:,} listings"
        rows += [Row(what, "its compiled SQL in bare DuckDB", 1.2, [measured], [other])]
        if listings == largest:
            rows += [Row(f"{what}: peak memory in MiB", "2 GB", 1.0, [Cost(measured.mib)], [Cost(2048)])]
            rows += [
                Row(
                    f"gate over {listings:,} listings",
                    "its rules' SQL and hashes in bare DuckDB",
                    1.2,
                    [step("gate", ours, {"JIQUN_MEMORY_LIMIT": _MEMORY})],
                    [step("rules", ours, {"JIQUN_MEMORY_LIMIT": _MEMORY})],
                )
            ]
            rows += [_spilling(ours, listings, measured)]
        sys.stderr.write(f"{what}: {measured} {other}\n")
    return rows


def _spilling(folder: Path, listings: int, without: Cost) -> Row:
    (folder / "build.duckdb").unlink()
    write_observations(folder / "build.duckdb", listings)
    limited = step("conform", folder, {"JIQUN_MEMORY_LIMIT": "1GB"})
    return Row(f"conforming {listings:,} listings with 1 GB", f"with {_MEMORY}", 2.0, [limited], [without])


def building(work: Path, largest: int) -> list[Row]:
    """Whole refreshes of growing raw folders, and of one document more; the exponent is that of time by documents."""
    rows: list[Row] = []
    counts = sizes(_SMALLEST_DOCUMENTS, largest)
    costs: list[Cost] = []
    one_more = {2: _one_more(work, 2)[1]}
    for documents in counts:
        full, one_more[documents] = _one_more(work, documents)
        costs.append(full)
        sys.stderr.write(f"{documents:,} documents: {full}; one more: {one_more[documents]}\n")
    for (fewer, cost), (more, dearer) in zip(zip(counts, costs, strict=True), [*zip(counts, costs, strict=True)][1:], strict=False):
        exponent = math.log(dearer.seconds / cost.seconds) / math.log(more / fewer)
        rows.append(Row(f"exponent of a full build, {fewer:,} to {more:,} documents", "a straight line", 1.05, [Cost(exponent)], [Cost(1)]))
    for documents in counts:
        what = f"one new document in a warehouse of {documents:,}"
        rows.append(Row(what, "in a warehouse of two", 2.0, [one_more[documents]], [one_more[2]]))
    return rows


def _one_more(work: Path, documents: int) -> tuple[Cost, Cost]:
    raw, warehouse = work / f"raw{documents}", work / f"warehouse{documents}"
    write_documents(raw, documents)
    refresh = [_PYTHON, "-m", "orchestration.cli", "refresh", "--raw", raw, "--warehouse", warehouse]
    full = process(refresh)
    (raw / "note.txt").write_text("The Yueqing electrical cluster of Zhejiang had 100 enterprises in 2021.\n", encoding="utf-8")
    more = process(refresh)
    shutil.rmtree(warehouse)
    return full, more


def browsing(work: Path) -> list[Row]:
    """The page of some 20,000 clusters: making it, and the longest wait for a filter, search or order in it."""
    work.mkdir()
    write_observations(work / "build.duckdb", _PAGE_LISTINGS)
    step("conform", work)
    with duckdb.connect(str(work / "build.duckdb"), read_only=True) as connection:
        ((clusters,),) = connection.execute("select count(*) from marts.dim_clusters").fetchall()
    drawn = step("page", work)
    longest, wait = max(waits(work / PAGE_FILE).items(), key=lambda item: item[1].seconds)
    return [
        Row(f"the page of {clusters:,} clusters", "3 s", 1.0, [drawn], [Cost(3)]),
        Row(f"the longest wait in Chromium, for {longest}, in a page of {clusters:,} clusters", "200 ms", 1.0, [wait], [Cost(0.2)]),
    ]


def reading(work: Path, documents: int) -> list[Row]:
    """Two processes beside one, over the same documents."""
    raw = work / "read"
    write_documents(raw, documents)

    def read(count: int) -> Cost:
        return timed(lambda: read_corpus(raw, work / "observations", SEEDS, processes=count))

    one, two = read(1), read(2)
    return [Row(f"reading {documents:,} documents, two processes", "one process", 1 / 1.8, [two], [one])]


def hostile(work: Path) -> list[Row]:
    """Inputs that nobody means well with, each read as a raw folder: bounded time, or a refusal of that document."""
    inputs: dict[str, Callable[[Path], object]] = {
        "one document of 500 MB": lambda raw: _write_repeated(raw / "a.txt", b"Yuyao, Ningbo\tMold industrial cluster\n", 500_000_000),
        "100,000 empty documents": lambda raw: [(raw / f"{number:06}.txt").touch() for number in range(100_000)],
        "a million tiny lines": lambda raw: (raw / "a.txt").write_text(_TINY * 1_000_000, encoding="utf-8"),
        "a line of 10 MB without a tab": lambda raw: (raw / "a.txt").write_text("a cluster " * 1_000_000, encoding="utf-8"),
    }
    rows = []
    for what, write in inputs.items():
        raw = work / "hostile"
        shutil.rmtree(raw, ignore_errors=True)
        raw.mkdir()
        write(raw)
        cost = process([_PYTHON, "-c", _READ, raw, work / "observations"])
        sys.stderr.write(f"{what}: {cost}\n")
        rows.append(Row(f"reading {what}", "a minute", 1.0, [cost], [Cost(60)]))
    return rows


_READ = (
    "import sys; from pathlib import Path; from orchestration.paths import SEEDS; from orchestration.reading.corpus import read_corpus; "
    "read_corpus(Path(sys.argv[1]), Path(sys.argv[2]), SEEDS)"
)


def _write_repeated(path: Path, line: bytes, size: int) -> None:
    with path.open("wb") as file:
        for _ in range(size // (len(line) * 10_000)):
            file.write(line * 10_000)


def main(listings: int, documents: int) -> None:
    """Measure, and write the page after each group of rows."""
    notes = (Path(__file__).parent / "growth.notes.md").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        work = Path(folder)
        groups: list[Callable[[], list[Row]]] = [
            lambda: hostile(work),
            lambda: conforming(work / "conforming", listings),
            lambda: browsing(work / "browsing"),
            lambda: reading(work, min(documents, 5_000)),
            lambda: building(work, documents),
        ]
        rows: list[Row] = []
        for measure in groups:
            rows += measure()
            page.write(rows, notes, PAGE, "Growth", "make bench-scale")


if __name__ == "__main__":
    given = [int(number) for number in sys.argv[1:]]
    main(*(given + [_LISTINGS, _DOCUMENTS][len(given) :]))
