with

listings as (

    select * from {{ ref('int_listings_conformed') }}
    where province_code is not null

),

clusters as (

    select * from {{ ref('int_clusters_merged') }}

),

final as (

    select
        listings.*,
        clusters.cluster_id,
        clusters.rule as cluster_rule
    from listings
    inner join clusters
        on {{ short_id('c', ['listings.place_id', 'listings.industry_id']) }} = clusters.pair_id

)

select * from final
