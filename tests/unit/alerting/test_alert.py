"""What people are told of a refresh: what, why, where to look, what still serves; and the ways that is sent."""

import logging
from typing import Any

import pytest

from orchestration.alerting.alert import Alert, Kind, alerts_of, lost_run
from orchestration.alerting.senders import Email, Log, Webhook, send, senders
from orchestration.errors import BadInput

RELEASED: dict[str, Any] = {"run": "r1", "outcome": "released", "held_back": {}, "gate": None, "error": None, "hint": ""}
FAIL = {"table": "marts.dim_clusters", "expectation": "names_are_unique", "outcome": "fail", "observed": "2 of 102 rows"}
PASS = {"table": "marts.dim_clusters", "expectation": "rows", "outcome": "pass", "observed": "102 rows"}


def test_nothing_is_told_of_a_refresh_that_released_everything() -> None:
    assert list(alerts_of(RELEASED, "abc")) == []


def test_a_refusal_names_the_rules_that_were_broken_and_no_other() -> None:
    (alert,) = alerts_of(RELEASED | {"outcome": "refused", "gate": {"results": [PASS, FAIL], "problems": []}}, "abc")
    assert alert.kind is Kind.GATE_REFUSED
    assert alert.why == "marts.dim_clusters names_are_unique (2 of 102 rows)"
    for word in ("gate refused", "jiqun why", "release abc still serves", "r1"):
        assert word in alert.text


def test_a_document_held_back_is_told_by_name_and_not_as_a_refusal_too() -> None:
    report = RELEASED | {"outcome": "refused", "held_back": {"a.txt": "30 listings, had 100", "b.txt": "its rows fail x"}}
    told = list(alerts_of(report, "abc"))
    assert [(alert.kind, alert.what) for alert in told] == [(Kind.DOCUMENT_HELD_BACK, "a.txt"), (Kind.DOCUMENT_HELD_BACK, "b.txt")]
    assert "--accept-change" in told[0].look


def test_a_failure_says_its_error_and_that_nothing_was_ever_released() -> None:
    (alert,) = alerts_of(RELEASED | {"outcome": "failed", "error": "No space left on device"}, None)
    assert alert.kind is Kind.REFRESH_FAILED
    assert "No space left" in alert.text
    assert "no release was ever made" in alert.text


def test_a_run_without_a_report_leads_to_its_page() -> None:
    assert "/runs/r9" in lost_run("r9", "the process died", "abc").look


def test_the_log_is_always_a_way_and_the_environment_adds_others() -> None:
    assert [type(way) for way in senders({})] == [Log]
    ways = list(
        senders({"JIQUN_ALERT_WEBHOOK": "https://example.org/hook", "JIQUN_ALERT_EMAIL": "a@example.org, b@example.org"}),
    )
    assert ways[1:] == [
        Webhook("https://example.org/hook"),
        Email("smtp://localhost:25", "jiqun@localhost", ("a@example.org", "b@example.org")),
    ]


@pytest.mark.parametrize(
    "environment",
    [{"JIQUN_ALERT_WEBHOOK": "example.org"}, {"JIQUN_ALERT_EMAIL": "a@example.org", "JIQUN_ALERT_SMTP": "mail.example.org"}],
)
def test_a_setting_that_cannot_be_used_is_bad_input(environment: dict[str, str]) -> None:
    with pytest.raises(BadInput, match="JIQUN_ALERT"):
        list(senders(environment))


def test_a_setting_that_cannot_be_used_leaves_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "jiqun"):
        send([Alert(Kind.GATE_REFUSED, "nothing new was released", "x", "y", "abc")], {"JIQUN_ALERT_WEBHOOK": "secret-token"})
    assert "gate refused" in caplog.text
    assert "secret-token" not in caplog.text


def test_a_reason_of_pages_is_cut_to_what_fits_a_message() -> None:
    text = Alert(Kind.GATE_REFUSED, "x", "Compilation Error\n  in model\n" + "stack\n" * 1000, "jiqun why", "abc").text
    assert "Why:   Compilation Error in model stack" in text
    assert len(text) < 1000
