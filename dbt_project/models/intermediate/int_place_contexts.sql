with

parts as (

    select * from {{ ref('stg_raw__place_parts') }}

),

provinced as (

    select * from {{ ref('int_listings_provinced') }}

),

printed_places as (

    select distinct
        parts.printed_place_id,
        provinced.aligned_province_code,
        provinced.printed_province_code
    from parts
    left join provinced
        on parts.observation_id = provinced.observation_id

),

unioned as (

    select
        printed_place_id,
        'aligned' as context,
        aligned_province_code as province_code
    from printed_places
    where aligned_province_code is not null

    union all

    select
        printed_place_id,
        'printed' as context,
        printed_province_code as province_code
    from printed_places
    where printed_province_code is not null

    union all

    select
        printed_place_id,
        'country' as context,
        cast(null as string) as province_code
    from printed_places

)

select * from unioned
