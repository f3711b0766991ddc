"""A further refresh in a living process beside plain DuckDB running the same SQL: both here, in turn. Prints the rounds as JSON."""

import json
import os
import shutil
import sys
import time
from pathlib import Path

import duckdb

from benchmarks import steps
from orchestration.commands.job import run_job
from orchestration.common.lock import hold
from orchestration.conforming.dbt import load_observations
from orchestration.paths import RAW, Warehouse


def refresh(warehouse: Warehouse) -> float:
    """One refresh, by the job that everybody runs; its seconds."""
    begin = time.perf_counter()
    with hold(warehouse):
        run_job(warehouse, {"accept_change": ""})
    seconds = time.perf_counter() - begin
    outcome = json.loads((warehouse.root / "last_refresh.json").read_text(encoding="utf-8"))
    if outcome["outcome"] != "released":
        raise SystemExit(f"The refresh ended {outcome['outcome']}: {outcome['error']}")
    return seconds


def plain(warehouse: Warehouse, database: Path) -> float:
    """The same rows loaded and the same compiled models and tests, by DuckDB alone; its seconds."""
    results = json.loads((warehouse.build / "dbt_results.json").read_text(encoding="utf-8"))
    database.unlink(missing_ok=True)
    begin = time.perf_counter()
    load_observations(warehouse.build / "observations", database)
    with duckdb.connect(str(database)) as connection:
        steps.run_compiled(connection, results, warehouse.dbt_target)
    return time.perf_counter() - begin


def main(folder: str, rounds: int) -> None:
    """One refresh that does not count, and then a small document changed before each."""
    root = Path(folder)
    raw, warehouse = root / "raw", Warehouse(root / "warehouse")
    shutil.copytree(RAW, raw)
    os.environ |= {"JIQUN_RAW": str(raw), "JIQUN_WAREHOUSE": str(warehouse.root)}
    refresh(warehouse)
    os.environ |= steps.dbt_environment(warehouse)
    pairs = []
    for number in range(rounds):
        (raw / "note.txt").write_text(
            f"The Yueqing electrical cluster of Zhejiang had {100 + number} enterprises in 2021.\n", encoding="utf-8"
        )
        # The same file name as dbt's, since compiled SQL names the database.
        pairs.append((refresh(warehouse), plain(warehouse, root / "build.duckdb")))
    sys.stdout.write(json.dumps(pairs))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
