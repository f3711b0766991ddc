with

parts as (

    select * from {{ ref('int_place_wordings') }}

),

names as (

    select * from {{ ref('int_place_names') }}

),

places as (

    select * from {{ ref('int_places') }}

),

rules as (

    select * from {{ ref('stg_rules__place_rules') }}

),

looked_up as (

    select
        wording_id,
        part_ordinal,
        name_year,
        key,
        cast(null as string) as rule
    from parts

    union all

    select
        wording_id,
        part_ordinal,
        name_year,
        shortened_key as key,
        'shortened' as rule
    from parts
    where shortened_key <> key

),

-- A name counts from the first year its place bore it: as the name of the year of the facts or, where the place was renamed before that
-- year, as a former one. The gazetteer is of the end of each year, so a name given up in the year of the facts still stood in it.
named as (

    select
        looked_up.wording_id,
        looked_up.part_ordinal,
        looked_up.name_year,
        places.place_id,
        case
            when looked_up.rule is not null then looked_up.rule
            when names.rule = 'exact_alone' and places.last_year = looked_up.name_year - 1 then 'until_that_year'
            when names.rule = 'exact_alone' and places.last_year < looked_up.name_year then 'former_name'
            else names.rule
        end as rule
    from looked_up
    inner join names
        on looked_up.key = names.key
    inner join places
        on
            names.named_id = places.named_id
            and looked_up.name_year >= places.valid_from

),

ranked as (

    select
        named.wording_id,
        named.part_ordinal,
        named.name_year,
        named.place_id,
        rules.rule,
        rules.tier
    from named
    inner join rules
        on named.rule = rules.rule
    qualify
        row_number() over (
            partition by named.wording_id, named.part_ordinal, named.place_id
            order by rules.tier asc nulls last, rules.rule asc nulls last
        ) = 1

),

-- Code, name and parents are those of the year of the facts, or of the last year before it in which the place stood. A town may have
-- two counties in one year, hence all of that year.
dated as (

    select
        ranked.wording_id || '-' || ranked.part_ordinal || '-' || places.place_period_id as candidate_id,
        ranked.wording_id,
        ranked.part_ordinal,
        ranked.name_year,
        ranked.rule,
        ranked.tier,
        places.place_period_id,
        places.place_id,
        places.level,
        places.province_code,
        places.prefecture_place_id,
        places.prefecture_key,
        places.county_place_id,
        places.county_key,
        coalesce(places.county_code = places.current_county_code, false) as is_own_code
    from ranked
    inner join places
        on
            ranked.place_id = places.place_id
            and ranked.name_year - case when ranked.rule = 'until_that_year' then 1 else 0 end >= places.valid_from
    qualify
        dense_rank() over (
            partition by ranked.wording_id, ranked.part_ordinal, ranked.place_id
            order by least(places.last_year, ranked.name_year) desc nulls last
        ) = 1

)

select * from dated
