with

listings as (

    select * from {{ ref('int_listings_clustered') }}

),

awards as (

    select * from {{ ref('stg_raw__awards') }}

),

final as (

    select
        source_id,
        'listed_clusters' as measure,
        province_code,
        count(*) as listed_count
    from listings
    group by source_id, province_code

    union all

    select
        listings.source_id,
        'contest_winners' as measure,
        listings.province_code,
        count(*) as listed_count
    from awards
    inner join listings
        on awards.listing_observation_id = listings.observation_id
    group by listings.source_id, listings.province_code

)

select * from final
