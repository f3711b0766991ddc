"""Every way around the gate that Dagster, the command line or an edited file offers: all end refused, and readers see what they saw."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import dagster as dg
import duckdb
import pytest

import expectations
from expectations.suite import Suite, no_rows
from orchestration.errors import JiqunError
from orchestration.gating import runner
from orchestration.gating.record import GateRecord
from orchestration.paths import RAW, ROOT
from orchestration.refreshing import engines
from orchestration.releasing.tables import RELEASED

RELEASE = dg.AssetKey(["release"])


@dataclass
class Built:
    """A warehouse whose last build passed its gate and was not released; `current` is an older release."""

    root: Path
    release_id: str

    @property
    def build(self) -> Path:
        return self.root / "build"

    def sql(self, *statements: str) -> None:
        """Change the build behind the back of the gate."""
        with duckdb.connect(str(self.build / "build.duckdb")) as connection:
            for statement in statements:
                connection.execute(statement)

    def edit(self, name: str, change: Callable[[Any], Any]) -> None:
        path = self.build / name
        path.write_text(json.dumps(change(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")

    def rewrite_record(self, **fields: Any) -> None:
        """Another record, whole and with its own digest, as another run of the gate would have written it."""
        record = GateRecord.load(self.build / "gate.json")
        replace(record, **fields).save(self.build / "gate.json")

    def materialize(self, *, checks: bool, assets: tuple[dg.AssetKey, ...] = (RELEASE,)) -> dict[str, Any]:
        """Run the job on a selection, as Dagster's UI launches one, and return what it wrote down."""
        from orchestration.definitions import definitions
        from orchestration.defs.gate import gate

        whole = definitions.resolve_job_def("refresh")
        asked = frozenset(gate.check_keys if checks else ())
        with dg.DagsterInstance.ephemeral() as instance:
            done = whole.get_subset(asset_selection=frozenset(assets), asset_check_selection=asked).execute_in_process(
                instance=instance, raise_on_error=False
            )
        report: dict[str, Any] = json.loads((self.root / "last_refresh.json").read_text(encoding="utf-8"))
        assert report["run"] == done.run_id
        assert done.success == (report["outcome"] == "released")
        return report

    def assert_refused(self, report: dict[str, Any], reason: str) -> None:
        assert report["outcome"] == "refused", report["error"]
        assert report["exit_status"] == 3
        assert reason in json.dumps(report, ensure_ascii=False)
        self.assert_untouched()

    def assert_untouched(self) -> None:
        assert (self.root / "current").readlink() == Path("releases/older")
        assert [path.name for path in (self.root / "releases").iterdir()] == ["older"]


@pytest.fixture
def built(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Built:
    release_id = (warehouse / "current").readlink().name
    (warehouse / "releases" / release_id).rename(warehouse / "releases" / "older")
    (warehouse / "current").unlink()
    (warehouse / "current").symlink_to("releases/older")
    monkeypatch.setenv("JIQUN_RAW", str(RAW))
    monkeypatch.setenv("JIQUN_WAREHOUSE", str(warehouse))
    monkeypatch.setenv("DAGSTER_HOME", str(warehouse / "dagster"))
    return Built(warehouse, release_id)


def test_the_release_alone_publishes_exactly_what_the_gate_let_through(built: Built) -> None:
    # Without this the refusals below would prove nothing. What is planted beside the build's tables stays behind.
    built.sql(
        "create schema planted",
        "create table planted.secrets as select 1 as a",
        "create table marts.planted as select 'x'::blob as a",
        "create view audit.planted as select * from planted.secrets",
    )
    assert built.materialize(checks=False)["outcome"] == "released"
    assert (built.root / "current").readlink().name == built.release_id
    with duckdb.connect(str(built.root / "current" / "jiqun.duckdb"), read_only=True) as connection:
        found = connection.execute("select schema_name || '.' || table_name from duckdb_columns() where not internal").fetchall()
    assert {name for (name,) in found} == {table.full_name for table in RELEASED}
    assert {path.stem for path in (built.root / "current" / "parquet").iterdir()} == {table.full_name for table in RELEASED}


POISON = "update marts.dim_clusters set name_en = 'Poisoned' where cluster_id = (select min(cluster_id) from marts.dim_clusters)"

SPOILT: dict[str, tuple[Callable[[Built], object], str]] = {
    "no gate record": (lambda b: (b.build / "gate.json").unlink(), "there is no gate record"),
    "an empty gate record": (lambda b: (b.build / "gate.json").write_text(""), "cannot be read"),
    "a torn gate record": (lambda b: os.truncate(b.build / "gate.json", 4000), "cannot be read"),
    "a record that refuses": (lambda b: b.rewrite_record(problems=("the reader was drunk",)), "the reader was drunk"),
    "a refusal edited to a pass": (
        lambda b: (b.rewrite_record(problems=("no",)), b.edit("gate.json", lambda r: r | {"outcome": "released"})),
        "was edited",
    ),
    "an answer edited": (lambda b: b.edit("gate.json", lambda r: r | {"results": r["results"][:-1]}), "was edited"),
    "an answer left out": (
        lambda b: b.rewrite_record(results=GateRecord.load(b.build / "gate.json").results[:-1]),
        "does not answer exactly the expectations",
    ),
    "a record without answers": (lambda b: b.rewrite_record(results=()), "does not answer exactly the expectations"),
    "a record of an earlier build": (lambda b: b.rewrite_record(fingerprint="0" * 64), "other inputs or code"),
    "a record of another version": (lambda b: b.edit("gate.json", lambda r: r | {"record_version": 0}), "of version 0"),
    "a fingerprint of another build": (
        lambda b: b.edit("fingerprint.json", lambda f: f | {"digest": "0" * 64}),
        "other inputs or code",
    ),
    "no fingerprint": (lambda b: (b.build / "fingerprint.json").unlink(), "has no fingerprint.json"),
    "a torn fingerprint": (lambda b: (b.build / "fingerprint.json").write_text('{"digest": "'), "fingerprint.json"),
    "a value changed after the gate": (lambda b: b.sql(POISON), "is not what the gate examined"),
    "a row added after the gate": (
        lambda b: b.sql("insert into audit.repairs select * from audit.repairs limit 1"),
        "audit.repairs is not what the gate examined",
    ),
    "a table emptied after the gate": (lambda b: b.sql("delete from marts.fct_awards"), "is not what the gate examined"),
    "a table dropped after the gate": (lambda b: b.sql("drop table audit.quarantine"), "lacks audit.quarantine"),
    "a column hidden in after the gate": (
        lambda b: b.sql("alter table marts.dim_sources add column token varchar"),
        "marts.dim_sources is not what the gate examined",
    ),
    "a table replaced by a view of the same rows elsewhere": (
        lambda b: b.sql(
            "create schema planted",
            "create table planted.kept as select * from marts.dim_provinces",
            "drop table marts.dim_provinces",
            "create view marts.dim_provinces as select * from planted.kept",
        ),
        "planted",
    ),
    "a build database that is gone": (lambda b: (b.build / "build.duckdb").unlink(), ""),
}


@pytest.mark.parametrize("case", SPOILT)
def test_the_release_alone_refuses(built: Built, case: str) -> None:
    spoil, reason = SPOILT[case]
    spoil(built)
    report = built.materialize(checks=False)
    if "gone" in case:  # not a verdict but a fault: exit status 1
        assert report["outcome"] == "failed"
        built.assert_untouched()
    else:
        built.assert_refused(report, reason)


def changed_first(change: Callable[[Suite], Suite]) -> tuple[Suite, ...]:
    return (change(expectations.SUITES[0]), *expectations.SUITES[1:])


SUITES_OF_LATER: dict[str, Callable[[], tuple[Suite, ...]]] = {
    "deleted": lambda: changed_first(lambda s: replace(s, expectations=s.expectations[1:])),
    "renamed": lambda: changed_first(lambda s: replace(s, expectations=(replace(s.expectations[0], id="another"), *s.expectations[1:]))),
    "reworded": lambda: changed_first(
        lambda s: replace(
            s, expectations=(replace(s.expectations[0], kwargs={"unexpected_rows_query": "select 1 where false"}), *s.expectations[1:])
        )
    ),
    "lowered to a warning": lambda: changed_first(
        lambda s: replace(s, expectations=(replace(s.expectations[0], severity="warning"), *s.expectations[1:]))
    ),
    "added": lambda: changed_first(lambda s: replace(s, expectations=(*s.expectations, no_rows("new", "select 1 where false", "New.")))),
    "emptied": lambda: changed_first(lambda s: replace(s, expectations=())),
    "a suite deleted": lambda: expectations.SUITES[1:],
    "all deleted": lambda: (),
}


@pytest.mark.parametrize("case", SUITES_OF_LATER)
def test_a_record_made_before_an_expectation_was_changed_refuses(built: Built, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expectations, "SUITES", SUITES_OF_LATER[case]())
    built.assert_refused(built.materialize(checks=False), "of other suites or answer tables")


def test_a_blocked_build_is_not_published_by_a_later_run_of_the_release_alone(built: Built) -> None:
    built.sql(POISON.replace("'Poisoned'", "'<b>Poisoned</b>'"))
    built.assert_refused(built.materialize(checks=True), "marts.dim_clusters")
    built.assert_refused(built.materialize(checks=False), "the gate refused")


def small(*suites: Suite) -> tuple[Suite, ...]:
    """Fewer suites make a faster gate, where the case is about something else."""
    return suites or tuple(suite for suite in expectations.SUITES if suite.table == "marts.dim_provinces")


def ask_only(monkeypatch: pytest.MonkeyPatch, suites: tuple[Suite, ...], *, release: bool = True) -> None:
    monkeypatch.setattr(runner, "SUITES", suites)
    # These suites are of this process alone: the gate beside it would ask those of the checkout.
    monkeypatch.setattr(engines, "gate_process", lambda: SimpleNamespace(ask=runner.run_gate))
    if release:
        monkeypatch.setattr(expectations, "SUITES", suites)


def gate_and_release(built: Built) -> dict[str, Any]:
    """The gate in a run of its own, and then the release: what the checks said stands between them in the record alone."""
    from orchestration.paths import Warehouse
    from orchestration.refreshing.engines import OnDuckDB
    from orchestration.refreshing.refresh import Refresh

    place = Warehouse(built.root)
    Refresh(RAW, place, "by hand", OnDuckDB(place)).gate()
    return built.materialize(checks=False)


def dropped(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    tests = [r for r in results if r["resource_type"] == "test"]
    return [r for r in results if r is not tests[0]]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (dropped, ": not run"),
        (lambda results: [r for r in results if r["resource_type"] != "test"], ": not run"),
        (lambda results: [r | {"status": "fail"} if r["resource_type"] == "test" else r for r in results], ": fail"),
        (lambda results: [r | {"status": "skipped"} if r["resource_type"] == "test" else r for r in results], ": skipped"),
        (lambda results: [], ": not run"),
    ],
    ids=["one test excluded", "all tests excluded", "tests that failed", "tests skipped", "nothing run"],
)
def test_a_dbt_test_that_did_not_pass_refuses(
    built: Built, change: Callable[[Any], Any], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_only(monkeypatch, small())
    built.edit("dbt_results.json", change)
    built.assert_refused(gate_and_release(built), reason)


@pytest.mark.parametrize("case", ["raises", "raises as a warning", "asks a table that is missing"])
def test_an_expectation_that_cannot_be_asked_refuses(built: Built, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = no_rows("broken", "select no_such_function(1) from {batch}", "Cannot be asked.")
    (suite,) = small()
    if case == "asks a table that is missing":
        added = Suite("marts.nowhere", ("a",), (no_rows("any", "select 1 from {batch}", "Nothing."),))
    else:
        added = replace(suite, expectations=(replace(broken, severity="warning" if "warning" in case else "critical"),))
    ask_only(monkeypatch, small(added))
    built.assert_refused(gate_and_release(built), "could not be asked")


@pytest.mark.parametrize("how", [TimeoutError("too slow"), JiqunError("The gate's process 7 ended without an answer")])
def test_a_gate_that_came_to_no_end_publishes_nothing_then_and_later(built: Built, how: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(*_: object, **__: object) -> GateRecord:
        raise how

    (built.build / "gate.json").unlink()  # as reading leaves the build
    monkeypatch.setattr(engines, "gate_process", lambda: SimpleNamespace(ask=ask))
    assert built.materialize(checks=True)["outcome"] == "failed"
    built.assert_untouched()
    built.assert_refused(built.materialize(checks=False), "there is no gate record")


@pytest.mark.parametrize("suites", [(), (Suite("marts.dim_provinces", ("province_code_gb2260",), ()),)], ids=["none", "empty"])
def test_a_gate_that_asks_nothing_refuses(built: Built, suites: tuple[Suite, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    ask_only(monkeypatch, suites)
    built.assert_refused(gate_and_release(built), "no expectation was asked")


def test_a_gate_that_asks_only_some_suites_refuses(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_only(monkeypatch, small(), release=False)
    built.assert_refused(gate_and_release(built), "of other suites or answer tables")


def test_suites_about_some_tables_let_no_other_table_through(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_only(monkeypatch, small())
    built.assert_refused(gate_and_release(built), "the gate has not examined")


def test_a_whole_job_without_checks_refuses(built: Built) -> None:
    from orchestration.definitions import definitions

    everything = tuple(definitions.resolve_job_def("refresh").asset_layer.executable_asset_keys)
    built.assert_refused(built.materialize(checks=False, assets=everything), "there is no gate record")


def test_a_release_selected_on_the_command_line_of_dagster_refuses(built: Built) -> None:
    built.sql(POISON)
    command = ["-m", "dagster", "asset", "materialize", "--select", "release", "-m", "orchestration.definitions"]
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode != 0
    assert "is not what the gate examined" in done.stdout + done.stderr
    built.assert_untouched()
