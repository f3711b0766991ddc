with

listings as (

    select * from {{ ref('int_listings_clustered') }}
    where mention = 1

),

printed_places as (

    select * from {{ ref('int_places_worded') }}
    where place_ordinal = 1

),

decided as (

    select * from {{ ref('int_places_decided') }}
    where place_ordinal = 1

),

wordings as (

    select * from {{ ref('int_place_wordings') }}

),

candidates as (

    select * from {{ ref('int_place_candidates') }}
    where part_ordinal = 1

),

near_matches as (

    select * from {{ ref('int_place_near_matches') }}
    where is_near

),

places as (

    select * from {{ ref('int_places') }}

),

rules as (

    select * from {{ ref('stg_rules__place_rules') }}

),

provinces as (

    select * from {{ ref('stg_gazetteer__provinces') }}

),

industries as (

    select * from {{ ref('stg_industries__industries') }}

),

-- Two are told besides the industry published and what the print is classified as: of a print's own, the third is the last.
scores as (

    select * from {{ ref('int_industries_scored') }}

),

best_scores as (

    select * from scores
    where place <= 3

),

-- Places that answer to the name of a wording: by a rule, by the name alone where a name printed beside it is of elsewhere, or nearly.
-- A town's bare name is borne by too many to be an answer.
answering as (

    select
        wording_id,
        place_period_id,
        rule,
        cast(null as bigint) as distance
    from candidates
    where
        rule is not null
        or (
            part_count > 1
            and level in ('prefecture', 'county', 'zone')
        )

    union all

    select
        wording_id,
        place_period_id,
        'near_match' as rule,
        distance
    from near_matches

),

-- what stands beside the name
beside as (

    select
        wording_id,
        {{ joined('printed', ', ', 'part_ordinal asc') }} as printed
    from wordings
    where part_ordinal > 1
    group by wording_id

),

other_places as (

    select
        listings.observation_id,
        places.code,
        places.name_en || ' ' || places.name_zh || ' (' || places.code || ', ' || places.level || ' in ' || provinces.name_en || ')' as name,
        coalesce(answering.rule, 'name_alone') as rule,
        rules.confidence,
        coalesce(rules.tier, 1000) as tier,
        case when places.province_code = published.province_code then 0 else 1 end as is_elsewhere,
        places.place_period_id,
        case
            when decided.context = 'curated' then 'a person decided'
            when decided.context = 'trade' then 'the place published is known for the trade'
            when answering.rule is null then '"' || beside.printed || '", printed beside the name, is of elsewhere'
            when answering.distance is not null then 'its name differs from the print in ' || answering.distance || ' letters'
            when places.province_code <> published.province_code and decided.witness is not null then decided.witness
            when rules.tier > published_rules.tier then published_rules.rule || ' comes before it: ' || published_rules.reason
            when places.level <> published.level then 'by the same rule, a ' || published.level || ' is meant before a ' || places.level
            else 'no name or label printed speaks for it'
        end as reason
    from listings
    inner join decided
        on listings.observation_id = decided.observation_id
    inner join printed_places
        on listings.observation_id = printed_places.observation_id
    inner join places as published
        on decided.place_period_id = published.place_period_id
    inner join rules as published_rules
        on decided.rule = published_rules.rule
    inner join answering
        on printed_places.wording_id = answering.wording_id
    inner join places
        on answering.place_period_id = places.place_period_id
    inner join provinces
        on places.province_code = provinces.province_code
    left join rules
        on answering.rule = rules.rule
    left join beside
        on printed_places.wording_id = beside.wording_id
    where
        places.level <> 'province'
        and places.place_id <> published.place_id
        and places.code <> published.code
        -- a place that was gone by the year of the facts would have been held back
        and places.last_year >= printed_places.name_year

),

localities as (

    select
        observation_id,
        'locality' as field,
        code as alternative_id,
        name as alternative,
        rule,
        confidence,
        cast(null as double) as points,
        reason,
        row_number() over (
            partition by observation_id
            order by tier asc nulls last, is_elsewhere asc nulls last, place_period_id asc nulls last
        ) as nearness
    from other_places

),

-- What the order of the table, the label printed and the title say of the province, each by itself.
province_witnesses as (

    select
        observation_id,
        1 as weight,
        printed_province_code as province_code,
        'printed_label' as rule,
        cast(null as double) as confidence
    from listings

    union all

    select
        observation_id,
        2 as weight,
        aligned_province_code as province_code,
        'aligned_label' as rule,
        aligned_confidence as confidence
    from listings

    union all

    select
        observation_id,
        3 as weight,
        titled_province_code as province_code,
        'titled' as rule,
        cast(null as double) as confidence
    from listings

),

other_provinces as (

    select
        listings.observation_id,
        'province' as field,
        provinces.province_code as alternative_id,
        provinces.name_en || ' ' || provinces.name_zh || ' (' || provinces.province_code || ')' as alternative,
        witnesses.rule,
        witnesses.confidence,
        cast(null as double) as points,
        case
            when listings.context = 'curated' then 'a person decided'
            else
                concat_ws(
                    ', and ',
                    case
                        when listings.aligned_province_code = listings.province_code
                            then 'order and counts of the whole table put the row under "' || listings.aligned_province_printed || '"'
                        when listings.printed_province_code = listings.province_code then '"' || listings.province_printed || '" is printed as its province'
                    end,
                    '"' || listings.locality_printed || '" is in ' || published.name_en
                )
        end as reason,
        witnesses.weight as nearness
    from province_witnesses as witnesses
    inner join listings
        on witnesses.observation_id = listings.observation_id
    inner join provinces
        on witnesses.province_code = provinces.province_code
    inner join provinces as published
        on listings.province_code = published.province_code
    where witnesses.province_code <> listings.province_code

),

-- What a print is classified as by itself, where its cluster goes by what another source calls it.
own_industries as (

    select
        listings.observation_id,
        'industry' as field,
        industries.industry_id as alternative_id,
        industries.name_en || coalesce(' (ISIC ' || industries.isic4_class || ')', '') as alternative,
        listings.classified_by as rule,
        cast(null as double) as confidence,
        coalesce(scores.score, 0) as points,
        'taken as one cluster with what another source calls otherwise (' || listings.cluster_rule || ')' as reason,
        0 as nearness
    from listings
    inner join industries
        on listings.conformed_industry_id = industries.industry_id
    left join scores
        on
            listings.industry_key = scores.industry_key
            and listings.conformed_industry_id = scores.industry_id
    where listings.conformed_industry_id <> listings.cluster_industry_id

),

-- What the keywords of the print speak for besides the industry published.
keyword_industries as (

    select
        listings.observation_id,
        'industry' as field,
        scores.industry_id as alternative_id,
        scores.name_en || coalesce(' (ISIC ' || scores.isic4_class || ')', '') as alternative,
        'keyword' as rule,
        cast(null as double) as confidence,
        scores.score as points,
        case
            when listings.classified_by = 'curated' then 'a person decided'
            when listings.classified_by = 'exact_term' then 'the whole print is a term of the industry published'
            when published.score is not null then 'the industry published has ' || published.score || ' points of its keywords'
            when listings.classified_by = 'keyword' then 'its lead is too small for more than the division to be published'
            else 'no word that closes the print is its keyword, or others have as many points: published as unclassified'
        end as reason,
        scores.place as nearness
    from listings
    inner join best_scores as scores
        on listings.industry_key = scores.industry_key
    left join scores as published
        on
            listings.industry_key = published.industry_key
            and listings.conformed_industry_id = published.industry_id
    where scores.industry_id <> listings.cluster_industry_id

),

unioned as (

    select * from other_provinces
    union all
    select * from localities
    union all
    select * from own_industries
    union all
    select * from keyword_industries

),

-- Each once, by the best that speaks for it: told apart and ranked by what is short, before its words are looked up again.
distinctly as (

    select
        observation_id,
        field,
        alternative_id,
        min(nearness) as nearness
    from unioned
    group by observation_id, field, alternative_id

),

ranked as (

    select
        *,
        row_number() over (
            partition by observation_id, field
            order by nearness asc nulls last
        ) as ordinal
    from distinctly

),

final as (

    select
        ranked.observation_id as listing_id,
        ranked.field,
        cast(ranked.ordinal as bigint) as ordinal,
        ranked.alternative_id,
        unioned.alternative,
        unioned.rule,
        unioned.confidence,
        unioned.points,
        unioned.reason
    from ranked
    inner join unioned
        on
            ranked.observation_id = unioned.observation_id
            and ranked.field = unioned.field
            and ranked.alternative_id = unioned.alternative_id
            and ranked.nearness = unioned.nearness
    where ranked.ordinal <= 2

)

select * from final
