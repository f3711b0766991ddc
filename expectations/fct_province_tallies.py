"""What a reader of `marts.fct_province_tallies` may rely on."""

from expectations.shared import quote_is_printed
from expectations.suite import Expectation, Suite, no_rows

SUITE = Suite(
    table="marts.fct_province_tallies",
    key=("tally_id",),
    label=("measure", "quote"),
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
            with listed as (
                select source_id, 'listed_clusters' as measure, province_code_gb2260, count(*) as listings
                from marts.fct_cluster_listings group by all
                union all
                select f.source_id, 'contest_winners', d.province_code_gb2260, count(*)
                from marts.fct_awards as f join marts.dim_clusters as d on d.cluster_id = f.cluster_id group by all
            )
            select t.tally_id, t.source_id, t.line_number, t.measure, t.province_code_gb2260, t.listed_count, listed.listings
            from {batch} as t
            left join listed
                on listed.source_id = t.source_id and listed.measure = t.measure and listed.province_code_gb2260 = t.province_code_gb2260
            where coalesce(t.listed_count, 0) <> coalesce(listed.listings, 0)
            """,
            "listed_count is what the same source lists in that province: clusters, or winners of a contest; none or null where nothing.",
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
        quote_is_printed("tally_id"),
        no_rows(
            "agrees_with_the_answers",
            """
            select t.tally_id, t.source_id, t.line_number, t.measure, t.province_code_gb2260, t.declared_count, a.declared_count as answered
            from {batch} as t
            left join answers.tallies as a
                on a.source_id = t.source_id and a.measure = t.measure and a.province_code = t.province_code_gb2260
            where t.source_id in (select source_id from answers.tallies)
              and (t.declared_count is distinct from a.declared_count or t.line_number <> a.line_number)
            """,
            "Where a source was read by hand (tests/answers), every published count and its province are right: 100 %.",
            examined="select 1 from {batch} where source_id in (select source_id from answers.tallies)",
        ),
    ),
)
