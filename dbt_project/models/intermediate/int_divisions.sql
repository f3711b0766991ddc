with

divisions as (

    select
        *,
        place_id || '-' || valid_from as place_period_id,
        split_part(keys, ';', 1) as standard_key,
        coalesce(valid_to, 9999) as last_year
    from {{ ref('stg_gazetteer__divisions') }}

),

prefectures as (

    select * from divisions
    where level = 'prefecture'

),

counties as (

    select * from divisions
    where level = 'county'

),

prefectures_with_parents as (

    select
        prefectures.*,
        prefectures.place_id as prefecture_place_id,
        prefectures.name_en as prefecture_name_en,
        prefectures.standard_key as prefecture_key,
        cast(null as string) as county_place_id,
        cast(null as string) as county_code,
        cast(null as string) as county_name_en,
        cast(null as string) as county_key,
        cast(null as string) as current_county_code
    from prefectures

),

-- Where a prefecture was renamed while its county stayed as it was, the county's period takes the latest of the names.
counties_with_parents as (

    select
        counties.*,
        prefectures.place_id as prefecture_place_id,
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

unioned as (

    select * from prefectures_with_parents
    union all
    select * from counties_with_parents

),

final as (

    select
        place_period_id,
        division_id as named_id,
        place_id,
        level,
        code,
        current_code,
        name_en,
        name_zh,
        standard_key,
        keys,
        province_code,
        prefecture_place_id,
        case when level = 'prefecture' then code else prefecture_code end as prefecture_code,
        prefecture_name_en,
        prefecture_key,
        county_place_id,
        county_code,
        county_name_en,
        county_key,
        current_county_code,
        latitude,
        longitude,
        valid_from,
        valid_to,
        last_year
    from unioned

)

select * from final
