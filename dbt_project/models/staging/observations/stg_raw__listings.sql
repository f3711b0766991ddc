with

source as (

    select * from {{ source('raw', 'listings') }}

),

renamed as (

    select
        -- ids
        observation_id,
        source_id,
        -- strings
        industry_printed,
        industry_key,
        locality_printed,
        province_printed,
        province_key,
        aligned_province_printed,
        aligned_province_key,
        alignment_evidence,
        -- numerics
        ordinal,
        line_number,
        char_start,
        char_end,
        locality_line_number,
        locality_char_start,
        locality_char_end,
        province_line_number,
        province_char_start,
        province_char_end,
        aligned_line_number,
        aligned_confidence,
        -- booleans
        is_locality_filled_down
    from source

)

select * from renamed
