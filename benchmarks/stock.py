"""Yardstick of a full refresh: the tools wired as their guides wire them, run by `dagster asset materialize` with the default executor.

One asset for reading, dbt by `DbtCliResource`, one context of Great Expectations a table, one asset for the release. Every step is a
process of its own, which is the default.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliResource, DbtProject, dbt_assets

from benchmarks import steps
from expectations import SUITES
from orchestration.gating.record import GateRecord
from orchestration.paths import DBT_PROJECT, Warehouse

WAREHOUSE = Warehouse(Path(os.environ["JIQUN_WAREHOUSE"]))
os.environ |= steps.dbt_environment(WAREHOUSE)
PROJECT = DbtProject(project_dir=DBT_PROJECT, profiles_dir=DBT_PROJECT, target_path=WAREHOUSE.root / "dbt")
PROJECT.preparer.prepare(PROJECT)


class Translator(DagsterDbtTranslator):
    """Raw tables are one asset's."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """Sources of schema `raw` are what reading made."""
        is_raw = dbt_resource_props["resource_type"] == "source" and dbt_resource_props["source_name"] == "raw"
        return dg.AssetKey(["raw", dbt_resource_props["name"]]) if is_raw else super().get_asset_key(dbt_resource_props)


@dg.multi_asset(
    specs=[
        dg.AssetSpec(["raw", name])
        for name in ("sources", "lines", "listings", "place_parts", "tallies", "awards", "statistics", "questions")
    ]
)
def observations() -> Iterator[dg.MaterializeResult[None]]:
    """Reading."""
    steps.read(WAREHOUSE)
    for spec in observations.specs:
        yield dg.MaterializeResult(asset_key=spec.key)


@dbt_assets(manifest=PROJECT.manifest_path, dagster_dbt_translator=Translator())
def conformed(context: dg.AssetExecutionContext, dbt: DbtCliResource) -> Iterator[Any]:
    """Conforming."""
    yield from dbt.cli(["build"], context=context).stream()


@dg.asset(deps=[key for key in conformed.keys if key.path[0] in ("marts", "audit")])
def examined() -> dg.MaterializeResult[None]:
    """Every table examined in a context of its own."""
    record = steps.together([steps.ask(WAREHOUSE, [suite]) for suite in SUITES])
    record.save(WAREHOUSE.build / "gate.json")
    return dg.MaterializeResult(metadata={"outcome": record.outcome})


@dg.asset(deps=[examined])
def release() -> None:
    """Publishing."""
    steps.release(WAREHOUSE, GateRecord.load(WAREHOUSE.build / "gate.json"))


definitions = dg.Definitions(
    assets=[observations, conformed, examined, release],
    resources={"dbt": DbtCliResource(project_dir=PROJECT)},
)
