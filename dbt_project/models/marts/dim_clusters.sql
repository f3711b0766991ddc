with

listings as (

    select * from {{ ref('int_listings_clustered') }}
    where mention = 1

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

listed as (

    select
        cluster_id,
        min(as_of_date) as first_listed_on,
        max(as_of_date) as last_listed_on,
        count(distinct source_id) as source_count
    from listings
    group by cluster_id

),

-- A cluster is where its most specific listing says, in the period of the latest source that says so.
placed as (

    select
        cluster_id,
        province_code,
        place_period_id,
        level,
        cluster_industry_id as industry_id
    from listings
    qualify
        row_number() over (
            partition by cluster_id
            order by
                case when {{ short_id('c', ['place_id', 'industry_id']) }} = cluster_id then 0 else 1 end asc nulls last,
                as_of_date desc nulls last,
                observation_id asc nulls last
        ) = 1

),

named as (

    select
        placed.cluster_id,
        placed.province_code,
        localities.locality_id,
        placed.industry_id,
        coalesce(localities.name_en, provinces.name_en) as place_name,
        coalesce(industries.name_en, industries.name_zh) as industry_name
    from placed
    inner join provinces
        on placed.province_code = provinces.province_code_gb2260
    inner join industries
        on placed.industry_id = industries.industry_id
    left join localities
        on placed.place_period_id = localities.locality_id

),

final as (

    select
        named.cluster_id,
        -- "IT" keeps its capitals
        named.place_name || ' '
        || case
            when substr(named.industry_name, 2, 1) = lower(substr(named.industry_name, 2, 1))
                then lower(substr(named.industry_name, 1, 1)) || substr(named.industry_name, 2)
            else named.industry_name
        end as name_en,
        named.province_code as province_code_gb2260,
        named.locality_id,
        named.industry_id,
        listed.first_listed_on,
        listed.last_listed_on,
        listed.source_count
    from named
    inner join listed
        on named.cluster_id = listed.cluster_id

)

select * from final
