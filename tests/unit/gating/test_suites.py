"""The suites are well-formed plain data, and loading them costs nothing."""

import json
import re
import subprocess
import sys

import pytest

from expectations import SUITES
from expectations.suite import Expectation, Suite

EVERY = [pytest.param(suite, e, id=f"{suite.table}.{e.id}") for suite in SUITES for e in suite.expectations]

# The contract's tables. Those it does not name may be published as well, but not without a suite either.
CONTRACT = {
    *("marts." + name for name in ("dim_sources", "dim_provinces", "dim_localities", "dim_industries", "dim_clusters")),
    *("marts." + name for name in ("fct_cluster_listings", "fct_province_tallies", "fct_awards", "fct_statistics", "clusters")),
    *("audit." + name for name in ("line_ledger", "repairs", "quarantine", "provenance", "document_lines")),
}


def test_every_table_of_the_contract_has_a_suite() -> None:
    assert CONTRACT - {suite.table for suite in SUITES} == set()


def test_a_table_has_one_suite() -> None:
    assert len({suite.table for suite in SUITES}) == len(SUITES)


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.table)
def test_ids_are_unique_in_a_suite_that_is_not_empty(suite: Suite) -> None:
    ids = [e.id for e in suite.expectations]
    assert ids
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(("suite", "expectation"), EVERY)
def test_an_expectation_is_plain_data_with_a_name_and_a_promise(suite: Suite, expectation: Expectation) -> None:
    assert re.fullmatch(r"[a-z0-9_]+", expectation.id)
    assert expectation.severity in ("critical", "warning")
    assert expectation.description.endswith((".", "%."))
    assert json.loads(json.dumps(expectation.kwargs)) == expectation.kwargs


@pytest.mark.parametrize(("suite", "expectation"), [param for param in EVERY if "unexpected_rows_query" in param.values[1].kwargs])
def test_a_query_shows_its_offenders_uncut_and_by_key(suite: Suite, expectation: Expectation) -> None:
    query = str(expectation.kwargs["unexpected_rows_query"])
    assert "{batch}" in query
    assert not re.search(r"\blimit\b", query)
    assert "join" in query or not re.search(r"\{batch\} as ", query), (
        "Great Expectations adds an alias of its own to a query without a join"
    )


def test_loading_the_suites_does_not_import_great_expectations() -> None:
    code = "import sys, expectations; sys.exit(any(name.startswith(('great', 'pandas', 'sqlalchemy', 'duckdb')) for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_change_of_any_field_changes_the_digest() -> None:
    first = Expectation("a", "T", {"x": 1}, "d")
    others = [
        Expectation("b", "T", {"x": 1}, "d"),
        Expectation("a", "U", {"x": 1}, "d"),
        Expectation("a", "T", {"x": 2}, "d"),
        Expectation("a", "T", {"x": 1}, "e"),
        Expectation("a", "T", {"x": 1}, "d", "warning"),
        Expectation("a", "T", {"x": 1}, "d", examined="q"),
    ]
    assert len({e.digest for e in (first, *others)}) == len(others) + 1
