"""The dialect keeps the rows of a result when its connection is gone, and never fewer than it is asked for."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from orchestration.gating.dialect import KEPT_ROWS, TooManyRowsError


@pytest.fixture
def engine() -> Iterator[sa.Engine]:
    engine = sa.create_engine("duckdb+buffered:///:memory:")
    yield engine
    engine.dispose()


def result(engine: sa.Engine, rows: int) -> sa.CursorResult[tuple[int]]:
    with engine.connect() as connection:
        return connection.execute(sa.text(f"select range as i from range({rows})"))


def test_rows_outlive_the_connection(engine: sa.Engine) -> None:
    assert result(engine, 3).fetchall() == [(0,), (1,), (2,)]


def test_as_many_rows_as_are_kept_are_all_there(engine: sa.Engine) -> None:
    assert len(result(engine, KEPT_ROWS).fetchall()) == KEPT_ROWS


def test_the_first_rows_of_a_longer_result_can_be_had(engine: sa.Engine) -> None:
    assert result(engine, KEPT_ROWS + 1).fetchmany(200)[-1] == (199,)


def test_all_rows_of_a_longer_result_are_an_error_not_a_part(engine: sa.Engine) -> None:
    with pytest.raises(TooManyRowsError):
        result(engine, KEPT_ROWS + 1).fetchall()
    with pytest.raises(TooManyRowsError):
        result(engine, KEPT_ROWS + 1).fetchmany(KEPT_ROWS + 1)
    with pytest.raises(TooManyRowsError):
        list(result(engine, KEPT_ROWS + 1))


def test_a_statement_without_rows_is_no_error(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        connection.execute(sa.text("create table t (i int)"))
        assert connection.execute(sa.text("select * from t")).fetchall() == []
