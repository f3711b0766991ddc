"""`raw/sources.yml`: the remote sources, checked one by one. What is wrong with one keeps no other from being fetched.

- name: zhejiang_news                 # the folder below raw
  url: https://example.org/list.html  # http, https, or any location fsspec knows (s3://, sftp://, file://)
  file_name: list.html                # its ending says what is expected there
  title: ...                          # optional, to the side-car: title, publisher, published_on, as_of_date, language, licence, layout
- name: ministry
  url: s3://reports/clusters/         # a folder of any of these but http: every document below it
"""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from orchestration.errors import BadInput
from orchestration.paths import REMOTE_SOURCES, SIDE_CAR_SUFFIX
from orchestration.reading.sidecar import KEYS, SideCar, checked

_HTTP = ("http", "https")
_OWN = ("name", "url", "file_name")
_PASSED_ON = tuple(key for key in KEYS if key not in ("url", "accessed_on"))
_NAME = re.compile(r"\w[\w-]{0,63}")
_FILE_NAME = re.compile(r"\w[^/\\\x00-\x1f]{0,199}")


@dataclass(frozen=True, slots=True)
class Source:
    """One remote source: a document, or a folder of them, which has no file name. `facts` are what people gave for the side-car."""

    name: str
    url: str
    file_name: str
    facts: SideCar = field(default_factory=SideCar)

    @property
    def is_http(self) -> bool:
        """Fetched by HTTP; everything else is fsspec's."""
        return urlsplit(self.url).scheme in _HTTP

    @property
    def is_folder(self) -> bool:
        """Every document below its address is meant, each under its own name."""
        return not self.file_name


@dataclass(frozen=True, slots=True)
class Wrong:
    """An entry that cannot be used, by its name or its place in the list, and why."""

    name: str
    error: BadInput


def read_listing(raw: Path) -> list[Source | Wrong]:
    """The entries of a raw folder's list; none where there is no list.

    Raises:
        BadInput: The file is no list at all.
    """
    import yaml

    try:
        entries = yaml.safe_load((raw / REMOTE_SOURCES).read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return []
    except (yaml.YAMLError, ValueError) as error:
        raise BadInput(f"{REMOTE_SOURCES}: broken YAML: {' '.join(str(error).split())}", _FORM) from error
    if not isinstance(entries, list):
        raise BadInput(f"{REMOTE_SOURCES}: holds no list of sources", _FORM)
    return list(_checked(entries))


_FORM = f"write one `- name: ...` per source, with {', '.join(_OWN)}; allowed besides: {', '.join(_PASSED_ON)}"


def _checked(entries: list[object]) -> Iterator[Source | Wrong]:
    taken: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        name = entry.get("name") if isinstance(entry, dict) else None
        shown = name if isinstance(name, str) else f"entry {number}"
        try:
            source = _source(entry, f"{REMOTE_SOURCES}, {shown}", taken)
        except BadInput as error:
            yield Wrong(shown, error)
        else:
            taken.add(source.name)
            yield source


def _source(entry: object, where: str, taken: Set[str]) -> Source:
    if not isinstance(entry, dict):
        raise BadInput(f"{where}: holds no `key: value` lines", _FORM)
    if unknown := [key for key in entry if key not in (*_OWN, *_PASSED_ON)]:
        raise BadInput(f"{where}: unknown key {unknown[0]!r}", f"allowed keys: {', '.join((*_OWN, *_PASSED_ON))}")
    url = str(entry.get("url"))
    is_folder = "file_name" not in entry and url.endswith("/") and urlsplit(url).scheme not in _HTTP
    for key in _OWN[:-1] if is_folder else _OWN:
        if not isinstance(entry.get(key), str):
            raise BadInput(f"{where}: {key} is missing or no text", _FORM)
    if not _NAME.fullmatch(entry["name"]):
        raise BadInput(f"{where}: name must be letters, digits, _ and -", "it becomes a folder below raw")
    if entry["name"] in taken:
        raise BadInput(f"{where}: this name is given twice", "give each source a name of its own")
    file_name = entry.get("file_name", "")
    if not is_folder and not can_name_a_document(file_name):
        raise BadInput(f"{where}: file_name {file_name!r} cannot name a document", "give a plain name with its ending, such as list.html")
    if not urlsplit(entry["url"]).scheme:
        raise BadInput(
            f"{where}: url {entry['url']!r} has no scheme", "write https://..., or file:///folder/name for a file of this machine"
        )
    # A wrong date or type is an error of this entry, not of the document later.
    facts = checked({key: entry[key] for key in _PASSED_ON if key in entry}, where)
    return Source(entry["name"], entry["url"], file_name, facts)


def can_name_a_document(file_name: str) -> bool:
    """Whether a document of raw may be called so: no path, no dot-file, no side-car, no README."""
    return bool(_FILE_NAME.fullmatch(file_name)) and not file_name.endswith(SIDE_CAR_SUFFIX) and not file_name.startswith("README")
