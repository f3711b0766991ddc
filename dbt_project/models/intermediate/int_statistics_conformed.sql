with

statistics as (

    select * from {{ ref('stg_raw__statistics') }}

),

located as (

    select * from {{ ref('int_observations_located') }}

),

listings as (

    select * from {{ ref('int_listings_clustered') }}

),

final as (

    select
        statistics.*,
        listings.cluster_id,
        coalesce(located.place_period_id, listings.place_period_id) as place_period_id,
        coalesce(located.level, listings.level) as level,
        coalesce(located.province_code, listings.province_code) as province_code,
        coalesce(located.rule, listings.rule) as rule
    from statistics
    left join located
        on
            statistics.observation_id = located.observation_id
            and located.province_code is not null
    left join listings
        on statistics.listing_observation_id = listings.observation_id

)

select * from final
