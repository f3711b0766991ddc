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
        decided.name_year,
        decided.rule,
        decided.context,
        decided.is_strong,
        decided.is_exact,
        decided.confidence,
        decided.witness,
        decided.is_exact or decided.witness is not null or decided.rule in ('curated_decision', 'curated_alias') as is_witnessed,
        places.*
    from decided
    left join places
        on decided.place_period_id = places.place_period_id

),

-- Several places for one observation, of one province: it is where the first of them is; all of them stand in its print.
gathered as (

    select
        observation_id,
        min(name_year) as name_year,
        count(*) as place_count,
        count(place_id) as decided_count,
        min(confidence) as confidence,
        min(rule) as rule,
        min(context) as context,
        min(case when is_strong then 1 else 0 end) = 1 as is_strong,
        min(case when is_exact then 1 else 0 end) = 1 as is_exact,
        min(case when is_witnessed then 1 else 0 end) = 1 as is_witnessed,
        min(witness) as witness,
        max(case when place_ordinal = 1 then place_period_id end) as place_period_id,
        max(case when place_ordinal = 1 then place_id end) as place_id,
        count(distinct place_id) as distinct_count,
        count(distinct province_code) as province_count
    from placed
    group by observation_id

),

commons as (

    select
        observation_id,
        name_year,
        context,
        is_strong,
        is_exact,
        is_witnessed,
        witness,
        case when distinct_count > 1 then 'first_of_several' else rule end as rule,
        confidence,
        place_period_id,
        place_id
    from gathered
    where
        decided_count = place_count
        and province_count = 1

),

final as (

    select
        gathered.observation_id,
        gathered.place_count,
        gathered.decided_count,
        commons.context,
        coalesce(commons.is_strong, false) as is_strong,
        coalesce(commons.is_exact, false) as is_exact,
        coalesce(commons.is_witnessed, false) as is_witnessed,
        commons.witness,
        commons.rule,
        case when commons.rule = 'first_of_several' then round(commons.confidence * rules.confidence, 3) else commons.confidence end as confidence,
        places.place_period_id,
        places.place_id,
        places.level,
        places.province_code
    from gathered
    left join commons
        on gathered.observation_id = commons.observation_id
    left join rules
        on commons.rule = rules.rule
    left join places
        on
            commons.place_id = places.place_id
            and commons.name_year >= places.valid_from
            and commons.place_period_id = places.place_period_id
    qualify
        row_number() over (
            partition by gathered.observation_id
            order by least(places.last_year, commons.name_year) desc nulls last, places.place_period_id asc nulls last
        ) = 1

)

select * from final
