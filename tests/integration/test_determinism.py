"""Same inputs and code, same release id, content hashes and files: whatever the threads, locale, time zone, hash seed and folder."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from orchestration.paths import RAW, ROOT
from tests.integration.conftest import tables

# The command as it is, with so many threads in DuckDB wherever it is opened, and in dbt.
WITH_THREADS = """
import sys
import duckdb
from dbt.cli.main import dbtRunner

threads, connect, invoke = sys.argv.pop(1), duckdb.connect, dbtRunner.invoke

def connect_with_threads(*arguments, **settings):
    connection = connect(*arguments, **settings)
    connection.execute(f"set threads = {threads}")
    return connection

duckdb.connect = connect_with_threads
dbtRunner.invoke = lambda self, arguments: invoke(self, [*arguments, "--threads", threads])
from orchestration.cli import main

main()
"""

VARIANTS: dict[str, tuple[int, Mapping[str, str]]] = {
    "one thread": (1, {}),
    "seven threads": (7, {}),
    "C locale": (2, {"LC_ALL": "C", "LANG": "C"}),
    "Turkish": (2, {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}),
    "far east": (2, {"TZ": "Pacific/Kiritimati"}),
    "far west": (2, {"TZ": "Etc/GMT+12"}),
    "hash seed": (2, {"PYTHONHASHSEED": "4294967295"}),
    "no hash seed": (2, {"PYTHONHASHSEED": "0"}),
}


def files(release: Path) -> dict[str, str]:
    """The sha256 of every file that people are given, but of the database: DuckDB lays the same rows out in more than one way."""
    stated = json.loads((release / "manifest.json").read_text(encoding="utf-8"))["files"]
    return {name: file["sha256"] for name, file in stated.items() if name != "jiqun.duckdb"}


def assert_same_release(released: Path, folder: Path, threads: int, environment: Mapping[str, str]) -> None:
    """Refresh copies of the documents, written in another order, in a fresh folder, and compare what was published."""
    raw, warehouse = folder / "raw of somebody 文件", folder / "a 'warehouse'"
    for path in sorted((path for path in RAW.rglob("*") if path.is_file()), reverse=True):
        (raw / path.relative_to(RAW)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, raw / path.relative_to(RAW))
    done = subprocess.run(
        [sys.executable, "-c", WITH_THREADS, str(threads), "refresh", "--raw", raw, "--warehouse", warehouse],
        env={**os.environ, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (warehouse / "current").readlink() == (released / "current").readlink()
    assert tables(warehouse / "current") == tables(released / "current")
    assert files(warehouse / "current") == files(released / "current")


def test_another_machine_gives_the_same_release(released: Path, tmp_path: Path) -> None:
    everything = {"LC_ALL": "C", "LANG": "C", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4294967295"}
    assert_same_release(released, tmp_path, 7, everything)


@pytest.mark.torture
@pytest.mark.parametrize("variant", VARIANTS)
def test_each_difference_between_machines_alone_gives_the_same_release(released: Path, tmp_path: Path, variant: str) -> None:
    assert_same_release(released, tmp_path, *VARIANTS[variant])
