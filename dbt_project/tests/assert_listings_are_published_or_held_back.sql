with

published as (

    select listing_id as observation_id
    from {{ ref('fct_cluster_listings') }}

),

-- named before by the same source, and traced to that listing
named_again as (

    select observation_id
    from {{ ref('int_listings_clustered') }}
    where mention > 1

),

held_back as (

    select observation_id
    from {{ ref('int_listings_held_back') }}

),

accounted_for as (

    select * from published
    union all
    select * from named_again
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
