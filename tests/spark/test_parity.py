"""Documents refreshed on both engines: one release id, the same rows in every table, the same answers of the gate."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from benchmarks.corpus import write_documents
from orchestration.paths import RAW
from tests.accuracy.corpus import copy_documents
from tests.spark.cluster import ConnectServer
from tests.spark.conftest import release

pytestmark = pytest.mark.spark

# Invented documents beside the shipped and the labelled ones: `make parity DOCUMENTS=20000`.
INVENTED = int(os.environ.get("JIQUN_PARITY_DOCUMENTS") or 200)


def told(manifest: dict[str, Any]) -> dict[str, Any]:
    """Of a manifest, what hangs on inputs and code alone; of the gate's answers no sample, since held-back documents are among them."""
    answers = {(answer["table"], answer["expectation"]): answer["outcome"] for answer in manifest["gate_record"]["results"]}
    return {name: manifest[name] for name in ("release_id", "inputs", "tables")} | {"answers": answers}


def test_a_connect_address_is_enough_for_the_release_of_every_document_there_is(server: ConnectServer, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    shutil.copytree(RAW, raw)
    copy_documents(raw / "labelled")
    write_documents(raw / "invented", INVENTED)
    here = release("duckdb", raw, tmp_path / "here")
    there = release("spark", raw, tmp_path / "there", SPARK_REMOTE=server.address)
    assert len(here["inputs"]) > INVENTED
    assert told(there) == told(here)
