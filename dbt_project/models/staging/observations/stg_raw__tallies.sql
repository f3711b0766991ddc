with

source as (

    select * from {{ source('raw', 'tallies') }}

),

renamed as (

    select
        -- ids
        observation_id,
        source_id,
        -- strings
        measure,
        province_printed,
        province_key,
        quote,
        -- numerics
        declared_count,
        line_number,
        char_start,
        char_end
    from source

)

select * from renamed
