with

source as (

    select * from {{ source('raw', 'lines') }}

),

renamed as (

    select
        -- ids
        source_id,
        -- strings
        text,
        fate,
        detail,
        -- numerics
        line_number
    from source

)

select * from renamed
