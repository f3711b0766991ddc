"""`python -m benchmarks [ROUNDS]`: what a refresh costs beside its yardsticks, in one run, and docs/performance.md with the result."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb

from benchmarks import page
from benchmarks.measuring import Cost, Row, beside, process, timed
from benchmarks.operating import cold_start, drops, empty_project, large_raw, our_project, sensor_interval, tick
from orchestration.common.files import point
from orchestration.paths import DBT_PROJECT, RAW, ROOT, SEEDS, Warehouse
from orchestration.reading.corpus import read_corpus
from orchestration.releasing.copying import copy_tables
from orchestration.releasing.descriptions import read_descriptions
from orchestration.releasing.tables import TABLES

ROUNDS = 3
JIQUN = [sys.executable, "-m", "orchestration.cli"]
# Short commands are run more often: a tenth of a second is soon disturbed.
MANY = 7


def short_commands(warehouse: Path) -> list[Row]:
    """What people type between refreshes, where there is nothing new."""

    def jiqun(*arguments: str) -> Callable[[], Cost]:
        return lambda: process([*JIQUN, *arguments, "--warehouse", warehouse])

    def python(code: str, more: float = 0.0) -> Callable[[], Cost]:
        return lambda: Cost(process([sys.executable, "-c", code]).seconds + more)

    imports = python("import typer, duckdb")
    database = warehouse / "current" / "jiqun.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        (cluster,) = connection.execute("select min(cluster_id) from marts.dim_clusters").fetchone() or ("",)
    found = f"select * from marts.dim_clusters where cluster_id = '{cluster}'"
    bare = python(f"import duckdb; print(duckdb.connect({str(database)!r}, read_only=True).sql({found!r}).fetchall())", more=0.3)
    look_up, starting = "Python, DuckDB, the same look-up, and 0.3 s", "Python importing Typer and DuckDB"
    return [
        beside("`refresh`, nothing new", starting, 2.0, jiqun("refresh"), imports, MANY),
        beside("`status`, nothing new", starting, 2.0, jiqun("status"), imports, MANY),
        beside("`explain` of one cluster", look_up, 1.0, jiqun("explain", cluster), bare, MANY),
        beside("`query` of one cluster", look_up, 1.0, jiqun("query", found), bare, MANY),
    ]


def full_refresh(work: Path, rounds: int) -> list[Row]:
    """Both documents, a fresh process and an empty warehouse, dbt's parse included; beside the two ways of wiring the same tools."""

    def empty(name: str) -> Path:
        shutil.rmtree(work / name, ignore_errors=True)
        (work / name / "dagster").mkdir(parents=True)
        return work / name

    def ours() -> Cost:
        return process([*JIQUN, "refresh", "--warehouse", empty("ours")])

    def bare() -> Cost:
        return process([sys.executable, "-m", "benchmarks.bare", empty("bare")])

    def stock() -> Cost:
        warehouse = empty("stock")
        settings = {"DAGSTER_HOME": str(warehouse / "dagster"), "DAGSTER_DISABLE_TELEMETRY": "1", "JIQUN_WAREHOUSE": str(warehouse)}
        # What `dagster-dbt` starts is the `dbt` on the path.
        settings["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        return process([sys.executable, "-m", "dagster", "asset", "materialize", "--select", "*", "-m", "benchmarks.stock"], settings)

    triples = [(ours(), bare(), stock()) for _ in range(rounds)]
    first, second, third = ([costs[place] for costs in triples] for place in range(3))
    return [
        Row("full refresh, fresh process", "`dagster asset materialize`, stock wiring", 0.25, first, third),
        Row("full refresh, fresh process", "`dbtRunner` and Great Expectations, no Dagster", 1.1, first, second),
    ]


def living(work: Path, rounds: int) -> list[Row]:
    """A further refresh in a process that lives on."""
    command = [sys.executable, "-m", "benchmarks.living", str(work / "living"), str(rounds)]
    said = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    pairs = [(Cost(ours), Cost(plain)) for ours, plain in json.loads(said)]
    return [
        Row(
            "second refresh, living process",
            "plain DuckDB, the same SQL",
            3.0,
            [a for a, _ in pairs],
            [b for _, b in pairs],
        )
    ]


def reading(work: Path, rounds: int) -> list[Row]:
    """A tab table of some megabytes, read with spans, ledger and alignment; beside a bare split of its bytes into rows."""
    raw = work / "raw"
    raw.mkdir()
    table = next(RAW.rglob("000*.txt")).read_text(encoding="utf-8")
    (raw / "table.txt").write_text("\n".join([table] * 100), encoding="utf-8")

    def split() -> None:
        [re.findall(r"[^\t]+", line) for line in (raw / "table.txt").read_text(encoding="utf-8").split("\n")]

    size = (raw / "table.txt").stat().st_size / 1e6
    return [
        beside(
            f"reading a tab table of {size:.1f} MB",
            "regular-expression split of its lines",
            2.0,
            lambda: timed(lambda: read_corpus(raw, work / "observations", SEEDS)),
            lambda: timed(split),
            rounds,
        )
    ]


def release(work: Path, warehouse: Path, rounds: int) -> list[Row]:
    """The tables of a release written, beside DuckDB's own copy of the same tables; and the flip, in itself."""
    build, candidate = warehouse / "build" / "build.duckdb", work / "candidate.duckdb"
    with duckdb.connect() as connection:
        connection.execute(f"attach '{build}' as build (read_only); attach '{candidate}' as candidate")
        for table in TABLES:
            connection.execute(f"create schema if not exists candidate.{table.schema}")
            connection.execute(f"create table candidate.{table.full_name} as from build.{table.full_name}")
    docs = read_descriptions(DBT_PROJECT / "models")

    def write() -> Cost:
        (work / "written.duckdb").unlink(missing_ok=True)
        return timed(lambda: copy_tables(build, work / "written.duckdb", docs))

    def copy() -> Cost:
        (work / "copied.duckdb").unlink(missing_ok=True)

        def all_of_it() -> None:
            with duckdb.connect() as connection:
                connection.execute(f"attach '{candidate}' as candidate (read_only); attach '{work / 'copied.duckdb'}' as copied")
                connection.execute("copy from database candidate to copied; checkpoint copied")

        return timed(all_of_it)

    target = str(Warehouse(warehouse).current.readlink())
    flips = [timed(lambda: point(work / "flipped", target)) for _ in range(max(MANY, rounds))]
    return [
        beside("release write", "DuckDB's `copy from database`", 1.3, write, copy, max(MANY, rounds)),
        Row("flip of `current`", "10 ms", 1.0, flips, [Cost(0.010)] * len(flips)),
    ]


def operating(work: Path, warehouse: Path, rounds: int) -> list[Row]:
    """A look of the sensor at ten thousand files, Dagster's page from nothing, and a document's way from raw to a release."""
    raw = large_raw(work)
    shutil.copytree(RAW, work / "dropped_into")
    interval = sensor_interval()
    dropped = [Cost(seconds) for seconds in drops(warehouse, work / "dropped_into", max(3, rounds))]
    return [
        Row(
            "a document dropped to its release, `make dev` running",
            f"the sensor's {interval} s and 8 s",
            1.0,
            dropped,
            [Cost(interval + 8.0)] * len(dropped),
        ),
        Row(
            "sensor's tick, 10,000 unchanged files",
            "1 s",
            1.0,
            [Cost(tick(raw, work / "ticked")) for _ in range(MANY)],
            [Cost(1.0)] * MANY,
        ),
        beside(
            "`make dev` until its page is there",
            "Dagster's empty project",
            1.33,
            lambda: Cost(cold_start(*our_project(warehouse))),
            lambda: Cost(cold_start(*empty_project(work))),
            rounds,
        ),
    ]


def main(rounds: int) -> None:
    """Measure, and write the page after each group of rows: what was measured stands, whatever ends a long run."""
    notes = (Path(__file__).parent / "notes.md").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        groups: list[Callable[[], list[Row]]] = [
            lambda: full_refresh(work, rounds),
            lambda: living(work, rounds),
            lambda: short_commands(work / "ours"),
            lambda: release(work, work / "ours", rounds),
            lambda: reading(work, rounds),
            lambda: operating(work, work / "ours", rounds),
        ]
        rows: list[Row] = []
        for measure in groups:
            rows += measure()
            page.write(rows, notes)
            sys.stderr.write(f"{rows[-1].what}: {rows[-1].ratio:.2f}x\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
