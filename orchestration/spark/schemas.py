"""The private schemas of one run: their names, their making and their end. Tables of a run are nobody else's to read.

A cluster's catalogue outlives a run, and replacing a plain Parquet table is no atomic step. So every run builds into schemas of its own,
named by warehouse and run, the release is made from those, and the next run of the same warehouse drops what was left behind.
"""

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

# DuckDB's name of a type, and Spark's.
SPARK_TYPES = {"VARCHAR": "string", "BIGINT": "bigint", "INTEGER": "int", "DOUBLE": "double", "BOOLEAN": "boolean", "DATE": "date"}
_LAYERS = ("raw", "gazetteer", "industries", "curation", "rules", "answers", "intermediate", "marts", "audit")


@dataclass(frozen=True, slots=True)
class Schemas:
    """Names of one run's schemas.

    Attributes:
        warehouse: Of this warehouse alone, so that another's run on the same cluster is left in peace.
        run: Of this run.
    """

    warehouse: str
    run: str

    @classmethod
    def of(cls, warehouse: Path, run_id: str) -> "Schemas":
        """The schemas of a run on a warehouse folder. Two machines may have the same path, so the machine's name goes in."""
        place = f"{os.uname().nodename}\0{warehouse.absolute()}"
        return cls(f"jiqun_{hashlib.sha256(place.encode()).hexdigest()[:8]}_", f"{run_id.replace('-', '')[:12]}_")

    @property
    def prefix(self) -> str:
        """What stands before `raw`, `marts` and the others."""
        return self.warehouse + self.run

    @property
    def form(self) -> str:
        """The table format: Parquet, which every cluster has, unless the environment names another."""
        return os.environ.get("JIQUN_SPARK_FORMAT", "parquet")

    def named(self, schema: str) -> str:
        """The private name of a schema."""
        return self.prefix + schema

    def table(self, full_name: str) -> str:
        """The private name of `schema.table`."""
        return self.prefix + full_name

    def make(self, spark: "SparkSession", place: str) -> None:
        """Make them all, below a place that every worker can write to; where the cluster keeps its tables if none is named."""
        for layer in _LAYERS:
            location = f" location '{place.rstrip('/')}/{self.named(layer)}'" if place else ""
            spark.sql(f"create schema if not exists {self.named(layer)}{location}")

    def drop(self, spark: "SparkSession") -> None:
        """Drop every schema of this warehouse: this run's, and what killed runs left. The warehouse's lock is held, so none is in use."""
        for row in spark.sql(f"show schemas like '{self.warehouse}*'").collect():
            spark.sql(f"drop schema if exists {row[0]} cascade")

    def tables(self, spark: "SparkSession", schema: str) -> list[str]:
        """Names of the tables and views of a schema."""
        return sorted(row["tableName"] for row in spark.sql(f"show tables in {self.named(schema)}").collect() if not row["isTemporary"])

    def write(self, spark: "SparkSession", full_name: str, rows: "pa.Table") -> None:
        """Append rows of this process to a table."""
        _frame(spark, rows).write.format(self.form).mode("append").saveAsTable(self.table(full_name))

    def write_texts(
        self, spark: "SparkSession", full_name: str, types: Mapping[str, str], rows: Sequence[Mapping[str, str | None]]
    ) -> None:
        """Write a table of texts, cast to these types (DuckDB's names)."""
        import pyarrow as pa

        texts = pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in types})
        frame = _frame(spark, texts).selectExpr(
            *(f"cast(`{name}` as {SPARK_TYPES[kind.upper()]}) as `{name}`" for name, kind in types.items())
        )
        frame.write.format(self.form).saveAsTable(self.table(full_name))


def _frame(spark: "SparkSession", rows: "pa.Table") -> "DataFrame":
    """A data frame of rows of this process. Over Connect, columns of no rows are known only where they are named."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return spark.createDataFrame(rows, from_arrow_schema(rows.schema))
