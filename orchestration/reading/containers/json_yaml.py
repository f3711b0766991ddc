"""JSON and YAML: lists of objects become tables with the keys as header; what stands around them becomes lines.

`{"浙江": [{"city": "乐清", "industry": "电气"}]}` is a heading and a table under it. An object within a record gives its own keys as
columns; a list of objects within a record gives one row each, with the record's values repeated.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from orchestration.reading.containers.contents import Contents, TextLayer, Unreadable

_MOST_VALUES = 5_000_000
_MEND = "mend the file and add it again"
_DEEPEST = 200
_TOO_DEEP = Unreadable("its objects are nested too deeply", "flatten the records into one list")


def read_json(text: str) -> Contents:
    """The records of a JSON text.

    Raises:
        Unreadable: Broken JSON; the reason says where.
    """
    import orjson

    try:
        return _read(orjson.loads(text))
    except orjson.JSONDecodeError as error:
        raise Unreadable(f"broken JSON: {error}", _MEND) from error
    except RecursionError:
        raise _TOO_DEEP from None


def read_yaml(text: str) -> Contents:
    """The records of a YAML text, of every document in it.

    Raises:
        Unreadable: Broken YAML; the reason says where.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        # The loader in C goes down into nested values on the stack of the process: past its end that dies without a word.
        depth = 0
        for event in yaml.parse(text, Loader=loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise _TOO_DEEP
        values = list(yaml.load_all(text, Loader=loader))
        return _read(values[0] if len(values) == 1 else values)
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date such as 2019-02-30
        raise Unreadable(f"broken YAML: {' '.join(str(error).split())}", _MEND) from error
    except RecursionError:
        raise _TOO_DEEP from None


def _read(value: object) -> Contents:
    reader = _Reader()
    reader.read(value)
    return reader.layer.contents()


class _Reader:
    """Walks the values in their order. An alias of YAML may stand for a value a million times over: values are counted as walked."""

    def __init__(self) -> None:
        self.layer = TextLayer()
        self._left = _MOST_VALUES

    def read(self, value: object) -> None:
        """Adds what a value holds to the text layer."""
        if isinstance(value, dict):
            for key, inner in value.items():
                if isinstance(inner, (dict, list)):
                    self.layer.text(str(key))
                    self.read(inner)
                else:
                    self.layer.text(f"{key}: {self._text(inner)}")
        elif isinstance(value, list):
            records = [item for item in value if isinstance(item, dict)]
            if records:
                self._table(records)
            for item in value:
                if not isinstance(item, dict):
                    self.read(item)
        else:
            self.layer.text(self._text(value))

    def _table(self, records: list[dict[Any, Any]]) -> None:
        rows = [row for record in records for row in self._rows(record, {})]
        header = list(dict.fromkeys(key for row in rows for key in row))
        self.layer.table([[(None, text) for text in header], *([(None, row.get(key, "")) for key in header] for row in rows)])

    def _rows(self, record: Mapping[Any, Any], above: dict[str, str]) -> Iterator[dict[str, str]]:
        """One row a record; one a child where it has a list of objects of its own."""
        row = dict(above)
        children: list[dict[Any, Any]] = []
        for key, value in _flat(record):
            if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
                children += value
            else:
                row[key if key not in row else f"{key} {len(row)}"] = self._text(value)
        if not children:
            yield row
        for child in children:
            yield from self._rows(child, row)

    def _text(self, value: object) -> str:
        self._left -= 1
        if self._left < 0:
            raise Unreadable(f"more than {_MOST_VALUES:,} values", "split the document")
        if value is None:
            return ""
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, list):
            return "、".join(self._text(item) for item in value)
        if isinstance(value, dict):
            return "、".join(self._text(item) for item in value.values())
        return str(value)


def _flat(record: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in record.items():
        if isinstance(value, dict):
            yield from _flat(value)
        else:
            yield str(key), value
