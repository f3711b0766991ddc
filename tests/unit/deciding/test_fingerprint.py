"""The fingerprint sees every change that may change a release, and nothing else."""

import os
import time
from pathlib import Path

import pytest

from orchestration.deciding import fingerprint
from orchestration.paths import Warehouse


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw" / "somebody"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("Yueqing\n", encoding="utf-8")
    return tmp_path / "raw"


def take(raw: Path, tmp_path: Path) -> fingerprint.Fingerprint:
    return fingerprint.take(raw, Warehouse(tmp_path / "warehouse"))


def test_same_inputs_in_another_folder_give_the_same_release_id(raw: Path, tmp_path: Path) -> None:
    first = take(raw, tmp_path)
    moved = raw.rename(tmp_path / "elsewhere")
    assert take(moved, tmp_path) == first


@pytest.mark.parametrize("name", ["b.txt", "a.txt.meta.yml", "deep/er/c.csv"])
def test_a_new_document_or_side_car_changes_the_release_id(raw: Path, tmp_path: Path, name: str) -> None:
    first = take(raw, tmp_path)
    path = raw / "somebody" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x", encoding="utf-8")
    assert take(raw, tmp_path).release_id != first.release_id


@pytest.mark.parametrize("name", ["README.md", ".DS_Store", ".git/config"])
def test_what_is_no_document_does_not_change_the_release_id(raw: Path, tmp_path: Path, name: str) -> None:
    first = take(raw, tmp_path)
    path = raw / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x", encoding="utf-8")
    assert take(raw, tmp_path) == first


def test_a_renamed_document_changes_the_release_id(raw: Path, tmp_path: Path) -> None:
    first = take(raw, tmp_path)
    (raw / "somebody" / "a.txt").rename(raw / "somebody" / "z.txt")
    assert take(raw, tmp_path).release_id != first.release_id


def test_an_edit_of_the_same_length_is_seen_through_the_memory(raw: Path, tmp_path: Path) -> None:
    path = raw / "somebody" / "a.txt"
    long_ago = time.time_ns() - 10_000_000_000
    os.utime(path, ns=(long_ago, long_ago))
    first = take(raw, tmp_path)
    assert take(raw, tmp_path) == first
    path.write_text("Wenling\n", encoding="utf-8")
    assert take(raw, tmp_path).release_id != first.release_id


@pytest.mark.parametrize("memory", ["", "not json", "[]", '{"x": 1}'])
def test_a_damaged_memory_costs_nothing_but_time(raw: Path, tmp_path: Path, memory: str) -> None:
    first = take(raw, tmp_path)
    (tmp_path / "warehouse" / "fingerprint.json").write_text(memory, encoding="utf-8")
    assert take(raw, tmp_path) == first


def test_documents_come_in_the_order_of_their_paths(raw: Path, tmp_path: Path) -> None:
    for name in ("b/1.txt", "a-1.txt", "a/2.txt"):
        (raw / name).parent.mkdir(exist_ok=True)
        (raw / name).write_text(name, encoding="utf-8")
    assert [i.path for i in take(raw, tmp_path).inputs] == ["a-1.txt", "a/2.txt", "b/1.txt", "somebody/a.txt"]
