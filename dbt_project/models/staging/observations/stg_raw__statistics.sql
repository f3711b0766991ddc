with

source as (

    select * from {{ source('raw', 'statistics') }}

),

renamed as (

    select
        -- ids
        observation_id,
        source_id,
        listing_observation_id,
        -- strings
        subject_type,
        subject_name,
        measure,
        qualifier,
        unit,
        currency,
        threshold_unit,
        quote,
        -- numerics
        value,
        threshold_value,
        year,
        line_number,
        char_start,
        char_end
    from source

)

select * from renamed
