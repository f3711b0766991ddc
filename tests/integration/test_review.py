"""A person's answers, from the question to the release: asked, decided in the curation files of a checkout, applied, named when stale."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration.paths import ROOT

DOCUMENTS = {
    "a.txt": """\
Clusters of the coast

The Foshan Ceramics Industrial Cluster makes half of the country's tiles.

The Suzhou Furniture Industrial Cluster exports to forty countries.

The Yueqing Electrical Industrial Cluster in Zhejiang province employs 20,000 people.

The Foshan Quux Industrial Cluster in Guangdong province is new.
""",
    "b.txt": """\
News of the coast

The Yueqing Miniature Electrical Industrial Cluster in Zhejiang province grew by 5 percent.

The Foshan Zzyzx Industrial Cluster in Guangdong province is new, too.
""",
}


@pytest.fixture
def checkout(released: Path, tmp_path: Path) -> Path:
    """A copy of what a release is made from: decisions are written into the checkout, and this one's stay as they are."""
    shutil.copytree(released / "dbt", tmp_path / "warehouse" / "dbt")  # the parsed project, which saves seconds
    for name in ("orchestration", "expectations", "dbt_project", "tests/answers"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("target", "logs"))
    (tmp_path / "requirements").mkdir()
    shutil.copy(ROOT / "requirements" / "run.lock", tmp_path / "requirements")
    (tmp_path / "raw").mkdir()
    for name, text in DOCUMENTS.items():
        (tmp_path / "raw" / name).write_text(text, encoding="utf-8")
        (tmp_path / "raw" / f"{name}.meta.yml").write_text("as_of_date: 2021-04-01\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def jiqun(checkout: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`jiqun` of the copy, on its own raw and warehouse."""
    environment = {**os.environ, "JIQUN_RAW": str(checkout / "raw"), "JIQUN_WAREHOUSE": str(checkout / "warehouse")}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "orchestration.cli", *arguments],
            capture_output=True,
            text=True,
            timeout=300,
            cwd=checkout,
            env=environment,
            check=False,
        )

    return run


def test_answers_are_applied_by_the_next_refresh_and_stale_ones_named(jiqun, checkout: Path) -> None:
    assert jiqun("refresh").returncode == 0
    asked = json.loads(jiqun("review", "--json").stdout)["questions"]
    ids = {(question["kind"], question["printed"]): question["question_id"] for question in asked}
    place, quux, zzyzx = ids["place", "Suzhou"], ids["industry", "Quux Industrial Cluster"], ids["industry", "Zzyzx Industrial Cluster"]
    (cluster,) = (question for question in asked if question["kind"] == "cluster")
    told = jiqun("review").stdout
    assert "a.txt:5 │ The Suzhou Furniture Industrial Cluster exports" in told
    assert "320500" in told

    for arguments, words in (
        (("accept", place, "--answer", "Suzhou"), "Did you mean 320500"),
        (("accept", place, "--answer", "322700"), "2021"),
        (("accept", quux), "--answer"),
        (("accept", quux, "--answer", "ceramic"), "Did you mean ceramics"),
        (("accept", cluster["question_id"], "--answer", "c0"), "no cluster"),
        (("accept", "v0"), "asks nothing"),
        (("reject", "v0"), "asks nothing"),
    ):
        refused = jiqun("review", *arguments)
        assert (refused.returncode, refused.stdout) == (2, ""), arguments
        assert words in refused.stderr
    for file in ("place_decisions", "industry_decisions", "cluster_decisions", "place_aliases"):
        path = Path("dbt_project", "seeds", "curation", f"{file}.csv")
        assert (checkout / path).read_bytes() == (ROOT / path).read_bytes(), "a refused answer wrote something"

    for arguments in (
        ("accept", place, "--reason", "exports as the Jiangsu one does"),
        ("accept", quux, "--answer", "toys"),
        ("accept", cluster["question_id"]),
        ("reject", zzyzx),
    ):
        ran = jiqun("review", *arguments)
        assert ran.returncode == 0, ran.stderr
        assert "jiqun refresh" in ran.stderr
    assert {question["decided"] for question in json.loads(jiqun("review", "--json").stdout)["questions"]} - {None} == {
        "320500",
        "toys",
        f"same as {cluster['suggested_id']}",
        "rejected",
    }

    ran = jiqun("refresh")
    assert ran.returncode == 0, ran.stderr
    query = "select locality_printed, industry_printed, province_code_gb2260, industry_id, classified_by, cluster_id, rule"
    query += " from fct_cluster_listings join dim_industries using (industry_id)"
    query += " left join audit.provenance on row_id = listing_id and column_name = 'locality_id' order by all"
    rows = {row["industry_printed"]: row for row in json.loads(jiqun("query", query, "--json").stdout)}
    furniture = rows["Furniture Industrial Cluster"]
    assert (furniture["province_code_gb2260"], furniture["rule"]) == ("320000", "curated_decision")
    quux_row = rows["Quux Industrial Cluster"]
    assert (quux_row["industry_id"], quux_row["classified_by"]) == ("toys", "curated")
    assert rows["Electrical Industrial Cluster"]["cluster_id"] == rows["Miniature Electrical Industrial Cluster"]["cluster_id"]
    assert rows["Zzyzx Industrial Cluster"]["classified_by"] == "unclassified"
    left = json.loads(jiqun("review", "--json").stdout)["questions"]
    assert [question["printed"] for question in left] == ["Miniature Electrical Industrial Cluster"]  # by a keyword, unanswered
    assert "Suzhou" in jiqun("diff").stdout

    stale = checkout / "dbt_project" / "seeds" / "curation" / "industry_decisions.csv"
    with stale.open("a", encoding="utf-8") as file:
        file.write("nobody prints this,ceramics,it was printed once,2026-01-01\n")
    refused = jiqun("refresh")
    assert refused.returncode == 3
    assert "nobody prints this" in refused.stderr
    assert "nobody prints this" in jiqun("why").stdout


def test_options_before_the_subcommand_are_refused_rather_than_ignored(jiqun) -> None:
    for options in (("--warehouse", "elsewhere"), ("--json",)):
        refused = jiqun("review", *options, "reject", "v0")
        assert refused.returncode == 2
        assert "behind the subcommand" in refused.stderr


def test_warehouse_without_a_release_has_nothing_to_review(jiqun) -> None:
    for arguments in ((), ("accept", "v0"), ("reject", "v0")):
        refused = jiqun("review", *arguments)
        assert refused.returncode == 2
        assert "jiqun refresh" in refused.stderr


@pytest.mark.parametrize("arguments", [(), ("accept",), ("reject",)])
def test_review_has_help(jiqun, arguments: tuple[str, ...]) -> None:
    ran = jiqun("review", *arguments, "--help")
    assert ran.returncode == 0
    assert "review" in ran.stdout
