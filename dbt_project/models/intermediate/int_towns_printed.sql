with

parts as (

    select * from {{ ref('stg_raw__place_parts') }}

),

towns as (

    select * from {{ ref('stg_gazetteer__towns') }}

),

divisions as (

    select * from {{ ref('int_divisions') }}

),

aliases as (

    select * from {{ ref('stg_curation__place_aliases') }}

),

decisions as (

    select * from {{ ref('stg_curation__place_decisions') }}

),

printed_keys as (

    select key from parts
    union
    select shortened_key as key from parts

),

towns_named as (

    select towns.code
    from towns
    {{ each("split(towns.keys, ';')", 'names', 'key') }}
    inner join printed_keys
        on names.key = printed_keys.key

),

divisions_named as (

    select divisions.current_code
    from divisions
    {{ each("split(divisions.keys, ';')", 'names', 'key') }}
    inner join printed_keys
        on names.key = printed_keys.key

),

-- the neighbours of a damaged name, among which the nearest is sought
towns_of_divisions_named as (

    select towns.code
    from towns
    inner join divisions_named
        on towns.county_code = divisions_named.current_code

),

wanted as (

    select code from towns_named
    union
    select code from towns_of_divisions_named
    union
    select place_id as code from aliases
    union
    select code from decisions

),

-- Towns are those of 2023, and some of 2015, under the counties (or prefectures without counties) of 2023; through its successor each
-- lies under the county of an earlier year too. Where one county was merged into another, a town has two of an earlier year.
final as (

    select
        towns.code || '-' || divisions.named_id as place_period_id,
        towns.code as named_id,
        towns.code as place_id,
        'town' as level,
        towns.code,
        towns.code as current_code,
        towns.name_en,
        towns.name_zh,
        split_part(towns.keys, ';', 1) as standard_key,
        towns.keys,
        divisions.province_code,
        divisions.prefecture_place_id,
        divisions.prefecture_code,
        divisions.prefecture_name_en,
        divisions.prefecture_key,
        divisions.county_place_id,
        divisions.county_code,
        divisions.county_name_en,
        divisions.county_key,
        divisions.current_county_code,
        divisions.latitude,
        divisions.longitude,
        divisions.valid_from,
        divisions.valid_to,
        divisions.last_year
    from towns
    inner join wanted
        on towns.code = wanted.code
    inner join divisions
        on towns.county_code = divisions.current_code

)

select * from final
