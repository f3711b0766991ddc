"""The gate asks inside DuckDB, tells pass, fail, warn and error apart, and leaves the build database as it was."""

import os
import signal
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from expectations.suite import Expectation, Severity, Suite, no_rows
from orchestration.errors import GateRefused, JiqunError
from orchestration.gating import examined, runner
from orchestration.gating.hashing import TableHash, table_hashes
from orchestration.gating.process import GateProcess
from orchestration.gating.record import GateRecord, suites_digest
from orchestration.gating.runner import run_gate

FINGERPRINT = "f" * 64
NO_ANSWERS = Path("no such folder")


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """A table of five rows, the third and fourth of which are bad, in a folder whose name no connection string survives."""
    folder = tmp_path / "a b$HOME%20&#é"
    folder.mkdir()
    with duckdb.connect(str(folder / "build.duckdb")) as connection:
        connection.execute(
            """
            create schema marts; create schema audit; create schema private;
            create table marts.t as
            select range as id, 's' || range % 2 as source_id, if(range in (2, 3), null, 'x' || range) as name from range(5);
            create view marts.v as select * from marts.t;
            create table marts.stray as select 1 as id;
            create table audit.empty (id integer, name varchar);
            create table private.secret as select 1 as id
            """
        )
    return folder / "build.duckdb"


def ask(build: Path, *expectations: Expectation, table: str = "marts.t") -> GateRecord:
    return run_gate(build, fingerprint=FINGERPRINT, suites=[Suite(table, ("id", "source_id"), expectations)], answers=NO_ANSWERS)


def not_null(severity: Severity = "critical", column: str = "name") -> Expectation:
    return Expectation("named", "ExpectColumnValuesToNotBeNull", {"column": column}, "All have names.", severity)


SOUND = no_rows("sound", "select id from {batch} where id < 0", "Ids are not negative.")
UNASKABLE = {
    "no such column": not_null(column="nowhere"),
    "no such column in SQL": no_rows("named", "select nowhere from {batch}", "d"),
    "no such table in SQL": no_rows("named", "select t.id from {batch} as t join marts.nowhere as n on n.id = t.id", "d"),
    "not SQL": no_rows("named", "selekt from {batch}", "d"),
    "an unpaired brace": no_rows("named", "select id from {batch} where name ~ 'x{3'", "d"),
    "fails on a value": no_rows("named", "select id from {batch} where cast(name as integer) = 1", "d"),
    "not supported by this dialect": Expectation("named", "ExpectColumnValuesToMatchRegex", {"column": "name", "regex": "x"}, "d"),
    "no such type": Expectation("named", "ExpectTheUnexpected", {}, "d"),
    "an argument it does not have": Expectation("named", "ExpectColumnValuesToNotBeNull", {"columm": "name"}, "d"),
    "an aggregate of text": Expectation("named", "ExpectColumnSumToBeBetween", {"column": "name", "min_value": 0}, "d"),
}


def test_a_rule_that_holds_passes(build: Path) -> None:
    record = ask(build, SOUND)
    assert (record.outcome, record.summary) == ("released", {"pass": 1, "fail": 0, "warn": 0, "error": 0})
    assert record.results[0].observed == "0 of 5"


def test_a_broken_rule_fails_with_its_rows(build: Path) -> None:
    record = ask(build, not_null(), no_rows("unnamed", "select id, source_id from {batch} where name is null", "d"))
    native, query = record.results
    assert record.outcome == "refused"
    assert (native.outcome, native.unexpected_count, native.observed) == ("fail", 2, "2 of 5")
    assert (query.outcome, query.unexpected_count, query.observed) == ("fail", 2, "2 of 5")
    assert [row["id"] for row in native.sample] == [row["id"] for row in query.sample] == [2, 3]
    assert native.sample[0]["source_id"] == "s0"
    assert "marts.t named (2 of 5)" in record.refusal


def test_a_broken_warning_warns_and_is_released(build: Path) -> None:
    record = ask(build, not_null("warning"))
    assert (record.outcome, record.results[0].outcome, record.results[0].unexpected_count) == ("released", "warn", 2)


@pytest.mark.parametrize("expectation", UNASKABLE.values(), ids=UNASKABLE)
def test_what_cannot_be_asked_is_an_error_for_it_alone(build: Path, expectation: Expectation) -> None:
    others = (SOUND, no_rows("also_sound", "select id from {batch} where id > 10", "d"), not_null())
    record = ask(build, others[0], replace(expectation, id="bad", severity="warning"), *others[1:])
    assert [result.outcome for result in record.results] == ["pass", "error", "pass", "fail"]
    assert record.results[1].observed.startswith("could not be asked: ")
    assert record.results[1].unexpected_count is None
    assert record.outcome == "refused"


def test_an_error_refuses_although_its_rule_is_only_a_warning(build: Path) -> None:
    record = ask(build, SOUND, not_null("warning", column="nowhere"))
    assert record.summary == {"pass": 1, "fail": 0, "warn": 0, "error": 1}
    with pytest.raises(GateRefused, match="could not be asked"):
        record.check(record.tables, FINGERPRINT, record.suites_digest)


def test_a_missing_table_is_an_error_of_every_rule_and_a_problem(build: Path) -> None:
    record = ask(build, SOUND, not_null(), table="marts.nowhere")
    assert [result.outcome for result in record.results] == ["error", "error"]
    assert record.problems == ("table marts.nowhere is missing from the build",)


def test_an_empty_suite_refuses(build: Path) -> None:
    suites = [Suite("marts.t", ("id",), (SOUND,)), Suite("marts.v", ("id",), ())]
    record = run_gate(build, fingerprint=FINGERPRINT, suites=suites, answers=NO_ANSWERS)
    assert (record.outcome, record.problems) == ("refused", ("suite marts.v is empty",))


def test_no_suite_at_all_refuses(build: Path) -> None:
    assert run_gate(build, fingerprint=FINGERPRINT, suites=[], answers=NO_ANSWERS).outcome == "refused"


def test_a_partly_evaluated_suite_refuses(build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = runner.run_suites
    monkeypatch.setattr(runner, "run_suites", lambda connection, suites: list(whole(connection, suites))[:-1])
    record = ask(build, SOUND, not_null("warning"))
    assert (record.outcome, record.problems) == ("refused", ("marts.t named was not answered",))


def test_content_that_changes_while_it_is_examined_refuses(build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Mapping[str, TableHash]] = []

    def changing(connection: duckdb.DuckDBPyConnection, only: Collection[str]) -> dict[str, TableHash]:
        seen.append(table_hashes(connection, only=only))
        return dict(seen[-1]) if len(seen) == 1 else {**seen[-1], "marts.t": TableHash("0" * 64, 5)}

    monkeypatch.setattr(examined, "table_hashes", changing)
    record = ask(build, SOUND)
    assert (record.outcome, record.problems) == ("refused", ("table marts.t changed while it was examined",))


def test_a_view_is_examined_like_a_table(build: Path) -> None:
    record = ask(build, not_null(), table="marts.v")
    assert (record.results[0].outcome, record.tables["marts.v"].row_count) == ("fail", 5)


def test_rules_of_an_empty_table_say_that_there_was_nothing_to_examine(build: Path) -> None:
    record = ask(build, not_null(), no_rows("sound", "select id from {batch} where id < 0", "d"), table="audit.empty")
    assert [(result.outcome, result.observed) for result in record.results] == [("pass", "nothing to examine")] * 2


def test_a_rule_about_part_of_a_table_says_how_much_that_is(build: Path) -> None:
    partial = no_rows("p", "select id from {batch} where id < 0", "d", examined="select 1 from {batch} where name is not null")
    assert ask(build, partial).results[0].observed == "0 of 3"


def test_a_stray_table_is_left_out_of_the_record(build: Path) -> None:
    record = ask(build, SOUND)
    assert list(record.tables) == ["marts.t"]
    with duckdb.connect(str(build), read_only=True) as connection, pytest.raises(GateRefused, match=r"not examined audit\.empty"):
        record.check(table_hashes(connection), FINGERPRINT, record.suites_digest)


def test_the_same_build_gives_the_same_record(build: Path) -> None:
    expectations = (SOUND, not_null(), no_rows("unnamed", "select id from {batch} where name is null", "d"))
    assert ask(build, *expectations).digest == ask(build, *expectations).digest


def test_the_record_is_of_the_suites_it_was_given(build: Path) -> None:
    record = ask(build, SOUND)
    assert record.suites_digest == suites_digest([Suite("marts.t", ("id", "source_id"), (SOUND,))], NO_ANSWERS)


def test_a_rule_broken_by_very_many_rows_counts_them_all_and_shows_the_first(build: Path) -> None:
    with duckdb.connect(str(build)) as connection:
        connection.execute(
            "create or replace table marts.t as select range as id, 's' as source_id, null::varchar as name from range(200000)"
        )
    record = ask(build, not_null(), no_rows("unnamed", "select id from {batch} where name is null", "d"))
    assert [result.unexpected_count for result in record.results] == [200_000, 200_000]
    assert [row["id"] for row in record.results[1].sample] == [0, 1, 2, 3, 4]


def test_the_file_is_let_go_of_and_unchanged(build: Path) -> None:
    before = build.read_bytes()
    ask(build, SOUND, not_null(column="nowhere"))
    assert build.read_bytes() == before
    assert not build.with_name("build.duckdb.wal").exists()
    with duckdb.connect(str(build)) as connection:
        connection.execute("create table private.written as select 1")


def test_nothing_is_printed(build: Path, capfd: pytest.CaptureFixture[str]) -> None:
    ask(build, SOUND, *(replace(expectation, id=f"e{place}") for place, expectation in enumerate(UNASKABLE.values())))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("content", [None, b"", b"not a database"], ids=["missing", "empty", "foreign"])
def test_a_build_database_that_cannot_be_read_refuses(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "build.duckdb").write_bytes(content)
    with pytest.raises(GateRefused, match=r"build\.duckdb cannot be opened"):
        ask(tmp_path / "build.duckdb", SOUND)


def test_a_view_that_cannot_be_read_refuses_by_name(build: Path) -> None:
    with duckdb.connect(str(build)) as connection:
        connection.execute("create view marts.broken as select * from private.secret; drop table private.secret")
    with pytest.raises(GateRefused, match=r"marts\.broken cannot be read"):
        ask(build, SOUND, table="marts.broken")


def test_an_answer_table_without_a_column_is_named(build: Path, tmp_path: Path) -> None:
    (tmp_path / "answers" / "s0").mkdir(parents=True)
    (tmp_path / "answers" / "s0" / "tallies.csv").write_text("province_code,measure\n330000,listed_clusters\n", encoding="utf-8")
    with pytest.raises(JiqunError, match=r"s0/tallies\.csv cannot be read"):
        run_gate(build, fingerprint=FINGERPRINT, suites=[], answers=tmp_path / "answers")


def test_the_gate_beside_answers_and_refuses_as_the_gate_itself(build: Path, tmp_path: Path) -> None:
    process = GateProcess()
    assert process.ask(build, fingerprint=FINGERPRINT) == run_gate(build, fingerprint=FINGERPRINT)
    with pytest.raises(GateRefused, match=r"nowhere\.duckdb cannot be opened") as refused:
        process.ask(tmp_path / "nowhere.duckdb", fingerprint=FINGERPRINT)
    assert refused.value.hint
    assert process.ask(build, fingerprint="of others").fingerprint == "of others"


def test_a_gate_beside_that_was_killed_is_an_error_and_not_an_answer(build: Path) -> None:
    process = GateProcess()
    os.kill(process.pid, signal.SIGKILL)
    with pytest.raises(JiqunError, match="ended without an answer") as error:
        process.ask(build, fingerprint=FINGERPRINT)
    assert not isinstance(error.value, GateRefused)
