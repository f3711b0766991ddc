with

source as (

    select * from {{ source('gazetteer', 'provinces') }}

),

renamed as (

    select
        -- ids
        province_code,
        iso_3166_2,
        -- strings
        name_en,
        name_zh,
        type,
        region,
        keys,
        -- numerics
        cast(latitude as double) as latitude,
        cast(longitude as double) as longitude
    from source

)

select * from renamed
