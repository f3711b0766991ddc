"""The engine spark: what `refreshing/engines.py` asks of one, answered by a Spark session. Each answer's work is its own module's."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.conforming.dbt import NodeResult, run_dbt
from orchestration.errors import JiqunError
from orchestration.paths import ANSWERS, SEEDS, Warehouse
from orchestration.reading.corpus import CorpusSummary, HeldBack
from orchestration.spark import session
from orchestration.spark.gate import PUBLISHED, InSpark, load_answers
from orchestration.spark.marts import bring_back, bring_back_rows
from orchestration.spark.reading import read_on_spark
from orchestration.spark.schemas import Schemas

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from orchestration.gating.record import GateRecord

# Inputs of the generator of seeds lie among them; the models read what is declared in sources.yml.
_SEEDS = ("gazetteer", "industries", "curation", "rules")


@dataclass(slots=True)
class OnSpark:
    """One run on a Spark session, in schemas of its own."""

    warehouse: Warehouse
    schemas: Schemas
    _rows: dict[str, int] = field(default_factory=dict)
    _is_open: bool = False

    @classmethod
    def for_run(cls, warehouse: Warehouse, run_id: str) -> "OnSpark":
        """The engine of a run; the session is opened when there is something to do."""
        return cls(warehouse, Schemas.of(warehouse.root, run_id))

    def read(self, raw: Path, held: Mapping[str, HeldBack], versions: Mapping[str, str]) -> CorpusSummary:  # noqa: ARG002  (nothing is kept)
        """In the workers; what an earlier run left behind is dropped first."""
        with self._session() as spark:
            session.check_workers(spark)
            self.schemas.drop(spark)
            self.schemas.make(spark, session.location(self._scratch))
            summary, self._rows = read_on_spark(spark, self.schemas, raw, SEEDS, held)
        return summary

    def load(self) -> dict[str, int]:
        """The records are tables already; the seeds and the answers become tables beside them."""
        with self._session() as spark:
            for file in sorted(path for folder in _SEEDS for path in (SEEDS / folder).glob("*.csv")):
                with file.open(encoding="utf-8", newline="") as lines:
                    reader = csv.DictReader(lines)
                    rows = [{name: text or None for name, text in row.items()} for row in reader]
                types = dict.fromkeys(reader.fieldnames or (), "VARCHAR")
                self.schemas.write_texts(spark, f"{file.parent.name}.{file.stem}", types, rows)
            load_answers(spark, self.schemas, ANSWERS)
        return self._rows

    def conform(self, arguments: Sequence[str]) -> list[NodeResult]:
        """By dbt on this session; then the marts, and what failed tests found, are brought into the build database."""
        with self._session() as spark:
            try:
                results = run_dbt(
                    arguments,
                    build_database=self.warehouse.build_database,
                    target=self.warehouse.dbt_target / "spark",
                    engine="spark",
                    schema_prefix=self.schemas.prefix,
                )
            finally:
                # A server that is gone makes an error of every node or of dbt itself: that is no verdict on documents or models.
                spark.sql("select 1").collect()
            examined = InSpark(spark, self.schemas)
            bring_back(examined, PUBLISHED, self.warehouse.build_database)
            views = ["run", "--select", "path:models/marts,config.materialized:view"]
            run_dbt(views, build_database=self.warehouse.build_database, target=self.warehouse.dbt_target)
            return [self._with_rows(spark, result) for result in results]

    def _with_rows(self, spark: "SparkSession", result: NodeResult) -> NodeResult:
        """A failed test with its rows in the build database, where people and the hold-back ask for them."""
        if result.resource_type != "test" or result.status != "fail":
            return result
        return replace(result, sql=bring_back_rows(spark.sql(result.sql), result.name, self.warehouse.build_database))

    def gate(self, fingerprint: str) -> "GateRecord":
        """Over data frames. What is released is the build database, whose hashes must then be those of these data frames."""
        from expectations import SUITES
        from orchestration.gating.runner import examine

        with self._session() as spark:
            return examine(InSpark(spark, self.schemas), fingerprint=fingerprint, suites=SUITES, answers=ANSWERS)

    def close(self) -> None:
        """Drop the schemas of this run. Where that fails, the next run of this warehouse drops them."""
        if self._is_open:
            with suppress(JiqunError), self._session() as spark:
                self.schemas.drop(spark)

    @property
    def _scratch(self) -> Path:
        return self.warehouse.build / "spark"

    @contextmanager
    def _session(self) -> Iterator["SparkSession"]:
        """The session, and Spark's errors as ours: what it said, and what to do."""
        spark = session.session(self._scratch)
        self._is_open = True
        try:
            yield spark
        except session.errors() as error:
            said = str(error).strip().partition("\n")[0]
            raise JiqunError(
                f"Spark failed: {said}", "The current release is untouched. See the driver's log, then refresh again."
            ) from error
