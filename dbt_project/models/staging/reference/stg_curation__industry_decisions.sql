with

source as (

    select * from {{ source('curation', 'industry_decisions') }}

),

renamed as (

    select
        -- ids
        industry_id,
        -- strings
        industry_key,
        reason,
        -- dates
        cast(decided_on as date) as decided_on
    from source

)

select * from renamed
