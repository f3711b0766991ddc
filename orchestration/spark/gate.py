"""The suites asked of Spark: the same expectations over data frames, their SQL put into Spark's words. The questions are the gate's."""

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlglot
from sqlglot import exp

from orchestration.gating.answers import TABLES as ANSWER_TABLES
from orchestration.gating.hashing import TableHash
from orchestration.spark.hashing import table_hashes
from orchestration.spark.schemas import Schemas

if TYPE_CHECKING:
    from great_expectations.datasource.fluent.interfaces import Batch
    from pyspark.sql import DataFrame, SparkSession

# Stands for `{batch}` while a query is translated: braces are no SQL.
_BATCH = "the_batch"
PUBLISHED = ("marts", "audit")


@dataclass(frozen=True, slots=True)
class InSpark:
    """Candidate marts in the private schemas of a run."""

    spark: "SparkSession"
    schemas: Schemas

    def frame(self, table: str) -> "DataFrame":
        """The rows of `schema.table`."""
        return self.spark.table(self.schemas.table(table))

    def hashes(self, tables: Collection[str]) -> dict[str, TableHash]:
        """One scan a table, where its rows are."""
        return table_hashes({table: self.frame(table) for table in sorted(self.tables() & set(tables))})

    def tables(self) -> Set[str]:
        """Tables and views of the schemas that may be published."""
        return {f"{schema}.{name}" for schema in PUBLISHED for name in self.schemas.tables(self.spark, schema)}

    @contextmanager
    def batches(self, context: Any, tables: Sequence[str]) -> Iterator[dict[str, "Batch"]]:
        """One data frame a table. Nothing is kept in memory for the gate: marts may be larger than that."""
        from orchestration.spark import metrics  # noqa: F401  # registers them

        source = context.data_sources.add_spark("spark", persist=False)
        yield {table: self._batch(source, table) for table in tables}

    def _batch(self, source: Any, table: str) -> "Batch":
        asset = source.add_dataframe_asset(table)
        batch: Batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": self.frame(table)})
        return batch

    def worded(self, query: str) -> str:
        """Spark's SQL for DuckDB's, with tables by their private names."""
        tree = sqlglot.parse_one(query.format(batch=_BATCH), read="duckdb")
        for table in tree.find_all(exp.Table):
            if table.db:
                table.set("db", exp.to_identifier(self.schemas.named(table.db)))
        for pattern in tree.find_all(exp.RegexpLike):
            pattern.set("expression", pattern.expression.transform(_java_classes))
        text = tree.sql(dialect="spark")
        return text.replace("{", "{{").replace("}", "}}").replace(_BATCH, "{batch}")

    def rows(self, table: str, query: str) -> list[dict[str, Any]]:
        """By one statement."""
        found = self.spark.sql(self.worded(query).format(batch=self.schemas.table(table)))
        return [row.asDict() for row in found.collect()]


def _java_classes(node: exp.Expression) -> exp.Expression:
    r"""Scripts of Unicode are `\p{Han}` to RE2 and `\p{IsHan}` to Java."""
    if isinstance(node, exp.Literal) and node.is_string:
        return exp.Literal.string(node.this.replace(r"\p{Han}", r"\p{IsHan}"))
    return node


def load_answers(spark: "SparkSession", schemas: Schemas, answers: Path) -> None:
    """The hand-checked answer tables as tables of the schema `answers`."""
    for table, columns in ANSWER_TABLES.items():
        rows = [{"source_id": file.parent.name, **row} for file in sorted(answers.glob(f"*/{table}.csv")) for row in _answered(file)]
        schemas.write_texts(spark, f"answers.{table}", {"source_id": "varchar", **columns}, rows)


def _answered(file: Path) -> Iterator[Mapping[str, str | None]]:
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {name: text or None for name, text in row.items()}
