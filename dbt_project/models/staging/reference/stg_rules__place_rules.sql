with

source as (

    select * from {{ source('rules', 'place_rules') }}

),

renamed as (

    select
        -- ids
        rule,
        -- strings
        reason,
        -- numerics
        cast(tier as int) as tier,
        cast(confidence as double) as confidence
    from source

)

select * from renamed
