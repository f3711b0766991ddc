"""The rows that break a rule, and which documents they came from."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from expectations.suite import Expectation, Suite
from orchestration.common.sql import literal
from orchestration.gating.record import GateRecord

# How a published row without a source of its own is traced to the documents it was made from.
_TRACED_BY = ("listing_id", "cluster_id", "locality_id", "industry_id")


def offending_sources(build_database: Path, record: GateRecord, suites: Sequence[Suite]) -> dict[str, list[str]]:
    """Source ids of the documents behind what failed, each with the expectations that its rows fail.

    A rule about a table as a whole, or about rows that lead to no document, names none.
    """
    failed = {(r.table, r.expectation) for r in record.results if r.outcome == "fail"}
    found: dict[str, list[str]] = {}
    with duckdb.connect(str(build_database), read_only=True) as connection:
        for suite in suites:
            for expectation in suite.expectations:
                if (suite.table, expectation.id) not in failed or (query := offending_rows(expectation)) is None:
                    continue
                connection.execute(f"use {suite.schema}")
                for source_id in sources_of(connection, query.format(batch=suite.table)):
                    found.setdefault(source_id, []).append(f"{suite.table} {expectation.id}")
    return found


def sources_of(connection: duckdb.DuckDBPyConnection, query: str) -> set[str]:
    """The documents that the rows of a query were made from; none where its rows name nothing that leads to one."""
    columns = {name for name, *_ in connection.execute(f"describe {query}").fetchall()}
    if "source_id" in columns:
        found = connection.execute(f"select distinct source_id from ({query}) as q").fetchall()
    elif key := next((name for name in _TRACED_BY if name in columns), None):
        found = connection.execute(
            f"select distinct source_id from marts.fct_cluster_listings where {key} in (select {key} from ({query}) as q)"
        ).fetchall()
    else:
        return set()
    return {str(source_id) for (source_id,) in found if source_id is not None}


def offending_rows(expectation: Expectation) -> str | None:
    """SQL for the rows of `{batch}` that break a rule; None for a rule about the table as a whole."""
    kwargs = expectation.kwargs
    if query := kwargs.get("unexpected_rows_query"):
        return str(query)
    rows = f"select * from {{batch}} where {kwargs.get('column')}"
    match expectation.type:
        case "ExpectColumnValuesToNotBeNull":
            return f"{rows} is null"
        case "ExpectColumnValuesToBeInSet":
            values = kwargs["value_set"]
            return f"{rows} not in ({', '.join(map(literal, values if isinstance(values, list) else ()))})"
        case "ExpectColumnValuesToBeBetween":
            return f"{rows} not between {literal(kwargs['min_value'])} and {literal(kwargs['max_value'])}"
    return None
