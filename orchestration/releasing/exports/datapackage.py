"""The Data Package of a release: what its Parquet files hold, in the words of the dbt YAML (Frictionless Data Package v1)."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from orchestration.common.files import sha256
from orchestration.common.sql import literal
from orchestration.releasing.descriptions import TableDoc
from orchestration.releasing.exports.citing import TITLE
from orchestration.releasing.tables import RELEASED, Table

DATAPACKAGE = "datapackage.json"

_FIELD_TYPES = {
    "VARCHAR": "string",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "FLOAT": "number",
    "DOUBLE": "number",
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"), "integer"),
}


def write_datapackage(folder: Path, release_id: str, docs: Mapping[str, TableDoc], citation: str) -> None:
    """Describe the Parquet files of a release folder in `datapackage.json` beside them."""
    released = {table.name: table.full_name for table in RELEASED}
    with duckdb.connect() as connection:
        resources = [_resource(connection, folder, table, docs.get(table.full_name, TableDoc("")), released) for table in RELEASED]
    package = {
        "profile": "data-package",
        "name": "jiqun",
        "title": TITLE,
        "description": "Industrial clusters of China as published sources name them, each value traceable to its printed line.",
        "version": release_id,
        "citation": citation,
        "resources": resources,
    }
    (folder / DATAPACKAGE).write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _resource(
    connection: duckdb.DuckDBPyConnection, folder: Path, table: Table, doc: TableDoc, released: Mapping[str, str]
) -> dict[str, Any]:
    path = f"parquet/{table.full_name}.parquet"
    file = folder / path
    columns = connection.execute(f"describe from read_parquet({literal(file)})").fetchall()
    fields = [_field(name, column_type, doc) for name, column_type, *_ in columns]
    keys = [
        {"fields": [name], "reference": {"resource": "" if target == table.name else released[target], "fields": [column]}}
        for name, (target, column) in ((n, c.refers_to) for n, c in doc.columns.items() if c.refers_to)
        if target in released and name in {f["name"] for f in fields}
    ]
    return {
        "name": table.full_name,
        **({"description": doc.description} if doc.description else {}),
        "path": path,
        # frictionless 5 checks size and hash of a file; of a Parquet table it checks neither, and calls a stated size wrong.
        "type": "file",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": file.stat().st_size,
        "hash": f"sha256:{sha256(file)}",
        "schema": {"fields": fields, "primaryKey": list(table.key), **({"foreignKeys": keys} if keys else {})},
    }


def _field(name: str, column_type: str, doc: TableDoc) -> dict[str, Any]:
    kind = "number" if column_type.startswith("DECIMAL") else _FIELD_TYPES.get(column_type, "any")
    column = doc.columns.get(name)
    return {
        "name": name,
        "type": kind,
        **({"description": column.description} if column and column.description else {}),
    }
