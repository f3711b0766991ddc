"""dbt's models, seeds and tests as assets and checks."""

import fcntl
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import dagster as dg

from orchestration.common.imports import without
from orchestration.conforming.column_lineage import Column, ColumnLineage
from orchestration.conforming.dbt import NodeResult, run_dbt
from orchestration.defs.run import COMMAND_LINE, STARTED_BY, RefreshRun
from orchestration.defs.steps import OWNERS, POOL, attempt, column_schemas, offending, room, table
from orchestration.instance import warehouse
from orchestration.paths import DBT_PROJECT
from orchestration.refreshing.built import column_types, offending_rows, row_counts
from orchestration.refreshing.refresh import Refresh

# dagster-dbt works beside a dbt that is not of Python, and then imports none: two seconds less until a code location is loaded. It
# reads the manifest either way; dbt itself is run, and only then imported, by orchestration/conforming/dbt.py.
with without("dbt.version"):
    from dagster_dbt import DagsterDbtTranslator, dbt_assets


class Translator(DagsterDbtTranslator):
    """Asset keys are schema and table, as everywhere else; groups are the folders of the dbt project."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """The folder below `models/`."""
        return str(dbt_resource_props["fqn"][1])

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """What the YAML says; dagster-dbt would add the SQL, which stands in the checkout."""
        return str(dbt_resource_props["description"])

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> Sequence[str] | None:
        """Those the YAML names, else everybody's."""
        return super().get_owners(dbt_resource_props) or OWNERS

    def get_metadata(self, dbt_resource_props: Mapping[str, Any]) -> Mapping[str, Any]:
        """The column schema of the YAML, and the file the model is written in."""
        return {**super().get_metadata(dbt_resource_props), **room(f"dbt_project/{dbt_resource_props['original_file_path']}")}


def manifest() -> Path:
    """dbt's manifest of the project as it is now, parsed when a model, macro or YAML file is newer than the last parse."""
    target = warehouse().dbt_target
    target.mkdir(parents=True, exist_ok=True)
    path, stamp = target / "manifest.json", target / "manifest.stamp"
    # Webserver, daemon and a run may load these definitions at the same moment: one parses, the others wait for it.
    with (target / "parse.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        digest = _project_digest()
        if not path.exists() or not stamp.exists() or stamp.read_text(encoding="utf-8") != digest:
            # In full: parsed in part, dbt 1.11 forgets what the YAML says of singular tests once a variable of the environment changed.
            run_dbt(["parse", "--no-partial-parse"], build_database=warehouse().build_database, target=target)
            stamp.write_text(digest, encoding="utf-8")
    return path


def reference_tables() -> list[dg.AssetSpec]:
    """The tables of people and packages that the models read where they lie (`dbt_project/seeds`)."""
    sources = json.loads(manifest().read_text(encoding="utf-8"))["sources"].values()
    return [
        dg.AssetSpec(
            [source["source_name"], source["name"]],
            group_name="reference",
            kinds={"csv"},
            owners=OWNERS,
            description=source["description"],
            metadata=room(f"dbt_project/seeds/{source['source_name']}"),
        )
        for source in sources
        if source["source_name"] != "raw"
    ]


def _project_digest() -> str:
    files = (p for p in sorted(DBT_PROJECT.rglob("*")) if p.suffix in (".sql", ".yml", ".md", ".csv") and "target" not in p.parts)
    stats = ((p.as_posix(), p.stat()) for p in files)
    return hashlib.sha256("\n".join(f"{name} {s.st_size} {s.st_mtime_ns}" for name, s in stats).encode()).hexdigest()


@dbt_assets(manifest=manifest(), name="conformed", dagster_dbt_translator=Translator(), pool=POOL)
def conformed(context: dg.AssetExecutionContext, refresh_run: RefreshRun) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Places, provinces, industries and clusters: which one a printed name is, with dbt's tests as checks."""
    refresh = refresh_run.refresh
    selection = sorted(key.path[-1] for key in context.selected_asset_keys) if context.is_subset else ()
    with attempt(refresh, context.retry_number):
        results = refresh.conform(selection)
    yield from _events(context, refresh, results)
    refresh.require_conformed(results)


def _events(
    context: dg.AssetExecutionContext, refresh: Refresh, results: list[NodeResult]
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    keys = {key.path[-1]: key for key in context.selected_asset_keys}
    checks = {key.name: key.asset_key for key in context.selected_asset_check_keys}
    rows = row_counts(refresh.build_database)
    # Who started a command waits for it; the daemon does not, and tells the lineage of new SQL for both.
    is_waited_for = context.run.tags.get(STARTED_BY) == COMMAND_LINE
    types = column_types(refresh.build_database)
    # Of what is released the YAML says every column; of other tables that Spark made, only Spark knows them.
    schemas = column_schemas({place: columns for place, columns in types.items() if place[0] == "intermediate"})
    lineage = ColumnLineage(refresh.dbt_target / "column_lineage.json", types, may_tell=not is_waited_for)
    for result in results:
        # Spark makes tables of what DuckDB writes out where it is read; those are no assets.
        if result.name in keys and result.status == "success":
            key = keys[result.name]
            metadata: dict[str, Any] = {"seconds": result.seconds} | _column_lineage(lineage.of(result.sql))
            place = (key.path[0], key.path[-1])
            if place in rows:
                metadata["dagster/row_count"] = rows[place]
            if place in schemas:
                metadata["dagster/column_schema"] = schemas[place]
            yield dg.MaterializeResult(asset_key=key, metadata=metadata)
        elif result.resource_type == "test" and result.name in checks:
            yield dg.AssetCheckResult(
                asset_key=checks[result.name],
                check_name=result.name,
                passed=result.status == "pass",
                severity=dg.AssetCheckSeverity.WARN if result.status == "warn" else dg.AssetCheckSeverity.ERROR,
                metadata={
                    "outcome": result.status,
                    "severity": result.severity,
                    "observed": result.message or "no rows",
                    "unexpected_count": result.failures,
                    "seconds": result.seconds,
                    **(offending(refresh, offending_rows(refresh.build_database, result)) if result.failures else {}),
                },
            )
    lineage.remember()


def _column_lineage(told: Mapping[str, Sequence[Column]]) -> dict[str, Any]:
    """The columns that each column comes from: as Dagster keeps it, and as a table, since its open-source page draws no such graph."""
    if not told:
        return {}
    deps = {name: [dg.TableColumnDep(dg.AssetKey(list(key)), column) for key, column in found] for name, found in told.items()}
    rows = [{"column": name, "comes_from": ", ".join(".".join((*key, column)) for key, column in found)} for name, found in told.items()]
    return {"dagster/column_lineage": dg.TableColumnLineage(deps), "columns_come_from": table(rows, most=len(rows))}
