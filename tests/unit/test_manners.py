"""How the command line behaves in other people's hands: a pipe, a shell that completes, a narrow terminal."""

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
import typer

from orchestration.cli import app

JIQUN = Path(sys.executable).with_name("jiqun")


def jiqun(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.endswith("_COLOR") and key not in ("PY_COLORS", "GITHUB_ACTIONS")}
    return subprocess.run([JIQUN, *words], check=False, capture_output=True, text=True, encoding="utf-8", env={**kept, **environment})


def completions(line: str, **environment: str) -> list[str]:
    words = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1), "_JIQUN_COMPLETE": "complete_bash"}
    return jiqun(**words, **environment).stdout.split()


def test_the_version_is_the_packages() -> None:
    ran = jiqun("--version")
    assert (ran.returncode, ran.stdout) == (0, f"jiqun {version('jiqun')}\n")


@pytest.mark.parametrize("words", [("--help",), ("query", "--help"), ("verify", "--nonsense"), ("refesh",)])
def test_piped_text_has_no_control_sequence(words: tuple[str, ...]) -> None:
    ran = jiqun(*words)
    assert "\x1b" not in ran.stdout + ran.stderr


def test_a_mistyped_command_is_status_2_with_a_suggestion() -> None:
    ran = jiqun("refesh")
    assert ran.returncode == 2
    assert "refresh" in ran.stderr


@pytest.mark.parametrize("width", [60, 100])
def test_help_keeps_to_the_width_of_the_terminal(width: int) -> None:
    from rich.cells import cell_len

    lines = jiqun("query", "--help", COLUMNS=str(width)).stdout.splitlines()
    assert width - 20 < max(map(cell_len, lines)) <= width


def test_a_shell_completes_commands_options_and_values() -> None:
    assert {"refresh", "releases", "remove"} <= set(completions("jiqun re"))
    assert "--warehouse" in completions("jiqun verify --")
    assert completions("jiqun query --format j") == ["json"]


@pytest.mark.parametrize("command", ["verify", "rollback", "diff", "diff r1"])
def test_a_shell_completes_release_ids(tmp_path: Path, command: str) -> None:
    for name in ("0a1b", "0c2d", "0a9f.tmp-1"):
        (tmp_path / "releases" / name).mkdir(parents=True)
    assert completions(f"jiqun {command} 0a", JIQUN_WAREHOUSE=str(tmp_path)) == ["0a1b"]


def test_completing_in_a_place_without_a_warehouse_says_nothing(tmp_path: Path) -> None:
    assert completions("jiqun verify ", JIQUN_WAREHOUSE=str(tmp_path / "none")) == []


def test_every_command_takes_both_folders_and_all_but_the_page_answer_in_json() -> None:
    top = typer.main.get_command(app).commands
    commands = {**top, **top["review"].commands}
    taken = {name: {option for parameter in command.params for option in parameter.opts} for name, command in commands.items()}
    assert {name for name, options in taken.items() if not {"--raw", "--warehouse"} <= options} == set()
    assert {name for name, options in taken.items() if "--json" not in options} == {"site"}
