"""What a person sees of a refresh while it runs: the step it is in and how long each took; plain lines where there is no terminal.

It shows what the pipeline's own logger says and adds nothing. With `JIQUN_LOG=json` the lines of `common/logs.py` stand for it.
"""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from orchestration.common.console import printable, say
from orchestration.common.logs import log


@contextmanager
def shown() -> Iterator[None]:
    """Show on standard error what is said meanwhile."""
    with ExitStack() as stack:
        if os.environ.get("JIQUN_LOG") != "json":
            handler = _Steps(stack) if sys.stderr.isatty() else _Lines()
            log.addHandler(handler)
            stack.callback(log.removeHandler, handler)
        yield


class _Lines(logging.Handler):
    """A line for each thing said."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno == logging.INFO:
            say(record.getMessage())


class _Steps(logging.Handler):
    """A line for each thing said, with a clock that stops when the next is."""

    def __init__(self, stack: ExitStack) -> None:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        super().__init__()
        columns = (SpinnerColumn(finished_text="•"), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
        self._progress = stack.enter_context(Progress(*columns, console=Console(stderr=True)))
        stack.callback(self._finish)

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno == logging.INFO:
            self._finish()
            self._progress.add_task(printable(record.getMessage()), total=1)

    def _finish(self) -> None:
        for task in self._progress.tasks:
            self._progress.update(task.id, completed=1)
