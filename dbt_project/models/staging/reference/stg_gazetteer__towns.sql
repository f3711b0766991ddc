with

source as (

    select * from {{ source('gazetteer', 'towns') }}

),

renamed as (

    select
        -- ids
        code,
        county_code,
        -- strings
        name_zh,
        name_en,
        keys
    from source

)

select * from renamed
