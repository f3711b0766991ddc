"""The SQLAlchemy dialect `duckdb+buffered` that Great Expectations reads DuckDB through. Registered in pyproject.toml; no rules here.

Great Expectations 1.24 gives the connection back before it fetches the rows, and DuckDB drops an unread result with its
connection: with the plain dialect every query comes back empty. This one fetches at once. What it keeps is bounded, so
that a rule broken by millions of rows costs no memory; whoever asks for more than is kept gets an error, never fewer rows.
"""

from collections.abc import Sequence
from typing import Any

import duckdb_sqlalchemy
from sqlalchemy.engine.cursor import CursorResult, FullyBufferedCursorFetchStrategy

# Great Expectations never fetches more than 200 rows of a query (`MAX_RESULT_RECORDS`); lists of distinct values are longer.
KEPT_ROWS = 10_000


class TooManyRowsError(RuntimeError):
    """More rows were asked for than the dialect keeps."""


class _BoundedRows(FullyBufferedCursorFetchStrategy):
    """The first rows of a result that was longer than the dialect keeps."""

    def fetchone(self, result: CursorResult[Any], dbapi_cursor: Any, hard_close: bool = False) -> Any:
        if not self._rowbuffer:
            raise TooManyRowsError(f"the query has more than {KEPT_ROWS} rows")
        return super().fetchone(result, dbapi_cursor, hard_close)

    def fetchmany(self, result: CursorResult[Any], dbapi_cursor: Any, size: int | None = None) -> Sequence[Any]:
        if size is None or size > len(self._rowbuffer):
            raise TooManyRowsError(f"the query has more than {KEPT_ROWS} rows")
        rows: Sequence[Any] = super().fetchmany(result, dbapi_cursor, size)
        return rows

    def fetchall(self, result: CursorResult[Any], dbapi_cursor: Any) -> Any:  # noqa: ARG002  # SQLAlchemy's signature
        raise TooManyRowsError(f"the query has more than {KEPT_ROWS} rows")


class _BufferedContext(duckdb_sqlalchemy.Dialect.execution_ctx_cls):  # type: ignore[valid-type, misc]  # a base class found through an attribute
    """Reads the rows of a statement as soon as it has run."""

    def post_exec(self) -> None:
        super().post_exec()
        if self.cursor.description:
            rows = self.cursor.fetchmany(KEPT_ROWS + 1)
            strategy = FullyBufferedCursorFetchStrategy if len(rows) <= KEPT_ROWS else _BoundedRows
            self.cursor_fetch_strategy = strategy(self.cursor, initial_buffer=rows[:KEPT_ROWS])


class Dialect(duckdb_sqlalchemy.Dialect):
    """DuckDB with rows that outlive their connection."""

    execution_ctx_cls = _BufferedContext
    supports_statement_cache = False
