"""What a reader of `audit.quarantine` may rely on."""

from expectations.suite import Suite, no_rows

SUITE = Suite(
    table="audit.quarantine",
    key=("quarantine_id",),
    label=("printed", "reason"),
    expectations=(
        no_rows(
            "reason_is_given",
            "select quarantine_id, source_id, line_number, printed, reason from {batch} where coalesce(trim(reason) = '', true)",
            "Whatever is not published has its reason.",
        ),
        no_rows(
            "suggestion_is_given",
            "select quarantine_id, source_id, line_number, printed, suggestion from {batch} where coalesce(trim(suggestion) = '', true)",
            "Whatever is not published has a suggestion what to do about it.",
            severity="warning",
        ),
        no_rows(
            "line_is_of_the_document",
            """
            select t.quarantine_id, t.source_id, t.line_number
            from {batch} as t
            left join audit.document_lines as l on l.source_id = t.source_id and l.line_number = t.line_number
            where t.source_id is not null and t.line_number is not null and l.text is null
            """,
            "A quarantined line is a line of its document.",
            examined="select 1 from {batch} where source_id is not null and line_number is not null",
        ),
    ),
)
