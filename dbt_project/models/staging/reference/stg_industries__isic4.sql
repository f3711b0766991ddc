with

source as (

    select * from {{ source('industries', 'isic4') }}

),

renamed as (

    select
        -- ids
        isic4_class,
        isic4_group,
        isic4_division,
        isic4_section,
        -- strings
        title,
        division_title,
        section_title
    from source

)

select * from renamed
