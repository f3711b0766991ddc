with

worded as (

    select * from {{ ref('int_places_worded') }}

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

printed as (

    select distinct
        worded.wording_id,
        coalesce(worded.aligned_province_code, worded.printed_province_code) as province_code,
        industries.industry_id,
        industries.isic4_division
    from worded
    inner join classified
        on worded.industry_key = classified.industry_key
    inner join industries
        on classified.conformed_industry_id = industries.industry_id

),

options as (

    select
        wording_id,
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
        wording_id,
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
        printed.industry_id,
        case when specialities.industry_id = printed.industry_id then 0 else 1 end as farness
    from options
    inner join printed
        on
            options.wording_id = printed.wording_id
            and (printed.province_code is null or options.province_code = printed.province_code)
    inner join specialities
        on options.place_id = specialities.place_id
    inner join industries
        on specialities.industry_id = industries.industry_id
    where
        specialities.industry_id = printed.industry_id
        or (options.rule = 'known_for_trade' and industries.isic4_division = printed.isic4_division)

),

nearest as (

    select *
    from known
    qualify
        rank() over (
            partition by wording_id, industry_id
            order by rule asc nulls last, farness asc nulls last
        ) = 1

),

-- Two places of one name that are known for one trade: nobody can tell.
counted as (

    select
        *,
        min(place_id) over (partition by wording_id, industry_id)
        = max(place_id) over (partition by wording_id, industry_id) as is_unique
    from nearest

),

final as (

    select
        wording_id,
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
            partition by wording_id, industry_id
            order by
                is_own_code desc nulls last,
                place_period_id asc nulls last,
                is_exact desc nulls last,
                printed_beside asc nulls last
        ) = 1

)

select * from final
