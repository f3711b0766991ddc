with

source as (

    select * from {{ source('industries', 'industries') }}

),

renamed as (

    select
        -- ids
        industry_id,
        isic4_class,
        isic4_division,
        isic4_section,
        -- strings
        name_en,
        name_zh,
        reason
    from source

)

select * from renamed
