"""The resource every step of a run shares: one `Refresh`, holding the warehouse from the run's first step to its last."""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg
from pydantic import PrivateAttr

from orchestration.instance import raw_folder, warehouse
from orchestration.lock import hold
from orchestration.refresh import Refresh


class RefreshRun(dg.ConfigurableResource["RefreshRun"]):
    """One run on one warehouse, under its lock.

    Attributes:
        accept_change: Why a change beyond the bounds against the last release is accepted; empty where none is.
    """

    accept_change: str = ""
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
        """Take the warehouse's lock, hand the refresh out, and write down what came of it."""
        place = warehouse()
        with hold(place):
            self._refresh = Refresh(raw_folder(), place, context.run.run_id if context.run else "", self.accept_change or None)
            try:
                yield self
            finally:
                self._refresh.finish()
