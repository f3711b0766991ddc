"""A command in a process of its own that need not import the frameworks again: forked from one that did so once, its gate too.

A refresh spends half of its dozen seconds on imports, and the suite refreshes some forty times.
"""

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from orchestration.gating import process as gate
from orchestration.paths import Warehouse

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.preload"])


def fork(arguments: Sequence[str], *, cwd: Path, environment: Mapping[str, str], said: Path, timeout: float) -> int:
    """Run `jiqun` with these arguments, what it says into `said`.out and `said`.err; its exit status.

    Raises:
        subprocess.TimeoutExpired: It did not end in time, and was killed.
    """
    process = start(arguments, cwd=cwd, environment=environment, said=said)
    process.join(timeout)
    if process.exitcode is None:
        process.kill()
        process.join()
        raise subprocess.TimeoutExpired(["jiqun", *arguments], timeout)
    return process.exitcode


def start(arguments: Sequence[str], *, cwd: Path, environment: Mapping[str, str], said: Path) -> ForkServerProcess:
    """As `fork`, and do not wait for its end."""
    process = _CONTEXT.Process(target=_command, args=(arguments, cwd, dict(environment), said))
    process.start()
    return process


def _command(arguments: Sequence[str], cwd: Path, environment: Mapping[str, str], said: Path) -> None:
    for stream, suffix in ((1, ".out"), (2, ".err")):
        os.dup2(os.open(said.with_suffix(suffix), os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["jiqun", *arguments]
    from orchestration.cli import main
    from orchestration.commands import job

    gate.GateProcess = _ForkedGate  # type: ignore[misc]  # in the place of the one of the product
    job.run_job = partial(_run_job, job.run_job)
    main()


def _run_job(run_job: Callable[..., tuple[str, str]], place: Warehouse, config: dict[str, Any]) -> tuple[str, str]:
    """The definitions were loaded before the fork, of no warehouse: what loading them leaves in one is made here."""
    from orchestration.defs.conforming import manifest

    manifest()
    return run_job(place, config)


class _ForkedGate(gate.GateProcess):
    """The gate's process, forked too: it waits for questions on the same two pipes."""

    def __init__(self) -> None:
        question, asked = os.pipe()
        answers, answer = os.pipe()
        if (pid := os.fork()) == 0:
            try:
                os.setsid()
                os.dup2(question, 0)
                os.dup2(answer, 1)
                os.closerange(3, 1024)
                sys.stdin = os.fdopen(0, encoding="utf-8")
                gate.serve()
            finally:
                os._exit(0)  # whatever came of it: what follows is the refresh's
        os.close(question)
        os.close(answer)
        self._process = SimpleNamespace(  # type: ignore[assignment]  # of a Popen, what is asked of it
            pid=pid,
            stdin=os.fdopen(asked, "w", encoding="utf-8"),
            stdout=os.fdopen(answers, encoding="utf-8"),
            wait=lambda: os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]),
        )
