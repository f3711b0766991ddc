with

listings as (

    select * from {{ ref('fct_cluster_listings') }}

),

published as (

    select listing_id as observation_id
    from listings

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
    'what was read is published, traced to a listing or held back, once' as rule,
    read.observation_id as listing_id
from {{ ref('stg_raw__listings') }} as read
left join accounted_for
    on read.observation_id = accounted_for.observation_id
group by read.observation_id
having count(accounted_for.observation_id) <> 1

union all

select
    'a locality lies in the province published' as rule,
    listings.listing_id
from listings
inner join {{ ref('dim_localities') }} as localities
    on listings.locality_id = localities.locality_id
where listings.province_code_gb2260 <> localities.province_code_gb2260

union all

select
    'a listing is repaired where it has repairs' as rule,
    listings.listing_id
from listings
left join {{ ref('repairs') }} as repairs
    on listings.listing_id = repairs.listing_id
group by listings.listing_id, listings.is_repaired
having listings.is_repaired <> (count(repairs.repair_id) > 0)
