"""The Spark session of a refresh: a Connect server, a cluster's master, or this machine. What it holds is the other modules' matter.

Configuration is the environment's: `SPARK_REMOTE` (Spark's own) names a Connect server; without it, `JIQUN_SPARK_MASTER` names a master
and this process becomes the driver. Everything else (storage, catalogue, sizes) is the cluster's own configuration.
"""

import os
import socket
import sys
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from orchestration.errors import JiqunError
from orchestration.paths import ROOT

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession

# Four attempts at a task: a document that kills its worker is found by the second (reading.py).
_LOCAL = "local[*,4]"

# The same answers whatever the cluster's defaults are: UTC, casts that give null as dbt-spark will have them anyway, and batches of
# documents that fit a worker's memory.
_SEMANTICS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "false",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "500",
}
_ANSWER_SECONDS = 10
# Attempts at a statement that gets no answer, waiting longer each time: twenty seconds in all, not Spark's ten minutes.
_ATTEMPTS = 5
_CONNECT_PORT = 15002
_OLDEST = (4, 2)  # the first that knows QUALIFY, as the models use it
_PACKAGES = ("orchestration", "expectations")


def session(scratch: Path) -> "SparkSession":
    """The session of this process, opened at the first call; dbt and Great Expectations find the same one.

    Args:
        scratch: A folder of this run for what a driver in this process keeps on disk.

    Raises:
        JiqunError: The extra, Java or the server is missing, or the cluster's Spark is too old for the models.
    """
    if find_spec("pyspark") is None:
        raise JiqunError(
            "The engine spark needs pyspark", "pip install '.[spark]'; pyspark-client is enough for a Connect server elsewhere."
        )
    # Of pandas, which we do not use through Spark, and of settings that a server keeps to itself.
    warnings.filterwarnings("ignore", module=r"pyspark\..*")
    from pyspark.sql import SparkSession

    if (active := SparkSession.getActiveSession()) is not None:
        return active
    remote = os.environ.get("SPARK_REMOTE")
    if remote:
        _require_answer(remote)
    elif which("java") is None and "JAVA_HOME" not in os.environ:
        raise JiqunError(
            "The engine spark needs Java 17 here", "apt install default-jre-headless, or name a Connect server in SPARK_REMOTE."
        )
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("jiqun")
    for name, value in (_SEMANTICS if remote else _SEMANTICS | _driver(scratch)).items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    require_version(spark.version)
    if remote:
        from pyspark.sql.connect.client.retries import DefaultPolicy

        spark.client.set_retry_policies([DefaultPolicy(max_retries=_ATTEMPTS)])
    _ship(spark, scratch, is_remote=bool(remote))
    return spark


def location(scratch: Path) -> str:
    """Where the tables of a run lie: where the environment says, else with a server's own tables, else on this disk."""
    return os.environ.get("JIQUN_SPARK_LOCATION", "" if "SPARK_REMOTE" in os.environ else str(scratch / "tables"))


def _driver(scratch: Path) -> dict[str, str]:
    return {
        "spark.master": os.environ.get("JIQUN_SPARK_MASTER", _LOCAL),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.warehouse.dir": str(scratch / "tables"),
        "spark.local.dir": str(scratch / "spill"),
    }


def _require_answer(remote: str) -> None:
    place = urlsplit(remote)
    host, port = place.hostname or "localhost", place.port or _CONNECT_PORT
    try:
        socket.create_connection((host, port), timeout=_ANSWER_SECONDS).close()
    except OSError as error:
        raise JiqunError(
            f"No Spark Connect server answers at {host}:{port} (SPARK_REMOTE): {error}",
            "The current release is untouched. Start the server, or name another, and refresh again.",
        ) from error


def require_version(version: str) -> None:
    """Make sure that the Spark of a session understands the models.

    Raises:
        JiqunError: It is older.
    """
    if tuple(int(part) for part in version.split(".")[:2]) < _OLDEST:
        raise JiqunError(
            f"The models need Spark {'.'.join(map(str, _OLDEST))} or later, and this cluster runs {version}",
            "The current release is untouched. Name another cluster in SPARK_REMOTE or JIQUN_SPARK_MASTER, or refresh on DuckDB.",
        )


def _ship(spark: "SparkSession", scratch: Path, *, is_remote: bool) -> None:
    """Give the workers our code, as a zip archive of the packages that reading needs."""
    scratch.mkdir(parents=True, exist_ok=True)
    archive = scratch / "jiqun.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(path for package in _PACKAGES for path in (ROOT / package).rglob("*.py")):
            file.write(path, path.relative_to(ROOT).as_posix())
    if is_remote:
        spark.addArtifacts(str(archive), pyfile=True)
    else:
        spark.sparkContext.addPyFile(str(archive))


def errors() -> tuple[type[Exception], ...]:
    """What Spark raises: its own errors, and Java's as they are where a driver in this process does not know them."""
    from pyspark.errors import PySparkException

    if find_spec("py4j") is None:
        return (PySparkException,)
    from py4j.protocol import Py4JError

    return PySparkException, Py4JError


def check_workers(spark: "SparkSession") -> None:
    """Make sure that the workers can run the readers, before any work is done.

    Raises:
        JiqunError: Their Python is another, or they lack a package; in the words of the first that says so.
    """
    try:
        spark.range(2).mapInArrow(_imported, "python string").collect()
    except errors() as error:
        lines = [line.strip() for line in str(error).splitlines()]
        said = next((line for line in reversed(lines) if "Error" in line and not line.startswith("at ")), lines[0])
        here = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise JiqunError(
            f"Spark's workers cannot run the readers: {said}",
            f"They need Python {here}, as here, with the packages of requirements/spark.lock (PYSPARK_PYTHON names it to them).",
        ) from error


def _imported(batches: "Iterable[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
    import platform

    import pyarrow as pa

    from orchestration.reading import corpus  # noqa: F401  # that it can be imported is the question

    for _ in batches:
        yield pa.RecordBatch.from_pydict({"python": [platform.python_version()]})
