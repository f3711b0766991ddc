"""Candidate marts opened for an examination: what the gate asks of an engine, and how DuckDB answers. The questions are the runner's."""

from collections.abc import Collection, Iterator, Sequence, Set
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import duckdb

from orchestration.common.sql import bounded
from orchestration.errors import GateRefused
from orchestration.gating.answers import attach_answers
from orchestration.gating.hashing import TableHash, table_hashes
from orchestration.paths import ANSWERS

if TYPE_CHECKING:
    from great_expectations.datasource.fluent.interfaces import Batch


class Examined(Protocol):
    """Candidate marts in an engine, for as long as they are examined."""

    def hashes(self, tables: Collection[str]) -> dict[str, TableHash]:
        """The content hash of each of these tables that there is."""

    def tables(self) -> Set[str]:
        """Full names of what there is."""

    def batches(self, context: Any, tables: Sequence[str]) -> AbstractContextManager[dict[str, "Batch"]]:
        """One batch of Great Expectations a table, made in this data context; what they hold of the engine is let go of at the end."""

    def worded(self, query: str) -> str:
        """A query as suites write it, in the words of the engine; `{batch}` and doubled braces stay."""

    def rows(self, table: str, query: str) -> list[dict[str, Any]]:
        """The rows of a query as suites write it, about the table that stands for `{batch}`."""


@dataclass(frozen=True, slots=True)
class InDuckDB:
    """A build database. Hashes and questions go through one read-only connection, so that all are about the same file."""

    connection: duckdb.DuckDBPyConnection

    def hashes(self, tables: Collection[str]) -> dict[str, TableHash]:
        """One scan a table."""
        return table_hashes(self.connection, only=tables)

    def tables(self) -> Set[str]:
        """Tables and views of the build database."""
        query = "select distinct schema_name || '.' || table_name from duckdb_columns() where database_name = current_database()"
        return {name for (name,) in self.connection.execute(query).fetchall()}

    @contextmanager
    def batches(self, context: Any, tables: Sequence[str]) -> Iterator[dict[str, "Batch"]]:
        """One data source a schema. Its connections are cursors of ours: no second opening of the file, no path in a string."""
        sources = {schema: self._source(context, schema, tables) for schema in sorted({t.partition(".")[0] for t in tables})}
        try:
            yield {table: _whole(sources[table.partition(".")[0]].get_asset(table.partition(".")[2])) for table in tables}
        finally:
            # Else their engines would keep the file open.
            for source in sources.values():
                source.get_execution_engine().close()
                source.get_engine().dispose()

    def _source(self, context: Any, schema: str, tables: Sequence[str]) -> Any:
        from great_expectations.datasource.fluent.sql_datasource import TableAsset

        def connect() -> object:
            from duckdb_sqlalchemy import ConnectionWrapper

            cursor = self.connection.cursor()
            cursor.execute(f'use "{schema}"')
            return ConnectionWrapper(cursor)

        # All assets at once: the context writes itself out (10 ms) whenever one is added.
        names = [table.partition(".")[2] for table in tables if table.startswith(f"{schema}.")]
        assets = [TableAsset(name=name, table_name=name) for name in names]
        return context.data_sources.add_sql(schema, connection_string="duckdb+buffered://", kwargs={"creator": connect}, assets=assets)

    def worded(self, query: str) -> str:
        """As it is written: suites speak DuckDB's SQL."""
        return query

    def rows(self, table: str, query: str) -> list[dict[str, Any]]:
        """Through a cursor in the schema of the table."""
        schema, _, name = table.partition(".")
        with self.connection.cursor() as cursor:
            cursor.execute(f'use "{schema}"')
            cursor.execute(query.format(batch=name))
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _whole(asset: Any) -> "Batch":
    batch: Batch = asset.add_batch_definition_whole_table("all").get_batch()
    return batch


@contextmanager
def opened(build_database: Path, answers: Path = ANSWERS) -> Iterator[InDuckDB]:
    """A build database read-only, with the answer tables beside it as database `answers`.

    Raises:
        GateRefused: It cannot be opened.
    """
    try:
        connection = duckdb.connect(str(build_database), read_only=True)
        connection.execute(bounded())
    except duckdb.Error as error:
        raise GateRefused(
            f"build database {build_database.name} cannot be opened: {error}", "Run the whole job: `jiqun refresh`."
        ) from error
    with connection:
        attach_answers(connection, answers)
        yield InDuckDB(connection)
