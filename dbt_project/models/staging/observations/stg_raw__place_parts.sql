with

source as (

    select * from {{ source('raw', 'place_parts') }}

),

renamed as (

    select
        -- ids
        observation_id,
        observation_id || '-p' || place_ordinal as printed_place_id,
        source_id,
        -- strings
        printed,
        key,
        shortened_key,
        -- numerics
        place_ordinal,
        part_ordinal,
        line_number,
        char_start,
        char_end
    from source

)

select * from renamed
