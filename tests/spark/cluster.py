"""A Spark cluster on loopback out of what pip installed: a master, two workers, a Connect server on them. Any test may kill a part.

Its machines live in another time zone than the client, and the clocks of all but the first are a hundred days ahead; each is a process
of its own with one core and a gigabyte for an application.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

HOST = "127.0.0.1"
AHEAD = "100d"
_STARTS_WITHIN_SECONDS = 600
# Two cores of whatever the workers have, spread over both; sizes for tests, where planning and compiling cost more than rows.
_CONF = """
spark.cores.max 2
spark.executor.memory 1g
spark.driver.memory 1g
spark.driver.host 127.0.0.1
spark.driver.bindAddress 127.0.0.1
spark.sql.shuffle.partitions 2
spark.ui.enabled false
"""
# The first compiler alone halves the processor time of short runs; the room it needs for code is more than its default of 48 MB.
_JAVA = "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m -XX:+UseSerialGC"


def environment(folder: Path) -> dict[str, str]:
    """What a client needs of this machine: the settings of the cluster as its administrators would hand them out."""
    conf = folder / "conf"
    conf.mkdir(parents=True, exist_ok=True)
    (conf / "spark-defaults.conf").write_text(_CONF, encoding="utf-8")
    # Not what a session of this process has put there for itself.
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("SPARK_", "PYSPARK_", "JIQUN_SPARK_"))}
    return ours | {"SPARK_CONF_DIR": str(conf), "SPARK_LOCAL_IP": HOST, "JDK_JAVA_OPTIONS": _JAVA, "PYSPARK_PYTHON": sys.executable}


def free_port() -> int:
    """One that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return int(listener.getsockname()[1])


@dataclass
class Cluster:
    """Master and workers, with what runs on them.

    Attributes:
        folder: Where its tables, logs and settings lie.
        port: The master's.
        workers: Their processes, by number.
    """

    folder: Path
    port: int = field(default_factory=free_port)
    page: int = field(default_factory=free_port)
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def master(self) -> str:
        """Its address, as `JIQUN_SPARK_MASTER` wants it."""
        return f"spark://{HOST}:{self.port}"

    @property
    def location(self) -> str:
        """A place that every worker can write to."""
        return str(self.folder / "tables")

    def start(self, workers: int = 2) -> None:
        """The master, then the workers; returns when all have reported."""
        self._run("master", "org.apache.spark.deploy.master.Master", "-h", HOST, "-p", str(self.port), "--webui-port", str(self.page))
        for number in range(workers):
            self.add_worker(AHEAD if number else "")
        self.await_workers(workers)

    def add_worker(self, ahead: str = "") -> None:
        """One more, its clock so far ahead, with two cores to give: an application takes one while there are two workers."""
        work = self.folder / f"worker{len(self.workers)}"
        size = ("-c", "2", "-m", "2g", "-d", str(work), "--webui-port", "0")
        worker = "org.apache.spark.deploy.worker.Worker"
        clock = _clock(ahead) if ahead else {}
        self.workers.append(self._run(work.name, worker, "-h", HOST, *size, self.master, clock=clock))

    def await_workers(self, count: int) -> None:
        """Return when the master counts so many alive."""
        _until(lambda: self.state()["aliveworkers"] == count, f"{count} workers")

    def state(self) -> Mapping[str, int]:
        """What the master tells of its cluster."""
        try:
            with urllib.request.urlopen(f"http://{HOST}:{self.page}/json/", timeout=5) as answer:
                told: Mapping[str, int] = json.load(answer)
        except (OSError, ValueError):  # nobody is there yet, or a page that is not this one
            return {"aliveworkers": -1}
        return told

    def connect_server(self) -> "ConnectServer":
        """A server on the workers, answering when this returns."""
        port = free_port()
        settings = {
            "spark.master": self.master,
            "spark.connect.grpc.binding.address": HOST,
            "spark.connect.grpc.binding.port": str(port),
            "spark.sql.warehouse.dir": str(self.folder / f"served{port}"),
        }
        submit = [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
        server = "org.apache.spark.sql.connect.service.SparkConnectServer"
        process = self._run(f"connect{port}", "org.apache.spark.deploy.SparkSubmit", *submit, "--class", server, "spark-internal")
        _until(lambda: _answers(port), "the Connect server", process)
        return ConnectServer(f"sc://{HOST}:{port}", process)

    def stop(self) -> None:
        """End everything that was started here, the executors with their workers."""
        for process in reversed(self._processes):
            process.terminate()
        for process in self._processes:
            process.wait(timeout=60)

    def _run(self, name: str, java_class: str, *arguments: str, clock: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        spec = find_spec("pyspark")
        if spec is None or spec.origin is None:
            raise RuntimeError("pyspark is not installed")
        home = Path(spec.origin).parent
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [home / "bin" / "spark-class", java_class, *arguments],
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment(self.folder)
                | {"SPARK_HOME": str(home), "SPARK_DAEMON_MEMORY": "512m", "TZ": "Pacific/Auckland"}
                | (clock or {}),
            )
        self._processes.append(process)
        return process


@dataclass(frozen=True)
class ConnectServer:
    """A Connect server, as a client knows it, and its process."""

    address: str
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """End it as a crash does."""
        self.process.kill()
        self.process.wait()


def kill_tree(process: subprocess.Popen[bytes]) -> None:
    """End a worker as the loss of its machine does: itself and the executors it started, at once."""
    children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=False)
    process.kill()
    for child in children.stdout.split():
        os.kill(int(child), signal.SIGKILL)
    process.wait()


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """A cluster for the length of a block."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Cluster(folder)
    try:
        made.start(workers)
        yield made
    finally:
        made.stop()


def _clock(ahead: str) -> dict[str, str]:
    """What makes a process and those it starts live so far ahead. Not by the command `faketime`, which would stand between us and them."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    # Without the library's fix for waits, which is for other threads than Java's: each of theirs would be over at once, for ever.
    left_alone = {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_FORCE_MONOTONIC_FIX": "0"}
    return {"LD_PRELOAD": str(library), "FAKETIME": f"+{ahead}"} | left_alone


def _answers(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex((HOST, port)) == 0


def _until(is_so: Callable[[], bool], what: str, process: subprocess.Popen[bytes] | None = None) -> None:
    began = time.monotonic()
    while not is_so():
        if process is not None and process.poll() is not None:
            raise RuntimeError(f"{what} ended with status {process.returncode}")
        if time.monotonic() - began > _STARTS_WITHIN_SECONDS:
            raise RuntimeError(f"{what} did not come up within {_STARTS_WITHIN_SECONDS} s")
        time.sleep(0.2)
