with

source as (

    select * from {{ source('curation', 'cluster_decisions') }}

),

renamed as (

    select
        -- ids
        cluster_a,
        cluster_b,
        -- strings
        decision,
        reason,
        -- dates
        cast(decided_on as date) as decided_on
    from source

)

select * from renamed
