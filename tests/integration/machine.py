"""A Debian 12 of one's own, with systemd as its first process: what an operator has, as far as a container is one."""

import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from tests import needs

USER = "jiqun"
PATIENCE = 600  # an install or a refresh under load
_AUTHORITIES = Path("usr/local/share/ca-certificates")


class Machine:
    """A root folder, and the container that runs on it.

    It shares the network with the machine it runs on, and trusts whom that one trusts.
    """

    def __init__(self, root: Path) -> None:
        self._nspawn = needs.program("systemd-nspawn", "systemd-container")
        self.root = root
        self.log = root.with_suffix(".log")
        bootstrap = needs.program("debootstrap", "debootstrap")
        subprocess.run([bootstrap, "--variant=minbase", "--include=systemd-sysv,dbus", "bookworm", root], check=True, capture_output=True)
        if (authorities := Path("/") / _AUTHORITIES).is_dir():
            shutil.copytree(authorities, root / _AUTHORITIES, dirs_exist_ok=True)
        # Of its own accord pip trusts a list that it brings along.
        (root / "etc" / "pip.conf").write_text("[global]\ncert = /etc/ssl/certs/ca-certificates.crt\n", encoding="utf-8")

    def __enter__(self) -> "Machine":
        self._boot()
        return self

    def _boot(self) -> None:
        line = [
            self._nspawn,
            "--directory",
            self.root,
            "--boot",
            "--register=no",
            "--keep-unit",
            "--resolv-conf=copy-host",
            "--console=pipe",
        ]
        with self.log.open("a") as said:
            self._container = subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        until(lambda: self._enter(["systemctl", "is-system-running"]).stdout.strip() in ("running", "degraded"), f"its boot: {self.log}")

    def __exit__(self, *_: object) -> None:
        self._container.terminate()
        try:
            self._container.wait(60)
        except subprocess.TimeoutExpired:
            self._container.kill()
            self._container.wait()
        # Gigabytes, which no later look at a failed test needs; the log stays.
        shutil.rmtree(self.root, ignore_errors=True)

    def reboot(self) -> None:
        """End everything and boot again."""
        self._enter(["systemctl", "reboot"])
        self._container.wait(PATIENCE)  # whoever started systemd-nspawn starts it again
        self._boot()

    @property
    def _first_process(self) -> str:
        """The one child of systemd-nspawn; none for a moment."""
        children = Path(f"/proc/{self._container.pid}/task/{self._container.pid}/children").read_text(encoding="utf-8").split()
        return children[0] if children else ""

    def as_root(self, command: str) -> str:
        """What a command typed by root says."""
        return self._said(command, ["/bin/sh", "-ec", command])

    def as_user(self, command: str) -> str:
        """What a command typed by the pipeline's user says, after a login."""
        return self._said(command, ["runuser", "--login", USER, "--command", command])

    def _said(self, command: str, line: list[str]) -> str:
        ran = self._enter(line)
        assert ran.returncode == 0, f"{command}\n{ran.stdout}{ran.stderr}"
        return ran.stdout

    def _enter(self, line: list[str]) -> subprocess.CompletedProcess[str]:
        entering = ["nsenter", "--target", self._first_process or "0", "--mount", "--uts", "--ipc", "--pid", "--cgroup", "--root", "--wd"]
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        return subprocess.run([*entering, *line], env=environment, capture_output=True, check=False, text=True, timeout=PATIENCE)


def until(look: Callable[[], object], what: str) -> None:
    """Wait until a look finds something."""
    patience_ends = time.monotonic() + PATIENCE
    while not look():
        if time.monotonic() >= patience_ends:
            raise TimeoutError(f"waited {PATIENCE} s for {what}")
        time.sleep(1)
