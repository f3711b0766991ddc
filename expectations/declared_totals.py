"""What a reader of `audit.declared_totals` may rely on."""

from expectations.shared import quote_is_printed
from expectations.suite import Suite, no_rows

SUITE = Suite(
    table="audit.declared_totals",
    key=("total_id",),
    label=("measure", "quote"),
    expectations=(
        no_rows(
            "counts_are_those_of_the_facts",
            """
            with tallied as (
                select source_id, measure, sum(declared_count) as declared, sum(listed_count) as listed
                from marts.fct_province_tallies group by all
            )
            select t.total_id, t.source_id, t.line_number, t.measure, t.tallied_count, tallied.declared
            from {batch} as t
            left join tallied on tallied.source_id = t.source_id and tallied.measure = t.measure
            where t.tallied_count is distinct from tallied.declared
               or t.is_reconciled is distinct from (t.declared_count = coalesce(t.tallied_count, t.listed_count))
            """,
            "tallied_count adds up the counts declared for provinces, and is_reconciled says whether the total is that sum.",
        ),
        no_rows(
            "provinces_sum_to_the_total",
            """
            select total_id, source_id, line_number, measure, declared_count, tallied_count, listed_count from {batch}
            where coalesce(not is_reconciled, tallied_count is not null)
            """,
            "The total that a source declares is the sum of what it declares for provinces, as 100 of the table of 2010 is.",
            severity="warning",
        ),
        quote_is_printed("total_id"),
    ),
)
