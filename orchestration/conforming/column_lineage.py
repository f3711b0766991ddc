"""Which columns a model's columns come from, as its SQL says: for the graph that people look at. Builds nothing.

The SQL is the compiled one, in which staging models stand as CTEs: so a column leads to the tables that really are there, of this
database or a seed's file. Telling takes a tenth of a second a model, so answers are remembered by SQL and columns.
"""

import csv
import hashlib
import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlglot import exp

Table = tuple[str, str]  # schema and table; of a seed, its folder and name
Column = tuple[Table, str]
Schema = Mapping[Table, Mapping[str, str]]

log = logging.getLogger("jiqun")

_DIALECT = "duckdb"


class ColumnLineage:
    """The lineage of models, remembered in a file between runs. Losing the file costs seconds.

    Args:
        memory: The file.
        schema: Types by column of every table in the build database.
        may_tell: Whether SQL that is not remembered is told; where somebody waits for the run, it is not.
    """

    def __init__(self, memory: Path, schema: Schema, *, may_tell: bool) -> None:
        self._memory, self._schema, self._may_tell = memory, schema, may_tell
        try:
            stored = json.loads(memory.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            stored = None
        self._known: dict[str, dict[str, list[Column]]] = stored if isinstance(stored, dict) else {}
        self._used: dict[str, dict[str, list[Column]]] = {}

    def of(self, sql: str) -> dict[str, list[Column]]:
        """The columns that each column of a model comes from; none where it is not known and may not be told."""
        digest = hashlib.sha256(f"{sql}{sorted(self._schema)}".encode()).hexdigest()
        if digest not in self._known and not self._may_tell:
            return {}
        self._used[digest] = self._known[digest] if digest in self._known else _told(sql, self._schema)
        return {name: [((schema, table), column) for (schema, table), column in found] for name, found in self._used[digest].items()}

    def remember(self) -> None:
        """Keep what was used of it, and nothing else."""
        if self._used.keys() - self._known.keys():
            self._memory.write_text(json.dumps(self._used), encoding="utf-8")


def _told(sql: str, schema: Schema) -> dict[str, list[Column]]:
    """What `tell` tells; nothing of SQL that its parser does not know, which is no reason to end a run."""
    from sqlglot.errors import SqlglotError

    try:
        return tell(sql, schema)
    except SqlglotError as error:
        log.warning("The columns of a model could not be followed to where they come from: %s", str(error).splitlines()[0])
        return {}


def tell(sql: str, schema: Schema) -> dict[str, list[Column]]:
    """The columns that each column of a query comes from.

    Args:
        sql: Of DuckDB: `with a as (select x from raw.t) select x as y from a` gives `{"y": [(("raw", "t"), "x")]}`.
        schema: Types by column of every table the query may read.

    Raises:
        TypeError: It is no query.
    """
    from sqlglot import exp, parse_one
    from sqlglot.lineage import lineage
    from sqlglot.optimizer.qualify import qualify
    from sqlglot.optimizer.scope import build_scope
    from sqlglot.schema import MappingSchema

    query = parse_one(sql, dialect=_DIALECT)
    if not isinstance(query, exp.Query):
        raise TypeError(f"no query: {sql[:80]}")
    tables = MappingSchema(dialect=_DIALECT)
    for (folder, name), columns in {**schema, **_seeds_as_tables(query)}.items():
        tables.add_table(exp.table_(name, db=folder), dict(columns), dialect=_DIALECT)
    for table in query.find_all(exp.Table):
        table.set("catalog", None)
    qualify(query, schema=tables, dialect=_DIALECT, validate_qualify_columns=False)
    scope = build_scope(query)
    told: dict[str, list[Column]] = {}
    for column in query.named_selects:
        nodes = lineage(column, query, tables, scope=scope, dialect=_DIALECT, trim_selects=False).walk()
        leaves = ((node.expression.find(exp.Table), node.name.rpartition(".")[2].strip('"')) for node in nodes if not node.downstream)
        told[column] = sorted({((leaf.db, leaf.name), name) for leaf, name in leaves if leaf is not None and leaf.db and name != "*"})
    return told


def _seeds_as_tables(query: "exp.Query") -> dict[Table, dict[str, str]]:
    """Put a table in the place of every file that a query reads, and give the columns of each: `read_csv('.../industries/isic4.csv')`."""
    from sqlglot import exp

    found = {}
    for call in list(query.find_all(exp.ReadCSV)):
        path = Path(call.name)
        with path.open(encoding="utf-8") as file:
            found[path.parent.name, path.stem] = dict.fromkeys(next(csv.reader(file)), "VARCHAR")
        if isinstance(place := call.parent, exp.Table):
            place.replace(exp.table_(path.stem, db=path.parent.name, alias=place.alias or None))
    return found
