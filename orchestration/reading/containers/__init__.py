"""What a file is made of: each media type's bytes or text become lines, and grids of cells where the format has tables.

A container knows its format and nothing of clusters. Every cell stands in a line, at its span, so that whatever is read from it can
be pointed at. One module per format; to add one, write its reader and give it a row below.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from orchestration.reading.containers import delimited, html, json_yaml, markdown, pdf, plain, spreadsheet, word
from orchestration.reading.containers.archive import names_of
from orchestration.reading.containers.contents import Contents, Unreadable

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class TextContainer:
    """A format that is text once decoded, and how its text becomes lines and grids."""

    media_type: str
    suffixes: tuple[str, ...]
    read: Callable[[str], Contents]
    most_bytes: int = 64 * _MEGABYTE


@dataclass(frozen=True, slots=True)
class BytesContainer:
    """A format that is known by its bytes, and how they become lines and grids."""

    media_type: str
    suffixes: tuple[str, ...]
    what: str
    read: Callable[[bytes], Contents]
    part: str | None  # the file that a zip archive of this format has in it; None: no archive
    most_bytes: int = 64 * _MEGABYTE


Container = TextContainer | BytesContainer

PLAIN = TextContainer("text/plain", (".txt", ".text", ""), plain.read)
PDF = BytesContainer("application/pdf", (".pdf",), "a PDF", pdf.read, None)
_OFFICE = "application/vnd.openxmlformats-officedocument"

CONTAINERS: tuple[Container, ...] = (
    PLAIN,
    TextContainer("text/csv", (".csv",), delimited.read_csv),
    TextContainer("text/tab-separated-values", (".tsv", ".tab"), delimited.read_tsv),
    TextContainer("text/html", (".html", ".htm", ".xhtml"), html.read, 16 * _MEGABYTE),  # a page's tree takes twenty times its text
    TextContainer("text/markdown", (".md", ".markdown"), markdown.read, 16 * _MEGABYTE),
    TextContainer("application/json", (".json",), json_yaml.read_json),
    TextContainer("application/yaml", (".yaml", ".yml"), json_yaml.read_yaml, 8 * _MEGABYTE),
    PDF,
    BytesContainer(f"{_OFFICE}.spreadsheetml.sheet", (".xlsx", ".xlsm"), "a spreadsheet", spreadsheet.read, "xl/workbook.xml"),
    BytesContainer(f"{_OFFICE}.wordprocessingml.document", (".docx", ".docm"), "a Word file", word.read, "word/document.xml"),
)

_BY_SUFFIX = {suffix: container for container in CONTAINERS for suffix in container.suffixes}
_ARCHIVES = {container.part: container for container in CONTAINERS if isinstance(container, BytesContainer) and container.part}


def container_of(file_name: str, data: bytes = b"") -> Container:
    """The container of a file: by its bytes where they tell, else by its name; plain text for a suffix nobody knows.

    Raises:
        Unreadable: The name promises what the bytes are not.
    """
    if data.startswith(b"%PDF-"):
        return PDF
    is_archive = data.startswith(b"PK\x03\x04")
    if is_archive and (found := next((_ARCHIVES[name] for name in names_of(data) if name in _ARCHIVES), None)):
        return found
    named = _BY_SUFFIX.get(PurePosixPath(file_name).suffix.lower(), PLAIN)
    if isinstance(named, BytesContainer) and data and not (is_archive and named.part and not names_of(data)):
        held = " but holds something else" if not is_archive else f" but the archive holds no {named.part}"
        raise Unreadable(f"it is named {named.what}{held}", "give it the name of what it is, or fetch it again")
    return named
