with

source as (

    select * from {{ source('gazetteer', 'divisions') }}

),

renamed as (

    select
        -- ids
        division_id,
        place_id,
        code,
        province_code,
        prefecture_code,
        current_code,
        -- strings
        level,
        name_zh,
        name_en,
        keys,
        -- numerics
        cast(valid_from as int) as valid_from,
        cast(valid_to as int) as valid_to,
        cast(latitude as double) as latitude,
        cast(longitude as double) as longitude
    from source

)

select * from renamed
