"""Yardstick of a full refresh: the same work by `dbtRunner` and Great Expectations in one script, without Dagster."""

import os
import sys
from pathlib import Path

from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from benchmarks import steps
from expectations import SUITES
from orchestration.paths import DBT_PROJECT, Warehouse


def main(folder: str) -> None:
    """Read, build, ask, publish."""
    warehouse = Warehouse(Path(folder))
    os.environ |= steps.dbt_environment(warehouse)
    steps.read(warehouse)
    target = str(warehouse.root / "dbt")
    places = ["--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT), "--target-path", target, "--log-path", target]
    outcome = dbtRunner().invoke(["--quiet", "build", *places])
    if not outcome.success:
        raise SystemExit(f"dbt build failed: {outcome.exception or outcome.result}")
    DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
    steps.release(warehouse, steps.ask(warehouse, SUITES))


if __name__ == "__main__":
    main(sys.argv[1])
