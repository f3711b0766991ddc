"""What a reader of `marts.bridge_clusters_localities` may rely on."""

from expectations.suite import Suite, no_rows

SUITE = Suite(
    table="marts.bridge_clusters_localities",
    key=("cluster_id", "locality_id"),
    label=("place_ordinal",),
    expectations=(
        no_rows(
            "own_locality_comes_first",
            """
            select d.cluster_id, d.locality_id, t.locality_id as first
            from marts.dim_clusters as d left join {batch} as t on t.cluster_id = d.cluster_id and t.place_ordinal = 1
            where d.locality_id is distinct from t.locality_id
            """,
            "A cluster's own locality is the first of its places; a cluster without one has none.",
        ),
        no_rows(
            "counted_without_gaps",
            """
            select cluster_id, count(*) as places, min(place_ordinal) as first, max(place_ordinal) as last from {batch}
            group by cluster_id
            having min(place_ordinal) <> 1 or max(place_ordinal) <> count(*) or count(distinct place_ordinal) <> count(*)
            """,
            "The places of a cluster are counted 1, 2, 3, in the order they are printed in.",
        ),
        no_rows(
            "each_place_once",
            """
            select t.cluster_id, d.place_id, min(t.locality_id) as locality_id, count(*) as times
            from {batch} as t join marts.dim_localities as d on d.locality_id = t.locality_id
            group by t.cluster_id, d.place_id having count(*) > 1
            """,
            "A cluster has each place once, whatever the place was called in other years.",
        ),
        no_rows(
            "lies_in_the_province_of_its_cluster",
            """
            select t.cluster_id, t.locality_id, d.province_code_gb2260, c.province_code_gb2260 as province_of_cluster
            from {batch} as t
            join marts.dim_localities as d on d.locality_id = t.locality_id
            join marts.dim_clusters as c on c.cluster_id = t.cluster_id
            where d.province_code_gb2260 is distinct from c.province_code_gb2260
            """,
            "All places of a cluster lie in its province: what is printed of several provinces is held back.",
        ),
    ),
)
