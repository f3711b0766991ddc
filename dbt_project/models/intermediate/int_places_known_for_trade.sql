with

parts as (

    select * from {{ ref('stg_raw__place_parts') }}

),

listings as (

    select * from {{ ref('stg_raw__listings') }}

),

provinced as (

    select * from {{ ref('int_listings_provinced') }}

),

classified as (

    select * from {{ ref('int_industries_classified') }}

),

industries as (

    select * from {{ ref('stg_industries__industries') }}

),

candidates as (

    select * from {{ ref('int_place_candidates') }}

),

near_matches as (

    select * from {{ ref('int_place_near_matches') }}

),

specialities as (

    select * from {{ ref('stg_industries__specialities') }}

),

printed_places as (

    select distinct
        parts.printed_place_id,
        coalesce(provinced.aligned_province_code, provinced.printed_province_code) as province_code,
        industries.industry_id,
        industries.isic4_division
    from parts
    inner join listings
        on parts.observation_id = listings.observation_id
    inner join provinced
        on parts.observation_id = provinced.observation_id
    inner join classified
        on listings.industry_key = classified.industry_key
    inner join industries
        on classified.conformed_industry_id = industries.industry_id

),

options as (

    select
        printed_place_id,
        place_period_id,
        place_id,
        province_code,
        is_own_code,
        'known_for_trade' as rule,
        is_exact,
        printed_beside
    from candidates
    where is_whole

    union all

    select
        printed_place_id,
        place_period_id,
        place_id,
        province_code,
        is_own_code,
        'near_known_for_trade' as rule,
        false as is_exact,
        printed_beside
    from near_matches
    where is_near

),

-- Known for this very industry, or else for one of its division: leather shoes where the print says shoes. A misspelt name is told by
-- the very industry only.
known as (

    select
        options.*,
        printed_places.industry_id,
        case when specialities.industry_id = printed_places.industry_id then 0 else 1 end as farness
    from options
    inner join printed_places
        on
            options.printed_place_id = printed_places.printed_place_id
            and (printed_places.province_code is null or options.province_code = printed_places.province_code)
    inner join specialities
        on options.place_id = specialities.place_id
    inner join industries
        on specialities.industry_id = industries.industry_id
    where
        specialities.industry_id = printed_places.industry_id
        or (options.rule = 'known_for_trade' and industries.isic4_division = printed_places.isic4_division)

),

nearest as (

    select *
    from known
    qualify
        rank() over (
            partition by printed_place_id
            order by rule asc nulls last, farness asc nulls last
        ) = 1

),

-- Two places of one name that are known for one trade: nobody can tell.
counted as (

    select
        *,
        min(place_id) over (partition by printed_place_id)
        = max(place_id) over (partition by printed_place_id) as is_unique
    from nearest

),

final as (

    select
        printed_place_id,
        place_period_id,
        place_id,
        rule,
        is_exact,
        printed_beside,
        industry_id
    from counted
    where is_unique
    qualify
        row_number() over (
            partition by printed_place_id
            order by is_own_code desc nulls last, place_period_id asc nulls last
        ) = 1

)

select * from final
