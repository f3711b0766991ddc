with

repaired as (

    select * from {{ ref('int_listings_repaired') }}

),

final as (

    select
        repair_id,
        source_id,
        line_number,
        observation_id as listing_id,
        field,
        printed,
        published,
        rule,
        evidence,
        confidence
    from repaired

)

select * from final
