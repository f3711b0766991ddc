"""Sensor and schedule left to themselves while documents come, change, break and go: the right releases and alerts."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from orchestration.commands import job
from orchestration.instance import open_instance
from orchestration.paths import Warehouse
from tests.integration.receivers import Hook, serving
from tests.integration.test_sensor import Ticks

TILES = "The Foshan Ceramics Industrial Cluster makes half of the country's tiles.\n"


class Daemon:
    """What the daemon does in two minutes: two looks of the sensor, one of the schedule, and the runs they ask for."""

    def __init__(self, place: Warehouse, told: list[dict]) -> None:
        self.place, self.told = place, told
        self.instance = open_instance(place)
        self.ticks = Ticks(self.instance)

    def two_minutes(self) -> list[str]:
        """The outcome of each run."""
        from orchestration.defs.automation import hourly

        outcomes = [self._run() for _ in range(2) if self.ticks.tick()]
        with dg.build_schedule_context(instance=self.instance) as context:
            if isinstance(hourly(context), dg.RunRequest):
                outcomes.append(self._run())
        return outcomes

    def _run(self) -> str:
        run_id, _ = job.run_job(self.place, {})
        return self.instance.get_run_by_id(run_id).tags["jiqun/outcome"]

    def listings(self) -> dict[str, int]:
        """Listings by document, of the release that readers see."""
        query = "select file_name, count(*) from marts.fct_cluster_listings join marts.dim_sources using (source_id) group by all"
        with duckdb.connect(str(self.place.current.resolve() / "jiqun.duckdb"), read_only=True) as connection:
            return {Path(name).name[:3]: count for name, count in connection.sql(query).fetchall()}

    def new_alerts(self) -> list[tuple[str, str]]:
        told = [(alert["kind"], alert["what"]) for alert in self.told]
        self.told.clear()
        return told


@pytest.fixture
def daemon(warehouse: Path, raw: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Daemon]:
    monkeypatch.setenv("JIQUN_RAW", str(raw))
    monkeypatch.setenv("JIQUN_WAREHOUSE", str(warehouse))
    monkeypatch.setenv("DAGSTER_HOME", "")
    # Each look sees what was just written, however slow the machine is.
    monkeypatch.setattr("orchestration.defs.automation.QUIET_SECONDS", float("inf"))
    hook = Hook()
    with serving(hook.server) as port:
        monkeypatch.setenv("JIQUN_ALERT_WEBHOOK", f"http://127.0.0.1:{port}")
        started = Daemon(Warehouse(warehouse), hook.got)
        yield started
        started.instance.dispose()


def test_documents_that_come_change_break_and_go_end_in_the_right_releases_and_alerts(daemon: Daemon, raw: Path, jiqun) -> None:
    shipped = {"000": 100, "004": 3}
    assert daemon.two_minutes() == []

    (raw / "new.txt").write_text(TILES, encoding="utf-8")
    assert daemon.two_minutes() == ["released"]
    assert daemon.listings() == shipped | {"new": 1}

    (raw / "new.txt").write_text(TILES + "So does the Zibo Ceramics Industrial Cluster.\n", encoding="utf-8")
    assert daemon.two_minutes() == ["released"]
    assert daemon.listings() == shipped | {"new": 2}
    assert daemon.new_alerts() == []

    # Broken: its last good version stays, and the next look releases without the new one.
    table = next(raw.rglob("000*.txt"))
    table.write_text("\n".join(table.read_text(encoding="utf-8").split("\n")[:30]), encoding="utf-8")
    assert daemon.two_minutes()[0] == "refused"
    assert daemon.new_alerts() == [("document held back", table.relative_to(raw).as_posix())]
    daemon.two_minutes()
    assert daemon.listings() == shipped | {"new": 2}

    assert jiqun("remove", "new.txt", "--raw", raw, "--warehouse", daemon.place.root).status == 0
    assert daemon.two_minutes() == ["released"]
    assert daemon.listings() == shipped
    assert daemon.two_minutes() == []
    assert daemon.new_alerts() == []
