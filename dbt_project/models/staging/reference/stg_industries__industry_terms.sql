with

source as (

    select * from {{ source('industries', 'industry_terms') }}

),

renamed as (

    select
        -- ids
        industry_id,
        -- strings
        term_key,
        match,
        reason,
        -- numerics
        cast(weight as double) as weight
    from source

)

select * from renamed
