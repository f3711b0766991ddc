"""Dagster's own page over a living webserver and daemon, as data engineers use it: the graph, a run, a red gate, a cancelled run.

One `dev` service for all of them, on a checkout of its own that a test may break. The tests build on each other's warehouse, in order.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import requests
from dagster_graphql import DagsterGraphQLClient
from playwright.sync_api import Browser, Page, expect

from orchestration.common.lock import hold
from orchestration.paths import ROOT, Warehouse
from tests.integration.receivers import Hook, serving

CHECKOUT = ("orchestration", "expectations", "dbt_project", "requirements", "raw", "tests/answers")
PATIENCE = 240  # a run under load; what is waited for is there in a tenth of it on a quiet machine
SENSOR = {"repositoryName": "__repository__", "repositoryLocationName": "orchestration.definitions", "sensorName": "raw_changed"}


class Dev:
    """`make dev` on a checkout and a warehouse of its own, and the GraphQL that its page speaks."""

    def __init__(self, checkout: Path, warehouse: Path, told: list[dict]) -> None:
        self.checkout, self.warehouse, self.told = checkout, Warehouse(warehouse), told
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    @property
    def raw(self) -> Path:
        return self.checkout / "raw"

    @property
    def serves(self) -> str:
        """The release that readers see."""
        return self.warehouse.current.readlink().name

    @contextmanager
    def running(self, **environment: str) -> Iterator["Dev"]:
        here = {"PYTHONPATH": str(self.checkout), "JIQUN_RAW": str(self.raw), "JIQUN_WAREHOUSE": str(self.warehouse.root)}
        log = self.checkout / "dev.log"
        with log.open("w") as said:
            service = subprocess.Popen(
                [sys.executable, "-m", "orchestration.services", "dev", "--port", str(self.port)],
                cwd=self.checkout,
                env={**os.environ, **here, **environment},
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        try:
            until(self.is_up, f"the page of {self.url}: {log}")
            yield self
        finally:
            # As Ctrl-C does: the services stop their children themselves.
            service.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                service.wait(60)
            with suppress(ProcessLookupError):
                os.killpg(service.pid, signal.SIGKILL)

    def is_up(self) -> bool:
        with suppress(requests.ConnectionError):
            return requests.get(f"{self.url}/server_info", timeout=10).ok
        return False

    def ask(self, query: str, **variables: Any) -> Any:
        answer = requests.post(f"{self.url}/graphql", json={"query": query, "variables": variables}, timeout=60).json()
        assert "errors" not in answer, answer
        return answer["data"]

    def runs(self) -> list[dict[str, Any]]:
        """The newest run first."""
        return self.ask("{runsOrError(limit: 5) {... on Runs {results {runId status stepStats {stepKey status}}}}}")["runsOrError"][
            "results"
        ]

    def switch_sensor(self, *, on: bool) -> None:
        query = "query($s: SensorSelector!) {sensorOrError(sensorSelector: $s) {... on Sensor {sensorState {id}}}}"
        state = self.ask(query, s=SENSOR)["sensorOrError"]["sensorState"]["id"]
        if on:
            self.ask("mutation($s: SensorSelector!) {startSensor(sensorSelector: $s) {__typename}}", s=SENSOR)
        else:
            self.ask("mutation($id: String!) {stopSensor(id: $id) {__typename}}", id=state)

    def ended(self, before: list[dict[str, Any]]) -> dict[str, Any]:
        """The first run since, once it has ended."""
        known = {run["runId"] for run in before}

        def look() -> dict[str, Any] | None:
            new = [run for run in self.runs() if run["runId"] not in known]
            return new[-1] if new and new[-1]["status"] in ("SUCCESS", "FAILURE", "CANCELED") else None

        return until(look, "a run to end")


def until(look: Callable[[], Any], what: str) -> Any:
    """What a look finds, as soon as it finds anything."""
    patience_ends = time.monotonic() + PATIENCE
    while time.monotonic() < patience_ends:
        if found := look():
            return found
        time.sleep(0.5)
    raise TimeoutError(f"waited {PATIENCE} s for {what}")


@pytest.fixture(scope="module")
def dev(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dev]:
    folder = tmp_path_factory.mktemp("dev")
    for name in CHECKOUT:
        shutil.copytree(ROOT / name, folder / "checkout" / name, ignore=shutil.ignore_patterns("target"))
    shutil.copytree(released, folder / "warehouse", symlinks=True)
    hook = Hook()
    with (
        serving(hook.server) as port,
        Dev(folder / "checkout", folder / "warehouse", hook.got).running(JIQUN_ALERT_WEBHOOK=f"http://127.0.0.1:{port}") as running,
    ):
        running.switch_sensor(on=False)
        yield running


@pytest.fixture
def page(browser: Browser, dev: Dev) -> Iterator[Page]:
    with browser.new_context(base_url=dev.url, viewport={"width": 1400, "height": 900}) as context:
        context.set_default_timeout(30_000)
        expect.set_options(timeout=30_000)
        yield context.new_page()


def materialise(page: Page, dev: Dev) -> dict[str, Any]:
    """Press the button of the job's page, and wait for the run to end."""
    before = dev.runs()
    page.goto("/locations/orchestration.definitions/jobs/refresh")
    page.get_by_role("button", name="Materialize all").click()
    return dev.ended(before)


def expect_check(page: Page, asset: str, check: str, state: str) -> None:
    """The asset's page of checks says this of a check."""
    page.goto(f"/assets/{asset}?view=checks&checkDetail={check}")
    expect(page.get_by_text(state, exact=True).first).to_be_visible()


def test_the_graph_shows_every_room_and_a_table_its_checks(page: Page, dev: Dev) -> None:
    page.goto("/asset-groups")
    for group in ("remote", "reading", "reference", "intermediate", "marts", "audit", "release"):
        expect(page.get_by_text(group, exact=True).first).to_be_visible()
    page.goto("/assets/marts/dim_sources")
    expect(page.get_by_text("One row per document").first).to_be_visible()
    expect(page.get_by_text("source_id", exact=True).first).to_be_visible()
    for file in ("dbt_project/models/marts/dim_sources.sql", "docs/architecture.md"):
        expect(page.locator(f"a[href*='{file}']")).to_be_visible()
    expect_check(page, "marts/dim_sources", "new_versions_keep_what_was_released", "Passed")


def test_a_run_of_the_command_line_stands_among_the_others(page: Page) -> None:
    page.goto("/runs")
    expect(page.get_by_text("jiqun/started_by: command line").first).to_be_visible()


def test_a_run_that_is_cancelled_leaves_the_warehouse_as_it_was(dev: Dev) -> None:
    (dev.raw / "new.txt").write_text("The Foshan Ceramics Industrial Cluster makes half of the country's tiles.\n", encoding="utf-8")
    serving, before = dev.serves, dev.runs()
    client = DagsterGraphQLClient("127.0.0.1", port_number=dev.port)
    run_id = client.submit_job_execution("refresh")
    until(lambda: [s for s in dev.runs()[0]["stepStats"] if s["stepKey"] == "conformed"], "the run to build the models")
    client.terminate_run(run_id)
    assert dev.ended(before)["status"] == "CANCELED"
    assert dev.serves == serving
    assert [path.name for path in dev.warehouse.releases.iterdir()] == [serving]
    assert json.loads((dev.warehouse.root / "last_refresh.json").read_text(encoding="utf-8"))["error"] == "The run was interrupted"
    with hold(dev.warehouse, wait_seconds=20):
        pass


def test_a_click_releases_what_is_new_and_the_release_shows_its_certificate_and_difference(page: Page, dev: Dev) -> None:
    before = dev.serves
    assert materialise(page, dev)["status"] == "SUCCESS"
    assert dev.serves != before
    page.goto("/assets/release")
    expect(page.get_by_role("row").filter(has_text="release_id")).to_contain_text(dev.serves)
    expect(page.get_by_role("row").filter(has_text="difference")).to_contain_text("Foshan")
    page.get_by_role("row").filter(has_text="certificate").get_by_text("Show Markdown").click()
    expect(page.get_by_role("dialog")).to_contain_text("marts.fct_cluster_listings (104 rows)")
    page.goto("/assets/marts/fct_awards")
    expect(page.get_by_role("row").filter(has_text="columns_come_from").first).to_be_visible()
    page.get_by_text("Plots", exact=True).click()
    for figure in ("dagster/row_count", "seconds"):
        expect(page.get_by_text(figure, exact=True).first).to_be_visible()


def test_a_poisoned_document_turns_the_gate_red_by_itself_is_told_and_the_release_stays(page: Page, dev: Dev) -> None:
    table = next(dev.raw.rglob("000*.txt"))
    whole, serving, before = table.read_bytes(), dev.serves, dev.runs()
    table.write_bytes(b"\n".join(whole.split(b"\n")[:30]))
    dev.switch_sensor(on=True)
    run = dev.ended(before)
    dev.switch_sensor(on=False)
    assert run["status"] == "FAILURE"
    assert dev.serves == serving
    expect_check(page, "marts/dim_sources", "new_versions_keep_what_was_released", "Failed")
    expect(page.get_by_text(re.compile("this version has .* listings, the last one released had 100")).first).to_be_visible()
    assert [(alert["kind"], alert["what"], alert["serving"]) for alert in dev.told][-1:] == [
        ("document held back", table.relative_to(dev.raw).as_posix(), serving)
    ]
    table.write_bytes(whole)


def test_a_rule_that_the_whole_breaks_turns_the_gate_red_and_the_release_stays(page: Page, dev: Dev) -> None:
    divisions, serving = dev.checkout / "dbt_project" / "seeds" / "gazetteer" / "divisions.csv", dev.serves
    divisions.write_text(divisions.read_text(encoding="utf-8").replace("28.114,120.984", "48.114,120.984"), encoding="utf-8")
    assert materialise(page, dev)["status"] == "FAILURE"
    assert dev.serves == serving
    page.goto("/assets/marts/dim_localities?view=checks")
    page.get_by_text("Failed", exact=True).first.click()
    expect(page.get_by_role("row").filter(has_text="source_lines").first).to_contain_text(next(dev.raw.rglob("000*.txt")).name)
    assert (dev.told[-1]["kind"], dev.told[-1]["serving"]) == ("gate refused", serving)
