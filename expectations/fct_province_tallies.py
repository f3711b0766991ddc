"""What a reader of `marts.fct_province_tallies` may rely on."""

from expectations.shared import quote_is_printed
from expectations.suite import Expectation, Suite, no_rows

SUITE = Suite(
    table="marts.fct_province_tallies",
    key=("tally_id", "source_id", "line_number"),
    expectations=(
        Expectation(
            "declared_is_a_count",
            "ExpectColumnValuesToBeBetween",
            {"column": "declared_count", "min_value": 1, "max_value": 100_000},
            "A declared count is between 1 and 100,000; the longest list of clusters known to us has some hundreds.",
        ),
        no_rows(
            "listed_is_what_is_listed",
            """
            select t.tally_id, t.source_id, t.line_number, t.province_code_gb2260, t.listed_count, count(f.listing_id) as listings
            from {batch} as t
            left join marts.fct_cluster_listings as f
                on f.source_id = t.source_id and f.province_code_gb2260 = coalesce(t.province_code_gb2260, f.province_code_gb2260)
            where t.measure = 'listed_clusters'
            group by all having t.listed_count is distinct from count(f.listing_id)
            """,
            "listed_count is the number of listings of the same source in that province, or in all where the tally is of none.",
            examined="select 1 from {batch} where measure = 'listed_clusters'",
        ),
        no_rows(
            "reconciled_means_equal",
            """
            select tally_id, source_id, line_number, declared_count, listed_count, is_reconciled from {batch}
            where coalesce(is_reconciled, false) <> coalesce(declared_count = listed_count, false)
            """,
            "is_reconciled says whether the declared count is the listed one.",
        ),
        no_rows(
            "reconciled_where_listed",
            """
            select tally_id, source_id, line_number, province_code_gb2260, declared_count, listed_count from {batch}
            where listed_count > 0 and not is_reconciled
            """,
            "Where a source lists clusters of a province, it lists as many as it declares, as all 19 provinces of the table of 2010 do.",
            severity="warning",
            examined="select 1 from {batch} where listed_count > 0",
        ),
        no_rows(
            "provinces_sum_to_the_total",
            """
            select min(tally_id) as tally_id, source_id, min(line_number) as line_number, measure,
                sum(declared_count) filter (where province_code_gb2260 is not null) as provinces,
                max(declared_count) filter (where province_code_gb2260 is null) as total
            from {batch} group by source_id, measure having provinces <> total
            """,
            "The counts that a source declares for provinces add up to the total it declares.",
            severity="warning",
            examined="select 1 from {batch} where province_code_gb2260 is null",
        ),
        quote_is_printed("tally_id"),
        no_rows(
            "agrees_with_the_answers",
            """
            select t.tally_id, t.source_id, t.line_number, t.measure, t.province_code_gb2260, t.declared_count, a.declared_count as answered
            from {batch} as t
            left join (
                select source_id, measure, province_code, declared_count, line_number from answers.tallies
                union all
                select source_id, measure, null, sum(declared_count), null from answers.tallies group by source_id, measure
            ) as a
                on a.source_id = t.source_id and a.measure = t.measure and a.province_code is not distinct from t.province_code_gb2260
            where t.source_id in (select source_id from answers.tallies)
              and (t.declared_count is distinct from a.declared_count or t.line_number <> a.line_number)
            """,
            "Where a source was read by hand (tests/answers), every published count and its province are right: 100 %.",
            examined="select 1 from {batch} where source_id in (select source_id from answers.tallies)",
        ),
    ),
)
