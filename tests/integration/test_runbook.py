"""docs/operations.md: its commands that need no machine of their own, in a folder like a checkout whose release is one of older code.

`test_installed.py` follows the whole page on an empty Debian.
"""

import getpass
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.cli import app
from orchestration.paths import ROOT
from tests import needs

RUNBOOK = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
UNIT = RUNBOOK.split("```ini\n")[1].split("```")[0]
_PROSE = re.sub(r"^```.*?^```$", "", RUNBOOK, flags=re.MULTILINE | re.DOTALL)
COMMANDS = re.findall(r"^ {4}(\S.*)$", _PROSE, flags=re.MULTILINE)
SECTIONS = ("Shared deployment", "As a service", "Remote sources", "Look", "Back up and restore", "Upgrade")


class Place:
    """A folder with `raw`, `warehouse` and `.venv`, as the runbook's commands expect it around them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / ".venv").symlink_to(sys.prefix)

    def run(self, command: str) -> str:
        """What a command of the runbook says, typed here."""
        assert command in COMMANDS, f"docs/operations.md has no command {command!r}"
        here = {
            "PYTHONPATH": str(ROOT),
            "JIQUN_RAW": str(self.folder / "raw"),
            "JIQUN_WAREHOUSE": str(self.folder / "warehouse"),
            "PWD": str(self.folder),
        }
        ran = subprocess.run(
            ["/bin/sh", "-ec", command], cwd=self.folder, env={**os.environ, **here}, capture_output=True, check=False, text=True
        )
        assert ran.returncode == 0, f"{command}\n{ran.stdout}{ran.stderr}"
        return ran.stdout


def section(heading: str) -> list[str]:
    """The commands of one section, in their order."""
    text = re.split(r"^#", _PROSE.split(f"# {heading}\n")[1], flags=re.MULTILINE)[0]
    return re.findall(r"^ {4}(\S.*)$", text, flags=re.MULTILINE)


def commands(heading: str) -> list[str]:
    """Those that change neither the machine, nor the checkout, nor its packages."""
    return [command for command in section(heading) if ".venv/bin/" in command or command.startswith("tar ")]


@pytest.fixture
def place(outdated: Path, raw: Path, tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_an_upgrade_keeps_the_older_release_readable_comparable_and_a_way_back_and_a_backup_brings_all_of_it_back(
    place: Place, tmp_path_factory: pytest.TempPathFactory
) -> None:
    status, refresh, diff, rollback = commands("Upgrade")
    assert "the code, models, seeds or suites differ" in place.run(status)
    older = (place.folder / "warehouse" / "current").readlink().name
    assert "Release" in place.run(refresh)
    assert older in place.run(diff)
    for command in commands("Look"):
        assert place.run(command)

    backup, restore, *looks = commands("Back up and restore")
    place.run(backup)
    elsewhere = Place(tmp_path_factory.mktemp("restored"))
    shutil.move(place.folder / "backup.tar.gz", elsewhere.folder)
    elsewhere.run(restore)
    verified, stands = [elsewhere.run(look) for look in looks]
    assert (place.folder / "warehouse" / "current").readlink().name in verified
    assert "nothing" in stands

    place.run(rollback)
    assert (place.folder / "warehouse" / "current").readlink().name == older


def test_remote_sources_are_asked_by_the_command_for_it(place: Place) -> None:
    (place.folder / "elsewhere.txt").write_text("The Foshan Ceramics Industrial Cluster\n", encoding="utf-8")
    (place.folder / "raw" / "sources.yml").write_text(
        f"- name: zhejiang_news\n  url: {(place.folder / 'elsewhere.txt').as_uri()}\n  file_name: news.txt\n", encoding="utf-8"
    )
    (command,) = commands("Remote sources")
    place.run(command)
    assert (place.folder / "raw" / "zhejiang_news" / "news.txt").read_text(encoding="utf-8").startswith("The Foshan")


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    verify = needs.program("systemd-analyze", "systemd")
    # As installed: with this checkout, and a user that there is.
    here = UNIT.replace("/srv/jiqun/.venv", sys.prefix).replace("/srv/jiqun", str(ROOT)).replace("User=jiqun", f"User={getpass.getuser()}")
    (tmp_path / "jiqun@daemon.service").write_text(here, encoding="utf-8")
    ran = subprocess.run([verify, "verify", tmp_path / "jiqun@daemon.service"], capture_output=True, check=False, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_every_command_of_the_runbook_stands_in_a_section_that_is_followed() -> None:
    assert [command for heading in SECTIONS for command in section(heading)] == COMMANDS


def test_every_command_of_jiqun_that_the_runbook_names_exists() -> None:
    named = set(re.findall(r"jiqun ([a-z]+)\b", "\n".join(re.findall(r"`[^`\n]+`", RUNBOOK))))
    known = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    assert named
    assert named <= known
