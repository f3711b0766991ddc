"""What a reader of `audit.document_lines` may rely on."""

from expectations.suite import Suite, no_rows

SUITE = Suite(
    table="audit.document_lines",
    key=("source_id", "line_number"),
    expectations=(
        no_rows(
            "numbered_without_gap",
            """
            select source_id, min(line_number) as first, max(line_number) as last, count(*) as lines from {batch}
            group by source_id having min(line_number) <> 1 or max(line_number) <> count(*) or count(distinct line_number) <> count(*)
            """,
            "The lines of a source are numbered from 1, each once.",
            examined="select distinct source_id from {batch}",
        ),
        no_rows(
            "a_line_is_one_line",
            r"select source_id, line_number, text from {batch} where coalesce(regexp_matches(text, '[\n\r]'), true)",
            "A line holds no line break, so that characters can be counted within it.",
        ),
    ),
)
