with

listings as (

    select * from {{ ref('int_listings_conformed') }}
    where province_code is not null

),

places as (

    select * from {{ ref('int_places') }}

),

provinces as (

    select * from {{ ref('stg_gazetteer__provinces') }}

),

final as (

    select distinct
        {{ short_id('c', ['listings.place_id', 'listings.industry_id']) }} as pair_id,
        listings.source_id,
        listings.industry_id,
        listings.place_id,
        places.county_place_id,
        places.prefecture_place_id,
        -- a municipality is a city; a cluster somewhere in any other province is not yet one with the province's
        case when provinces.type = 'municipality' then provinces.province_code end as municipality_place_id
    from listings
    inner join provinces
        on listings.province_code = provinces.province_code
    left join places
        on listings.place_period_id = places.place_period_id

)

select * from final
