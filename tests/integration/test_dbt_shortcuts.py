"""What this project does in place of dbt's own."""

import shutil
from pathlib import Path

import duckdb
import pytest
from dbt.artifacts.resources.v1.components import InjectedCTE

from orchestration.conforming.dbt import inject_ctes, run_dbt

CTES = [InjectedCTE("model.a", " __dbt__cte__a as (\nselect 1 as n\n)"), InjectedCTE("model.b", " __dbt__cte__b as (\nselect 2 as n\n)")]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("select * from __dbt__cte__a union all select * from __dbt__cte__b", [1, 2]),
        ("with own as (select * from __dbt__cte__a) select * from own", [1]),
        ("-- with a comment\n/* with\nanother */\n\nWITH own as (select * from __dbt__cte__b) select * from own", [2]),
        ("with recursive own as (select n from __dbt__cte__a union all select n + 1 from own where n < 3) from own order by n", [1, 2, 3]),
        ("select n from __dbt__cte__a where 'with' like 'with%'", [1]),
        ("(select * from __dbt__cte__a)", [1]),
        ("select 3 as n -- with", [3]),
    ],
)
def test_a_query_reads_the_ephemeral_models_written_before_it(query: str, rows: list[int]) -> None:
    assert [n for (n,) in duckdb.sql(inject_ctes(query, CTES)).fetchall()] == rows


def test_a_query_that_reads_no_ephemeral_model_stays_as_it_is() -> None:
    assert inject_ctes("with own as (select 1) select * from own", []) == "with own as (select 1) select * from own"


def test_a_warehouse_that_was_moved_is_not_parsed_again(released: Path, tmp_path: Path) -> None:
    target = tmp_path / "dbt"
    shutil.copytree(released / "dbt", target)
    (target / "dbt.log").unlink()
    run_dbt(["parse"], build_database=tmp_path / "build.duckdb", target=target)
    assert "Unable to do partial parsing" not in (target / "dbt.log").read_text(encoding="utf-8")
