with

provinces as (

    select * from {{ ref('stg_gazetteer__provinces') }}

),

division_periods as (

    select
        *,
        place_id || '-' || valid_from as place_period_id,
        split_part(keys, ';', 1) as standard_key,
        coalesce(valid_to, 9999) as last_year
    from {{ ref('stg_gazetteer__divisions') }}

),

towns as (

    select * from {{ ref('stg_gazetteer__towns') }}

),

zone_periods as (

    select
        *,
        place_id || '-' || valid_from as place_period_id,
        coalesce(valid_to, 9999) as last_year
    from {{ ref('stg_gazetteer__zones') }}

),

prefectures as (

    select * from division_periods
    where level = 'prefecture'

),

counties as (

    select * from division_periods
    where level = 'county'

),

-- Where a parent was renamed under the same code while its child stayed as it was, the child's period takes the latest of the names.
prefectures_with_parents as (

    select
        division_id,
        place_period_id,
        place_id,
        level,
        code,
        current_code,
        province_code,
        place_id as prefecture_place_id,
        code as prefecture_code,
        name_en as prefecture_name_en,
        standard_key as prefecture_key,
        cast(null as string) as county_place_id,
        cast(null as string) as county_code,
        cast(null as string) as county_name_en,
        cast(null as string) as county_key,
        cast(null as string) as current_county_code
    from prefectures

),

counties_with_parents as (

    select
        counties.division_id,
        counties.place_period_id,
        counties.place_id,
        counties.level,
        counties.code,
        counties.current_code,
        counties.province_code,
        prefectures.place_id as prefecture_place_id,
        prefectures.code as prefecture_code,
        prefectures.name_en as prefecture_name_en,
        prefectures.standard_key as prefecture_key,
        counties.place_id as county_place_id,
        counties.code as county_code,
        counties.name_en as county_name_en,
        counties.standard_key as county_key,
        counties.current_code as current_county_code
    from counties
    left join prefectures
        on
            counties.prefecture_code = prefectures.code
            and counties.valid_from <= prefectures.last_year
            and counties.last_year >= prefectures.valid_from
    qualify
        row_number() over (
            partition by counties.division_id
            order by prefectures.valid_from desc nulls last
        ) = 1

),

divisions_with_parents as (

    select * from prefectures_with_parents
    union all
    select * from counties_with_parents

),

zones_with_parents as (

    select
        zone_periods.zone_id,
        prefectures.place_id as prefecture_place_id,
        prefectures.name_en as prefecture_name_en,
        prefectures.standard_key as prefecture_key,
        counties.place_id as county_place_id,
        counties.name_en as county_name_en,
        counties.standard_key as county_key
    from zone_periods
    left join prefectures
        on
            zone_periods.prefecture_code = prefectures.code
            and zone_periods.valid_from <= prefectures.last_year
            and zone_periods.last_year >= prefectures.valid_from
    left join counties
        on
            zone_periods.county_code = counties.code
            and zone_periods.valid_from <= counties.last_year
            and zone_periods.last_year >= counties.valid_from
    qualify
        row_number() over (
            partition by zone_periods.zone_id
            order by prefectures.valid_from desc nulls last, counties.valid_from desc nulls last
        ) = 1

),

unioned as (

    select
        province_code as place_period_id,
        province_code as named_id,
        province_code as place_id,
        'province' as level,
        province_code as code,
        name_en,
        name_zh,
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
        cast(null as int) as valid_to
    from provinces

    union all

    select
        division_periods.place_period_id,
        division_periods.division_id as named_id,
        division_periods.place_id,
        division_periods.level,
        division_periods.code,
        division_periods.name_en,
        division_periods.name_zh,
        division_periods.keys,
        division_periods.province_code,
        divisions_with_parents.prefecture_place_id,
        divisions_with_parents.prefecture_code,
        divisions_with_parents.prefecture_name_en,
        divisions_with_parents.prefecture_key,
        divisions_with_parents.county_place_id,
        divisions_with_parents.county_code,
        divisions_with_parents.county_name_en,
        divisions_with_parents.county_key,
        divisions_with_parents.current_county_code,
        division_periods.latitude,
        division_periods.longitude,
        division_periods.valid_from,
        division_periods.valid_to
    from division_periods
    inner join divisions_with_parents
        on division_periods.division_id = divisions_with_parents.division_id

    union all

    select
        zone_periods.place_period_id,
        zone_periods.zone_id as named_id,
        zone_periods.place_id,
        'zone' as level,
        zone_periods.zone_id as code,
        zone_periods.name_en,
        zone_periods.name_zh,
        zone_periods.keys,
        zone_periods.province_code,
        zones_with_parents.prefecture_place_id,
        zone_periods.prefecture_code,
        zones_with_parents.prefecture_name_en,
        zones_with_parents.prefecture_key,
        zones_with_parents.county_place_id,
        zone_periods.county_code,
        zones_with_parents.county_name_en,
        zones_with_parents.county_key,
        zone_periods.current_code as current_county_code,
        zone_periods.latitude,
        zone_periods.longitude,
        zone_periods.valid_from,
        zone_periods.valid_to
    from zone_periods
    inner join zones_with_parents
        on zone_periods.zone_id = zones_with_parents.zone_id

    union all

    -- Towns are those of 2023, under the counties (or prefectures without counties) that then stood; through its successor each lies
    -- under the county of an earlier year too. Where one county was merged into another, a town has two of an earlier year.
    select
        towns.code || '-' || parents.division_id as place_period_id,
        towns.code as named_id,
        towns.code as place_id,
        'town' as level,
        towns.code,
        towns.name_en,
        towns.name_zh,
        towns.keys,
        parents.province_code,
        parents.prefecture_place_id,
        parents.prefecture_code,
        parents.prefecture_name_en,
        parents.prefecture_key,
        parents.county_place_id,
        parents.county_code,
        parents.county_name_en,
        parents.county_key,
        parents.current_county_code,
        division_periods.latitude,
        division_periods.longitude,
        division_periods.valid_from,
        division_periods.valid_to
    from towns
    inner join divisions_with_parents as parents
        on towns.county_code = parents.current_code
    inner join division_periods
        on parents.division_id = division_periods.division_id

),

final as (

    select
        *,
        split_part(keys, ';', 1) as standard_key,
        coalesce(valid_to, 9999) as last_year
    from unioned

)

select * from final
