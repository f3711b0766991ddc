with

source as (

    select * from {{ source('curation', 'place_decisions') }}

),

renamed as (

    select
        -- ids
        source_id,
        code,
        -- strings
        printed,
        reason,
        -- dates
        cast(decided_on as date) as decided_on
    from source

)

select * from renamed
