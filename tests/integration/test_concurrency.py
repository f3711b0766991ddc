"""Two refreshes of one warehouse at once, and readers where none should be: one releases, the other says who holds it, nobody breaks it."""

import subprocess
import sys
import threading
from pathlib import Path

import duckdb

from orchestration.paths import RAW, ROOT, Warehouse
from orchestration.releasing.store import current
from orchestration.releasing.verifying import verify
from tests.conftest import JIQUN
from tests.integration.conftest import tables


def start(root: Path) -> subprocess.Popen[str]:
    command = [*JIQUN, "refresh", "--raw", RAW, "--warehouse", root]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_of_two_refreshes_at_once_one_releases_and_the_other_names_it(outdated: Path, released: Path) -> None:
    # Somebody looks into the last private build all the while: he keeps reading that one, and the refresh makes another.
    with duckdb.connect(str(outdated / "build" / "build.duckdb"), read_only=True) as reader:
        both = [start(outdated), start(outdated)]
        said = {process.pid: process.communicate(timeout=500) for process in both}
        assert reader.execute("select count(*) > 0 from marts.dim_clusters").fetchone() == (True,)
    assert sorted(process.returncode for process in both) == [0, 4], said
    winner, loser = sorted(both, key=lambda process: process.returncode)
    message = said[loser.pid][1]
    assert f"process {winner.pid}, since 20" in message or "a process that has just started" in message, message
    now = current(Warehouse(outdated))
    assert now is not None
    assert now.id == (released / "current").readlink().name
    assert verify(now) == []
    assert tables(now.path) == tables(released / "current")


def test_a_reader_who_keeps_opening_the_private_build_ends_a_refresh_in_a_release_or_in_words(outdated: Path) -> None:
    database, is_over = outdated / "build" / "build.duckdb", threading.Event()

    def look_again_and_again() -> None:
        code = (
            "import duckdb, sys, time\n"
            "while True:\n"
            "    try:\n"
            "        with duckdb.connect(sys.argv[1], read_only=True): time.sleep(0.3)\n"
            "    except duckdb.Error: time.sleep(0.001)\n"
        )
        looking = subprocess.Popen([JIQUN[0], "-c", code, database])
        is_over.wait()
        looking.kill()
        looking.wait()

    looker = threading.Thread(target=look_again_and_again)
    looker.start()
    try:
        refresh = start(outdated)
        _, said = refresh.communicate(timeout=500)
    finally:
        is_over.set()
        looker.join()
    now = current(Warehouse(outdated))
    assert now is not None
    assert verify(now) == []
    if refresh.returncode:
        assert refresh.returncode == 1
        assert "build.duckdb" in said
        assert "Traceback" not in said


BEGIN_AT_ONCE = """
import multiprocessing, sys
from pathlib import Path
from orchestration.instance import open_instance
from orchestration.paths import Warehouse

def begin(start):
    start.wait()
    open_instance(Warehouse(Path(sys.argv[1]))).dispose()

context = multiprocessing.get_context("fork")
start = context.Barrier(4)
services = [context.Process(target=begin, args=(start,)) for _ in range(start.parties)]
[service.start() for service in services]
[service.join() for service in services]
open_instance(Warehouse(Path(sys.argv[1]))).dispose()
sys.exit(any(service.exitcode for service in services))
"""


def test_services_that_begin_at_once_on_a_new_warehouse_can_all_read_what_they_keep_runs_in(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", BEGIN_AT_ONCE, tmp_path], cwd=ROOT, capture_output=True, check=False, text=True)
    assert ran.returncode == 0, ran.stderr
