"""What breaks: a deadly document, a server that is not there, workers that lack something."""

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks.corpus import write_documents
from orchestration.paths import RAW, SEEDS
from orchestration.reading.documents import Loaded
from orchestration.spark import reading
from orchestration.spark.schemas import Schemas
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
    said, _ = refresh.communicate(timeout=300)
    assert refresh.returncode == 1, said
    assert (warehouse / "current").readlink() == before
    return said


def test_a_server_that_is_not_there_is_named_before_any_work(outdated: tuple[Path, Path]) -> None:
    raw, warehouse = outdated
    said = ended(start("spark", raw, warehouse, SPARK_REMOTE="sc://127.0.0.1:9"), warehouse)
    assert "No Spark Connect server answers at 127.0.0.1:9 (SPARK_REMOTE)" in said


def test_workers_that_lack_a_package_are_told_of_before_any_work(outdated: tuple[Path, Path], tmp_path: Path) -> None:
    raw, warehouse = outdated
    venv.create(tmp_path / "bare", symlinks=True)
    said = ended(
        start("spark", raw, warehouse, JIQUN_SPARK_MASTER="local[1]", PYSPARK_PYTHON=str(tmp_path / "bare" / "bin" / "python")), warehouse
    )
    assert "Spark's workers cannot run the readers: " in said
    assert "No module named 'pyarrow'" in said
