"""The lexicon of the committed gazetteer, and documents made of a few lines."""

from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration.paths import SEEDS
from orchestration.reading.containers import TextContainer, container_of
from orchestration.reading.documents import Decoded
from orchestration.reading.layout import Document
from orchestration.reading.sidecar import SideCar
from orchestration.reading.words.lexicon import Lexicon


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.load(SEEDS)


def document(text: str, name: str = "a.txt", side_car: SideCar | None = None, year: int | None = 2010) -> Document:
    container = container_of(name)
    assert isinstance(container, TextContainer)
    contents = container.read(text)
    return Document(
        "0123456789abcdef", name, container.media_type, contents.lines, contents.grids, side_car or SideCar(), year, links=contents.links
    )


def decoded(text: str, name: str = "a.txt", side_car: SideCar | None = None) -> Decoded:
    return Decoded(document(text, name, side_car), "0123456789abcdef" * 4, len(text.encode()), "utf-8")


@pytest.fixture
def make_document() -> Callable[..., Document]:
    return document


@pytest.fixture
def make_decoded() -> Callable[..., Decoded]:
    return decoded


@pytest.fixture
def raw(tmp_path: Path) -> Callable[..., Path]:
    """A raw folder with these files: name to bytes or text."""

    def make(**files: bytes | str) -> Path:
        folder = tmp_path / "raw"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return make
