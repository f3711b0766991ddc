"""docs/operations.md as a new operator follows it, from an empty Debian 12 to an upgrade, a lost disk and a reboot."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from orchestration.paths import ROOT
from tests import needs
from tests.integration.machine import Machine, until
from tests.integration.test_runbook import COMMANDS, UNIT, section

COMMITS_AGO = 20
PAGE = 3000
SERVICES = ("jiqun@webserver", "jiqun@daemon")
TILES = "The Foshan Ceramics Industrial Cluster makes half of the country's tiles."
SHOES = "The Wenling Shoe Industrial Cluster makes a third of the country's shoes."


class Operator:
    """Types commands of the runbook, and no others, on a machine of its own."""

    def __init__(self, machine: Machine, project: "Published") -> None:
        self.machine, self.project = machine, project
        self.typed: set[str] = set()
        self.warehouse = machine.root / "srv" / "jiqun" / "warehouse"

    def as_root(self, command: str) -> str:
        return self.machine.as_root(self._noted(command).replace("ADDRESS", self.project.address))

    def as_user(self, command: str) -> str:
        return self.machine.as_user(self._noted(command))

    def _noted(self, command: str) -> str:
        assert command in COMMANDS, f"docs/operations.md has no command {command!r}"
        self.typed.add(command)
        return command

    @property
    def serves(self) -> str:
        """The release that readers see; nothing before the first."""
        current = self.warehouse / "current"
        return current.readlink().name if current.is_symlink() else ""

    def serves_document(self, name: str) -> bool:
        manifest = self.warehouse / "releases" / self.serves / "manifest.json"
        return manifest.is_file() and f'"{name}"' in manifest.read_text(encoding="utf-8")

    def journal(self, since: float) -> str:
        """What the services have said since a moment."""
        return self.machine.as_root(f"journalctl --unit 'jiqun@*' --since @{since:.0f} --no-pager")

    def wait_for_services(self) -> None:
        """Wait until both run and the page answers."""
        until(lambda: self.machine.as_root(f"systemctl is-active {' '.join(SERVICES)} || true").split() == ["active", "active"], "services")
        until(lambda: is_listening(PAGE), "the page")


class Published:
    """The commits of this checkout, served by git on this machine; its branch main is what it is told to be."""

    def __init__(self, bare: Path, port: int) -> None:
        self._bare = bare
        self._newest = self._git("rev-parse", "HEAD")
        self._git("symbolic-ref", "HEAD", "refs/heads/main")
        self.address = f"git://127.0.0.1:{port}/{bare.name}"

    def move_to(self, commits_ago: int) -> None:
        self._git("update-ref", "refs/heads/main", f"{self._newest}~{commits_ago}")

    def _git(self, *arguments: str) -> str:
        return subprocess.run(["git", "--git-dir", self._bare, *arguments], check=True, capture_output=True, text=True).stdout.strip()


def is_listening(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def published(folder: Path) -> Iterator[Published]:
    bare = folder / "jiqun.git"
    subprocess.run([needs.program("git", "git"), "clone", "--quiet", "--bare", ROOT, bare], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    line = ["git", "daemon", "--export-all", "--reuseaddr", "--listen=127.0.0.1", f"--port={port}", f"--base-path={folder}"]
    server = subprocess.Popen(line, stderr=subprocess.DEVNULL)
    try:
        until(lambda: is_listening(port), "git's server")
        yield Published(bare, port)
    finally:
        server.terminate()
        server.wait()


@pytest.fixture
def operator(tmp_path: Path) -> Iterator[Operator]:
    """At an empty machine; the project is as it was some commits ago."""
    if os.geteuid():
        needs.missing("only root can boot a container")
    if is_listening(PAGE):
        needs.missing(f"port {PAGE} is taken, and the container shares the network")
    with published(tmp_path) as project, Machine(tmp_path / "machine") as machine:
        project.move_to(COMMITS_AGO)
        yield Operator(machine, project)


@pytest.mark.torture
def test_the_runbook_leads_from_an_empty_machine_through_an_upgrade_a_lost_disk_and_a_reboot(operator: Operator) -> None:
    *install, reload, enable, follow, settings = section("As a service")
    for command in install:
        operator.as_root(command)
    (operator.machine.root / "etc/systemd/system/jiqun@.service").write_text(UNIT, encoding="utf-8")
    operator.as_root(reload)
    operator.as_root(enable)
    operator.wait_for_services()
    until(lambda: operator.serves, "the first release")

    operator.machine.as_user(f'echo "{TILES}" > raw/tiles.txt')
    until(lambda: operator.serves_document("tiles.txt"), "what the sensor saw")
    for command in (settings, *section("Look"), *section("Shared deployment")):
        operator.as_user(command)
    operator.machine.as_user("echo '- {name: news, url: file:///srv/jiqun/README.md, file_name: news.md}' > raw/sources.yml")
    for command in section("Remote sources"):
        operator.as_user(command)
    until(lambda: operator.serves_document("news/news.md"), "what a source sent")
    operator.typed.add(follow)
    assert "Refresh ended: released" in operator.machine.as_root(f"timeout 5 {follow} || test $? = 124")

    older = operator.serves
    operator.project.move_to(0)
    stop, pull, make, status, refresh, diff, restart, rollback = section("Upgrade")
    operator.as_root(stop)
    operator.as_user(pull)
    operator.as_user(make)
    assert "the code, models, seeds or suites differ" in operator.as_user(status)
    operator.as_user(refresh)
    newer = operator.serves
    assert newer != older
    assert older in operator.as_user(diff)
    operator.as_root(restart)
    operator.wait_for_services()

    begin = time.time()
    operator.machine.as_user(f'echo "{SHOES}" > raw/shoes.txt')
    until(lambda: "Conforming" in operator.journal(begin), "a run at work")
    operator.machine.as_root("systemctl kill --signal=KILL jiqun@daemon")
    until(lambda: operator.serves_document("shoes.txt"), "the run in its place")
    assert operator.journal(begin).count("a run ended without a report") == 1
    newest = operator.serves

    backup, restore, *looks = section("Back up and restore")
    operator.as_user(backup)
    operator.machine.as_root(f"systemctl stop {' '.join(SERVICES)}")
    operator.machine.as_user("rm -r raw warehouse")
    operator.as_user(restore)
    verified, stands = [operator.as_user(look) for look in looks]
    assert newest in verified
    assert "Pending   nothing" in stands

    operator.as_user(rollback)
    assert operator.serves == newer
    operator.machine.reboot()
    operator.wait_for_services()
    begin = time.time()
    until(lambda: "was rolled back" in operator.journal(begin), "the sensor's look")
    assert operator.serves == newer
    operator.machine.as_user('echo "So does the Huidong Shoe Industrial Cluster." >> raw/shoes.txt')
    until(lambda: operator.serves not in (older, newer, newest), "a release after the reboot")
    assert operator.typed == set(COMMANDS)
