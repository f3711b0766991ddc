with

matches as (

    select * from {{ ref('int_place_part_matches') }}

),

near_matches as (

    select * from {{ ref('int_place_near_matches') }}

),

decided as (

    select * from {{ ref('int_places_decided') }}
    where place_period_id is null

),

places as (

    select * from {{ ref('int_places') }}

),

provinces as (

    select * from {{ ref('stg_gazetteer__provinces') }}

),

answering as (

    select
        printed_place_id,
        place_period_id,
        min(tier) as distance
    from matches
    group by printed_place_id, place_period_id

    union all

    select
        printed_place_id,
        place_period_id,
        100 + distance as distance
    from near_matches

),

ranked as (

    select
        decided.observation_id,
        places.code,
        places.name_en || ' ' || places.name_zh || ' (' || places.code || ', ' || places.level || ' in ' || provinces.name_en || ')' as label,
        row_number() over (
            partition by decided.observation_id
            order by
                case when places.province_code = decided.aligned_province_code then 0 else 1 end asc nulls last,
                case places.level when 'town' then 1 else 0 end asc nulls last,
                answering.distance asc nulls last,
                places.place_period_id asc nulls last
        ) as place
    from decided
    inner join answering
        on decided.printed_place_id = answering.printed_place_id
    inner join places
        on answering.place_period_id = places.place_period_id
    inner join provinces
        on places.province_code = provinces.province_code

),

final as (

    select
        observation_id,
        min(case when place = 1 then code end) as best_code,
        {{ joined('label', '; ', 'place asc') }} as suggestion
    from ranked
    where place <= 5
    group by observation_id

)

select * from final
