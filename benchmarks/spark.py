"""`python -m benchmarks.spark [reading] [building]`: what Spark costs beside DuckDB, on a cluster of two workers here, and docs/scale.svg.

Needs Java and the extra spark. What docs/scale.md says was measured comes from this: reading by one worker and by two, and models, their
tests and the gate over drawn listings on both engines, in seconds of processor, which a busy machine hardly lengthens.
"""

import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.corpus import write_documents, write_observations
from benchmarks.measuring import processor_seconds
from orchestration.paths import ROOT, SEEDS, Warehouse
from tests.spark.cluster import cluster, environment

DOCUMENTS, FEW, ROUNDS = 4_000, 200, 3
LISTINGS = (2_000, 20_000, 100_000)
PICTURE = ROOT / "docs" / "scale.svg"


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of the clock, and of all processors."""

    wall: float
    processor: float


def spent(work: Callable[[], object]) -> Spent:
    """By this process and all below it, the cluster among them."""
    began, before = time.perf_counter(), processor_seconds(os.getpid())
    work()
    return Spent(time.perf_counter() - began, processor_seconds(os.getpid()) - before)


def read(work: Path, scratch: Path) -> float:
    """Seconds of reading many documents in a session that has read a few: those start the workers and warm them up."""
    from orchestration.spark.reading import read_on_spark
    from orchestration.spark.schemas import Schemas
    from orchestration.spark.session import session

    spark = session(scratch)
    for raw in ("few", "many"):
        schemas = Schemas.of(scratch, raw)
        schemas.make(spark, str(scratch / "tables"))
        seconds = read_on_spark(spark, schemas, work / raw, SEEDS, {})[0].seconds
        schemas.drop(spark)
    return seconds


def reading(work: Path, master: str) -> None:
    """By one worker and by two, each a process of one core, in turn."""
    write_documents(work / "few", FEW)
    write_documents(work / "many", DOCUMENTS)
    taken: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(ROUNDS):
        for workers, seconds in taken.items():
            # A driver that asks for one core gets one worker.
            asked = {"JIQUN_SPARK_MASTER": master, "PYSPARK_SUBMIT_ARGS": f"--conf spark.cores.max={workers} pyspark-shell"}
            command = [sys.executable, "-m", "benchmarks.spark", "--read", str(work), f"{work}/of{workers}"]
            done = subprocess.run(command, env=environment(work) | asked, capture_output=True, text=True, check=True)
            seconds.append(float(done.stdout.split()[-1]))
    for workers, seconds in taken.items():
        rate = DOCUMENTS / statistics.median(seconds)
        said(f"reading by {workers}: {', '.join(f'{s:.1f}' for s in seconds)} s, {rate:.0f} documents a second")
    efficiency = statistics.median(one / two / 2 for one, two in zip(taken[1], taken[2], strict=True))
    said(f"efficiency {efficiency:.0%}")


def on_duckdb(folder: Path) -> None:
    """Models and their tests, then the gate, in a process each."""
    for step in ("conform", "gate"):
        subprocess.run([sys.executable, "-m", "benchmarks.step", step, folder], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def on_spark(folder: Path, name: str) -> Spent:
    """The same on the session: the tables of schema `raw` are put there first, which is reading's work and not counted."""
    from orchestration.spark.engine import OnSpark
    from orchestration.spark.session import session

    engine = OnSpark.for_run(Warehouse(folder / "spark"), name)
    engine.warehouse.build.mkdir(parents=True)
    spark = session(folder)
    engine.schemas.make(spark, "")
    with duckdb.connect(str(folder / "build.duckdb"), read_only=True) as connection:
        for (table,) in connection.sql("select table_name from duckdb_tables() where schema_name = 'raw'").fetchall():
            for batch in connection.sql(f"from raw.{table}").to_arrow_reader(200_000):
                engine.schemas.write(spark, f"raw.{table}", batch.schema.empty_table().from_batches([batch]))
            if not spark.catalog.tableExists(engine.schemas.table(f"raw.{table}")):
                engine.schemas.write(spark, f"raw.{table}", connection.sql(f"from raw.{table}").to_arrow_table())
    engine.load()

    def work() -> None:
        if bad := [result.name for result in engine.conform(["build"]) if result.is_bad]:
            raise SystemExit(f"dbt's {', '.join(bad)} failed")
        engine.gate("")

    taken = spent(work)
    engine.close()
    return taken


def building(work: Path) -> dict[str, dict[int, Spent]]:
    """By engine and listings. The smallest once more before it counts on neither: classes are loaded, code is compiled."""
    taken: dict[str, dict[int, Spent]] = {"DuckDB": {}, "Spark": {}}
    for place, listings in enumerate((LISTINGS[0], *LISTINGS)):
        folder = work / f"{place}"
        folder.mkdir()
        write_observations(folder / "build.duckdb", listings)
        taken["Spark"][listings] = there = on_spark(folder, f"run{place}")
        taken["DuckDB"][listings] = here = spent(lambda folder=folder: on_duckdb(folder))  # type: ignore[misc]  # bound at once
        for engine, cost in (("Spark", there), ("DuckDB", here)):
            said(f"{listings:,} listings on {engine}: {cost.wall:.0f} s, {cost.processor:.0f} s of processor")
    for engine, costs in taken.items():
        fixed, each = line(costs)
        said(f"{engine}: {fixed:.0f} s of processor, and {each * 1_000_000:.0f} s a million listings")
    return taken


def line(costs: Mapping[int, Spent]) -> tuple[float, float]:
    """Seconds of processor for no listing, and for one: least squares of what each size is off, as a share of it."""
    points = [(listings, cost.processor, cost.processor**-2) for listings, cost in costs.items()]
    weight = sum(w for _, _, w in points)
    x, y = (sum(point[axis] * point[2] for point in points) / weight for axis in (0, 1))
    slope = sum(w * (n - x) * (s - y) for n, s, w in points) / sum(w * (n - x) ** 2 for n, _, w in points)
    return y - slope * x, slope


def picture(taken: Mapping[str, Mapping[int, Spent]]) -> str:
    """Seconds of processor over listings, both by powers of ten: dots were measured, dashes are the line through them."""
    left, top, width, height = 70, 30, 520, 300
    most_listings, most_seconds = 8, 6

    def at(listings: float, seconds: float) -> str:
        x = left + width * (math.log10(listings) - 3) / (most_listings - 3)
        return f"{x:.1f},{top + height * (1 - math.log10(max(seconds, 1)) / most_seconds):.1f}"

    size = f"0 0 {left + width + 90} {top + height + 50}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" font-family="sans-serif" font-size="13">',
        '<rect width="100%" height="100%" fill="#fff"/><text x="8" y="18" fill="#222">seconds of processor: models, tests and gate</text>',
        f'<text x="{left + width / 2}" y="{top + height + 42}" text-anchor="middle" fill="#222">listings</text>',
    ]
    for power in range(3, most_listings + 1):
        x, y = at(10**power, 1).split(",")
        parts.append(
            f'<path d="M{x},{top}V{y}" stroke="#ddd"/><text x="{x}" y="{top + height + 20}" text-anchor="middle">{10**power:,}</text>'
        )
    for power in range(most_seconds + 1):
        x, y = at(1000, 10**power).split(",")
        parts.append(
            f'<path d="M{x},{y}h{width}" stroke="#ddd"/><text x="{left - 8}" y="{float(y) + 4}" text-anchor="end">{10**power:,}</text>'
        )
    for colour, (engine, costs) in zip(("#2a6f97", "#c1440e"), taken.items(), strict=True):
        fixed, each = line(costs)
        points = [(10 ** (tenth / 10), fixed + each * 10 ** (tenth / 10)) for tenth in range(30, most_listings * 10 + 1)]
        path = " ".join(at(listings, seconds) for listings, seconds in points if seconds < 10**most_seconds)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5" stroke-dasharray="5 4"/>')
        for listings, cost in costs.items():
            x, y = at(listings, cost.processor).split(",")
            parts.append(f'<circle cx="{x}" cy="{y}" r="4" fill="{colour}"/>')
        x, y = path.split()[-1].split(",")
        parts.append(f'<text x="{float(x) + 8}" y="{float(y) + 4}" fill="{colour}">{engine}</text>')
    return "\n".join([*parts, "</svg>\n"])


def said(text: str) -> None:
    """Told as it is known, with how busy the machine was."""
    print(f"{text} (load {os.getloadavg()[0]:.1f})", flush=True)


def main(arguments: Sequence[str]) -> None:
    """Measure and tell; with `--read` be the driver of one reading."""
    if arguments[:1] == ["--read"]:
        print(read(Path(arguments[1]), Path(arguments[2])), flush=True)
        return
    with tempfile.TemporaryDirectory() as folder, cluster(Path(folder) / "cluster") as running:
        if "building" not in arguments:
            reading(Path(folder), running.master)
        if "reading" not in arguments:
            began = time.perf_counter()
            os.environ.update(environment(Path(folder)) | {"SPARK_REMOTE": running.connect_server().address})
            said(f"a Connect server answers after {time.perf_counter() - began:.0f} s")
            taken = building(Path(folder))
            PICTURE.write_text(picture(taken), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
