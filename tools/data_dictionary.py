"""Writes docs/data_dictionary.md: every table and column of a release, in the words of the dbt YAML.

Run from the root: `python -m tools.data_dictionary`, or `make dictionary`.
"""

from collections.abc import Iterator

from orchestration.paths import DBT_PROJECT, ROOT
from orchestration.releasing.descriptions import ColumnDoc, TableDoc, read_descriptions
from orchestration.releasing.tables import RELEASED, Table

DICTIONARY = ROOT / "docs" / "data_dictionary.md"
_HEAD = """# Data dictionary

Written by `make dictionary` from the descriptions in `dbt_project/models`; not edited by hand. The same words are comments in the
release's database, fields of its `datapackage.json`, metadata of its Parquet files and the second sheet of its spreadsheet. What measures,
qualifiers and subjects mean is in [vocabulary.md](vocabulary.md). A column is never null unless it says when it is.

"""


def dictionary() -> str:
    """The page as it should be."""
    docs = read_descriptions(DBT_PROJECT / "models")
    released = {table.name: table for table in RELEASED}
    contents = "".join(f"- [{table.full_name}](#{_anchor(table)}): {docs[table.full_name].description}\n" for table in RELEASED)
    return _HEAD + contents + "".join("\n" + "\n".join(_section(table, docs[table.full_name], released)) + "\n" for table in RELEASED)


def _section(table: Table, doc: TableDoc, released: dict[str, Table]) -> Iterator[str]:
    yield f"## {table.full_name}"
    yield f"{doc.description} Key: {', '.join(f'`{column}`' for column in table.key)}."
    yield ""
    yield "| column | type | what it means |"
    yield "|---|---|---|"
    for name, column in doc.columns.items():
        yield f"| `{name}` | {column.data_type} | {_meaning(column, released)} |"


def _meaning(column: ColumnDoc, released: dict[str, Table]) -> str:
    text = column.description.replace("|", "\\|")
    if column.refers_to and (target := released.get(column.refers_to[0])):
        return f"{text} Refers to [{target.full_name}](#{_anchor(target)})."
    return text


def _anchor(table: Table) -> str:
    return table.full_name.replace(".", "")


if __name__ == "__main__":
    DICTIONARY.write_text(dictionary(), encoding="utf-8")
