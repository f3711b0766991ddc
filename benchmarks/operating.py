"""What operating costs: the sensor's look at a large raw folder, and how soon Dagster's page is there."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

_FILES = 10_000
_PATIENCE_SECONDS = 300
_LOADED = "{repositoriesOrError {... on RepositoryConnection {nodes {name}}}}"


def large_raw(work: Path) -> Path:
    """A folder of ten thousand documents that changed long ago."""
    raw, settled = work / "ten_thousand", time.time() - 60
    raw.mkdir()
    for number in range(_FILES):
        path = raw / f"{number:05}.txt"
        path.write_bytes(b"%d" % number)
        os.utime(path, (settled, settled))
    return raw


def tick(raw: Path, warehouse: Path) -> float:
    """Seconds of one tick of the sensor over files that it has seen before."""
    os.environ["JIQUN_RAW"], os.environ["JIQUN_WAREHOUSE"] = str(raw), str(warehouse)
    import dagster as dg

    from orchestration.defs.automation import raw_changed

    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_sensor_context(instance=instance, sensor_name="raw_changed")
        begin = time.perf_counter()
        raw_changed(context)
        return time.perf_counter() - begin


def empty_project(work: Path) -> tuple[list[str], dict[str, str]]:
    """Dagster's own empty project: its command line and environment."""
    home = work / "empty"
    home.mkdir(exist_ok=True)
    (home / "empty_project.py").write_text("import dagster as dg\n\ndefs = dg.Definitions()\n", encoding="utf-8")
    (home / "dagster.yaml").write_text("telemetry:\n  enabled: false\n", encoding="utf-8")
    dagster = str(Path(sys.executable).parent / "dagster")
    line = [dagster, "dev", "--host", "127.0.0.1", "--module-name", "empty_project", "--working-directory", str(home)]
    return line, {"DAGSTER_HOME": str(home)}


def our_project(warehouse: Path) -> tuple[list[str], dict[str, str]]:
    """`make dev` on a warehouse that was refreshed before, its runs forgotten."""
    shutil.rmtree(warehouse / "dagster", ignore_errors=True)
    return [sys.executable, "-m", "orchestration.services", "dev"], {"JIQUN_WAREHOUSE": str(warehouse)}


def cold_start(line: Sequence[str], environment: Mapping[str, str]) -> float:
    """Seconds until the page answers and has loaded the project's definitions."""
    begin = time.perf_counter()
    with _running(line, environment):
        return time.perf_counter() - begin


def sensor_interval() -> int:
    """Seconds between two looks of the sensor on raw."""
    from orchestration.defs.automation import raw_changed

    return raw_changed.minimum_interval_seconds or 0


def drops(warehouse: Path, raw: Path, times: int) -> list[float]:
    """Seconds from a document's arrival to the release that holds it, under a running `make dev`; each at another moment."""
    line, environment = our_project(warehouse)
    seconds, interval = [], sensor_interval()
    with _running(line, {**environment, "JIQUN_RAW": str(raw)}):
        # The sensor's first look, and a run that some other state of raw may call for.
        time.sleep(3 * interval)
        for number in range(times):
            before = (warehouse / "current").readlink()
            begin = time.perf_counter()
            (raw / "dropped.txt").write_text(
                f"The Yueqing electrical cluster of Zhejiang had {100 + number} enterprises in 2021.\n", encoding="utf-8"
            )
            while (warehouse / "current").readlink() == before:
                if time.perf_counter() - begin > _PATIENCE_SECONDS:
                    raise TimeoutError(f"no release after {_PATIENCE_SECONDS} s")
                time.sleep(0.05)
            seconds.append(time.perf_counter() - begin)
            time.sleep(interval * (1 + number / times))
    return seconds


@contextmanager
def _running(line: Sequence[str], environment: Mapping[str, str]) -> Iterator[None]:
    """Services of Dagster, from when their page has loaded the project's definitions."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    service = subprocess.Popen(
        [*line, "--port", str(port)],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        patience_ends = time.perf_counter() + _PATIENCE_SECONDS
        while not _has_loaded(port):
            if time.perf_counter() > patience_ends:
                raise TimeoutError(f"{line} had no page after {_PATIENCE_SECONDS} s")
            time.sleep(0.1)
        yield
    finally:
        service.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            service.wait(60)
        with suppress(ProcessLookupError):
            os.killpg(service.pid, signal.SIGKILL)


def _has_loaded(port: int) -> bool:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/graphql", json.dumps({"query": _LOADED}).encode(), {"Content-Type": "application/json"}
    )
    with suppress(OSError, ValueError), urllib.request.urlopen(request, timeout=30) as answer:
        return bool(json.load(answer)["data"]["repositoriesOrError"].get("nodes"))
    return False
