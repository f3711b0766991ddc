with

listings as (

    select * from {{ ref('stg_raw__listings') }}

),

tallies as (

    select * from {{ ref('stg_raw__tallies') }}

),

names as (

    select * from {{ ref('int_place_names') }}

),

provinces as (

    select * from {{ ref('stg_gazetteer__provinces') }}

),

printed_keys as (

    select province_key as key from listings
    union
    select aligned_province_key as key from listings
    union
    select province_key as key from tallies

),

province_names as (

    select
        names.key,
        provinces.province_code
    from names
    inner join provinces
        on names.named_id = provinces.province_code

),

measured as (

    select
        printed_keys.key,
        province_names.province_code,
        min(
            case
                when printed_keys.key = province_names.key then 0
                when {{ is_latin('printed_keys.key') }} and {{ is_latin('province_names.key') }}
                    then levenshtein(printed_keys.key, province_names.key)
                else 99
            end
        ) as distance,
        max(
            case
                when
                    {{ is_latin('printed_keys.key') }}
                    and {{ is_latin('province_names.key') }}
                    and {{ is_near('printed_keys.key', 'province_names.key') }}
                    then 1
                else 0
            end
        ) as is_near
    from printed_keys
    cross join province_names
    group by printed_keys.key, province_names.province_code

),

compared as (

    select
        *,
        lead(distance) over (
            partition by key
            order by distance asc nulls last, province_code asc nulls last
        ) as next_distance
    from measured
    qualify
        row_number() over (
            partition by key
            order by distance asc nulls last, province_code asc nulls last
        ) = 1

),

-- A damaged label counts where it is nearest to one province by a margin: `shanxl` is Shanxi, `shaaxi` could be either.
final as (

    select
        key,
        province_code,
        case when distance = 0 then 'exact_alone' else 'near_match' end as rule
    from compared
    where
        distance = 0
        or (is_near = 1 and next_distance >= 2 * distance)

)

select * from final
