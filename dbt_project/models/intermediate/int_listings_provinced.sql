with

listings as (

    select * from {{ ref('stg_raw__listings') }}

),

province_keys as (

    select * from {{ ref('int_province_keys') }}

),

final as (

    select
        listings.observation_id,
        aligned.province_code as aligned_province_code,
        printed.province_code as printed_province_code,
        printed.rule as printed_province_rule
    from listings
    left join province_keys as aligned
        on listings.aligned_province_key = aligned.key
    left join province_keys as printed
        on listings.province_key = printed.key

)

select * from final
