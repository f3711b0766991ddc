"""The Spark session of a refresh: a Connect server, a cluster's master, or this machine. What it holds is the other modules' matter.

Configuration is the environment's: `SPARK_REMOTE` (Spark's own) names a Connect server; without it, `JIQUN_SPARK_MASTER` names a master
and this process becomes the driver. Everything else (storage, catalogue, sizes) is the cluster's own configuration.
"""

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

from orchestration.errors import JiqunError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Four attempts at a task: a document that kills its worker is found by the second (reading.py).
_LOCAL = "local[*,4]"

# The same answers whatever the cluster's defaults are: UTC, and casts that give null as dbt-spark will have them anyway.
_SEMANTICS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "false",
    "spark.sql.timestampType": "TIMESTAMP_LTZ",
}


def session(scratch: Path) -> "SparkSession":
    """The session of this process, opened at the first call; dbt finds the same one.

    Args:
        scratch: A folder of this run for what a driver in this process keeps on disk.

    Raises:
        JiqunError: The extra, Java or the server is missing.
    """
    if find_spec("pyspark") is None:
        raise JiqunError(
            "The engine spark needs pyspark", "pip install '.[spark]', or pyspark-client where a Connect server runs elsewhere."
        )
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("jiqun")
    if not is_remote():
        if which("java") is None and "JAVA_HOME" not in os.environ:
            raise JiqunError(
                "The engine spark needs Java 17 here", "apt install default-jre-headless, or name a Connect server in SPARK_REMOTE."
            )
        builder = builder.master(os.environ.get("JIQUN_SPARK_MASTER", _LOCAL))
        for name, value in _driver(scratch).items():
            builder = builder.config(name, value)
    for name, value in _SEMANTICS.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def is_remote() -> bool:
    """True where a Connect server runs what we ask; this process is then a client without Java."""
    return "SPARK_REMOTE" in os.environ


def _driver(scratch: Path) -> dict[str, str]:
    return {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.warehouse.dir": str(scratch / "tables"),
        "spark.local.dir": str(scratch / "spill"),
    }
