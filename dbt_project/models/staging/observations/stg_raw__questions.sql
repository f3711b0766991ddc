with

source as (

    select * from {{ source('raw', 'questions') }}

),

renamed as (

    select
        -- ids
        source_id,
        -- strings
        file_name,
        printed,
        reason,
        suggestion,
        -- numerics
        line_number
    from source

)

select * from renamed
