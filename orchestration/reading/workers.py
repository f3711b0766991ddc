"""Documents read by processes beside this one, one a core, and handed back in the order they were given.

A worker lives as long as its parent reads: it ends with its standard input. One that dies takes a single document with it.
"""

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from orchestration.reading.documents import Found, Refusal
from orchestration.reading.reader import ReadFile, read_file
from orchestration.reading.words.lexicon import Lexicon

# A worker is there after 0.6 s, in which this process reads some 200 kB by itself.
_WORTH_BYTES = 500_000
# Of documents handed over at once: half a second of reading, so that the cores end together.
_BATCH_BYTES = 100_000
_BATCH_FILES = 200
# Batches that may wait for one that takes long, for each worker: what bounds the memory.
_AHEAD = 8


def cores_for(files: Sequence[Found]) -> int:
    """How many processes these documents are worth; 1 is this one."""
    cores = len(os.sched_getaffinity(0))
    return cores if cores > 1 and sum(map(_size, files)) >= _WORTH_BYTES else 1


def read_beside(files: Sequence[Found], seeds: Path, count: int) -> Iterator[ReadFile]:
    """What reading each document came to, in their order, by this many processes."""
    workers = [_Worker(seeds) for _ in range(count)]
    free: SimpleQueue[_Worker] = SimpleQueue()
    for worker in workers:
        free.put(worker)

    def read(batch: Sequence[Found]) -> list[ReadFile]:
        worker = free.get()
        try:
            return worker.read(batch)
        finally:
            free.put(worker)

    waiting: deque[Future[list[ReadFile]]] = deque()
    threads = ThreadPoolExecutor(count)
    try:
        for batch in _batches(files):
            waiting.append(threads.submit(read, batch))
            if len(waiting) >= _AHEAD * count:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        for worker in workers:
            worker.end()
        threads.shutdown(cancel_futures=True)


def _batches(files: Iterable[Found]) -> Iterator[list[Found]]:
    batch: list[Found] = []
    held = 0
    for file in files:
        batch.append(file)
        held += _size(file)
        if held >= _BATCH_BYTES or len(batch) >= _BATCH_FILES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _size(file: Found) -> int:
    try:
        return (file.stored or file.path).stat().st_size
    except OSError:
        return 0  # whoever reads it says so


class _Worker:
    """A process that is sent documents and answers with what reading them came to, both pickled."""

    def __init__(self, seeds: Path) -> None:
        self._line = [sys.executable, "-m", __name__, str(seeds)]
        self._is_ended = False
        self._start()

    def _start(self) -> None:
        # A session of its own: Ctrl-C is for the refresh to handle, and ends this one with it.
        self._process = subprocess.Popen(self._line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)

    def read(self, files: Sequence[Found]) -> list[ReadFile]:
        """What reading these came to. A document whose reader was killed is refused; those sent with it are read again."""
        questions, answers = self._process.stdin, self._process.stdout
        if questions is None or answers is None:
            raise RuntimeError("The pipes were asked for")
        try:
            pickle.dump(list(files), questions)
            questions.flush()
            found: list[ReadFile] = pickle.load(answers)
        except (EOFError, BrokenPipeError, pickle.UnpicklingError):
            if self._is_ended:
                raise
            status = self._process.wait()
            self._start()
            if len(files) > 1:
                return [read for file in files for read in self.read([file])]
            reason = f"its reader was killed (exit status {status})"
            return [ReadFile.refused(Refusal(files[0].file_name, reason, "split the document, or give the machine more memory"))]
        return found

    def end(self) -> None:
        """It is not asked again."""
        self._is_ended = True
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


def serve(seeds: Path) -> None:
    """Answer until nobody asks any more."""
    # What a library prints must not stand among the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    lexicon = Lexicon.load(seeds)
    while True:
        try:
            files: list[Found] = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        pickle.dump([read_file(file, lexicon) for file in files], answers)
        answers.flush()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
