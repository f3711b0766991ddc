"""One real refresh of the two shipped documents, made once a test run by the command itself, and shared by all who only read it."""

import fcntl
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from orchestration.paths import RAW, ROOT
from tests.forked import fork

JIQUN = [sys.executable, "-m", "orchestration.cli"]


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


def run(*arguments: str | Path, timeout: float = 300, **environment: str) -> Ran:
    """Run `jiqun` as a user would: a process of its own."""
    # Of other variables a process may want to know before its first import.
    if arguments[0] == "refresh" and all(name.startswith(("JIQUN_", "OPENLINEAGE_")) for name in environment):
        with tempfile.TemporaryDirectory() as folder:
            said = Path(folder) / "said"
            status = fork([*map(str, arguments)], cwd=ROOT, environment={**os.environ, **environment}, said=said, timeout=timeout)
            return Ran(status, *(said.with_suffix(suffix).read_text(encoding="utf-8") for suffix in (".out", ".err")))
    done = subprocess.run(
        [*JIQUN, *map(str, arguments)],
        capture_output=True,
        check=False,
        text=True,
        timeout=timeout,
        cwd=ROOT,
        env={**os.environ, **environment},
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def jiqun() -> Callable[..., Ran]:
    return run


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A warehouse holding one release of the two shipped documents. Read only: copy it (`warehouse`) to change it."""
    mine = tmp_path_factory.getbasetemp()
    shared = mine if worker_id == "master" else mine.parent  # of all workers: whoever asks first makes it
    root = shared / "released" / "warehouse"
    root.parent.mkdir(exist_ok=True)
    with (root.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "current").exists():
            ran = run("refresh", "--raw", RAW, "--warehouse", root)
            assert ran.status == 0, ran.out + ran.err
    return root
