with

places as (

    select distinct
        named_id,
        place_id,
        level,
        standard_key,
        keys
    from {{ ref('int_places') }}

),

aliases as (

    select * from {{ ref('stg_curation__place_aliases') }}

),

keyed as (

    select
        places.named_id,
        places.level,
        places.standard_key,
        names.key
    from places
    {{ each("split(places.keys, ';')", 'names', 'key') }}

),

unioned as (

    select distinct
        named_id,
        key,
        case
            -- zones have several current names; a division's other Latin keys are readings of its characters
            when key = standard_key or level = 'zone' or not {{ is_latin('key') }} then 'exact_alone'
            else 'heteronym'
        end as rule
    from keyed
    where key <> ''

    union all

    select distinct
        places.named_id,
        aliases.alias_key as key,
        'curated_alias' as rule
    from aliases
    inner join places
        on aliases.place_id = places.place_id

)

select * from unioned
