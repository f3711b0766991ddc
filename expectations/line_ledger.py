"""What a reader of `audit.line_ledger` may rely on."""

from expectations.suite import Suite, no_rows

_FATES = """
    select t.source_id, count(*) as lines, count(*) filter (where t.fate = 'quarantined') as quarantined,
        count(*) filter (where t.fate = 'used') as used, min(t.line_number) filter (where t.fate = 'quarantined') as line_number
    from {batch} as t
    join audit.document_lines as l on l.source_id = t.source_id and l.line_number = t.line_number
    where trim(l.text) <> ''
    group by t.source_id
"""

SUITE = Suite(
    table="audit.line_ledger",
    key=("source_id", "line_number"),
    expectations=(
        no_rows(
            "blank_lines_are_blank",
            r"""
            select t.source_id, t.line_number, t.fate, l.text
            from {batch} as t
            join audit.document_lines as l on l.source_id = t.source_id and l.line_number = t.line_number
            where t.fate = 'blank' and regexp_matches(l.text, '[\p{{L}}\p{{N}}]')
            """,
            "No line with letters or digits is passed over as blank.",
            examined="select 1 from {batch} where fate = 'blank'",
        ),
        no_rows(
            "fates_are_explained",
            "select source_id, line_number, fate from {batch} where fate <> 'blank' and coalesce(trim(detail) = '', true)",
            "detail says what every line that is not blank was taken for.",
        ),
        no_rows(
            "sources_are_mostly_understood",
            f"select * from ({_FATES}) where quarantined > 0.2 * lines",
            "At most a fifth of the lines of a source are in quarantine: of the shipped documents none, of one in no known layout all.",
            severity="warning",
            examined="select distinct source_id from {batch}",
        ),
        no_rows(
            "corpus_is_understood",
            f"""
            select count(*) as sources, avg(quarantined / lines) as share_quarantined,
                max_by(source_id, quarantined / lines) as source_id, max_by(line_number, quarantined / lines) as line_number
            from ({_FATES}) where used > 0 having avg(quarantined / lines) > 0.5
            """,
            "Of the sources that anything is published of, at least half the lines are understood; each counts once, so that it is the "
            "readers this speaks of, and not one long document.",
            examined="select distinct source_id from {batch} where fate = 'used'",
        ),
    ),
)
