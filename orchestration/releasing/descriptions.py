"""What the dbt YAML says of the released tables: descriptions, required columns, foreign keys. Parsed as it stands; dbt is not asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from orchestration.errors import JiqunError

_DOC = re.compile(r"{{\s*doc\(\s*['\"](\w+)['\"]\s*\)\s*}}")
_DOC_BLOCK = re.compile(r"{%-?\s*docs\s+(\w+)\s*-?%}(.*?){%-?\s*enddocs\s*-?%}", re.DOTALL)
_REF = re.compile(r"ref\(\s*['\"](\w+)['\"]\s*\)")


@dataclass(frozen=True, slots=True)
class ColumnDoc:
    """One column: what it means, whether it is ever null, and the (model, column) it refers to."""

    description: str
    is_required: bool
    refers_to: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class TableDoc:
    """One model: what a row of it is, and its columns."""

    description: str
    columns: dict[str, ColumnDoc] = field(default_factory=dict)


def read_descriptions(models: Path) -> dict[str, TableDoc]:
    """Descriptions by `<schema>.<model>`; the schema is the folder a model stands in (`marts`, `audit`), as in `dbt_project.yml`.

    Raises:
        JiqunError: A YAML file cannot be parsed, or names a docs block that is not there.
    """
    blocks = {
        name: " ".join(text.split())
        for path in sorted(models.rglob("*.md"))
        for name, text in _DOC_BLOCK.findall(path.read_text(encoding="utf-8"))
    }
    docs = {}
    for path in sorted((*models.rglob("*.yml"), *models.rglob("*.yaml"))):
        try:
            parsed = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
            schema = path.relative_to(models).parts[0]
            for model in parsed.get("models") or ():
                columns = {column["name"]: _column(column, blocks) for column in model.get("columns") or ()}
                docs[f"{schema}.{model['name']}"] = TableDoc(_text(model, blocks), columns)
        except (yaml.YAMLError, KeyError, AttributeError, TypeError) as error:
            raise JiqunError(f"{path} cannot be read as dbt properties: {error!r}", "`dbt parse` says more.") from error
    return docs


def _column(column: dict[str, Any], blocks: dict[str, str]) -> ColumnDoc:
    is_required, refers_to = False, None
    for name, arguments in _tests(column):
        is_required |= name == "not_null"
        if name == "relationships" and (target := _REF.search(str(arguments.get("to")))):
            refers_to = (target.group(1), str(arguments.get("field")))
    return ColumnDoc(_text(column, blocks), is_required, refers_to)


def _tests(column: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Tests and contract constraints of a column as (name, arguments): both spellings of dbt, `- not_null` and `- type: not_null`."""
    for test in (*(column.get("data_tests") or ()), *(column.get("tests") or ())):
        if isinstance(test, str):
            yield test, {}
        else:
            for name, arguments in test.items():
                yield name, {**(arguments or {}), **((arguments or {}).get("arguments") or {})}
    for constraint in column.get("constraints") or ():
        yield constraint["type"], {}


def _text(node: dict[str, Any], blocks: dict[str, str]) -> str:
    return " ".join(_DOC.sub(lambda match: blocks[match.group(1)], node.get("description") or "").split())
