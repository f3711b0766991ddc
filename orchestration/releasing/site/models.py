"""The page of the models: dbt's own documentation, with lineage graph, columns and SQL, as one file beside the page of the release.

dbt's command would write clock, run and folders into it, and take as long as all else in a refresh. Its page is a fixed file that looks for
two JSON texts in itself; here these hold what a parse says of the project wherever and whenever it is parsed. Same code, same bytes.
"""

from collections.abc import Mapping
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import orjson

from orchestration.releasing.store import DATABASE
from orchestration.releasing.tables import RELEASED

# What the page shows of a node. The rest of a manifest is clocks, folders, and what only dbt asks for.
_SHOWN = (
    *("unique_id", "resource_type", "package_name", "name", "alias", "database", "schema", "identifier", "path", "fqn"),
    *("original_file_path", "description", "source_description", "source_name", "loader", "meta", "tags", "docs", "access", "contract"),
    *("language", "raw_code", "macro_sql", "arguments", "block_contents", "test_metadata", "column_name", "attached_node"),
)
# Kinds of nodes that the page looks for and the project has none of.
_NONE = ("exposures", "metrics", "groups", "selectors", "disabled", "semantic_models", "saved_queries", "unit_tests")
_OVERVIEW = "doc.jiqun.__overview__"
# Nothing is asked of a network, whatever dbt's page may bring in a later version. Its framework makes functions of texts.
_POLICY = (
    b"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; "
    b"style-src 'unsafe-inline'; img-src data:; font-src data:\">"
)
# Addresses that a browser would ask for before dbt's framework has filled them in, and one that its build left as it was.
_MENDED = (
    (b'<use xlink:href="{{', b'<use ng-attr-href="{{'),
    (b"${require('./assets/favicons/favicon.ico')}", b"data:,"),
)
_RELEASED = {(table.schema, table.name) for table in RELEASED}

Json = dict[str, Any]
Columns = Mapping[tuple[str, str], Mapping[str, str]]


def draw_models(manifest: Path, columns: Columns, target: Path) -> None:
    """Write the page of the models.

    Args:
        manifest: dbt's, of the project as it stands.
        columns: Types by column, by (schema, table), of everything that was built.
        target: The file to write, `site/models.html`.
    """
    parsed = _parsed(orjson.loads(manifest.read_bytes()), columns)
    html = Path(str(distribution("dbt-core").locate_file("dbt/task/docs/index.html"))).read_bytes()
    for theirs, ours in _MENDED:
        html = html.replace(theirs, ours)
    for name, content in (("MANIFEST", parsed), ("CATALOG", _catalog(parsed, columns))):
        # Within a script element only `<` could end it.
        text = orjson.dumps(content, option=orjson.OPT_SORT_KEYS).replace(b"<", rb"\u003c")
        html = html.replace(f'"{name}.JSON INLINE DATA"'.encode(), text, 1)
    target.write_bytes(html.replace(b"<head>", b"<head>" + _POLICY, 1))


def _parsed(manifest: Json, columns: Columns) -> Json:
    """The manifest without what differs from parse to parse, and without the macros of dbt's own packages."""
    kept = {
        kind: {key: _node(node) for key, node in manifest[kind].items() if node.get("package_name") == "jiqun"}
        for kind in ("nodes", "sources", "macros")
    }
    meanings = {doc["name"]: doc["block_contents"] for doc in manifest["docs"].values()}
    for node in (*kept["nodes"].values(), *kept["sources"].values()):
        for name in columns.get(_place(node), ()):
            node["columns"].setdefault(name, _column({"name": name, "description": meanings.get(name, "")}))
    facts = ("dbt_schema_version", "dbt_version", "project_name", "project_id", "adapter_type")
    return {
        **{kind: {} for kind in _NONE},
        **kept,
        "docs": {_OVERVIEW: _node(manifest["docs"][_OVERVIEW])},
        "metadata": {name: manifest["metadata"][name] for name in facts},
        **{name: {key: sorted(found) for key, found in manifest[name].items()} for name in ("parent_map", "child_map")},
    }


def _node(node: Json) -> Json:
    shown = {name: node[name] for name in _SHOWN if name in node}
    if "columns" in node:
        shown["columns"] = {name: _column(column) for name, column in node["columns"].items()}
    if "config" in node:
        shown["config"] = {"materialized": node["config"].get("materialized")}
    if "depends_on" in node:
        shown["depends_on"] = {kind: sorted(found) for kind, found in node["depends_on"].items()}
    if (node.get("schema"), node.get("alias")) in _RELEASED:
        shown["database"] = DATABASE.partition(".")[0]
    return shown


def _column(column: Json) -> Json:
    return {"data_type": None, "tags": [], "meta": {}} | {
        part: column[part] for part in ("name", "description", "data_type") if part in column
    }


def _place(node: Json) -> tuple[str, str]:
    return node["schema"], node.get("alias") or node.get("identifier", "")


def _catalog(parsed: Json, columns: Columns) -> Json:
    """The columns of what was built, with their types."""
    found: dict[str, Json] = {"nodes": {}, "sources": {}}
    for nodes, described in ((found[kind], parsed[kind]) for kind in found):
        for key, node in described.items():
            place = _place(node)
            if place in columns:
                nodes[key] = {
                    "unique_id": key,
                    "metadata": {
                        "type": node.get("config", {}).get("materialized", "table"),
                        "database": node["database"],
                        "schema": place[0],
                        "name": place[1],
                        "owner": None,
                    },
                    "columns": {
                        name: {"name": name, "type": kind, "index": index, "comment": None}
                        for index, (name, kind) in enumerate(columns[place].items(), start=1)
                    },
                    "stats": {},
                }
    return {**found, "metadata": {}, "errors": None}
