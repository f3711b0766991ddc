with

parts as (

    select * from {{ ref('stg_raw__place_parts') }}

),

listings as (

    select * from {{ ref('stg_raw__listings') }}

),

provinces as (

    select * from {{ ref('int_places') }}
    where level = 'province'

),

names as (

    select * from {{ ref('int_place_names') }}

),

province_keys as (

    select distinct
        names.key,
        provinces.province_code
    from names
    inner join provinces
        on names.named_id = provinces.named_id

),

printed_places as (

    select distinct
        printed_place_id,
        observation_id
    from parts

),

unioned as (

    select
        printed_place_id,
        'country' as context,
        cast(null as string) as province_code
    from printed_places

    union all

    select
        printed_places.printed_place_id,
        'aligned' as context,
        province_keys.province_code
    from printed_places
    inner join listings
        on printed_places.observation_id = listings.observation_id
    inner join province_keys
        on listings.aligned_province_key = province_keys.key

    union all

    select
        printed_places.printed_place_id,
        'printed' as context,
        province_keys.province_code
    from printed_places
    inner join listings
        on printed_places.observation_id = listings.observation_id
    inner join province_keys
        on listings.province_key = province_keys.key

)

select * from unioned
