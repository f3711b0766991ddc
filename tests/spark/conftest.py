"""One cluster and one Connect server for all tests here. This process is a client of that server; refreshes are processes of their own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from orchestration.paths import ROOT
from orchestration.spark.schemas import Schemas
from orchestration.spark.session import session
from tests.spark.cluster import Cluster, ConnectServer, cluster, environment

JIQUN = [sys.executable, "-m", "orchestration.cli"]


@pytest.fixture(scope="session")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster")) as made:
        yield made


@pytest.fixture(scope="session")
def server(two_workers: Cluster) -> ConnectServer:
    return two_workers.connect_server()


@pytest.fixture(scope="session")
def spark(server: ConnectServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_REMOTE", server.address)
        opened = session(tmp_path_factory.mktemp("client"))
        yield opened
        opened.stop()


@pytest.fixture
def schemas(spark: Any, tmp_path: Path) -> Iterator[Schemas]:
    made = Schemas.of(tmp_path, "0000-test")
    made.make(spark, "")
    yield made
    made.drop(spark)


def start(engine: str, raw: Path, warehouse: Path, **variables: str) -> subprocess.Popen[str]:
    """A refresh as a user starts it. Of the environment it has what a client of a cluster is given, and these variables."""
    return subprocess.Popen(
        [*JIQUN, "refresh", "--engine", engine, "--raw", str(raw), "--warehouse", str(warehouse)],
        cwd=ROOT,
        env=environment(warehouse.with_suffix(".client")) | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def release(engine: str, raw: Path, warehouse: Path, **variables: str) -> dict[str, Any]:
    """The manifest of the release that a refresh makes."""
    refresh = start(engine, raw, warehouse, **variables)
    said, _ = refresh.communicate()
    assert refresh.returncode == 0, said
    return manifest(warehouse)


def manifest(warehouse: Path) -> dict[str, Any]:
    """That of the current release."""
    told: dict[str, Any] = json.loads((warehouse / "current" / "manifest.json").read_text(encoding="utf-8"))
    return told
