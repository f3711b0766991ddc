"""The resource every step of a run shares: one `Refresh`, holding the warehouse from the run's first step to its last."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg
from pydantic import PrivateAttr

from orchestration.alerting.alert import alerts_of
from orchestration.alerting.senders import send
from orchestration.common import logs
from orchestration.common.lock import hold
from orchestration.defs.housekeeping import forget_old_runs
from orchestration.instance import raw_folder, warehouse
from orchestration.refreshing.engines import EngineName, engine_named
from orchestration.refreshing.lineage import tell_begun, tell_ended
from orchestration.refreshing.refresh import Refresh
from orchestration.releasing.store import current_or_none

log = logging.getLogger("jiqun")

# Tags of a run. The first says whether it holds the warehouse or has left it (one that holds it while the lock is free is dead); it
# names the run, since Dagster hands the tags of a lost run to the one that it starts in its place. The others are for people.
WAREHOUSE = "jiqun/warehouse"
OUTCOME = "jiqun/outcome"
SERVING = "jiqun/serving"
# Who started a run, where Dagster itself does not say: a run of the command line belongs to no sensor, schedule or person in the UI.
STARTED_BY = "jiqun/started_by"
COMMAND_LINE = "command line"


class RefreshRun(dg.ConfigurableResource["RefreshRun"]):
    """One run on one warehouse, under its lock.

    Attributes:
        accept_change: Why a change beyond the bounds against the last release is accepted; empty where none is.
        engine: Where the work is done.
        wait_seconds: How long a run waits for another that holds the warehouse; the command line, which answers at once, holds it before.
    """

    accept_change: str = ""
    engine: EngineName = "duckdb"
    wait_seconds: int = 900
    _refresh: Refresh | None = PrivateAttr(default=None)

    @property
    def refresh(self) -> Refresh:
        """The refresh of this run.

        Raises:
            RuntimeError: Asked for outside a run.
        """
        if self._refresh is None:
            raise RuntimeError("The refresh of a run exists only while the run does")
        return self._refresh

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["RefreshRun"]:
        """Take the warehouse's lock, hand the refresh out, write down what came of it, and tell people where something is amiss."""
        place, run_id = warehouse(), context.run.run_id if context.run else ""
        logs.configure(run_id, place.current)
        with hold(place, wait_seconds=self.wait_seconds):
            if context.instance and run_id:
                fail_dead_runs(context.instance)
                forget_old_runs(context.instance)  # here too: a run that is killed never comes to its end
                context.instance.add_run_tags(run_id, {WAREHOUSE: held_by(run_id), OUTCOME: "at work"})
            engine = engine_named(self.engine, place, run_id)
            self._refresh = Refresh(raw_folder(), place, run_id, engine, self.accept_change or None)
            tell_begun(self._refresh)
            try:
                yield self
            finally:
                engine.close()
                self._refresh.finish()
                self._tell(context.instance)
                if context.instance:
                    forget_old_runs(context.instance)

    def _tell(self, instance: dg.DagsterInstance | None) -> None:
        refresh = self.refresh
        release = current_or_none(refresh.warehouse)
        serving = release.id if release else None
        if instance and refresh.run_id:
            ended = {WAREHOUSE: left_by(refresh.run_id), OUTCOME: refresh.report["outcome"]} | ({SERVING: serving} if serving else {})
            instance.add_run_tags(refresh.run_id, ended)
        log.info("Refresh ended: %s", refresh.report["outcome"])
        send(alerts_of(refresh.report, serving))
        tell_ended(refresh, release)


def held_by(run_id: str) -> str:
    """What the tag says of a run that has taken the warehouse."""
    return f"held by {run_id[:8]}"


def left_by(run_id: str) -> str:
    """What it says of a run that has come to its end, told people what came of it, and given the warehouse up."""
    return f"left by {run_id[:8]}"


def unfinished_runs(instance: dg.DagsterInstance) -> list[dg.DagsterRun]:
    """Runs that have taken the warehouse and not left it: the one at work, and dead ones."""
    running = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING])
    return [run for run in instance.get_runs(running) if run.tags.get(WAREHOUSE) == held_by(run.run_id)]


def fail_dead_runs(instance: dg.DagsterInstance) -> None:
    """Mark runs as failed whose process died with the warehouse in its hands. Whoever calls this holds the warehouse: so they do not.

    Dagster watches the runs that its daemon started; a killed command line would stay "started" for ever, and take a place in the queue.
    """
    for run in unfinished_runs(instance):
        instance.report_run_failed(run, "The process of this run died; nothing it did is readable.")
