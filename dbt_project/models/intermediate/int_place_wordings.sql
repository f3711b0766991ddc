with

worded as (

    select * from {{ ref('int_places_worded') }}

),

parts as (

    select * from {{ ref('stg_raw__place_parts') }}

),

examples as (

    select min(printed_place_id) as printed_place_id
    from worded
    group by wording_id

),

final as (

    select
        worded.wording_id,
        parts.part_ordinal,
        parts.printed,
        parts.key,
        parts.shortened_key,
        parts.line_number <> worded.line_number as is_of_another_line,
        worded.name_year,
        worded.aligned_province_code,
        worded.printed_province_code,
        worded.titled_province_code,
        worded.is_alignment_sure
    from examples
    inner join worded
        on examples.printed_place_id = worded.printed_place_id
    inner join parts
        on examples.printed_place_id = parts.printed_place_id

)

select * from final
