"""What DuckDB is told."""

import duckdb
import pytest

from orchestration.common.sql import bounded


def test_a_connection_may_hold_what_the_variable_says_and_else_half_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> str:
        with duckdb.connect() as connection:
            whole = connection.execute("select current_setting('memory_limit')").fetchone()
            connection.execute(bounded())
            assert connection.execute("select current_setting('memory_limit')").fetchone() != whole
            ((limit,),) = connection.execute("select current_setting('memory_limit')").fetchall()
        return str(limit)

    monkeypatch.delenv("JIQUN_MEMORY_LIMIT", raising=False)
    half = told()
    monkeypatch.setenv("JIQUN_MEMORY_LIMIT", "512MiB")
    assert told() == "512.0 MiB" != half
