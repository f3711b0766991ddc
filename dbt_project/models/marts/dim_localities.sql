with

listings as (

    select * from {{ ref('int_listings_clustered') }}

),

statistics as (

    select * from {{ ref('int_statistics_conformed') }}

),

places as (

    select * from {{ ref('int_places') }}

),

referred_to as (

    select place_period_id from listings
    union
    select place_period_id from statistics

),

final as (

    select
        places.place_period_id as locality_id,
        places.place_id,
        places.valid_from,
        places.valid_to,
        places.name_en,
        places.name_zh,
        places.level,
        places.province_code as province_code_gb2260,
        places.prefecture_name_en,
        places.prefecture_code as prefecture_code_gb2260,
        places.county_name_en,
        places.county_code as county_code_gb2260,
        places.current_county_code as current_county_code_gb2260,
        places.latitude,
        places.longitude
    from referred_to
    inner join places
        on referred_to.place_period_id = places.place_period_id
    where places.level <> 'province'
    order by places.place_period_id asc nulls last

)

select * from final
