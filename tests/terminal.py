"""What Python shows on a terminal of eighty columns."""

import os
import pty
import subprocess
import sys


def shown_on_a_terminal(code: str) -> bytes:
    """Everything that this code writes, by a process whose output is a terminal's."""
    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "JIQUN_LOG")}
    environment |= {"TERM": "xterm-256color", "COLUMNS": "80"}
    process = subprocess.Popen([sys.executable, "-c", code], stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    shown = b""
    while chunk := _read(ours):
        shown += chunk
    assert process.wait() == 0, shown
    return shown


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # the other end is closed
        return b""
