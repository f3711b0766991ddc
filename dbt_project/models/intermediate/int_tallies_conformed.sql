with

tallies as (

    select * from {{ ref('stg_raw__tallies') }}

),

lines as (

    select * from {{ ref('stg_raw__lines') }}

),

province_keys as (

    select * from {{ ref('int_province_keys') }}

),

read as (

    select
        tallies.*,
        province_keys.province_code,
        province_keys.rule,
        case
            when tallies.province_key is not null and province_keys.province_code is null
                then 'no province answers to the name ' || tallies.province_printed
            when tallies.declared_count not between 1 and 100000
                then 'a list of clusters has between 1 and 100,000 of them'
            when
                trim(tallies.quote) = ''
                or {{ is_elsewhere('tallies.quote', 'lines.text', 'tallies.char_start', 'tallies.char_end') }}
                then 'the count does not stand where it was read'
        end as doubt
    from tallies
    left join province_keys
        on tallies.province_key = province_keys.key
    left join lines
        on
            tallies.source_id = lines.source_id
            and tallies.line_number = lines.line_number

),

-- One count for each source, measure and province: the first printed. Said again with the same number it is only another reference.
final as (

    select
        *,
        row_number() over (
            partition by source_id, measure, province_key is null, province_code, doubt is null
            order by line_number asc nulls last, char_start asc nulls last, observation_id asc nulls last
        ) as mention,
        first_value(observation_id) over (
            partition by source_id, measure, province_key is null, province_code, doubt is null
            order by line_number asc nulls last, char_start asc nulls last, observation_id asc nulls last
        ) as first_observation_id,
        first_value(declared_count) over (
            partition by source_id, measure, province_key is null, province_code, doubt is null
            order by line_number asc nulls last, char_start asc nulls last, observation_id asc nulls last
        ) as first_declared_count
    from read

)

select * from final
