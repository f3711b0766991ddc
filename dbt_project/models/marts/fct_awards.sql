with

awards as (

    select * from {{ ref('stg_raw__awards') }}

),

listings as (

    select * from {{ ref('int_listings_clustered') }}

),

final as (

    select
        awards.observation_id as award_id,
        awards.source_id,
        awards.contest_name,
        awards.organiser,
        awards.launched_year,
        awards.winner_count_declared,
        listings.cluster_id,
        awards.line_number,
        awards.quote
    from awards
    inner join listings
        on awards.listing_observation_id = listings.observation_id
    order by awards.observation_id asc nulls last

)

select * from final
