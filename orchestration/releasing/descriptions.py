"""What is said of tables: descriptions, types, foreign keys. The dbt YAML as it stands; dbt is not asked.

A column before the marts that its model says nothing of means what its name means everywhere (`columns.md`).
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from orchestration.errors import JiqunError
from orchestration.releasing.tables import GATE_RESULTS

# libyaml's, where PyYAML has it: ten times as fast, 1.0 s of a release otherwise.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DOC = re.compile(r"{{\s*doc\(\s*['\"](\w+)['\"]\s*\)\s*}}")
_DOC_BLOCK = re.compile(r"{%-?\s*docs\s+(\w+)\s*-?%}(.*?){%-?\s*enddocs\s*-?%}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ColumnDoc:
    """One column: what it means, the (model, column) it refers to, and its type (empty where none is stated)."""

    description: str
    refers_to: tuple[str, str] | None
    data_type: str = ""


@dataclass(frozen=True, slots=True)
class TableDoc:
    """One model: what a row of it is, and its columns."""

    description: str
    columns: dict[str, ColumnDoc] = field(default_factory=dict)


# The one table that no dbt model describes, since the release itself writes it.
_GATE_RESULTS = TableDoc(
    "One row per expectation the gate evaluated on this release: what was asked, and the answer.",
    {
        name: ColumnDoc(description, None, "bigint" if name.endswith("_count") else "string")
        for name, description in {
            "suite": "The table it is about.",
            "expectation": "Its id, unique within its suite.",
            "severity": "critical (a failure refuses the release) or warning.",
            "outcome": "pass or warn; a release with a fail or an error does not exist.",
            "observed": "What was found, for people.",
            "unexpected_count": "Offending rows. Null where the rule is about the table as a whole.",
            "sample": "A few offending rows, as a JSON array. Null where there are none.",
        }.items()
    },
)


def read_descriptions(models: Path) -> dict[str, TableDoc]:
    """Descriptions by `<schema>.<table>`; the schema is the folder a model stands in (`marts`, `audit`), as in `dbt_project.yml`.

    Raises:
        JiqunError: A YAML file cannot be parsed, or names a docs block that is not there.
    """
    blocks = read_meanings(models)
    docs = {GATE_RESULTS.full_name: _GATE_RESULTS}
    for path in sorted((*models.rglob("*.yml"), *models.rglob("*.yaml"))):
        try:
            parsed = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER) or {}
            schema = path.relative_to(models).parts[0]
            for model in parsed.get("models") or ():
                keys = [test["has_keys"]["arguments"] for test in model.get("data_tests") or () if "has_keys" in test]
                foreign = keys[0].get("foreign", {}) if keys else {}
                columns = {column["name"]: _column(column, foreign, blocks) for column in model.get("columns") or ()}
                docs[f"{schema}.{model['name']}"] = TableDoc(_text(model, blocks), columns)
        except (yaml.YAMLError, KeyError, AttributeError, TypeError) as error:
            raise JiqunError(f"{path} cannot be read as dbt properties: {error!r}", "`dbt parse` says more.") from error
    return docs


def read_meanings(models: Path) -> dict[str, str]:
    """What the name of a column means, in whatever model: the blocks of `columns.md`."""
    return {
        name: " ".join(text.split())
        for path in sorted(models.rglob("*.md"))
        for name, text in _DOC_BLOCK.findall(path.read_text(encoding="utf-8"))
    }


def _column(column: dict[str, Any], foreign: dict[str, str], blocks: dict[str, str]) -> ColumnDoc:
    name = column["name"]
    refers_to = (foreign[name], name) if name in foreign else None
    return ColumnDoc(_text(column, blocks), refers_to, str(column.get("data_type", "")))


def _text(node: dict[str, Any], blocks: dict[str, str]) -> str:
    return " ".join(_DOC.sub(lambda match: blocks[match.group(1)], node.get("description") or "").split())
