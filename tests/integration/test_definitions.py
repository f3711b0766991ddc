"""The graph as data engineers see it: what is in it, what blocks, and what loading it costs."""

import errno
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.scheduler.instigation import InstigatorType, TickStatus

from expectations import SUITES
from orchestration.defs.steps import attempt, is_transient
from orchestration.errors import GateRefused
from orchestration.instance import open_instance
from orchestration.paths import ROOT, Warehouse

PUBLISHED = {
    "marts/bridge_clusters_localities",
    "marts/clusters",
    "marts/dim_clusters",
    "marts/dim_industries",
    "marts/dim_localities",
    "marts/dim_provinces",
    "marts/dim_sources",
    "marts/fct_awards",
    "marts/fct_cluster_listings",
    "marts/fct_province_tallies",
    "marts/fct_statistics",
    "audit/alternatives",
    "audit/declared_totals",
    "audit/document_lines",
    "audit/line_ledger",
    "audit/provenance",
    "audit/quarantine",
    "audit/repairs",
    "audit/review_questions",
}


@pytest.fixture(scope="module")
def definitions(released, tmp_path_factory) -> dg.Definitions:
    """As Dagster loads them, on the shared release's warehouse (its dbt project is parsed already)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIQUN_WAREHOUSE", str(released))
        from orchestration.definitions import definitions

        yield definitions


@pytest.fixture(scope="module")
def graph(definitions: dg.Definitions):
    return definitions.resolve_asset_graph()


def test_every_definition_resolves(definitions: dg.Definitions) -> None:
    dg.Definitions.validate_loadable(definitions)


def test_the_published_tables_and_the_release_are_exactly_these(graph) -> None:
    keys = {key.to_user_string() for key in graph.get_all_asset_keys()}
    assert {key for key in keys if key.startswith(("marts/", "audit/"))} == PUBLISHED
    assert {key for key in keys if "/" not in key} == {"release", "remote_sources"}


def test_the_release_comes_after_every_published_table(graph) -> None:
    assert {key.to_user_string() for key in graph.get(dg.AssetKey("release")).parent_keys} == PUBLISHED


def test_the_blocking_checks_are_the_critical_expectations(definitions: dg.Definitions, graph) -> None:
    specs = [check.get_spec_for_check_key(key) for check in definitions.asset_checks or () for key in check.check_keys]
    blocking = {(spec.asset_key.to_user_string(), spec.name) for spec in specs if spec.blocking}
    assert blocking == {
        (suite.table.replace(".", "/"), expectation.id)
        for suite in SUITES
        for expectation in suite.expectations
        if expectation.severity == "critical"
    } | {("marts/dim_sources", "new_versions_keep_what_was_released")}


def test_every_test_of_dbt_is_a_check_of_a_table(definitions: dg.Definitions, released) -> None:
    nodes = json.loads((released / "dbt" / "manifest.json").read_text(encoding="utf-8"))["nodes"].values()
    checks = {spec.name for asset in definitions.assets or () if isinstance(asset, dg.AssetsDefinition) for spec in asset.check_specs}
    assert {node["name"] for node in nodes if node["resource_type"] == "test"} <= checks


def test_every_asset_has_a_group_an_owner_a_description_and_a_room(graph) -> None:
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        name = key.to_user_string()
        assert node.group_name not in (None, "default"), name
        assert node.owners, name
        assert node.kinds, name
        assert (node.description or "").strip(), name
        room = ROOT / node.metadata["room"].text
        assert room.exists() or room.with_suffix(".csv").exists(), f"{name}: {room}"


def test_every_table_shows_its_columns(graph) -> None:
    for key in graph.get_all_asset_keys():
        if key.path[0] in ("marts", "audit", "raw"):
            assert graph.get(key).metadata["dagster/column_schema"].columns, key.to_user_string()


def test_one_run_at_a_time_touches_the_warehouse(definitions: dg.Definitions) -> None:
    job = definitions.resolve_job_def("refresh")
    assert {node.definition.pool for node in job.graph.nodes} == {"warehouse"}


def test_dagster_watches_runs_ends_long_ones_starts_lost_ones_once_more_and_tells_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAGSTER_HOME", "")
    with open_instance(Warehouse(tmp_path)) as instance:
        assert instance.run_monitoring_enabled
        assert instance.run_monitoring_max_runtime_seconds == 2 * 3600
        assert (instance.run_retries_max_retries, instance.run_retries_retry_on_asset_or_op_failure) == (1, False)
        assert instance.get_concurrency_config().pool_config.default_pool_limit == 1
        assert instance.freshness_enabled
        assert instance.get_tick_retention_settings(InstigatorType.SENSOR)[TickStatus.SKIPPED] == 2
        assert not instance.telemetry_enabled


def test_a_refresh_asks_no_remote_source(definitions: dg.Definitions) -> None:
    keys = definitions.resolve_job_def("refresh").asset_layer.selected_asset_keys
    assert dg.AssetKey("release") in keys
    assert dg.AssetKey("remote_sources") not in keys


def test_the_release_says_when_it_has_grown_old(graph) -> None:
    assert graph.get(dg.AssetKey("release")).freshness_policy_or_from_metadata


def test_what_starts_runs_is_exactly_this(definitions: dg.Definitions) -> None:
    assert {sensor.name for sensor in definitions.sensors or ()} == {"raw_changed", "lost_runs"}
    schedules = {schedule.name: schedule.default_status for schedule in definitions.schedules or ()}
    assert schedules == {"hourly": dg.DefaultScheduleStatus.RUNNING, "remote_hourly": dg.DefaultScheduleStatus.RUNNING}


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OSError(16, "busy"), True),
        (TimeoutError(110, "timed out"), True),
        (OSError(28, "No space left on device"), False),
        (PermissionError(13, "denied"), False),
        (GateRefused("no"), False),
        (ValueError("x"), False),
    ],
)
def test_only_what_goes_away_by_itself_is_tried_again(error: Exception, expected: bool) -> None:
    assert is_transient(error) is expected


@dataclass
class Step:
    """The one thing of a refresh that an attempt touches."""

    error: BaseException | None = None


def test_each_further_attempt_waits_longer_and_no_two_runs_wait_alike() -> None:
    for number in range(3):
        waits = set()
        for _ in range(5):
            with pytest.raises(dg.RetryRequested) as asked, attempt(Step(), number):
                raise OSError(errno.ESTALE, "the file server was gone")
            waits.add(asked.value.seconds_to_wait)
        assert len(waits) == 5
        assert all(0.5 * 2**number <= wait <= 1.5 * 2**number for wait in waits)


def test_what_is_not_transient_is_no_reason_for_another_attempt() -> None:
    with pytest.raises(GateRefused), attempt(Step()):
        raise GateRefused("no")


def test_the_code_location_loads_without_the_frameworks_that_only_a_run_needs(released) -> None:
    code = (
        "import sys, orchestration.definitions as d; d.definitions.resolve_all_job_defs()\n"
        "print([m for m in ('great_expectations', 'pandas', 'dbt.adapters') if m in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "JIQUN_WAREHOUSE": str(released)},
    )
    loaded = ran.stdout.strip().splitlines()[-1]
    assert loaded == "[]"
