"""What starts a run by itself: a sensor on raw, and a schedule that looks again in case a sensor was off."""

import json
import os
import time
from pathlib import Path

import dagster as dg

from orchestration.alerting.alert import lost_run
from orchestration.alerting.senders import send
from orchestration.common.lock import hold
from orchestration.deciding import fingerprint
from orchestration.defs.job import refresh_job
from orchestration.defs.run import WAREHOUSE, fail_dead_runs, left_by, unfinished_runs
from orchestration.errors import WarehouseBusy
from orchestration.instance import raw_folder, warehouse
from orchestration.releasing.rolled_back import is_rolled_back
from orchestration.releasing.store import current_or_none

CURSOR_VERSION = 1
# What was last touched longer ago than this is no burst any more: a second look would only cost the reader a sensor's interval.
QUIET_SECONDS = 5.0
# Not those never begun: one that got lost on its way into the queue would stop the sensor for ever.
_STATES = (dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING)
_AT_WORK = dg.RunsFilter(job_name=refresh_job.name, statuses=_STATES)


@dg.sensor(job=refresh_job, minimum_interval_seconds=15, default_status=dg.DefaultSensorStatus.RUNNING)
def raw_changed(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """One run for a burst of files added, changed or removed: when raw is quiet, or two ticks in a row have seen the same new state."""
    _bury(context.instance)
    if context.instance.get_runs_count(_AT_WORK):
        return dg.SkipReason("A refresh waits or is at work; what it leaves undone is seen when it has ended.")
    digest = fingerprint.take(raw_folder(), warehouse()).digest
    cursor = _cursor(context.cursor)
    context.update_cursor(json.dumps({"version": CURSOR_VERSION, "seen": digest, "requested": cursor["requested"]}))
    if digest == cursor["requested"]:
        return dg.SkipReason("Nothing has changed since the last run that was asked for.")
    if _is_released(digest):
        return dg.SkipReason("The current release is made from exactly this.")
    if is_rolled_back(warehouse(), digest[:16]):
        return dg.SkipReason("The release made from exactly this was rolled back: `jiqun rollback` returns to it.")
    if digest != cursor["seen"] and not _is_quiet(raw_folder()):
        return dg.SkipReason("Raw has just changed; waiting one tick for the rest of the burst.")
    context.update_cursor(json.dumps({"version": CURSOR_VERSION, "seen": digest, "requested": digest}))
    # No run key: a key runs once for ever, and raw may come back to an earlier state.
    return dg.RunRequest(tags={"jiqun/fingerprint": digest[:16]})


@dg.schedule(job=refresh_job, cron_schedule="17 * * * *", execution_timezone="UTC", default_status=dg.DefaultScheduleStatus.RUNNING)
def hourly(_context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Once an hour, a run if anything is new: for what failed by something that has passed since, and where the sensor is off."""
    digest = fingerprint.take(raw_folder(), warehouse()).digest
    if _is_released(digest) or is_rolled_back(warehouse(), digest[:16]):
        return dg.SkipReason("Nothing new.")
    if _is_refused(digest):
        return dg.SkipReason("The gate has refused exactly this.")
    return dg.RunRequest()


# Of all code locations: a run of the command line belongs to none.
@dg.run_failure_sensor(minimum_interval_seconds=30, default_status=dg.DefaultSensorStatus.RUNNING, monitor_all_code_locations=True)
def lost_runs(context: dg.RunFailureSensorContext) -> None:
    """Tell people of runs that could not tell themselves: their process died, or they never began."""
    run = context.dagster_run
    # The event may be older than the tags that the run itself wrote last.
    record = context.instance.get_run_by_id(run.run_id) or run
    if record.tags.get(WAREHOUSE) == left_by(run.run_id):
        return
    release = current_or_none(warehouse())
    send([lost_run(run.run_id, " ".join((context.failure_event.message or "it ended").split()), release.id if release else None)])


def _is_quiet(raw: Path) -> bool:
    """Whether nothing below raw was written, renamed or removed of late. Unlike a modification time, nobody sets the time of a change."""
    try:
        newest = max(Path(folder, name).stat().st_ctime for folder, _, names in os.walk(raw) for name in (".", *names))
    except (OSError, ValueError):  # something vanished, or there is no raw
        return False
    return time.time() - newest > QUIET_SECONDS


def _bury(instance: dg.DagsterInstance) -> None:
    """Mark dead runs as failed, where no run is at work: they take places in the queue."""
    if not unfinished_runs(instance):
        return
    try:
        with hold(warehouse()):
            fail_dead_runs(instance)
    except WarehouseBusy:
        return


def _is_released(digest: str) -> bool:
    current = warehouse().current
    return current.is_symlink() and current.readlink().name == digest[:16]


def _is_refused(digest: str) -> bool:
    """Whether the last refresh was of exactly this, and refused: it would be again."""
    place = warehouse()
    try:
        outcome = json.loads((place.root / "last_refresh.json").read_text(encoding="utf-8"))["outcome"]
        built = json.loads((place.build / "fingerprint.json").read_text(encoding="utf-8"))["digest"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return bool(outcome == "refused" and built == digest)


def _cursor(text: str | None) -> dict[str, str]:
    """The cursor, or an empty one where it is of another version or not ours: the worst that follows is one run too many."""
    empty = {"seen": "", "requested": ""}
    try:
        stored = json.loads(text or "{}")
    except ValueError:
        return empty
    return empty | stored if isinstance(stored, dict) and stored.get("version") == CURSOR_VERSION else empty
