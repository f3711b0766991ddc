"""What a suite is: expectations about one table, as plain data. Nothing is evaluated here, and no framework is imported.

The form is Great Expectations' own (a type and its kwargs), so that what the gate runs is what is written here. Whoever only wants
to know which rules there are (the asset graph, the page) reads these records without paying for that import.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["critical", "warning"]


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing a reader of a table may rely on.

    Attributes:
        id: Unique within its suite and stable, `[a-z0-9_]`; names the asset check and the row in `audit.gate_results`.
        type: Class name in `great_expectations.expectations`.
        kwargs: Its arguments, JSON values only. `{batch}` in SQL stands for the table of the suite; it takes an alias only where the
            query joins (Great Expectations adds one of its own elsewhere). Other braces are doubled.
        description: What a reader may rely on; for a bound, the measurement behind it.
        severity: A failed `critical` expectation refuses the release; a failed `warning` is published with it.
        examined: SQL whose rows are what the rule looks at, where that is not every row of the table. `observed` counts them,
            so that a rule which found nothing to examine says so.
    """

    id: str
    type: str
    kwargs: Mapping[str, object]
    description: str
    severity: Severity = "critical"
    examined: str | None = None

    @property
    def digest(self) -> str:
        """Sixteen hex digits that change with anything in this record."""
        text = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Suite:
    """A released table, and what its reader may rely on.

    Attributes:
        table: `schema.table`.
        key: The columns of its grain; rows are stored, exported and compared in their order.
        expectations: In the order they are shown.
        label: Columns that tell a person which row it is. Empty for tables of lines, whose rows no person compares one by one.
    """

    table: str
    key: tuple[str, ...]
    expectations: tuple[Expectation, ...]
    label: tuple[str, ...] = ()

    @property
    def schema(self) -> str:
        """`marts` or `audit`."""
        return self.table.partition(".")[0]


def no_rows(id: str, query: str, description: str, *, severity: Severity = "critical", examined: str | None = None) -> Expectation:
    """An expectation that this query finds nothing: its rows are the offending ones."""
    return Expectation(id, "UnexpectedRowsExpectation", {"unexpected_rows_query": query}, description, severity, examined)
