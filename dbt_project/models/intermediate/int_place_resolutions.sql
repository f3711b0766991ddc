with

candidates as (

    select * from {{ ref('int_place_candidates') }}

),

near_matches as (

    select * from {{ ref('int_place_near_matches') }}

),

wordings as (

    select *
    from {{ ref('int_place_wordings') }}
    where part_ordinal = 1

),

rules as (

    select * from {{ ref('stg_rules__place_rules') }}

),

contexts as (

    select
        wording_id,
        'aligned' as context,
        aligned_province_code as province_code
    from wordings
    where aligned_province_code is not null

    union all

    select
        wording_id,
        'printed' as context,
        printed_province_code as province_code
    from wordings
    where printed_province_code is not null

    union all

    select
        wording_id,
        'titled' as context,
        titled_province_code as province_code
    from wordings
    where
        titled_province_code is not null
        and aligned_province_code is null
        and printed_province_code is null

    union all

    select
        wording_id,
        'country' as context,
        cast(null as string) as province_code
    from wordings

),

options as (

    select
        wording_id,
        part_count,
        is_under_finer,
        place_period_id,
        place_id,
        level,
        province_code,
        is_own_code,
        is_exact,
        printed_beside,
        rule
    from candidates
    where rule is not null

    union all

    select
        wording_id,
        part_count,
        true as is_under_finer,
        place_period_id,
        place_id,
        level,
        province_code,
        is_own_code,
        false as is_exact,
        printed_beside,
        'near_match' as rule
    from near_matches
    where is_clear

),

-- Within one tier a name that stands alone means the higher place (Linyi the prefecture, not the county in another); names printed
-- together mean the county rather than its prefecture of the same name, unless only a province stands beside. In a province's own list
-- the province itself comes last.
ranked as (

    select
        contexts.wording_id,
        contexts.context,
        options.place_period_id,
        options.place_id,
        options.province_code,
        options.is_own_code,
        options.is_exact,
        options.printed_beside,
        rules.rule,
        rules.tier,
        case
            when options.level = 'province' and (options.part_count > 1 or contexts.province_code is not null) then 9
            when options.part_count > 1 and options.is_under_finer then levels.level_rank_of_several
            else levels.level_rank
        end as level_rank
    from contexts
    inner join options
        on
            contexts.wording_id = options.wording_id
            and (contexts.province_code is null or contexts.province_code = options.province_code)
    inner join rules
        on options.rule = rules.rule
    inner join (
        values ('province', 0, 9), ('prefecture', 1, 3), ('county', 2, 1), ('zone', 3, 2), ('town', 4, 4)
    ) as levels (level, level_rank, level_rank_of_several)
        on options.level = levels.level

),

best as (

    select *
    from ranked
    qualify
        rank() over (
            partition by wording_id, context
            order by tier asc nulls last, level_rank asc nulls last
        ) = 1

),

-- A town that two counties of that year have in common, with neither named: the county that kept its code.
final as (

    select
        wording_id,
        context,
        rule,
        tier,
        place_id,
        place_period_id,
        province_code,
        is_exact,
        printed_beside,
        min(place_id) over (partition by wording_id, context)
        = max(place_id) over (partition by wording_id, context) as is_unique
    from best
    qualify
        row_number() over (
            partition by wording_id, context
            order by
                is_own_code desc nulls last,
                place_period_id asc nulls last,
                rule asc nulls last,
                is_exact desc nulls last,
                printed_beside asc nulls last
        ) = 1

)

select * from final
