"""What a service is started with, and the home it finds."""

import json
import logging
import os
from pathlib import Path

import pytest

from orchestration.common import logs
from orchestration.errors import BadInput, JiqunError
from orchestration.instance import prepare_home, settings_text
from orchestration.paths import Warehouse
from orchestration.services import SERVICES, command


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_loads_our_definitions_and_the_callers_options_come_last(name: str) -> None:
    line = command([name, "--port", "4000"])
    assert "orchestration.definitions" in line
    assert line[-2:] == ["--port", "4000"]


@pytest.mark.parametrize("name", ["dev", "webserver"])
def test_what_serves_pages_does_so_to_this_machine_only(name: str) -> None:
    line = command([name])
    assert line[line.index("--host") + 1] == "127.0.0.1"


@pytest.mark.parametrize("arguments", [[], ["web"]])
def test_an_unknown_service_names_those_there_are(arguments: list[str]) -> None:
    with pytest.raises(JiqunError) as raised:
        command(arguments)
    assert "daemon" in raised.value.hint


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    monkeypatch.setenv("DAGSTER_HOME", "")
    monkeypatch.delenv("JIQUN_DAGSTER_YAML", raising=False)
    monkeypatch.delenv("JIQUN_POSTGRES_URL", raising=False)
    return Warehouse(tmp_path)


def test_the_home_of_a_warehouse_has_our_settings_and_new_ones_replace_old(place: Warehouse) -> None:
    home = prepare_home(place)
    settings = home / "dagster.yaml"
    assert os.environ["DAGSTER_HOME"] == str(home)
    assert settings.read_text(encoding="utf-8") == settings_text()
    settings.write_text("telemetry: {enabled: true}\n", encoding="utf-8")
    prepare_home(place)
    assert settings.read_text(encoding="utf-8") == settings_text()


def test_settings_of_ones_own_are_taken_from_where_the_environment_says(
    place: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.yaml").write_text("telemetry: {enabled: false}\n", encoding="utf-8")
    monkeypatch.setenv("JIQUN_DAGSTER_YAML", str(tmp_path / "own.yaml"))
    assert (prepare_home(place) / "dagster.yaml").read_text(encoding="utf-8") == "telemetry: {enabled: false}\n"


def test_settings_that_are_not_there_are_bad_input(place: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIQUN_DAGSTER_YAML", "/nowhere/dagster.yaml")
    with pytest.raises(BadInput, match="/nowhere/dagster"):
        prepare_home(place)


def test_the_address_of_postgres_stays_in_the_environment(place: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIQUN_POSTGRES_URL", "postgresql+psycopg2://jiqun:secret@db.example.org/jiqun")
    written = (prepare_home(place) / "dagster.yaml").read_text(encoding="utf-8")
    assert "JIQUN_POSTGRES_URL" in written
    assert "secret" not in written


def test_postgres_without_its_client_says_how_to_install_it(place: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIQUN_POSTGRES_URL", "postgresql+psycopg2:///jiqun")
    monkeypatch.setattr("orchestration.instance.find_spec", lambda name: None)
    with pytest.raises(BadInput, match="not installed") as raised:
        prepare_home(place)
    assert "make shared" in raised.value.hint


def test_an_address_that_another_client_would_be_asked_for_is_refused_without_being_told(
    place: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIQUN_POSTGRES_URL", "postgresql://jiqun:secret@db.example.org/jiqun")
    with pytest.raises(BadInput) as raised:
        prepare_home(place)
    assert "psycopg2" in raised.value.hint
    assert "secret" not in raised.value.message + raised.value.hint


def test_a_json_line_holds_the_run_the_release_and_a_message_of_any_shape(tmp_path: Path) -> None:
    (tmp_path / "current").symlink_to("releases/abc")
    record = logging.LogRecord("jiqun", logging.INFO, __file__, 1, 'Reading "%s"\n%s', ("鞋", "\x1b[2J"), None)
    text = logs.JsonLines("r1", tmp_path / "current").format(record)
    assert "\n" not in text
    line = json.loads(text)
    assert (line["run_id"], line["release_id"], line["level"]) == ("r1", "abc", "info")
    assert line["message"] == 'Reading "鞋"\n\x1b[2J'


def test_a_json_line_before_any_release_says_so(tmp_path: Path) -> None:
    record = logging.LogRecord("jiqun", logging.INFO, __file__, 1, "x", (), None)
    assert json.loads(logs.JsonLines("r1", tmp_path / "current").format(record))["release_id"] is None
