"""The gate in a process of its own: it imports Great Expectations on one core while dbt builds on the other, and then is asked.

It answers for as long as the process that started it lives, so that one that refreshes often imports once. Runs `run_gate`, nothing else.
Reading's workers (`reading/workers.py`) are many, are asked in batches and are begun again when they die: another protocol altogether.
"""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from orchestration.errors import GateRefused, JiqunError
from orchestration.gating.record import GateRecord


class GateProcess:
    """A process that is asked with one JSON document a line, and answers so. It ends when its standard input does: with its parent."""

    def __init__(self) -> None:
        # A session of its own: Ctrl-C is for the refresh to handle, and ends this one with it.
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """Its process id, for messages and for whoever must end it."""
        return self._process.pid

    def ask(self, build_database: Path, *, fingerprint: str) -> GateRecord:
        """`run_gate`, over there.

        Raises:
            GateRefused: As `run_gate` does.
            JiqunError: As `run_gate` does, or the process ended without an answer.
        """
        answer = self._exchange({"build_database": str(build_database.absolute()), "fingerprint": fingerprint})
        if answer is None:
            gate_process.cache_clear()
            raise JiqunError(
                f"The gate's process {self.pid} ended without an answer (status {self._process.wait()})",
                "What it said stands on standard error; where it was killed, memory may be short. Refresh again.",
            )
        if "raised" in answer:
            raise (GateRefused if answer["is_refusal"] else JiqunError)(*answer["raised"])
        return GateRecord.from_json(answer["record"])

    def _exchange(self, question: dict[str, str]) -> dict[str, Any] | None:
        asked, answers = self._process.stdin, self._process.stdout
        if asked is None or answers is None:
            raise RuntimeError("The pipes were asked for")
        try:
            asked.write(json.dumps(question) + "\n")
            asked.flush()
        except BrokenPipeError:
            return None
        line = answers.readline()
        return json.loads(line) if line.endswith("\n") else None


@cache
def gate_process() -> GateProcess:
    """The one of this process, started at the first call: early, since it takes seconds until it can answer."""
    return GateProcess()


def serve() -> None:
    """Answer until nobody asks any more."""
    # What a library prints must not stand among the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    from orchestration.gating.runner import run_gate, warm

    warm()
    for line in sys.stdin:
        question = json.loads(line)
        try:
            record = run_gate(Path(question["build_database"]), fingerprint=question["fingerprint"])
            answer: dict[str, Any] = {"record": record.to_json()}
        except JiqunError as error:
            answer = {"raised": [error.message, error.hint], "is_refusal": isinstance(error, GateRefused)}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    serve()
