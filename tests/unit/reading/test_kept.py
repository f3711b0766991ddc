"""Readings kept between refreshes: the same observations, and nothing unchanged is read again."""

from pathlib import Path

import pytest

from orchestration.paths import SEEDS
from orchestration.reading import corpus
from orchestration.reading.corpus import CorpusSummary, read_corpus
from orchestration.reading.documents import Found
from orchestration.reading.kept import Kept
from orchestration.reading.reader import ReadFile
from orchestration.reading.words.lexicon import Lexicon

VERSIONS = {"a.txt": "1", "b.txt": "1"}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    for name in VERSIONS:
        (folder / name).write_text(f"City\tCluster\nYuyao, Ningbo\tMold industrial cluster {name}\n", encoding="utf-8")
    return folder


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that were read, and not only found again."""
    names: list[str] = []
    read_file = corpus.read_file

    def noted(file: Found, lexicon: Lexicon) -> ReadFile:
        names.append(file.file_name)
        return read_file(file, lexicon)

    monkeypatch.setattr(corpus, "read_file", noted)
    return names


def read(raw: Path, out: Path, versions: dict[str, str]) -> tuple[CorpusSummary, dict[str, bytes]]:
    summary = read_corpus(raw, out, SEEDS, kept=Kept(raw.parent / "readings", versions))
    return summary, {path.name: path.read_bytes() for path in out.iterdir()}


def test_an_unchanged_document_is_not_read_again_and_has_the_same_records(raw: Path, tmp_path: Path, asked: list[str]):
    first, records = read(raw, tmp_path / "first", VERSIONS)
    second, again = read(raw, tmp_path / "second", VERSIONS)
    assert asked == ["a.txt", "b.txt"]
    assert again == records
    assert (second.documents, second.lines, second.bytes) == (first.documents, first.lines, first.bytes)


def test_a_document_of_another_version_is_read_again(raw: Path, tmp_path: Path, asked: list[str]):
    read(raw, tmp_path / "first", VERSIONS)
    (raw / "a.txt").write_text("City\tCluster\nYongkang, Jinhua\tCup industrial cluster\n", encoding="utf-8")
    _, kept = read(raw, tmp_path / "second", VERSIONS | {"a.txt": "2"})
    assert asked == ["a.txt", "b.txt", "a.txt"]
    read_corpus(raw, tmp_path / "anew", SEEDS)
    assert kept == {path.name: path.read_bytes() for path in (tmp_path / "anew").iterdir()}


def test_damaged_readings_are_made_again(raw: Path, tmp_path: Path, asked: list[str]):
    _, records = read(raw, tmp_path / "first", VERSIONS)
    listings = tmp_path / "readings" / "listings.ndjson"
    content = listings.read_bytes()
    listings.unlink()
    listings.write_bytes(content.replace(b"Mold", b"Gold"))
    _, again = read(raw, tmp_path / "second", VERSIONS)
    assert asked == ["a.txt", "b.txt"] * 2
    assert again == records
