with

listings as (

    select * from {{ ref('int_listings_clustered') }}
    where mention = 1

),

classified as (

    select * from {{ ref('int_industries_classified') }}

),

industries as (

    select * from {{ ref('stg_industries__industries') }}

),

isic_classes as (

    select * from {{ ref('stg_industries__isic4') }}

),

isic_divisions as (

    select distinct
        isic4_division,
        division_title
    from isic_classes

),

referred_to as (

    select
        listings.cluster_industry_id as industry_id,
        -- a decision outranks a term
        min(classified.classified_by) as classified_by,
        min(case when classified.conformed_industry_id is null then classified.name end) as name,
        min(classified.isic4_class) as isic4_class,
        min(classified.isic4_division) as isic4_division,
        min(classified.isic4_section) as isic4_section
    from listings
    inner join classified
        on listings.industry_key = classified.industry_key
    group by listings.cluster_industry_id

),

described as (

    select
        referred_to.industry_id,
        case
            when industries.industry_id is not null then industries.name_en
            when {{ regex_found('referred_to.name', '[A-Za-z]') }} then referred_to.name
        end as name_en,
        case
            when industries.industry_id is not null then industries.name_zh
            when not {{ regex_found('referred_to.name', '[A-Za-z]') }} then referred_to.name
        end as name_zh,
        case
            when industries.industry_id is not null then industries.isic4_section
            when referred_to.classified_by = 'keyword' then referred_to.isic4_section
        end as isic4_section,
        case
            when industries.industry_id is not null then industries.isic4_division
            when referred_to.classified_by = 'keyword' then referred_to.isic4_division
        end as isic4_division,
        case
            when industries.industry_id is not null then industries.isic4_class
            when referred_to.classified_by = 'keyword' then referred_to.isic4_class
        end as isic4_class,
        referred_to.classified_by
    from referred_to
    left join industries
        on referred_to.industry_id = industries.industry_id

),

final as (

    select
        described.industry_id,
        described.name_en,
        described.name_zh,
        described.isic4_section,
        described.isic4_division,
        described.isic4_class,
        coalesce(isic_classes.title, isic_divisions.division_title) as isic4_title,
        described.classified_by
    from described
    left join isic_classes
        on described.isic4_class = isic_classes.isic4_class
    left join isic_divisions
        on described.isic4_division = isic_divisions.isic4_division

)

select * from final
