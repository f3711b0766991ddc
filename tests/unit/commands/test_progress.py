"""A refresh says what it is doing: on a terminal with clocks that run, elsewhere in plain lines."""

import pytest

from orchestration.commands.progress import shown
from orchestration.common.logs import configure, log
from tests.terminal import shown_on_a_terminal

SAID = """
from pathlib import Path
from orchestration.common.logs import configure, log
from orchestration.commands.progress import shown
configure("run", Path("nowhere"))
with shown():
    log.info("Reading %d files", 2)
    log.info("Gating \\x1b[31m[red]")
"""


def test_off_a_terminal_each_step_is_a_plain_line(capsys: pytest.CaptureFixture[str], tmp_path) -> None:
    configure("run", tmp_path)
    with shown():
        log.info("Reading %d files", 2)
        log.info("Gating \x1b[31m")
    log.info("nobody is shown this")
    assert capsys.readouterr().err == "Reading 2 files\nGating \\x1b[31m\n"


def test_on_a_terminal_each_step_has_its_clock_and_no_text_colours_anything() -> None:
    out = shown_on_a_terminal(SAID)
    assert b"Reading 2 files" in out
    assert b"0:00:00" in out
    assert b"Gating \\x1b[31m[red]" in out
    assert b"Gating \x1b[31m" not in out


def test_json_lines_are_not_told_twice(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path) -> None:
    monkeypatch.setenv("JIQUN_LOG", "json")
    configure("run", tmp_path)
    with shown():
        log.info("Reading")
    assert [line for line in capsys.readouterr().err.splitlines() if not line.startswith("{")] == []
    monkeypatch.delenv("JIQUN_LOG")
    configure("run", tmp_path)
