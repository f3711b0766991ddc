"""The allow-list: what a release holds, and the key of each table. Nothing outside this list is copied, whatever a build contains."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """One relation of a release.

    Attributes:
        schema: `marts` or `audit`.
        name: As in the contract.
        key: The columns of its grain; rows are stored, exported and compared in their order.
        label: Columns that tell a person which row it is. Empty for tables of lines, whose rows no person compares one by one.
    """

    schema: str
    name: str
    key: tuple[str, ...]
    label: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """`marts.dim_sources`."""
        return f"{self.schema}.{self.name}"


TABLES = (
    Table("marts", "dim_sources", ("source_id",), ("file_name",)),
    Table("marts", "dim_provinces", ("province_code_gb2260",), ("name_en",)),
    Table("marts", "dim_localities", ("locality_id",), ("name_en", "name_zh")),
    Table("marts", "dim_industries", ("industry_id",), ("name_en",)),
    Table("marts", "dim_clusters", ("cluster_id",), ("name_en",)),
    Table("marts", "bridge_clusters_localities", ("cluster_id", "locality_id"), ("place_ordinal",)),
    Table("marts", "fct_cluster_listings", ("listing_id",), ("locality_printed", "industry_printed")),
    Table("marts", "fct_province_tallies", ("tally_id",), ("measure", "quote")),
    Table("marts", "fct_awards", ("award_id",), ("contest_name", "quote")),
    Table("marts", "fct_statistics", ("statistic_id",), ("subject_name", "measure", "quote")),
    Table("marts", "clusters", ("cluster_id",)),
    Table("audit", "line_ledger", ("source_id", "line_number")),
    Table("audit", "document_lines", ("source_id", "line_number")),
    Table("audit", "repairs", ("repair_id",), ("field", "printed", "published")),
    Table("audit", "alternatives", ("listing_id", "field", "ordinal"), ("alternative",)),
    Table("audit", "quarantine", ("quarantine_id",), ("printed", "reason")),
    Table("audit", "provenance", ("table_name", "row_id", "column_name", "source_id", "line_number", "char_start", "char_end", "rule")),
    Table("audit", "declared_totals", ("total_id",), ("measure", "quote")),
    Table("audit", "review_questions", ("question_id",), ("kind", "printed", "suggestion")),
)

# Written by the release from the gate record, not by the build: what was asked of the tables above, and the answers.
GATE_RESULTS = Table("audit", "gate_results", ("suite", "expectation"))

RELEASED = (*TABLES, GATE_RESULTS)
