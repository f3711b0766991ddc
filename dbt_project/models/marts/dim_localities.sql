with

listings as (

    select * from {{ ref('int_listings_clustered') }}
    where mention = 1

),

statistics as (

    select * from {{ ref('int_statistics_conformed') }}
    where
        doubt is null
        and mention = 1

),

listing_places as (

    select * from {{ ref('int_listing_places') }}

),

places as (

    select * from {{ ref('int_places') }}

),

provinces as (

    select * from {{ ref('stg_gazetteer__provinces') }}

),

referred_to as (

    select place_period_id from listings
    union
    select place_period_id from listing_places
    union
    select place_period_id from statistics

),

-- Where the gazetteer has no seat (a prefecture of the 1980s, a county of this year), that of what holds the place stands in.
prefecture_seats as (

    select
        place_id,
        latitude,
        longitude
    from places
    where
        level = 'prefecture'
        and latitude is not null
        and longitude is not null
    qualify
        row_number() over (
            partition by place_id
            order by valid_from desc nulls last, place_period_id asc nulls last
        ) = 1

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
        prefectures.name_zh as prefecture_name_zh,
        places.prefecture_code as prefecture_code_gb2260,
        places.county_name_en,
        places.county_code as county_code_gb2260,
        places.current_county_code as current_county_code_gb2260,
        coalesce(places.latitude, prefecture_seats.latitude, provinces.latitude) as latitude,
        coalesce(places.longitude, prefecture_seats.longitude, provinces.longitude) as longitude,
        case
            when places.latitude is null and prefecture_seats.latitude is null then 'province'
            when places.latitude is null then 'prefecture'
            when places.level = 'town' and places.county_code is null then 'prefecture'
            when places.level = 'town' then 'county'
            else places.level
        end as coordinates_of
    from referred_to
    inner join places
        on referred_to.place_period_id = places.place_period_id
    inner join provinces
        on places.province_code = provinces.province_code
    left join prefecture_seats
        on places.prefecture_place_id = prefecture_seats.place_id
    left join places as prefectures
        on
            places.prefecture_place_id = prefectures.place_id
            and places.prefecture_code = prefectures.code
            and places.prefecture_name_en = prefectures.name_en
            and prefectures.level = 'prefecture'
            and places.valid_from <= prefectures.last_year
            and places.last_year >= prefectures.valid_from
    where places.level <> 'province'
    qualify
        row_number() over (
            partition by places.place_period_id
            order by prefectures.valid_from desc nulls last
        ) = 1

)

select * from final
