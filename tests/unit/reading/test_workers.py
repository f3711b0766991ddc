"""Documents read by processes beside: the same observations, in the same order; who dies takes one document with it."""

from pathlib import Path

import pytest

from orchestration.paths import SEEDS
from orchestration.reading import workers
from orchestration.reading.corpus import read_corpus
from orchestration.reading.documents import Found


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(f"City\tCluster\nYuyao, Ningbo\tMold industrial cluster {number}\n", encoding="utf-8")
    (folder / "again.txt").write_bytes((folder / "0.txt").read_bytes())
    (folder / "broken.txt").write_bytes(b"\xff\xfe\xff")
    return folder


def observations(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_two_processes_leave_the_same_files_as_one(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workers, "_BATCH_FILES", 2)
    one = read_corpus(raw, tmp_path / "one", SEEDS, processes=1)
    two = read_corpus(raw, tmp_path / "two", SEEDS, processes=2)
    assert (two.documents, two.refusals) == (one.documents, one.refusals)
    assert two.refused == 2
    assert observations(tmp_path / "two") == observations(tmp_path / "one")


def test_a_document_whose_reader_is_killed_is_refused_and_those_sent_with_it_are_read(raw: Path):
    files = [Found(raw / f"{number}.txt", f"{number}.txt") for number in range(2)]
    worker = workers._Worker(SEEDS)
    try:
        worker._process.kill()
        (refused,) = worker.read(files[:1])
        assert refused.refusal is not None
        assert "killed" in refused.refusal.reason
        worker._process.kill()
        assert [read.refusal for read in worker.read(files)] == [None, None]
    finally:
        worker.end()


def test_few_bytes_are_read_by_this_process(raw: Path):
    assert workers.cores_for([Found(path, path.name) for path in raw.iterdir()]) == 1
