"""What the pipeline says of its own doing, as one JSON document a line, for whoever collects logs (`JIQUN_LOG=json`)."""

import json
import logging
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

log = logging.getLogger("jiqun")

_NAME = "jiqun-json"


class JsonLines(logging.Formatter):
    """Time, level, message, the run it was said in and the release that readers saw then."""

    def __init__(self, run_id: str, current: Path) -> None:
        super().__init__()
        self._run_id = run_id
        self._current = current

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever the message holds."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            "run_id": self._run_id,
            "release_id": None,
        }
        with suppress(OSError):
            line["release_id"] = self._current.readlink().name
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def configure(run_id: str, current: Path) -> None:
    """Let the pipeline's logger write JSON lines on standard error, where `JIQUN_LOG=json` asks for it.

    Without it what is logged stands among the run's events in Dagster, and the command line says in its own words what came of a run.

    Args:
        run_id: The run that this process now works on.
        current: The link to the current release.
    """
    for old in [handler for handler in log.handlers if handler.get_name() == _NAME]:
        log.removeHandler(old)
    log.setLevel(logging.INFO)
    if os.environ.get("JIQUN_LOG") == "json":
        handler = logging.StreamHandler()
        handler.set_name(_NAME)
        handler.setFormatter(JsonLines(run_id, current))
        log.addHandler(handler)
        log.propagate = False
