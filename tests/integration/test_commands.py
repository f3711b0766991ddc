"""The commands as a user types them: answers, JSON, exit statuses."""

import fcntl
import json
import re
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from orchestration.paths import RAW, ROOT
from tests.pages import PAGES

ALL = ("refresh", "status", "query", "explain", "why", "releases", "diff", "rollback", "verify", "site")


@pytest.mark.parametrize("command", ALL)
def test_every_command_has_help(jiqun, command: str) -> None:
    ran = jiqun(command, "--help")
    assert ran.status == 0
    assert command in ran.out


def test_refresh_with_nothing_new_says_so_and_changes_nothing(jiqun, released: Path) -> None:
    before = sorted((p, p.stat().st_mtime_ns) for p in (released / "releases").rglob("*"))
    ran = jiqun("refresh", "--raw", RAW, "--warehouse", released, "--json")
    assert ran.status == 0
    assert ran.json["outcome"] == "nothing new"
    assert sorted((p, p.stat().st_mtime_ns) for p in (released / "releases").rglob("*")) == before


@pytest.mark.parametrize("command", ["refresh", "status"])
def test_nothing_new_is_decided_without_the_frameworks(released: Path, command: str) -> None:
    code = (
        "import sys; from orchestration.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([m for m in ('dagster', 'dbt', 'great_expectations', 'pandas', 'duckdb') if m in sys.modules], file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, command, "--raw", str(RAW), "--warehouse", str(released)], capture_output=True, text=True, check=True
    )
    assert ran.stderr.strip().endswith("[]"), ran.stderr


def test_status_names_the_release_and_what_is_pending(jiqun, warehouse: Path, raw: Path) -> None:
    (raw / "new.txt").write_text("Yueqing\n", encoding="utf-8")
    next(raw.rglob("004*.txt")).unlink()
    report = jiqun("status", "--raw", raw, "--warehouse", warehouse, "--json").json
    assert report["release_id"] == (warehouse / "current").readlink().name
    assert report["pending"]["added"] == ["new.txt"]
    assert report["pending"]["removed"] == ["zhejiang_gov/004_f39f7fba967055bf.txt"]
    assert report["last_refresh"]["outcome"] == "released"
    assert report["last_gate"] == "released"


def test_status_of_a_warehouse_that_does_not_exist_yet(jiqun, tmp_path: Path) -> None:
    ran = jiqun("status", "--raw", RAW, "--warehouse", tmp_path / "none")
    assert ran.status == 0
    assert "jiqun refresh" in ran.out


def test_the_current_release_verifies(jiqun, released: Path) -> None:
    ran = jiqun("verify", "--warehouse", released)
    assert ran.status == 0, ran.out + ran.err


def test_a_refresh_is_refused_while_another_holds_the_warehouse(jiqun, warehouse: Path, raw: Path) -> None:
    (raw / "new.txt").write_text("x\n", encoding="utf-8")
    with (warehouse / "refresh.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        json.dump({"pid": 4711, "since": "2026-01-01T00:00:00+00:00"}, lock)
        lock.flush()
        ran = jiqun("refresh", "--raw", raw, "--warehouse", warehouse)
    assert ran.status == 4
    assert "4711" in ran.err
    assert "2026-01-01" in ran.err


@pytest.mark.parametrize(
    "grain",
    [
        "listing_id from marts.fct_cluster_listings",
        "cluster_id from marts.dim_clusters",
        "tally_id from marts.fct_province_tallies",
        "award_id from marts.fct_awards",
        "statistic_id from marts.fct_statistics",
    ],
)
def test_explain_leads_from_any_row_to_its_printed_line(jiqun, marts, released: Path, grain: str) -> None:
    (identity,) = marts.execute(f"select {grain} order by 1 limit 1").fetchone()
    ran = jiqun("explain", identity, "--warehouse", released, "--json")
    assert ran.status == 0, ran.err
    assert "line_number" in ran.out
    text = jiqun("explain", identity, "--warehouse", released)
    assert text.status == 0
    assert ".txt" in text.out


def test_the_datum_that_the_readme_follows_is_explained_by_its_line_and_both_witnesses(jiqun, released: Path) -> None:
    text = jiqun("explain", "f37edffb7adb41f6-l0094", "--warehouse", released).out
    for fact in ("line 113", "Chongqing (1)", "Jinshan", "Shanghai", "slipped_label", "label 13 of 19", "gazetteer"):
        assert fact in text


@pytest.mark.parametrize(
    "arguments",
    [
        ("explain", "c0ffee"),
        ("verify", "no-such-release"),
        ("rollback", "no-such-release"),
        ("diff", "a", "b"),
        ("query", "select * from nowhere"),
        ("query", "drop table marts.dim_sources"),
    ],
)
def test_what_does_not_exist_or_may_not_be_done_is_bad_input(jiqun, released: Path, arguments: tuple[str, ...]) -> None:
    ran = jiqun(*arguments, "--warehouse", released)
    assert ran.status == 2
    assert ran.err.startswith("jiqun: ")


def test_modules_that_make_and_the_pages_run_are_there_with_all_that_they_import() -> None:
    told = [(ROOT / "Makefile"), *PAGES]
    named = {name for page in told for name in re.findall(r"python -m ([a-z_.]*[a-z])", page.read_text(encoding="utf-8"))}
    assert {"benchmarks", "benchmarks.growth", "tests.accuracy", "tools.seeds"} <= named
    for name in sorted(named):
        found = find_spec(name)
        assert found, name
        if (ROOT / name.partition(".")[0]).is_dir():  # ours
            import_module(f"{name}.__main__" if found.submodule_search_locations else name)
