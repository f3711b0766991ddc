"""What a refresh does besides dbt, as plain functions that the yardsticks are wired from: reading and publishing are ours on both sides."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import duckdb

from expectations import SUITES
from expectations.suite import Suite
from orchestration.common.lock import hold
from orchestration.conforming.dbt import load_observations
from orchestration.deciding import fingerprint
from orchestration.gating.record import GateRecord, suites_digest
from orchestration.paths import RAW, SEEDS, Warehouse
from orchestration.reading.corpus import read_corpus


def build_database(warehouse: Warehouse) -> Path:
    """Where the models are built."""
    return warehouse.build / "build.duckdb"


def read(warehouse: Warehouse) -> None:
    """Both documents into a new build database."""
    shutil.rmtree(warehouse.build, ignore_errors=True)
    warehouse.build.mkdir(parents=True)
    read_corpus(RAW, warehouse.build / "observations", SEEDS)
    load_observations(warehouse.build / "observations", build_database(warehouse))


def dbt_environment(warehouse: Warehouse) -> dict[str, str]:
    """What the dbt profile and sources ask of the environment."""
    return {"JIQUN_BUILD_DB": str(build_database(warehouse)), "JIQUN_SEEDS": str(SEEDS)}


def run_compiled(connection: duckdb.DuckDBPyConnection, results: Sequence[Mapping[str, Any]], target: Path) -> None:
    """The SQL that dbt compiled and ran, models and tests in its order, without dbt."""
    nodes = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    for result in results:
        node = nodes[result["unique_id"]]
        if result["resource_type"] == "model":
            kind = "view" if node["config"]["materialized"] == "view" else "table"
            connection.execute(f"create schema if not exists {node['schema']}")
            connection.execute(f"create {kind} {node['schema']}.{node['alias']} as {result['sql']}")
        else:
            connection.execute(result["sql"]).fetchall()


def ask(warehouse: Warehouse, suites: Sequence[Suite]) -> GateRecord:
    """These suites, in one context of Great Expectations."""
    from orchestration.gating.runner import run_gate

    return run_gate(build_database(warehouse), fingerprint=fingerprint.take(RAW, warehouse).digest, suites=suites)


def together(records: Sequence[GateRecord]) -> GateRecord:
    """The record of all suites, from records of one each."""
    return replace(
        records[0],
        suites_digest=suites_digest(SUITES),
        tables={table: content for record in records for table, content in record.tables.items()},
        results=tuple(result for record in records for result in record.results),
    )


def release(warehouse: Warehouse, record: GateRecord) -> None:
    """Publish what was built, page and all."""
    from orchestration.releasing.publishing import Publication, publish
    from orchestration.releasing.site.page import build_site

    taken = fingerprint.take(RAW, warehouse)
    with hold(warehouse):
        work = Publication(
            warehouse,
            build_database(warehouse),
            record,
            release_id=taken.release_id,
            fingerprint=taken.digest,
            suites_digest=suites_digest(SUITES),
            inputs=[asdict(item) for item in taken.inputs],
            code_digest=taken.code_digest,
            site=lambda database, target: build_site(database, target, release_id=taken.release_id, history=[]),
        )
        publish(work)
