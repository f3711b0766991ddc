"""What a file is made of: each media type's bytes or text become lines, and grids of cells where the format has tables.

A container knows its format and nothing of clusters. Every cell stands in a line, at its span, so that whatever is read from it can
be pointed at. One module per format; to add one, write its reader and give it a row below.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from orchestration.reading.containers import delimited, html, markdown, plain
from orchestration.reading.containers.contents import Contents


@dataclass(frozen=True, slots=True)
class Container:
    """A format that is text once decoded, and how its text becomes lines and grids."""

    media_type: str
    suffixes: tuple[str, ...]
    read: Callable[[str], Contents]


PLAIN = Container("text/plain", (".txt", ".text", ""), plain.read)

CONTAINERS = (
    PLAIN,
    Container("text/csv", (".csv",), delimited.read_csv),
    Container("text/tab-separated-values", (".tsv", ".tab"), delimited.read_tsv),
    Container("text/html", (".html", ".htm", ".xhtml"), html.read),
    Container("text/markdown", (".md", ".markdown"), markdown.read),
)

_BY_SUFFIX = {suffix: container for container in CONTAINERS for suffix in container.suffixes}


def container_of(file_name: str) -> Container:
    """The container a text file's name asks for; plain text for a suffix nobody knows."""
    return _BY_SUFFIX.get(PurePosixPath(file_name).suffix.lower(), PLAIN)
