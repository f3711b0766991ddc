with

listings as (

    select * from {{ ref('stg_raw__listings') }}

),

sources as (

    select * from {{ ref('stg_raw__sources') }}

),

provinced as (

    select * from {{ ref('int_listings_provinced') }}

),

located as (

    select * from {{ ref('int_observations_located') }}

),

label_alone as (

    select *
    from {{ ref('stg_rules__place_rules') }}
    where rule = 'label_alone'

),

industries as (

    select * from {{ ref('int_industries_classified') }}

),

joined as (

    select
        listings.*,
        sources.as_of_date,
        provinced.aligned_province_code,
        provinced.printed_province_code,
        provinced.printed_province_rule,
        located.place_count,
        located.decided_count,
        located.context,
        located.is_strong,
        located.is_exact,
        case when located.observation_id is null then label_alone.rule else located.rule end as rule,
        case
            when located.observation_id is null
                then round(label_alone.confidence * coalesce(listings.aligned_confidence, 1), 3)
            else located.confidence
        end as confidence,
        located.level,
        located.place_period_id,
        -- A listing with no place of its own is of its province, where label and order agree on one.
        case
            when located.observation_id is not null then located.place_id
            when provinced.aligned_province_code = provinced.printed_province_code then provinced.printed_province_code
            when provinced.aligned_province_code is null then provinced.printed_province_code
        end as place_id,
        case
            when located.observation_id is not null then located.province_code
            when provinced.aligned_province_code = provinced.printed_province_code then provinced.printed_province_code
            when provinced.aligned_province_code is null then provinced.printed_province_code
        end as province_code,
        industries.classified_by,
        coalesce(industries.conformed_industry_id, {{ short_id('i', ['listings.industry_key']) }}) as industry_id
    from listings
    inner join sources
        on listings.source_id = sources.source_id
    inner join provinced
        on listings.observation_id = provinced.observation_id
    inner join industries
        on listings.industry_key = industries.industry_key
    cross join label_alone
    left join located
        on listings.observation_id = located.observation_id

)

select * from joined
