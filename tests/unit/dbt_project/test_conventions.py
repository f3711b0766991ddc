"""The habits the dbt project keeps, read from its files: who may read whom, that everything is described, that SQL stays portable."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from expectations import fct_statistics
from expectations.shared import UNCLEAN
from orchestration.paths import DBT_PROJECT, SEEDS

MODELS = {path.stem: path for path in sorted((DBT_PROJECT / "models").rglob("*.sql"))}
PROPERTIES = sorted((DBT_PROJECT / "models").rglob("*.yml"))
DESCRIBED = {model["name"]: model for path in PROPERTIES for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", ())}
# A reader's question may be asked twice in the same words, so it has no key until audit.quarantine numbers them.
WITHOUT_KEY = {"stg_raw__questions"}


def folder(model: str) -> str:
    return MODELS[model].relative_to(DBT_PROJECT / "models").parts[0]


def sql(model: str) -> str:
    return MODELS[model].read_text(encoding="utf-8")


def refs(model: str) -> set[str]:
    return set(re.findall(r"ref\('(\w+)'\)", sql(model)))


def test_only_staging_reads_sources() -> None:
    assert {model for model in MODELS if "source(" in sql(model)} == {model for model in MODELS if folder(model) == "staging"}


@pytest.mark.parametrize(
    ("reader", "may_read"),
    [
        ("staging", set()),
        ("intermediate", {"staging", "intermediate"}),
        ("marts", {"staging", "intermediate", "marts"}),
        ("audit", {"staging", "intermediate", "marts", "audit"}),
    ],
)
def test_models_read_only_the_layers_before_them(reader: str, may_read: set[str]) -> None:
    wrong = {(m, r) for m in MODELS if folder(m) == reader for r in refs(m) if folder(r) not in may_read}
    assert not wrong, f"a model of {reader} may read {may_read}"


def test_marts_read_of_marts_only_dimensions_and_of_facts_only_the_view() -> None:
    wrong = {(m, r) for m in MODELS if folder(m) == "marts" and m != "clusters" for r in refs(m) if r.startswith("fct_")}
    assert not wrong


def test_every_model_is_described_in_its_own_folder_and_nothing_else_is() -> None:
    assert set(DESCRIBED) == set(MODELS)


@pytest.mark.parametrize("model", MODELS)
def test_description_begins_with_the_grain_and_no_column_is_named_without_one(model: str) -> None:
    described = DESCRIBED[model]
    assert described["description"].startswith("One row per ")
    assert [c["name"] for c in described.get("columns", ()) if not c.get("description", "").strip()] == []


def keys_tested(model: str) -> dict[str, Any]:
    (tested,) = (t["has_keys"]["arguments"] for t in DESCRIBED[model]["data_tests"] if "has_keys" in t)
    return tested


def primary_key(model: str) -> list[str]:
    """The key that is tested: by the model's own test where it is published, by one test for all models before that."""
    if folder(model) in ("marts", "audit"):
        return list(keys_tested(model)["primary"])
    layer = (DBT_PROJECT / "tests" / "assert_keys_before_the_marts_are_unique.sql").read_text(encoding="utf-8")
    (key,) = re.findall(rf"'{model}': \[(.*)\]", layer)
    return re.findall(r"\w+", key)


@pytest.mark.parametrize("model", sorted(set(MODELS) - WITHOUT_KEY))
def test_primary_key_is_tested(model: str) -> None:
    assert primary_key(model)


@pytest.mark.parametrize("model", [m for m in MODELS if folder(m) in ("marts", "audit")])
def test_published_columns_have_a_type_and_foreign_keys_a_relationship(model: str) -> None:
    columns = {column["name"]: column for column in DESCRIBED[model]["columns"]}
    assert all(column.get("data_type") in {"string", "int", "bigint", "double", "boolean", "date"} for column in columns.values())
    if model.startswith(("dim_", "fct_")):
        targets = {
            "cluster_id": "dim_clusters",
            "locality_id": "dim_localities",
            "industry_id": "dim_industries",
            "source_id": "dim_sources",
        }
        foreign = keys_tested(model).get("foreign", {})
        unrelated = [c for c, target in targets.items() if c in columns and model != target and foreign.get(c) != target]
        assert not unrelated


def test_what_the_gate_refuses_in_names_is_what_the_models_hold_back() -> None:
    macro = (DBT_PROJECT / "macros" / "clean.sql").read_text(encoding="utf-8")
    (pattern,) = re.findall(r"regex_found\(text, '(.*)'\) \}\}", macro)
    assert pattern.replace("\\\\", "\\") == UNCLEAN.format()


def test_words_for_figures_are_those_of_the_gate() -> None:
    (pieces,) = re.findall(r"(?s)figure_words =(.*?)%\}", sql("int_statistics_conformed"))
    pattern = "".join(re.findall("'(.*)'", pieces)).replace("\\\\", "\\")
    assert any(pattern in str(expectation.kwargs.get("unexpected_rows_query")) for expectation in fct_statistics.SUITE.expectations)


# Spelled differently, or answering differently, on DuckDB and Spark SQL: they stand in macros/ or nowhere.
UNPORTABLE = {
    "a cast by ::": r"::",
    "a list function": r"\blist_\w+\(",
    "string_agg outside the macro `joined`": r"\bstring_agg\(",
    "unnest outside the macro `each`": r"\bunnest\(",
    "a regular expression outside macros": r"\bregexp_\w+\(",
    "an identifier in double quotes": r'(?m)^[^\'{]*"\w+"[^\'}]*$',
    "concat, which treats null differently": r"\bconcat\(",
    "a similarity that differs": r"\bjaro\w*\(",
    "strpos, starts_with or left": r"\b(strpos|starts_with|left)\(",
    "an order without nulls first or last": r"(?m)\b(asc|desc)\b(?! nulls)",
    "integer division by //": r"//",
    "isfinite, which Spark does not have": r"\bisfinite\(",
    "a list of rows behind in": r"\bin \(values",
}


@pytest.mark.parametrize("what", UNPORTABLE)
def test_models_are_portable(what: str) -> None:
    found = {}
    for model in MODELS:
        text = re.sub(r"--.*|\{\{ joined\(.*\) \}\}", "", sql(model))
        if match := re.search(UNPORTABLE[what], text):
            found[model] = match.group()
    assert not found


@pytest.mark.parametrize("model", [m for m in MODELS if folder(m) in ("marts", "audit")])
def test_a_published_row_number_has_a_type_of_its_own(model: str) -> None:
    """DuckDB counts rows in a bigint and Spark in an int, and a contract is of one type."""
    published = {column["name"] for column in DESCRIBED[model]["columns"]}
    counted = set(re.findall(r"row_number\(\) over \([^()]*\) as (\w+)", sql(model)))
    assert counted & published <= set(re.findall(r"cast\((?:\w+\.)?(\w+) as bigint\)", sql(model)))


@pytest.mark.parametrize("table", ["place_aliases", "place_decisions", "industry_decisions", "cluster_decisions"])
def test_decisions_of_people_have_a_reason_and_a_day(table: str) -> None:
    header = (SEEDS / "curation" / f"{table}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    assert {"reason", "decided_on"} <= set(header)


def test_every_seed_is_a_source_and_every_source_of_seeds_a_file() -> None:
    sources = yaml.safe_load((DBT_PROJECT / "models" / "staging" / "sources.yml").read_text(encoding="utf-8"))["sources"]
    declared = {f"{s['name']}/{t['name']}" for s in sources if s["name"] != "raw" for t in s["tables"]}
    files = {path.relative_to(SEEDS).with_suffix("").as_posix() for path in Path(SEEDS).rglob("*.csv")}
    inputs_of_the_generator = {"gazetteer/successions", "gazetteer/coordinates_fixes"}
    assert declared == files - inputs_of_the_generator
