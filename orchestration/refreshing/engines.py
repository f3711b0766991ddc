"""Where a refresh does its work: what it asks of an engine, and DuckDB, which answers in this process. Spark's answers are in `spark/`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from orchestration.conforming.dbt import NodeResult, load_observations, run_dbt
from orchestration.gating.process import gate_process
from orchestration.paths import SEEDS, Warehouse
from orchestration.reading.corpus import CorpusSummary, HeldBack, read_corpus
from orchestration.reading.kept import Kept

if TYPE_CHECKING:
    from orchestration.gating.record import GateRecord

EngineName = Literal["duckdb", "spark"]


class Engine(Protocol):
    """One run's work, from raw to candidate marts that are examined.

    Whatever does the work, `build.duckdb` in the build folder holds the marts once they are built: a release is made from that.
    """

    def read(self, raw: Path, held: Mapping[str, HeldBack], versions: Mapping[str, str]) -> CorpusSummary:
        """Make observations of every document; a document of a version that was read before need not be read again."""

    def load(self) -> dict[str, int]:
        """Make the observations the tables of schema `raw`; rows per table."""

    def conform(self, arguments: Sequence[str]) -> list[NodeResult]:
        """Run a dbt command on them. The `sql` of a failed test can be asked of the build database."""

    def gate(self, fingerprint: str) -> "GateRecord":
        """Ask every suite where the marts were built."""

    def close(self) -> None:
        """The run is over, whatever came of it."""


@dataclass(frozen=True, slots=True)
class OnDuckDB:
    """Everything in this process and in the build folder."""

    warehouse: Warehouse

    def read(self, raw: Path, held: Mapping[str, HeldBack], versions: Mapping[str, str]) -> CorpusSummary:
        """One NDJSON file per record class. Meanwhile the gate's process imports what it needs."""
        gate_process()
        return read_corpus(raw, self.warehouse.build / "observations", SEEDS, held, kept=Kept(self.warehouse.readings, versions))

    def load(self) -> dict[str, int]:
        """Into a new build database."""
        return load_observations(self.warehouse.build / "observations", self.warehouse.build_database)

    def conform(self, arguments: Sequence[str]) -> list[NodeResult]:
        """In the build database."""
        return run_dbt(arguments, build_database=self.warehouse.build_database, target=self.warehouse.dbt_target)

    def gate(self, fingerprint: str) -> "GateRecord":
        """In the build database, by the process that got ready beside this one."""
        return gate_process().ask(self.warehouse.build_database, fingerprint=fingerprint)

    def close(self) -> None:
        """There is nothing to let go of."""


def engine_named(name: EngineName, warehouse: Warehouse, run_id: str) -> Engine:
    """The engine of a run. Spark's packages are imported only when it is asked for."""
    if name == "spark":
        from orchestration.spark.engine import OnSpark

        return OnSpark.for_run(warehouse, run_id)
    return OnDuckDB(warehouse)
