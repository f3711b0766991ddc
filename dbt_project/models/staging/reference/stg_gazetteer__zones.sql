with

source as (

    select * from {{ source('gazetteer', 'zones') }}

),

renamed as (

    select
        -- ids
        zone_id,
        place_id,
        province_code,
        prefecture_code,
        county_code,
        current_code,
        -- strings
        name_zh,
        name_en,
        keys,
        reason,
        -- numerics
        cast(valid_from as int) as valid_from,
        cast(valid_to as int) as valid_to,
        cast(latitude as double) as latitude,
        cast(longitude as double) as longitude
    from source

)

select * from renamed
