with

listings as (

    select * from {{ ref('int_listings_clustered') }}
    where mention = 1

),

repairs as (

    select * from {{ ref('int_listings_repaired') }}

),

repaired as (

    select distinct observation_id
    from repairs

),

final as (

    select
        listings.observation_id as listing_id,
        listings.source_id,
        listings.cluster_id,
        listings.ordinal,
        listings.line_number,
        listings.char_start,
        listings.char_end,
        listings.province_printed,
        listings.locality_printed,
        listings.industry_printed,
        listings.province_code as province_code_gb2260,
        case when listings.level <> 'province' then listings.place_period_id end as locality_id,
        listings.cluster_industry_id as industry_id,
        listings.as_of_date,
        listings.confidence,
        repaired.observation_id is not null as is_repaired
    from listings
    left join repaired
        on listings.observation_id = repaired.observation_id

)

select * from final
