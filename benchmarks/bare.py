"""The yardstick of a full refresh: its steps one after the other in one process, without Dagster."""

import sys
from pathlib import Path

from orchestration.conforming import run_dbt
from orchestration.engines import OnDuckDB
from orchestration.lock import hold
from orchestration.paths import RAW, Warehouse
from orchestration.refresh import Refresh


def main(folder: str) -> None:
    """Read, conform, gate and release both documents into the warehouse."""
    warehouse = Warehouse(Path(folder))
    with hold(warehouse):
        refresh = Refresh(RAW, warehouse, "bare", OnDuckDB(warehouse))
        run_dbt(["parse"], build_database=refresh.build_database, target=refresh.dbt_target)
        refresh.read()
        refresh.require_conformed(refresh.conform())
        refresh.gate()
        refresh.release()
        refresh.finish()


if __name__ == "__main__":
    main(sys.argv[1])
