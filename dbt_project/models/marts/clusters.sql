with

clusters as (

    select * from {{ ref('dim_clusters') }}

),

localities as (

    select * from {{ ref('dim_localities') }}

),

provinces as (

    select * from {{ ref('dim_provinces') }}

),

industries as (

    select * from {{ ref('dim_industries') }}

),

awards as (

    select
        cluster_id,
        count(*) as award_count
    from {{ ref('fct_awards') }}
    group by cluster_id

),

statistics as (

    select
        cluster_id,
        count(*) as statistic_count
    from {{ ref('fct_statistics') }}
    where cluster_id is not null
    group by cluster_id

),

final as (

    select
        clusters.cluster_id,
        clusters.name_en as name,
        provinces.name_en as province,
        localities.prefecture_name_en as prefecture,
        localities.county_name_en as county,
        case when localities.level in ('town', 'zone') then localities.name_en end as town,
        coalesce(industries.name_en, industries.name_zh) as industry,
        industries.isic4_division,
        industries.isic4_title,
        coalesce(localities.latitude, provinces.latitude) as latitude,
        coalesce(localities.longitude, provinces.longitude) as longitude,
        clusters.first_listed_on,
        clusters.last_listed_on,
        clusters.source_count,
        coalesce(awards.award_count, 0) as award_count,
        coalesce(statistics.statistic_count, 0) as statistic_count
    from clusters
    inner join provinces
        on clusters.province_code_gb2260 = provinces.province_code_gb2260
    inner join industries
        on clusters.industry_id = industries.industry_id
    left join localities
        on clusters.locality_id = localities.locality_id
    left join awards
        on clusters.cluster_id = awards.cluster_id
    left join statistics
        on clusters.cluster_id = statistics.cluster_id

)

select * from final
