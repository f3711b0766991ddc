"""Documents refreshed on both engines: one release id, the same rows in every table, the same answers of the gate."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.corpus import write_documents
from orchestration.paths import RAW, ROOT
from tests.accuracy.corpus import copy_documents
from tests.spark.cluster import Cluster, ConnectServer
from tests.spark.conftest import manifest, release

pytestmark = pytest.mark.spark

# Invented documents of two listings beside the shipped and the labelled ones: `make parity DOCUMENTS=100000`.
INVENTED = int(os.environ.get("JIQUN_PARITY_DOCUMENTS") or 20_000)


def told(whole: dict[str, Any]) -> dict[str, Any]:
    """Of a manifest, what hangs on inputs and code alone; of the gate's answers no sample, since held-back documents are among them."""
    answers = {(answer["table"], answer["expectation"]): answer["outcome"] for answer in whole["gate_record"]["results"]}
    return {name: whole[name] for name in ("release_id", "inputs", "tables")} | {"answers": answers}


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """A folder that hides Spark behind what a client alone has of it: no jar, and nothing that could start Java."""
    lock = (ROOT / "requirements" / "spark-client.lock").read_text(encoding="utf-8")
    (pinned,) = re.findall(r"(?m)^pyspark-client==.*(?:\n +--hash.*)+", lock)
    (tmp_path / "client.lock").write_text(pinned, encoding="utf-8")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps", "--target", tmp_path / "client"]
    subprocess.run([*install, "--requirement", tmp_path / "client.lock"], check=True)
    return tmp_path / "client"


def test_a_driver_here_makes_the_release_that_one_machine_makes(released: Path, tmp_path: Path) -> None:
    there = release("spark", RAW, tmp_path / "there", JIQUN_SPARK_MASTER="local[2]")
    assert told(there) == told(manifest(released))


def test_a_driver_on_two_workers_makes_the_release_that_one_machine_makes(two_workers: Cluster, released: Path, tmp_path: Path) -> None:
    settings = {"JIQUN_SPARK_MASTER": two_workers.master, "JIQUN_SPARK_LOCATION": two_workers.location}
    assert told(release("spark", RAW, tmp_path / "there", **settings)) == told(manifest(released))


def test_an_address_and_a_client_are_enough_for_the_release_of_every_document_there_is(
    server: ConnectServer, client: Path, tmp_path: Path
) -> None:
    raw = tmp_path / "raw"
    shutil.copytree(RAW, raw)
    copy_documents(raw / "labelled")
    write_documents(raw / "invented", INVENTED, listings_each=2)
    here = release("duckdb", raw, tmp_path / "here")
    there = release("spark", raw, tmp_path / "there", SPARK_REMOTE=server.address, PYTHONPATH=str(client))
    assert len(here["inputs"]) > INVENTED
    assert told(there) == told(here)
