with

source as (

    select * from {{ source('industries', 'specialities') }}

),

renamed as (

    select
        -- ids
        place_id,
        industry_id,
        -- strings
        name_en,
        name_zh
    from source

)

select * from renamed
