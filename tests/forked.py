"""A command in a process of its own that need not import the frameworks again: forked from one that did so once.

A refresh spends three of its dozen seconds on imports, and the suite refreshes some forty times.
"""

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.preload"])


def fork(arguments: Sequence[str], *, cwd: Path, environment: Mapping[str, str], said: Path, timeout: float) -> int:
    """Run `jiqun` with these arguments, what it says into `said`.out and `said`.err; its exit status.

    Raises:
        subprocess.TimeoutExpired: It did not end in time, and was killed.
    """
    process = _CONTEXT.Process(target=_command, args=(arguments, cwd, dict(environment), said))
    process.start()
    process.join(timeout)
    if process.exitcode is None:
        process.kill()
        process.join()
        raise subprocess.TimeoutExpired(["jiqun", *arguments], timeout)
    return process.exitcode


def _command(arguments: Sequence[str], cwd: Path, environment: Mapping[str, str], said: Path) -> None:
    for stream, suffix in ((1, ".out"), (2, ".err")):
        os.dup2(os.open(said.with_suffix(suffix), os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["jiqun", *arguments]
    from orchestration.cli import main

    main()
