"""A shared deployment: Dagster's runs in Postgres (a real server, started from Debian's package), lineage events to a catalogue."""

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import dagster as dg
import pytest
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable
from sqlalchemy import func, select

from orchestration.defs.housekeeping import forget_old_runs
from orchestration.errors import JiqunError
from orchestration.instance import open_instance
from orchestration.paths import RAW, Warehouse
from orchestration.refreshing.engines import OnDuckDB
from orchestration.refreshing.lineage import tell_begun, tell_ended
from orchestration.refreshing.refresh import Refresh
from tests import needs
from tests.conftest import Ran
from tests.integration.receivers import Hook, serving


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The address of a server of one's own: its data and its socket in one private folder, no port of the network."""
    initdb, pg_ctl = needs.program("initdb", "postgresql"), needs.program("pg_ctl", "postgresql")
    pytest.importorskip("dagster_postgres")
    # The server refuses to run as root; and a socket's path is short.
    user = "nobody" if os.geteuid() == 0 else getpass.getuser()
    folder = Path(tempfile.mkdtemp(prefix="jiqun-pg-"))
    shutil.chown(folder, user)

    def as_user(*line: str | Path) -> None:
        subprocess.run(list(map(str, line)), check=True, cwd=folder, user=user, stdout=subprocess.DEVNULL)

    try:
        as_user(initdb, "--pgdata", folder / "data", "--auth", "trust", "--username", "jiqun", "--no-sync", "--encoding", "UTF8")
        as_user(
            *(pg_ctl, "start", "--wait", "--pgdata", folder / "data", "--log", folder / "log"),
            *("--options", f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"),
        )
        try:
            yield f"postgresql+psycopg2://jiqun@/postgres?host={folder}"
        finally:
            as_user(pg_ctl, "stop", "--mode", "immediate", "--pgdata", folder / "data")
    finally:
        shutil.rmtree(folder)


def events(instance: dg.DagsterInstance, run_id: str) -> list[dg.DagsterEvent]:
    """What a run's checks came to, as the instance remembers it."""
    stored = instance.get_records_for_run(run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION).records
    return [record.event_log_entry.dagster_event for record in stored]


@dataclass(frozen=True)
class Deployed:
    """One refresh as a shared deployment runs it: what it said, what the catalogue got, and the warehouse."""

    ran: Ran
    told: list[dict]
    warehouse: Path


@pytest.fixture(scope="module")
def deployed(jiqun, released: Path, postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Deployed:
    root = tmp_path_factory.mktemp("deployed") / "warehouse"
    (root / "dbt").mkdir(parents=True)
    shutil.copytree(released / "dbt", root / "dbt", dirs_exist_ok=True)
    catalogue = Hook()
    with serving(catalogue.server) as port:
        address = {"JIQUN_POSTGRES_URL": postgres, "OPENLINEAGE_URL": f"http://127.0.0.1:{port}"}
        ran = jiqun("refresh", "--raw", RAW, "--warehouse", root, "--json", **address)
    assert ran.status == 0, ran.err
    return Deployed(ran, catalogue.got, root)


def test_a_run_and_the_gates_answers_are_kept_in_postgres_and_not_beside_the_warehouse(
    deployed: Deployed, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not [*(deployed.warehouse / "dagster").rglob("*.db")]
    monkeypatch.setenv("JIQUN_POSTGRES_URL", postgres)
    monkeypatch.setenv("DAGSTER_HOME", "")
    report = deployed.ran.json
    with open_instance(Warehouse(deployed.warehouse)) as instance:
        run = instance.get_run_by_id(report["run"])
        assert run is not None
        assert run.tags["jiqun/serving"] == report["release_id"]
        asked = {event.asset_check_evaluation_data.check_name for event in events(instance, run.run_id)}
        assert {result["expectation"] for result in report["gate"]["results"]} <= asked
        forget_old_runs(instance, keep=0)
        assert instance.get_runs() == []
        with instance.event_log_storage.index_connection() as connection:
            assert connection.execute(select(func.count()).select_from(AssetCheckExecutionsTable)).scalar() == 0


def test_a_catalogue_is_told_of_the_documents_the_tables_and_the_gates_answers(deployed: Deployed) -> None:
    begun, ended = deployed.told
    report = deployed.ran.json
    assert (begun["eventType"], ended["eventType"]) == ("START", "COMPLETE")
    assert {event["run"]["runId"] for event in deployed.told} == {report["run"]}
    assert {Path(item["name"]).name for item in ended["inputs"]} == {path.name for path in RAW.rglob("*.txt")}
    tables = {Path(item["name"]).stem: item for item in ended["outputs"]}
    listings = tables["marts.fct_cluster_listings"]
    assert listings["outputFacets"]["outputStatistics"]["rowCount"] == report["published"]["listings"]
    assert listings["facets"]["version"]["datasetVersion"] == report["release_id"]
    assert "industry_printed" in {field["name"] for field in listings["facets"]["schema"]["fields"]}
    assert all(Path(item["name"]).is_file() for item in (*ended["inputs"], *ended["outputs"]))
    assert {test["status"] for test in ended["run"]["facets"]["test"]["tests"]} == {"pass"}


def catalogue_at(port: int, patch: pytest.MonkeyPatch) -> None:
    # Not OPENLINEAGE_URL: the client writes what it makes of that into the environment, where it would stay.
    patch.setenv("OPENLINEAGE__TRANSPORT__TYPE", "http")
    patch.setenv("OPENLINEAGE__TRANSPORT__URL", f"http://127.0.0.1:{port}")


def test_a_catalogue_is_told_why_nothing_was_released(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = Refresh(tmp_path, Warehouse(tmp_path), str(uuid4()), OnDuckDB(Warehouse(tmp_path)))
    refused.report |= {"outcome": "refused", "error": "rows were lost"}
    catalogue = Hook()
    with serving(catalogue.server) as port:
        catalogue_at(port, monkeypatch)
        tell_ended(refused, None)
    (told,) = catalogue.got
    assert told["eventType"] == "FAIL"
    assert told["run"]["facets"]["errorMessage"]["message"] == "rows were lost"


def test_a_catalogue_that_takes_nothing_leaves_a_warning_only(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = Hook(403)
    with serving(catalogue.server) as port, caplog.at_level("WARNING", "jiqun"):
        catalogue_at(port, monkeypatch)
        tell_begun(Refresh(tmp_path, Warehouse(tmp_path), str(uuid4()), OnDuckDB(Warehouse(tmp_path))))
    assert "catalogue could not be told" in caplog.text
    assert catalogue.got == []


def test_a_server_that_is_not_there_is_named_as_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIQUN_POSTGRES_URL", "postgresql+psycopg2://jiqun:secret@/jiqun?host=/nowhere")
    monkeypatch.setenv("DAGSTER_HOME", "")
    with pytest.raises(JiqunError, match="in Postgres") as raised:
        open_instance(Warehouse(tmp_path))
    assert "JIQUN_POSTGRES_URL" in raised.value.hint
    assert "secret" not in raised.value.message
