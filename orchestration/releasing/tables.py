"""The allow-list: what a release holds is what has a suite. Nothing else is copied, whatever a build contains."""

from dataclasses import dataclass

from expectations import SUITES


@dataclass(frozen=True, slots=True)
class Table:
    """One relation of a release: its schema and name, its key and label as its suite declares them."""

    schema: str
    name: str
    key: tuple[str, ...]
    label: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """`marts.dim_sources`."""
        return f"{self.schema}.{self.name}"


TABLES = tuple(Table(suite.schema, suite.table.partition(".")[2], suite.key, suite.label) for suite in SUITES)

# Written by the release from the gate record, not by the build: what was asked of the tables above, and the answers.
GATE_RESULTS = Table("audit", "gate_results", ("suite", "expectation"))

RELEASED = (*TABLES, GATE_RESULTS)
