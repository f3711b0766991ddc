with

decided as (

    select * from {{ ref('int_places_decided') }}

),

places as (

    select * from {{ ref('int_places') }}

),

rules as (

    select * from {{ ref('stg_rules__place_rules') }}

),

placed as (

    select
        decided.observation_id,
        decided.place_ordinal,
        decided.rule,
        decided.context,
        decided.is_strong,
        decided.is_exact,
        decided.confidence,
        decided.witness,
        decided.is_exact or decided.witness is not null or decided.rule in ('curated_decision', 'curated_alias') as is_witnessed,
        places.place_period_id,
        places.place_id,
        places.level,
        places.province_code
    from decided
    left join places
        on decided.place_period_id = places.place_period_id

),

of_several_places as (

    select distinct observation_id
    from decided
    where place_ordinal > 1

),

of_one_place as (

    select
        placed.observation_id,
        1 as place_count,
        case when placed.place_id is null then 0 else 1 end as decided_count,
        placed.context,
        coalesce(placed.is_strong, false) as is_strong,
        coalesce(placed.is_exact, false) as is_exact,
        coalesce(placed.is_witnessed, false) as is_witnessed,
        placed.witness,
        placed.rule,
        placed.confidence,
        placed.place_period_id,
        placed.place_id,
        placed.level,
        placed.province_code
    from placed
    left join of_several_places
        on placed.observation_id = of_several_places.observation_id
    where of_several_places.observation_id is null

),

-- Several places for one observation, of one province: it is where the first of them is; all of them stand in its print.
gathered as (

    select
        placed.observation_id,
        count(*) as place_count,
        count(placed.place_id) as decided_count,
        min(placed.confidence) as confidence,
        min(placed.rule) as rule,
        min(placed.context) as context,
        min(case when placed.is_strong then 1 else 0 end) = 1 as is_strong,
        min(case when placed.is_exact then 1 else 0 end) = 1 as is_exact,
        min(case when placed.is_witnessed then 1 else 0 end) = 1 as is_witnessed,
        min(placed.witness) as witness,
        max(case when placed.place_ordinal = 1 then placed.place_period_id end) as place_period_id,
        count(distinct placed.place_id) as distinct_count,
        count(distinct placed.province_code) as province_count
    from placed
    inner join of_several_places
        on placed.observation_id = of_several_places.observation_id
    group by placed.observation_id

),

commons as (

    select
        *,
        case when distinct_count > 1 then 'first_of_several' else rule end as common_rule
    from gathered
    where
        decided_count = place_count
        and province_count = 1

),

of_several as (

    select
        gathered.observation_id,
        gathered.place_count,
        gathered.decided_count,
        commons.context,
        coalesce(commons.is_strong, false) as is_strong,
        coalesce(commons.is_exact, false) as is_exact,
        coalesce(commons.is_witnessed, false) as is_witnessed,
        commons.witness,
        commons.common_rule as rule,
        case
            when commons.common_rule = 'first_of_several' then round(commons.confidence * rules.confidence, 3)
            else commons.confidence
        end as confidence,
        places.place_period_id,
        places.place_id,
        places.level,
        places.province_code
    from gathered
    left join commons
        on gathered.observation_id = commons.observation_id
    left join rules
        on commons.common_rule = rules.rule
    left join places
        on commons.place_period_id = places.place_period_id

),

final as (

    select * from of_one_place
    union all
    select * from of_several

)

select * from final
