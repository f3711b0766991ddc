"""What a reader of `marts.dim_clusters` may rely on."""

from expectations.shared import text_is_clean
from expectations.suite import Suite, no_rows

SUITE = Suite(
    table="marts.dim_clusters",
    key=("cluster_id",),
    label=("name_en",),
    expectations=(
        no_rows(
            "agrees_with_its_listings",
            """
            select t.cluster_id, t.name_en, t.source_count, count(distinct f.source_id) as sources_listing_it,
                t.first_listed_on, min(f.as_of_date) as first, t.last_listed_on, max(f.as_of_date) as last
            from {batch} as t left join marts.fct_cluster_listings as f on f.cluster_id = t.cluster_id
            group by all
            having t.source_count is distinct from count(distinct f.source_id) or count(f.source_id) = 0
                or t.first_listed_on is distinct from min(f.as_of_date) or t.last_listed_on is distinct from max(f.as_of_date)
            """,
            "A cluster is listed at least once; source_count and both dates are those of its listings.",
        ),
        no_rows(
            "listed_first_before_last",
            "select cluster_id, name_en, first_listed_on, last_listed_on from {batch} where first_listed_on > last_listed_on",
            "A cluster is listed first on or before the day it is listed last.",
        ),
        no_rows(
            "locality_lies_in_its_province",
            """
            select t.cluster_id, t.name_en, t.province_code_gb2260, d.name_en as locality, d.province_code_gb2260 as province_of_locality
            from {batch} as t join marts.dim_localities as d on d.locality_id = t.locality_id
            where d.province_code_gb2260 is distinct from t.province_code_gb2260
            """,
            "A cluster's locality lies in the cluster's province.",
            examined="select 1 from {batch} where locality_id is not null",
        ),
        no_rows(
            "one_per_place_and_industry",
            """
            select t.industry_id, coalesce(d.place_id, t.province_code_gb2260) as place, count(*) as clusters,
                min(t.cluster_id) as cluster_id,
                string_agg(t.name_en, ' | ' order by t.cluster_id) as names
            from {batch} as t left join marts.dim_localities as d on d.locality_id = t.locality_id
            group by t.industry_id, place having count(*) > 1
            """,
            "The same place and the same industry are one cluster, however many sources name it.",
        ),
        no_rows(
            "told_apart_by_name",
            """
            select min(cluster_id) as cluster_id, name_en, count(*) as clusters from {batch} group by name_en having count(*) > 1
            """,
            "No two clusters have the same name.",
            severity="warning",
        ),
        text_is_clean(("cluster_id",), ("name_en",)),
    ),
)
