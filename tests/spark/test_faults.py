"""What breaks on a cluster: a deadly document, a worker lost, a server gone, a client killed, workers that lack something."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import venv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from benchmarks.corpus import write_documents
from orchestration.paths import RAW, SEEDS, Warehouse
from orchestration.reading.corpus import read_corpus
from orchestration.reading.documents import Loaded
from orchestration.spark import reading
from orchestration.spark.engine import OnSpark
from orchestration.spark.schemas import Schemas
from tests.spark.cluster import AHEAD, Cluster, ConnectServer, kill_tree
from tests.spark.conftest import start

pytestmark = pytest.mark.spark


class Deadly(reading._Reader):
    """Reads a document named for it as a crash of a parser would."""

    def read(self, same: Sequence[Loaded]) -> list[tuple[str, bytes]]:
        if same[0].file_name == "deadly.txt":
            os._exit(137)
        return super().read(same)


def test_a_document_that_kills_its_worker_is_refused_and_the_others_are_read(
    spark: Any, schemas: Schemas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyspark import cloudpickle

    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    monkeypatch.setattr(reading, "_Reader", Deadly)
    shutil.copytree(RAW, tmp_path / "raw")
    (tmp_path / "raw" / "deadly.txt").write_text("Yueqing, Wenzhou\tElectrical industrial cluster\n", encoding="utf-8")
    summary, _ = reading.read_on_spark(spark, schemas, tmp_path / "raw", SEEDS, {})
    assert summary.documents == 2
    assert summary.refusals == ("deadly.txt: its reader was killed (exit status 137)",)


def until(is_so: Callable[[], object], within_seconds: int = 1200) -> None:
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < within_seconds
        time.sleep(0.1)


def clocks(batches: Iterable[Any]) -> Iterator[Any]:
    """The day it is where a batch of numbers is."""
    import pyarrow as pa

    for _ in batches:
        end = time.monotonic() + 2  # so that the other worker takes the other batch; a faked clock cannot sleep
        while time.monotonic() < end:
            pass
        yield pa.RecordBatch.from_pydict({"day": [time.strftime("%Y-%m-%d", time.gmtime())]})


# Before the worker is lost: the first one has cores for both parts of an application, and keeps them.
def test_the_workers_of_all_these_tests_differ_by_a_hundred_days_in_what_day_it_is(spark: Any) -> None:
    rows = spark.range(2, numPartitions=2).mapInArrow(clocks, "day string").collect()
    earlier, later = sorted(date.fromisoformat(row.day) for row in rows)
    assert later - earlier >= timedelta(days=99)


def test_a_worker_lost_while_it_reads_takes_no_record_along(spark: Any, schemas: Schemas, two_workers: Cluster, tmp_path: Path) -> None:
    write_documents(tmp_path / "raw", 800, listings_each=30)
    here = read_corpus(tmp_path / "raw", tmp_path / "observations", SEEDS)
    came: list[Any] = []
    read = threading.Thread(target=lambda: came.append(reading.read_on_spark(spark, schemas, tmp_path / "raw", SEEDS, {})))
    read.start()
    # A task writes its first records below the table's folder and reads on.
    until(lambda: list(two_workers.folder.glob("served*/*/records/_temporary/**/part-*")))
    kill_tree(two_workers.workers.pop())
    assert read.is_alive()
    read.join()
    two_workers.add_worker(AHEAD)
    two_workers.await_workers(2)
    ((there, counts),) = came
    assert (there.documents, there.lines, there.bytes) == (here.documents, here.lines, here.bytes)
    listings = (tmp_path / "observations" / "listings.ndjson").read_text(encoding="utf-8").splitlines()
    assert counts["listings"] == len(listings)
    assert spark.table(schemas.table("raw.listings")).distinct().count() == len(set(listings))


@pytest.fixture
def outdated(released: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A raw folder with a document more than the release of its warehouse was made from."""
    shutil.copytree(released, tmp_path / "warehouse", symlinks=True)
    shutil.copytree(RAW, tmp_path / "raw")
    write_documents(tmp_path / "raw" / "new", 1)
    # So that what a run writes there is its own.
    shutil.rmtree(tmp_path / "warehouse" / "build")
    return tmp_path / "raw", tmp_path / "warehouse"


def ended(refresh: subprocess.Popen[str], warehouse: Path) -> str:
    """What a refresh said that failed and left the current release as it was."""
    before = (warehouse / "current").readlink()
    said, _ = refresh.communicate(timeout=1200)
    assert refresh.returncode == 1, said
    assert (warehouse / "current").readlink() == before
    return said


def test_a_server_that_is_not_there_is_named_before_any_work(outdated: tuple[Path, Path]) -> None:
    raw, warehouse = outdated
    said = ended(start("spark", raw, warehouse, SPARK_REMOTE="sc://127.0.0.1:9"), warehouse)
    assert "No Spark Connect server answers at 127.0.0.1:9 (SPARK_REMOTE)" in said


def test_a_server_that_goes_away_ends_the_run_and_leaves_the_release(two_workers: Cluster, outdated: tuple[Path, Path]) -> None:
    raw, warehouse = outdated
    doomed = two_workers.connect_server()
    refresh = start("spark", raw, warehouse, SPARK_REMOTE=doomed.address)
    # Written when reading is over: dbt is next.
    until((warehouse / "build" / "fingerprint.json").exists)
    doomed.kill()
    assert "Spark failed" in ended(refresh, warehouse)


def test_what_a_killed_client_left_on_a_server_is_dropped_by_the_next_run_of_its_warehouse_alone(
    spark: Any, server: ConnectServer, outdated: tuple[Path, Path], tmp_path: Path
) -> None:
    raw, warehouse = outdated
    others = Schemas.of(tmp_path / "other", "running")
    others.make(spark, "")
    killed = start("spark", raw, warehouse, SPARK_REMOTE=server.address)
    until((warehouse / "build" / "fingerprint.json").exists)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    next_run = OnSpark.for_run(Warehouse(warehouse), "next")

    def left() -> set[str]:
        names = {row[0] for row in spark.sql("show schemas").collect()}
        return {name for name in names if name.startswith(next_run.schemas.warehouse) and not name.startswith(next_run.schemas.prefix)}

    assert left()
    next_run.read(raw, {}, {})
    assert not left()
    assert spark.catalog.databaseExists(others.named("marts"))
    next_run.close()
    others.drop(spark)


def test_workers_that_lack_a_package_are_told_of_before_any_work(outdated: tuple[Path, Path], tmp_path: Path) -> None:
    raw, warehouse = outdated
    venv.create(tmp_path / "bare", symlinks=True)
    said = ended(
        start("spark", raw, warehouse, JIQUN_SPARK_MASTER="local[1]", PYSPARK_PYTHON=str(tmp_path / "bare" / "bin" / "python")), warehouse
    )
    assert "Spark's workers cannot run the readers: " in said
    assert "No module named 'pyarrow'" in said


def test_workers_of_another_python_are_told_of_before_any_work(outdated: tuple[Path, Path], tmp_path: Path) -> None:
    raw, warehouse = outdated
    # A Python that says it is an older one: the machine has but one.
    (tmp_path / "older").mkdir()
    version = "collections.namedtuple('version_info', 'major minor micro releaselevel serial')(3, 9, 0, 'final', 0)"
    (tmp_path / "older" / "sitecustomize.py").write_text(f"import collections, sys\nsys.version_info = {version}\n", encoding="utf-8")
    python = tmp_path / "python3.9"
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{tmp_path / "older"}:$PYTHONPATH" exec {sys.executable} "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    said = ended(start("spark", raw, warehouse, JIQUN_SPARK_MASTER="local[1]", PYSPARK_PYTHON=str(python)), warehouse)
    assert "Spark's workers cannot run the readers: " in said
    assert "Python in worker has different version: 3.9" in said
