"""A gate record lets exactly the content it examined be released, and refuses every way around it with the reason."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from expectations.suite import Suite, no_rows
from orchestration.errors import GateRefused
from orchestration.gating.hashing import TableHash
from orchestration.gating.record import (
    GATE_RESULTS,
    ExpectationResult,
    GateRecord,
    answers_digest,
    gate_results_rows,
    suites_digest,
)

SUITES = (
    Suite("marts.a", ("id",), (no_rows("one", "q1", "d"), no_rows("two", "q2", "d", severity="warning"))),
    Suite("audit.b", ("id",), (no_rows("one", "q3", "d"),)),
)
TABLES = {"marts.a": TableHash("a" * 64, 3), "audit.b": TableHash("b" * 64, 5)}
FINGERPRINT = "f" * 64


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    (tmp_path / "answers" / "source").mkdir(parents=True)
    (tmp_path / "answers" / "source" / "listings.csv").write_text("ordinal\n1\n", encoding="utf-8")
    return tmp_path / "answers"


@pytest.fixture
def record(answers: Path) -> GateRecord:
    results = tuple(
        ExpectationResult(suite.table, e.id, e.digest, e.severity, "pass", "0 of 3", 0, ()) for suite in SUITES for e in suite.expectations
    )
    return GateRecord(FINGERPRINT, suites_digest(SUITES, answers), answers_digest(answers), TABLES, results)


def with_outcome(record: GateRecord, place: int, outcome: Any) -> GateRecord:
    results = list(record.results)
    results[place] = replace(results[place], outcome=outcome)
    return replace(record, results=tuple(results))


def refusal(record: GateRecord, digest: str, candidate: dict[str, TableHash] | None = None, fingerprint: str = FINGERPRINT) -> str:
    with pytest.raises(GateRefused) as refused:
        record.check(TABLES if candidate is None else candidate, fingerprint, digest)
    return refused.value.message


def test_what_was_examined_and_passed_may_be_released(record: GateRecord) -> None:
    record.check(TABLES, FINGERPRINT, record.suites_digest)


def test_a_failed_warning_is_released_with_it(record: GateRecord) -> None:
    warned = with_outcome(record, 1, "warn")
    assert warned.outcome == "released"
    warned.check(TABLES, FINGERPRINT, warned.suites_digest)


@pytest.mark.parametrize("outcome", ["fail", "error"])
def test_an_expectation_that_failed_or_could_not_be_asked_refuses(record: GateRecord, outcome: str) -> None:
    assert "marts.a two" in refusal(with_outcome(record, 1, outcome), record.suites_digest)


def test_a_problem_of_the_run_refuses(record: GateRecord) -> None:
    assert "suite marts.a is empty" in refusal(replace(record, problems=("suite marts.a is empty",)), record.suites_digest)


def test_a_record_of_other_inputs_refuses(record: GateRecord) -> None:
    assert "other inputs or code" in refusal(record, record.suites_digest, fingerprint="0" * 64)


def test_a_record_of_other_suites_refuses(record: GateRecord, answers: Path) -> None:
    stricter = (*SUITES, Suite("marts.c", ("id",), (no_rows("one", "q4", "d"),)))
    assert "other suites" in refusal(record, suites_digest(stricter, answers))


def test_a_record_held_against_other_answer_tables_refuses(record: GateRecord, answers: Path) -> None:
    (answers / "source" / "listings.csv").write_text("ordinal\n2\n", encoding="utf-8")
    assert "answer tables" in refusal(record, suites_digest(SUITES, answers))


@pytest.mark.parametrize("kept", [slice(0, 2), slice(1, 3), slice(0, 0)], ids=["suite missing", "expectation missing", "nothing asked"])
def test_a_record_without_every_answer_refuses(record: GateRecord, kept: slice) -> None:
    assert "does not answer exactly" in refusal(replace(record, results=record.results[kept]), record.suites_digest)


def test_a_record_that_answers_another_wording_refuses(record: GateRecord) -> None:
    reworded = replace(record.results[0], definition="0" * 16)
    assert "does not answer exactly" in refusal(replace(record, results=(reworded, *record.results[1:])), record.suites_digest)


def test_a_severity_lowered_in_the_suite_is_another_suite(record: GateRecord, answers: Path) -> None:
    first = SUITES[0].expectations[0]
    lowered = (replace(SUITES[0], expectations=(replace(first, severity="warning"), *SUITES[0].expectations[1:])), SUITES[1])
    assert "other suites" in refusal(record, suites_digest(lowered, answers))


def test_a_table_hashed_but_never_asked_about_refuses(record: GateRecord) -> None:
    assert "nothing was asked about marts.c" in refusal(
        replace(record, tables={**TABLES, "marts.c": TableHash("c" * 64, 1)}), record.suites_digest
    )


def test_a_table_the_gate_has_not_seen_refuses(record: GateRecord) -> None:
    candidate = {**TABLES, "marts.planted": TableHash("c" * 64, 1)}
    assert "has not examined marts.planted" in refusal(record, record.suites_digest, candidate)


def test_a_table_with_other_content_refuses(record: GateRecord) -> None:
    candidate = {**TABLES, "marts.a": TableHash("c" * 64, 3)}
    assert "marts.a is not what the gate examined: 3 rows with hash aaaa" in refusal(record, record.suites_digest, candidate)


def test_a_release_of_nothing_refuses(record: GateRecord) -> None:
    assert "nothing to release" in refusal(record, record.suites_digest, {})


def test_the_results_of_the_record_itself_may_be_in_the_release(record: GateRecord) -> None:
    record.check({**TABLES, GATE_RESULTS: record.gate_results_hash()}, FINGERPRINT, record.suites_digest)


def test_results_of_another_record_may_not(record: GateRecord) -> None:
    candidate = {**TABLES, GATE_RESULTS: with_outcome(record, 1, "warn").gate_results_hash()}
    assert "audit.gate_results is not what the gate examined" in refusal(record, record.suites_digest, candidate)


def test_a_saved_record_comes_back_the_same(record: GateRecord, tmp_path: Path) -> None:
    failed = replace(with_outcome(record, 0, "fail"), results=(replace(record.results[0], sample=({"id": 1, "name": "乐清"},)),))
    failed.save(tmp_path / "gate.json")
    assert GateRecord.load(tmp_path / "gate.json") == failed
    first = (tmp_path / "gate.json").read_bytes()
    failed.save(tmp_path / "gate.json")
    assert (tmp_path / "gate.json").read_bytes() == first


def test_no_record_refuses(tmp_path: Path) -> None:
    with pytest.raises(GateRefused, match="there is no gate record"):
        GateRecord.load(tmp_path / "gate.json")


EDITS: dict[str, Callable[[dict[str, Any]], object]] = {
    "an outcome": lambda document: document["results"][0].update(outcome="pass"),
    "the verdict": lambda document: document.update(outcome="released"),
    "a severity": lambda document: document["results"][0].update(severity="warning"),
    "a hash": lambda document: document["tables"]["marts.a"].update(hash="c" * 64),
    "a row count": lambda document: document["tables"]["marts.a"].update(row_count=4),
    "the fingerprint": lambda document: document.update(fingerprint="0" * 64),
    "the build id": lambda document: document.update(build_id="0" * 64),
    "a problem removed": lambda document: document.update(problems=[]),
    "something added": lambda document: document.update(approved_by="me"),
    "a result removed": lambda document: document["results"].pop(0),
    "a table removed": lambda document: document["tables"].pop("audit.b"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edited_record_refuses(record: GateRecord, tmp_path: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    failed = replace(with_outcome(record, 0, "fail"), problems=("suite marts.a is empty",))
    document = json.loads(json.dumps(failed.to_json()))
    edit(document)
    (tmp_path / "gate.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(GateRefused, match="edited"):
        GateRecord.load(tmp_path / "gate.json")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "cannot be read"),
        ('{"record_version": 1, "finger', "cannot be read"),
        ("[]", "version None"),
        ('{"record_version": 0}', "version 0"),
        ('{"record_version": 1}', "not whole"),
        ('{"record_version": 1, "tables": []}', "not whole"),
    ],
)
def test_a_torn_or_foreign_record_refuses(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "gate.json").write_text(text, encoding="utf-8")
    with pytest.raises(GateRefused, match=reason):
        GateRecord.load(tmp_path / "gate.json")


def test_the_build_id_is_of_the_content_alone(record: GateRecord) -> None:
    assert with_outcome(record, 0, "fail").build_id == record.build_id
    assert replace(record, tables={**TABLES, "marts.a": TableHash("c" * 64, 3)}).build_id != record.build_id
    assert replace(record, tables=dict(reversed(TABLES.items()))).build_id == record.build_id


def test_the_digest_covers_every_answer(record: GateRecord) -> None:
    assert with_outcome(record, 1, "warn").digest != record.digest


def test_gate_results_have_one_row_per_expectation(record: GateRecord) -> None:
    sampled = replace(record, results=(replace(record.results[0], outcome="fail", sample=({"name": "乐清"},)), *record.results[1:]))
    assert gate_results_rows(sampled) == [
        ("marts.a", "one", "critical", "fail", "0 of 3", 0, '[{"name": "乐清"}]'),
        ("marts.a", "two", "warning", "pass", "0 of 3", 0, None),
        ("audit.b", "one", "critical", "pass", "0 of 3", 0, None),
    ]
