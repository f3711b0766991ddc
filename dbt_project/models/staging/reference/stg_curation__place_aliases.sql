with

source as (

    select * from {{ source('curation', 'place_aliases') }}

),

renamed as (

    select
        -- ids
        place_id,
        -- strings
        alias_key,
        reason,
        -- dates
        cast(decided_on as date) as decided_on
    from source

)

select * from renamed
