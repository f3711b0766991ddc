"""The YAML side-car of a document: what people know of it that its bytes may not say. Loaded strictly, joined, written.

The side-car of `NAME.EXT` is `NAME.EXT.meta.yml` beside it. An unknown key, a wrong type, a key given twice or broken YAML is an
error that names the file, the key and what is allowed: a misspelt `as_of_date` that is skipped would publish codes of the wrong year.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from orchestration.errors import BadInput
from orchestration.paths import SIDE_CAR_SUFFIX
from orchestration.reading.dates import last_day_of_month

# What front matter calls them; its `layout` is a web page's, and its `date` the day it was published.
_FRONT_KEYS = {key: key for key in ("title", "publisher", "url", "published_on", "as_of_date", "accessed_on", "language", "licence")} | {
    "date": "published_on",
    "published": "published_on",
    "source": "publisher",
    "link": "url",
    "lang": "language",
    "license": "licence",
}
_DATES = frozenset({"published_on", "as_of_date", "accessed_on"})
_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True)
class SideCar:
    """What a side-car says; every key is optional. `layout` overrides the inferred layout."""

    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published_on: date | None = None
    as_of_date: date | None = None
    accessed_on: date | None = None
    language: str | None = None
    licence: str | None = None
    layout: str | None = None


KEYS = tuple(field.name for field in fields(SideCar))


def load_side_car(data: bytes, name: str) -> SideCar:
    """The side-car in these bytes.

    Args:
        data: The file's bytes, UTF-8.
        name: Its path relative to the raw folder, for messages.

    Raises:
        BadInput: Broken YAML, an unknown or repeated key, or a value of the wrong type.
    """
    return checked(_mapping(data, name), name)


def checked(values: Mapping[Any, object], name: str) -> SideCar:
    """The side-car that these keys and values make.

    Raises:
        BadInput: An unknown key, or a value of the wrong type.
    """
    for key in values:
        if key not in KEYS:
            raise BadInput(f"{name}: unknown key {key!r}", f"allowed keys: {', '.join(KEYS)}")
    return SideCar(**{key: _value(key, value, name) for key, value in values.items() if value is not None})


def merged(old: SideCar, new: SideCar) -> SideCar:
    """What the new one says, and the old one where that is silent."""
    return replace(old, **said_by(new))


def said_by(side_car: SideCar) -> dict[str, Any]:
    """The keys that a side-car gives, with their values."""
    return {key: value for key, value in asdict(side_car).items() if value is not None}


def written(side_car: SideCar) -> str:
    """The text of the file that says this; empty where nothing is said."""
    import yaml

    said = said_by(side_car)
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=10_000) if said else ""


def with_front_matter(side_car: SideCar, text: str) -> SideCar:
    """The side-car, and what the document's own front matter says where the side-car is silent.

    Front matter is the source's print, not ours: what is broken, unknown or of another type in it says nothing.
    """
    if not text:
        return side_car
    import yaml

    try:
        values = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return side_car
    said: dict[str, Any] = {}
    for key, value in values.items() if isinstance(values, dict) else ():
        name = _FRONT_KEYS.get(str(key).lower())
        if name is None or name in said or getattr(side_car, name) is not None:
            continue
        try:
            said[name] = _value(name, value.date() if isinstance(value, datetime) else value, "front matter")
        except BadInput:
            continue
    return replace(side_car, **said)


def side_car_of(path: Path) -> Path:
    """Where the side-car of a document is, whether it exists or not."""
    return path.with_name(path.name + SIDE_CAR_SUFFIX)


def _mapping(data: bytes, name: str) -> dict[Any, Any]:
    import yaml

    class StrictLoader(yaml.SafeLoader):
        """PyYAML keeps the last of two equal keys without a word; this one refuses."""

        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
            seen = set()
            for key_node, _ in node.value:
                key = str(key_node.value)
                if key in seen:
                    raise BadInput(f"{name}: key {key!r} is given twice (line {key_node.start_mark.line + 1})", "keep one of the two")
                seen.add(key)
            return super().construct_mapping(node, deep)

    try:
        # A subclass of SafeLoader: no Python objects are made from the file.
        values = yaml.load(data.decode("utf-8-sig"), Loader=StrictLoader)
    except UnicodeDecodeError as error:
        raise BadInput(f"{name}: not UTF-8 (byte {error.start})", "save the side-car as UTF-8") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # a date such as 2019-02-30; a thousand brackets
        where = " ".join(str(error).split())
        raise BadInput(f"{name}: broken YAML: {where}", f"write one `key: value` a line; allowed keys: {', '.join(KEYS)}") from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise BadInput(f"{name}: holds no `key: value` lines", f"allowed keys: {', '.join(KEYS)}")
    return values


def _value(key: str, value: object, name: str) -> Any:
    if key in _DATES:
        return _date(key, value, name)
    if not isinstance(value, str):
        raise BadInput(f"{name}: {key} must be text, not {value!r}", f'quote it: {key}: "{value}"')
    return value


def _date(key: str, value: object, name: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        try:
            return last_day_of_month(int(value[:4]), int(value[5:])) if _MONTH.fullmatch(value) else date.fromisoformat(value)
        except ValueError:
            pass  # told below, as any other wrong value
    raise BadInput(f"{name}: {key} must be a date, not {str(value)!r}", f"write {key}: 2010-06-30, or 2010-06 for the end of a month")
