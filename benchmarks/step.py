"""`python -m benchmarks.step NAME FOLDER`: one step over a build database made before, in a process whose time and memory are looked at."""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

import duckdb

from benchmarks import browsing, steps
from expectations import SUITES
from orchestration.conforming.dbt import run_dbt
from orchestration.errors import JiqunError
from orchestration.gating.examined import opened

RESULTS = "dbt_results.json"


def conform(folder: Path) -> None:
    """Build the models and run their tests by dbt, and leave the SQL it ran beside the database."""
    results = run_dbt(["build"], build_database=folder / "build.duckdb", target=folder.parent / "dbt")
    if bad := [result.name for result in results if result.is_bad]:
        raise JiqunError(f"dbt's {', '.join(bad)} failed", "See what the models say of the corpus.")
    (folder.parent / RESULTS).write_text(json.dumps([asdict(result) for result in results]), encoding="utf-8")


def bare(folder: Path) -> None:
    """The same SQL by DuckDB alone; JIQUN_BENCH_MEMORY limits what it may hold, the rest is spilled."""
    results = json.loads((folder.parent / RESULTS).read_text(encoding="utf-8"))
    with duckdb.connect(str(folder / "build.duckdb"), config={"threads": 2}) as connection:
        if limit := os.environ.get("JIQUN_BENCH_MEMORY"):
            connection.execute(f"set memory_limit = '{limit}'")
        steps.run_compiled(connection, results, folder.parent / "dbt")


def parse(folder: Path) -> None:
    """dbt's parse, which a warehouse pays once."""
    run_dbt(["parse"], build_database=folder / "build.duckdb", target=folder.parent / "dbt")


def gate(folder: Path) -> None:
    """Ask every suite."""
    from orchestration.gating.runner import run_gate

    record = run_gate(folder / "build.duckdb", fingerprint="")
    if errors := [result.expectation for result in record.results if result.outcome == "error"]:
        raise JiqunError(f"could not be asked: {', '.join(errors)}", "See `jiqun why`.")


def rules(folder: Path) -> None:
    """What the gate asks, by DuckDB alone: the hashes before, the rules' own SQL counted, the hashes after."""
    tables = {suite.table for suite in SUITES}
    with opened(folder / "build.duckdb") as examined:
        examined.hashes(tables)
        for suite in SUITES:
            for query in filter(None, (rule.kwargs.get("unexpected_rows_query") for rule in suite.expectations)):
                examined.rows(suite.table, f"select count(*) as n from ({query})")
        examined.hashes(tables)


if __name__ == "__main__":
    {"conform": conform, "bare": bare, "parse": parse, "gate": gate, "rules": rules, "page": browsing.draw}[sys.argv[1]](Path(sys.argv[2]))
