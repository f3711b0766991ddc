with

listings as (

    select * from {{ ref('int_listings_conformed') }}
    where
        province_code is not null
        and doubt is null

),

clusters as (

    select * from {{ ref('int_clusters_merged') }}

),

joined as (

    select
        listings.*,
        clusters.cluster_id,
        clusters.industry_id as cluster_industry_id,
        clusters.rule as cluster_rule
    from listings
    inner join clusters
        on {{ short_id('c', ['listings.place_id', 'listings.industry_id']) }} = clusters.pair_id

),

-- A source lists a cluster once, however often and in whatever words it names it: the first is the listing, the others are traced to it.
final as (

    select
        *,
        row_number() over (
            partition by source_id, cluster_id
            order by ordinal asc nulls last, observation_id asc nulls last
        ) as mention,
        first_value(observation_id) over (
            partition by source_id, cluster_id
            order by ordinal asc nulls last, observation_id asc nulls last
        ) as first_observation_id
    from joined

)

select * from final
