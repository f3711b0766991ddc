"""One real refresh of the two shipped documents, made once a test run by the command itself, and shared by all who only read it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from orchestration.paths import RAW, ROOT

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
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse holding one release of the two shipped documents. Read only: copy it (`warehouse`) to change it."""
    root = tmp_path_factory.mktemp("shared") / "warehouse"
    ran = run("refresh", "--raw", RAW, "--warehouse", root)
    assert ran.status == 0, ran.out + ran.err
    return root
