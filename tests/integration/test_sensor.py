"""What starts a run by itself: the sensor on raw over every way in which a folder changes, and the schedules."""

import fcntl
import json
import os
import time
from pathlib import Path

import dagster as dg
import pytest

from orchestration.deciding import fingerprint
from orchestration.paths import Warehouse

LOST, OTHER = "9f0d1c2e-0000-4000-8000-000000000001", "0b7a3f4d-0000-4000-8000-000000000002"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Warehouse]:
    """A raw folder with one document and an empty warehouse, as this process's own."""
    raw, place = tmp_path / "raw", Warehouse(tmp_path / "warehouse")
    raw.mkdir()
    (raw / "a.txt").write_text("Yueqing", encoding="utf-8")
    monkeypatch.setenv("JIQUN_RAW", str(raw))
    monkeypatch.setenv("JIQUN_WAREHOUSE", str(place.root))
    return raw, place


class Ticks:
    """A sensor ticked by hand, its cursor kept as the daemon keeps it."""

    def __init__(self, instance: dg.DagsterInstance) -> None:
        from orchestration.defs.automation import raw_changed

        self.sensor, self.instance, self.cursor = raw_changed, instance, None

    def tick(self) -> bool:
        """Whether this tick asks for a run."""
        context = dg.build_sensor_context(instance=self.instance, cursor=self.cursor, sensor_name="raw_changed")
        outcome = self.sensor(context)
        self.cursor = context.cursor
        return isinstance(outcome, dg.RunRequest)


@pytest.fixture
def ticks(here: tuple[Path, Warehouse], monkeypatch: pytest.MonkeyPatch) -> Ticks:
    """Of a raw folder that is never quiet, however slow the machine is."""
    found = Ticks(dg.DagsterInstance.ephemeral())
    monkeypatch.setattr("orchestration.defs.automation.QUIET_SECONDS", float("inf"))
    return found


def publish(here: tuple[Path, Warehouse]) -> None:
    """Let the current release be the one made from this."""
    raw, place = here
    place.current.unlink(missing_ok=True)
    place.current.symlink_to(f"releases/{fingerprint.take(raw, place).release_id}")


def test_nothing_is_asked_for_while_the_current_release_is_made_from_this(here: tuple[Path, Warehouse], ticks: Ticks) -> None:
    publish(here)
    assert [ticks.tick() for _ in range(3)] == [False, False, False]


@pytest.mark.parametrize("change", ["added", "changed", "removed"])
def test_a_change_becomes_one_run(here: tuple[Path, Warehouse], ticks: Ticks, change: str) -> None:
    raw, _ = here
    (raw / "b.txt").write_text("Wenling", encoding="utf-8")
    publish(here)
    assert not ticks.tick()
    if change == "added":
        (raw / "c.txt").write_text("Foshan", encoding="utf-8")
    elif change == "changed":
        (raw / "b.txt").write_text("Wenzhou", encoding="utf-8")
    else:
        (raw / "b.txt").unlink()
    assert [ticks.tick() for _ in range(4)] == [False, True, False, False]


def test_a_burst_becomes_one_run_when_it_has_ended(here: tuple[Path, Warehouse], ticks: Ticks) -> None:
    raw, _ = here
    publish(here)
    asked = []
    for number in range(5):
        (raw / f"burst{number}.txt").write_text(str(number), encoding="utf-8")
        asked.append(ticks.tick())
    assert not any(asked)
    assert [ticks.tick() for _ in range(3)] == [True, False, False]


@pytest.mark.parametrize("change", ["added", "changed", "removed"])
def test_a_change_that_nothing_followed_needs_no_second_look(
    here: tuple[Path, Warehouse], ticks: Ticks, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    raw, _ = here
    (raw / "below").mkdir()
    (raw / "below" / "b.txt").write_text("Wenling", encoding="utf-8")
    publish(here)
    if change == "removed":
        (raw / "below" / "b.txt").unlink()
    else:
        (raw / "below" / ("b.txt" if change == "changed" else "c.txt")).write_text("Wenzhou", encoding="utf-8")
    now = time.time()
    monkeypatch.setattr("orchestration.defs.automation.QUIET_SECONDS", 5.0)
    monkeypatch.setattr("orchestration.defs.automation.time.time", lambda: now + 4)
    assert not ticks.tick()
    ticks.cursor = None
    monkeypatch.setattr("orchestration.defs.automation.time.time", lambda: now + 6)
    assert [ticks.tick() for _ in range(2)] == [True, False]


def test_going_back_to_an_earlier_state_is_a_change_too(here: tuple[Path, Warehouse], ticks: Ticks) -> None:
    raw, _ = here
    assert [ticks.tick(), ticks.tick()] == [False, True]
    publish(here)
    (raw / "b.txt").write_text("Wenling", encoding="utf-8")
    assert [ticks.tick(), ticks.tick()] == [False, True]
    publish(here)
    (raw / "b.txt").unlink()
    assert [ticks.tick(), ticks.tick()] == [False, True]


def test_what_is_held_back_is_released_without_by_a_second_run(here: tuple[Path, Warehouse], ticks: Ticks) -> None:
    from orchestration.deciding.held_back import Held, write_held

    raw, place = here
    assert [ticks.tick(), ticks.tick()] == [False, True]
    taken = fingerprint.take(raw, place)
    write_held(place, [Held("a.txt", taken.inputs[0].sha256, taken.code_digest, "damaged", None)])
    assert [ticks.tick() for _ in range(3)] == [False, True, False]


@pytest.mark.parametrize(
    "cursor",
    [json.dumps({"version": 99, "seen": ["of", "another", "shape"], "requested": 7}), "{torn", "[]", "null", '"text"'],
)
def test_a_cursor_that_is_not_ours_costs_a_run_at_most(ticks: Ticks, cursor: str) -> None:
    ticks.cursor = cursor
    assert [ticks.tick() for _ in range(3)] == [False, True, False]


def test_a_clock_set_back_neither_hides_a_change_nor_repeats_a_run(here: tuple[Path, Warehouse], ticks: Ticks) -> None:
    raw, _ = here
    assert [ticks.tick(), ticks.tick()] == [False, True]
    (raw / "b.txt").write_text("Wenling", encoding="utf-8")
    yesterday = time.time() - 86_400
    os.utime(raw / "b.txt", (yesterday, yesterday))
    os.utime(raw / "a.txt", (yesterday, yesterday))
    assert [ticks.tick() for _ in range(3)] == [False, True, False]


def test_the_list_of_remote_sources_is_no_document(here: tuple[Path, Warehouse], ticks: Ticks) -> None:
    publish(here)
    (here[0] / "sources.yml").write_text("[]", encoding="utf-8")
    assert [ticks.tick() for _ in range(3)] == [False, False, False]


def test_a_tick_over_ten_thousand_unchanged_files_hashes_none_of_them(
    here: tuple[Path, Warehouse], ticks: Ticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, _ = here
    settled = time.time() - 60
    for number in range(10_000):
        path = raw / f"{number:05}.txt"
        path.write_bytes(b"%d" % number)
        os.utime(path, (settled, settled))
    ticks.tick()
    hashed = []
    real = fingerprint.hashlib.file_digest
    monkeypatch.setattr(fingerprint.hashlib, "file_digest", lambda file, name: hashed.append(file.name) or real(file, name))
    ticks.tick()
    assert not [name for name in hashed if name.endswith(".txt") and str(raw) in name and not name.endswith("/a.txt")]


@pytest.mark.parametrize(("status", "is_waited_for"), [("STARTING", True), ("STARTED", True), ("NOT_STARTED", False), ("CANCELED", False)])
def test_no_second_run_is_asked_for_while_one_waits_or_is_at_work(ticks: Ticks, status: str, is_waited_for: bool) -> None:
    run = dg.DagsterRun(job_name="refresh", status=dg.DagsterRunStatus[status])
    ticks.instance.add_run(run)
    assert [ticks.tick() for _ in range(3)] == [False, not is_waited_for, False]
    ticks.instance.delete_run(run.run_id)
    assert [ticks.tick() for _ in range(3)] == [False, is_waited_for, False]


def test_a_dead_run_is_buried_by_the_next_tick_and_a_living_one_is_not(here: tuple[Path, Warehouse], ticks: Ticks) -> None:
    from orchestration.defs.run import WAREHOUSE, held_by

    tags = {WAREHOUSE: held_by(LOST)}
    run = dg.DagsterRun(job_name="refresh", run_id=LOST, status=dg.DagsterRunStatus.STARTED, tags=tags)
    # Dagster gives it the tags of the one in whose place it starts; it holds nothing yet.
    successor = dg.DagsterRun(job_name="refresh", status=dg.DagsterRunStatus.STARTED, tags=tags)
    for each in (run, successor):
        ticks.instance.add_run(each)
    _, place = here
    place.root.mkdir(exist_ok=True)
    with place.lock.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ticks.tick()
        assert ticks.instance.get_run_by_id(run.run_id).status is dg.DagsterRunStatus.STARTED
    ticks.tick()
    assert ticks.instance.get_run_by_id(run.run_id).status is dg.DagsterRunStatus.FAILURE
    assert ticks.instance.get_run_by_id(successor.run_id).status is dg.DagsterRunStatus.STARTED


@pytest.mark.parametrize(("left", "is_told"), [(None, True), (OTHER, True), (LOST, False)], ids=["never began", "died", "told itself"])
def test_a_run_that_could_not_tell_people_itself_is_told_of(
    here: tuple[Path, Warehouse], caplog: pytest.LogCaptureFixture, left: str | None, is_told: bool
) -> None:
    from orchestration.defs.automation import lost_runs
    from orchestration.defs.run import WAREHOUSE, left_by

    @dg.op
    def dies() -> None:
        raise RuntimeError("killed")

    @dg.job(tags={WAREHOUSE: left_by(left)} if left else {})
    def refresh() -> None:
        dies()

    instance = dg.DagsterInstance.ephemeral()
    result = refresh.execute_in_process(instance=instance, raise_on_error=False, run_id=LOST)
    context = dg.build_run_status_sensor_context(
        sensor_name="lost_runs", dagster_instance=instance, dagster_run=result.dagster_run, dagster_event=result.get_run_failure_event()
    ).for_run_failure()
    with caplog.at_level("WARNING", "jiqun"):
        lost_runs(context)
    assert ("a run ended without a report" in caplog.text) is is_told


def test_the_hourly_schedule_runs_only_where_something_is_new(here: tuple[Path, Warehouse]) -> None:
    from orchestration.defs.automation import hourly

    with dg.build_schedule_context(instance=dg.DagsterInstance.ephemeral()) as context:
        assert isinstance(hourly(context), dg.RunRequest)
        publish(here)
        assert isinstance(hourly(context), dg.SkipReason)


@pytest.mark.parametrize(("outcome", "is_asked_for"), [("failed", True), ("refused", False)])
def test_what_failed_is_tried_again_within_the_hour_and_what_was_refused_is_not(
    here: tuple[Path, Warehouse], outcome: str, is_asked_for: bool
) -> None:
    from orchestration.defs.automation import hourly

    raw, place = here
    place.build.mkdir(parents=True)
    (place.root / "last_refresh.json").write_text(json.dumps({"outcome": outcome}), encoding="utf-8")
    (place.build / "fingerprint.json").write_text(json.dumps({"digest": fingerprint.take(raw, place).digest}), encoding="utf-8")
    with dg.build_schedule_context(instance=dg.DagsterInstance.ephemeral()) as context:
        assert isinstance(hourly(context), dg.RunRequest) is is_asked_for
        (raw / "b.txt").write_text("Wenling", encoding="utf-8")
        assert isinstance(hourly(context), dg.RunRequest)


def test_remote_sources_are_asked_only_where_there_is_a_list(here: tuple[Path, Warehouse]) -> None:
    from orchestration.defs.remote import remote_hourly

    with dg.build_schedule_context(instance=dg.DagsterInstance.ephemeral()) as context:
        assert isinstance(remote_hourly(context), dg.SkipReason)
        (here[0] / "sources.yml").write_text("[]", encoding="utf-8")
        assert isinstance(remote_hourly(context), dg.RunRequest)


def test_a_release_that_was_rolled_back_is_not_asked_for_again_until_something_changes(here: tuple[Path, Warehouse], ticks: Ticks) -> None:
    from orchestration.defs.automation import hourly
    from orchestration.releasing.rolled_back import remember

    raw, place = here
    publish(here)
    newest = place.current.readlink().name
    remember(place, before=newest, to="older", at="2026-01-01", by="someone", reason="")
    place.current.unlink()
    place.current.symlink_to("releases/older")
    assert [ticks.tick() for _ in range(3)] == [False, False, False]
    assert isinstance(hourly(dg.build_schedule_context()), dg.SkipReason)
    (raw / "b.txt").write_text("Wenling", encoding="utf-8")
    assert [ticks.tick() for _ in range(3)] == [False, True, False]
