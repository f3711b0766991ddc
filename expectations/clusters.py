"""What a reader of the view `marts.clusters` may rely on: that it is its tables, put together rightly."""

from expectations.suite import Suite, no_rows

SUITE = Suite(
    table="marts.clusters",
    key=("cluster_id",),
    expectations=(
        no_rows(
            "has_every_cluster",
            """
            select coalesce(t.cluster_id, d.cluster_id) as cluster_id, t.name, d.name_en
            from {batch} as t full join marts.dim_clusters as d on d.cluster_id = t.cluster_id
            where t.name is distinct from d.name_en or t.cluster_id is null or d.cluster_id is null
            """,
            "Every cluster of dim_clusters stands here under its name, and no other.",
        ),
        no_rows(
            "counts_are_those_of_the_facts",
            """
            select t.cluster_id, t.name, t.award_count, t.statistic_count
            from {batch} as t
            left join (select cluster_id, count(*) as rows from marts.fct_awards group by cluster_id) as awards
                on awards.cluster_id = t.cluster_id
            left join (select cluster_id, count(*) as rows from marts.fct_statistics group by cluster_id) as statistics
                on statistics.cluster_id = t.cluster_id
            where t.award_count is distinct from coalesce(awards.rows, 0)
               or t.statistic_count is distinct from coalesce(statistics.rows, 0)
            """,
            "award_count and statistic_count count the rows of fct_awards and fct_statistics.",
        ),
        no_rows(
            "province_is_named",
            "select cluster_id, name, province from {batch} "
            "where coalesce(province not in (select name_en from marts.dim_provinces), true)",
            "Every cluster shows the English name of one of the 34 provinces.",
        ),
        no_rows(
            "readable",
            "select cluster_id, name, industry from {batch} where coalesce(trim(name) = '' or trim(industry) = '', true)",
            "Every cluster shows a name and an industry.",
        ),
        no_rows(
            "located",
            "select cluster_id, name from {batch} where latitude is null",
            "Every cluster can be put on a map.",
            severity="warning",
        ),
    ),
)
