"""From observations to candidate marts: load the readers' records into a build database and let dbt build on them.

What the models say stands in `dbt_project/`; this module only runs them, in this process (a dbt of its own costs seconds).
"""

import logging
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.common.imports import for_good
from orchestration.common.sql import bounded, literal, memory_limit
from orchestration.errors import JiqunError
from orchestration.paths import DBT_PROJECT, SEEDS

if TYPE_CHECKING:
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.artifacts.resources.v1.components import InjectedCTE
    from dbt.artifacts.schemas.results import NodeResult as DbtResult
    from dbt.cli.main import dbtRunner

# What a query begins with: white space and comments, then perhaps a `with` of its own.
_BEGINNING = re.compile(r"((?:\s|--[^\n]*\n|/\*.*?\*/)*)(with\s+(?:recursive\s+)?)?", re.IGNORECASE | re.DOTALL)

# In a build database of more than this each model is worth both cores and all the memory: two at once ran out of 1.5 GB at a million
# listings (150 MB).
_LARGE_BYTES = 100_000_000

# Of the connection, what dbt parses the project again for when it changes.
_PARSE_DEPENDS_ON = ("database", "schema", "settings", "extensions", "attach")


@dataclass(frozen=True, slots=True)
class NodeResult:
    """What became of one dbt node: a model, a seed or a test.

    `status` is dbt's own: success, pass, warn, fail, error, skipped. `failures` counts the offending rows of a test.
    """

    unique_id: str
    name: str
    resource_type: str
    status: str
    failures: int
    seconds: float
    message: str
    sql: str  # of a test: the query whose rows are the offending ones
    severity: str  # of a test: critical, or warning where the YAML says so

    @property
    def is_bad(self) -> bool:
        """True where nothing may be built on this: a failed or erring node, or one skipped because of another."""
        return self.status in ("fail", "error", "runtime error", "skipped")


def load_observations(observations: Path, build_database: Path) -> dict[str, int]:
    """Load the NDJSON files that reading wrote as schema `raw` of a new build database.

    Returns:
        The number of rows per table of `raw`.
    """
    import duckdb

    from orchestration.reading.corpus import raw_schema

    rows = {}
    with duckdb.connect(str(build_database)) as connection:
        connection.execute(bounded())
        connection.execute("begin")
        connection.execute("create schema if not exists raw")
        for table, columns in raw_schema().items():
            types = "{" + ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items()) + "}"
            file = observations / f"{table}.ndjson"
            connection.execute(
                f"create or replace table raw.{table} as select * from read_json({literal(file)}, format = 'newline_delimited', "
                f"columns = {types}, maximum_object_size = {_longest_line(file)})"
            )
            count = connection.sql(f"select count(*) from raw.{table}").fetchone()
            rows[table] = int(count[0]) if count else 0
        connection.execute("commit")
    return rows


def _longest_line(file: Path) -> int:
    """Of an NDJSON file, in bytes, or DuckDB's own bound where all are shorter: it sets twice as much aside before it reads."""
    with file.open("rb") as lines:
        return max(max(map(len, lines), default=0), 16_777_216)


def run_dbt(
    arguments: Sequence[str], *, build_database: Path, target: Path, engine: str = "duckdb", schema_prefix: str = ""
) -> list[NodeResult]:
    """Run one dbt command in this process, on a build database, and say what became of every node.

    Args:
        arguments: The command and its selection: `["build"]`, `["build", "--select", "marts"]`.
        build_database: The DuckDB file the models are built in.
        target: Where dbt keeps its manifest, its partial parse and compiled models.
        engine: The output of profiles.yml that builds.
        schema_prefix: Stands before the name of every schema, where an engine's schemas outlive a run.

    Raises:
        JiqunError: dbt itself failed (a model that does not compile, a project that does not parse). Failing tests are results.
    """
    runner, connections = _dbt()
    where = {"JIQUN_BUILD_DB": str(build_database), "JIQUN_SEEDS": str(SEEDS)}
    with _environment(**where, JIQUN_SCHEMA_PREFIX=schema_prefix, JIQUN_MEMORY_LIMIT=memory_limit()):
        outcome = runner().invoke(
            [
                # Its results are told by this project; each line costs dbt as much when nobody reads it.
                *("--log-level", "none"),
                "--no-send-anonymous-usage-stats",
                *arguments,
                *("--project-dir", str(DBT_PROJECT)),
                *("--profiles-dir", str(DBT_PROJECT)),
                *("--target", engine),
                *(("--threads", "1") if engine == "duckdb" and _size(build_database) > _LARGE_BYTES else ()),
                *("--target-path", str(target)),
                *("--log-path", str(target)),
                *("--log-file-max-bytes", "250000"),  # ten refreshes; dbt keeps six such files, and would keep sixty megabytes
                # The manifest is the parse's to write; a build would write it twice more, a second of work.
                *(() if arguments[0] == "parse" else ("--no-write-json",)),
            ]
        )
    # The profile keeps the file open between nodes (opening it for each doubles the time); the gate, in another configuration, is next.
    connections.close_all_connections()  # type: ignore[no-untyped-call]  # dbt-duckdb ships no types for it
    if outcome.exception is not None:
        if not isinstance(outcome.exception, Exception):
            # Ctrl-C or a cancelled run: dbt takes it for an error of its own.
            raise outcome.exception
        raise JiqunError(f"dbt {arguments[0]} failed: {outcome.exception}", f"See {target / 'dbt.log'}") from outcome.exception
    return [_node_result(result) for result in getattr(outcome.result, "results", None) or ()]


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


@cache
def _dbt() -> "tuple[type[dbtRunner], type[DuckDBConnectionManager]]":
    """dbt, imported at the first call, with what this project does in place of its own."""
    root = logging.getLogger()
    before = list(root.handlers)
    with for_good():
        from dbt import compilation
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager
        from dbt.adapters.duckdb.credentials import DuckDBCredentials
        from dbt.cli.main import dbtRunner

    # One of these imports sets up logging for the whole process, and everything would be said twice.
    root.handlers[:] = before
    compilation.inject_ctes_into_sql = inject_ctes
    # Where the build lies says nothing about the models: without it, a warehouse that was moved or copied keeps its parse.
    DuckDBCredentials._connection_keys = lambda _: _PARSE_DEPENDS_ON  # type: ignore[method-assign]  # subclasses override it
    return dbtRunner, DuckDBConnectionManager


def inject_ctes(sql: str, ctes: "list[InjectedCTE]") -> str:
    """A query with the ephemeral models it reads written before it.

    In place of dbt's own, which has sqlparse group every token of every model to find the first `with`: a fifth of a build.
    """
    found = _BEGINNING.match(sql)
    if not ctes or found is None:
        return sql
    before, own = found[1], found[2]
    return f"{before}{own or 'with '}{', '.join(cte.sql for cte in ctes)}{', ' if own else ' '}{sql[found.end() :]}"


def _node_result(result: "DbtResult") -> NodeResult:
    return NodeResult(
        unique_id=result.node.unique_id,
        name=result.node.name,
        resource_type=str(result.node.resource_type),
        status=str(result.status),
        failures=result.failures or 0,
        seconds=result.execution_time,
        message=result.message or "",
        sql=getattr(result.node, "compiled_code", None) or "",
        severity="warning" if str(getattr(result.node.config, "severity", "")).lower() == "warn" else "critical",
    )


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    """dbt reads its profile from the environment; give it ours, and give the process its own back."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
