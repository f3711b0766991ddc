with

tallies as (

    select * from {{ ref('stg_raw__tallies') }}

),

province_keys as (

    select * from {{ ref('int_province_keys') }}

),

-- One count for each source, measure and province: the first printed. Said again with the same number it is only another reference.
final as (

    select
        tallies.*,
        province_keys.province_code,
        province_keys.rule,
        row_number() over (
            partition by tallies.source_id, tallies.measure, tallies.province_key is null, province_keys.province_code
            order by tallies.line_number asc nulls last, tallies.char_start asc nulls last, tallies.observation_id asc nulls last
        ) as mention,
        first_value(tallies.observation_id) over (
            partition by tallies.source_id, tallies.measure, tallies.province_key is null, province_keys.province_code
            order by tallies.line_number asc nulls last, tallies.char_start asc nulls last, tallies.observation_id asc nulls last
        ) as first_observation_id,
        first_value(tallies.declared_count) over (
            partition by tallies.source_id, tallies.measure, tallies.province_key is null, province_keys.province_code
            order by tallies.line_number asc nulls last, tallies.char_start asc nulls last, tallies.observation_id asc nulls last
        ) as first_declared_count
    from tallies
    left join province_keys
        on tallies.province_key = province_keys.key

)

select * from final
