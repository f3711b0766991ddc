with

listings as (

    select * from {{ ref('int_listings_clustered') }}

),

decided as (

    select * from {{ ref('int_places_decided') }}

),

places as (

    select * from {{ ref('int_places') }}

),

final as (

    select
        listings.observation_id,
        listings.cluster_id,
        listings.as_of_date,
        decided.place_ordinal,
        decided.place_period_id,
        places.place_id
    from listings
    inner join decided
        on listings.observation_id = decided.observation_id
    inner join places
        on decided.place_period_id = places.place_period_id
    where
        listings.place_count > 1
        and places.level <> 'province'

)

select * from final
