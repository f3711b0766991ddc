with

published as (

    select listing_id as observation_id
    from {{ ref('fct_cluster_listings') }}

),

held_back as (

    select observation_id
    from {{ ref('int_listings_held_back') }}

),

accounted_for as (

    select * from published
    union all
    select * from held_back

)

select
    listings.observation_id,
    count(accounted_for.observation_id) as times
from {{ ref('stg_raw__listings') }} as listings
left join accounted_for
    on listings.observation_id = accounted_for.observation_id
group by listings.observation_id
having count(accounted_for.observation_id) <> 1
