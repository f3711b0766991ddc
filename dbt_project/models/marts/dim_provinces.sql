with

provinces as (

    select * from {{ ref('stg_gazetteer__provinces') }}

),

final as (

    select
        province_code as province_code_gb2260,
        iso_3166_2,
        name_en,
        name_zh,
        type,
        region,
        latitude,
        longitude
    from provinces

)

select * from final
