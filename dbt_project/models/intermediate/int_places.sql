with

provinces as (

    select * from {{ ref('stg_gazetteer__provinces') }}

),

divisions as (

    select * from {{ ref('int_divisions') }}

),

towns as (

    select * from {{ ref('int_towns_printed') }}

),

zones as (

    select
        *,
        coalesce(valid_to, 9999) as last_year
    from {{ ref('stg_gazetteer__zones') }}

),

zones_with_parents as (

    select
        zones.place_id || '-' || zones.valid_from as place_period_id,
        zones.zone_id as named_id,
        zones.place_id,
        'zone' as level,
        zones.zone_id as code,
        zones.current_code,
        zones.name_en,
        zones.name_zh,
        split_part(zones.keys, ';', 1) as standard_key,
        zones.keys,
        zones.province_code,
        prefectures.place_id as prefecture_place_id,
        zones.prefecture_code,
        prefectures.name_en as prefecture_name_en,
        prefectures.standard_key as prefecture_key,
        counties.place_id as county_place_id,
        zones.county_code,
        counties.name_en as county_name_en,
        counties.standard_key as county_key,
        -- a zone that belongs to no county still has its prefecture's code, which ends in 00
        case when zones.current_code not like '%00' then zones.current_code end as current_county_code,
        zones.latitude,
        zones.longitude,
        zones.valid_from,
        zones.valid_to,
        zones.last_year
    from zones
    left join divisions as prefectures
        on
            zones.prefecture_code = prefectures.code
            and zones.valid_from <= prefectures.last_year
            and zones.last_year >= prefectures.valid_from
    left join divisions as counties
        on
            zones.county_code = counties.code
            and zones.valid_from <= counties.last_year
            and zones.last_year >= counties.valid_from
    qualify
        row_number() over (
            partition by zones.zone_id
            order by prefectures.valid_from desc nulls last, counties.valid_from desc nulls last
        ) = 1

),

provinces_as_places as (

    select
        province_code as place_period_id,
        province_code as named_id,
        province_code as place_id,
        'province' as level,
        province_code as code,
        province_code as current_code,
        name_en,
        name_zh,
        split_part(keys, ';', 1) as standard_key,
        keys,
        province_code,
        cast(null as string) as prefecture_place_id,
        cast(null as string) as prefecture_code,
        cast(null as string) as prefecture_name_en,
        cast(null as string) as prefecture_key,
        cast(null as string) as county_place_id,
        cast(null as string) as county_code,
        cast(null as string) as county_name_en,
        cast(null as string) as county_key,
        cast(null as string) as current_county_code,
        latitude,
        longitude,
        1 as valid_from,
        cast(null as int) as valid_to,
        9999 as last_year
    from provinces

),

unioned as (

    select * from provinces_as_places
    union all
    select * from divisions
    union all
    select * from zones_with_parents
    union all
    select * from towns

)

select * from unioned
