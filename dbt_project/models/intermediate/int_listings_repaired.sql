with

listings as (

    select * from {{ ref('int_listings_clustered') }}
    where mention = 1

),

provinces as (

    select * from {{ ref('stg_gazetteer__provinces') }}

),

places as (

    select * from {{ ref('int_places') }}

),

rules as (

    select * from {{ ref('stg_rules__place_rules') }}

),

provinces_repaired as (

    select
        listings.source_id,
        coalesce(listings.province_line_number, listings.line_number) as line_number,
        listings.observation_id,
        'province' as field,
        listings.province_printed as printed,
        published.name_en as published,
        case
            when listings.context = 'curated' then 'curated_decision'
            when listings.printed_province_code = listings.province_code then listings.printed_province_rule
            else 'slipped_label'
        end as rule,
        'document: ' || case
            when listings.aligned_province_code is not null
                then
                    'order and counts of the whole table put the row under "' || listings.aligned_province_printed || '" ('
                    || listings.alignment_evidence || ', confidence ' || cast(cast(listings.aligned_confidence as decimal(5, 3)) as string) || ')'
            else 'the label printed reads "' || listings.province_printed || '"'
        end
        || '; gazetteer: ' || case
            when listings.locality_printed is null then 'no place printed'
            when listings.is_strong then '"' || listings.locality_printed || '" is in ' || published.name_en || ' and nowhere else in the country'
            else '"' || listings.locality_printed || '" is in ' || published.name_en || ', though not there alone'
        end as evidence,
        listings.confidence
    from listings
    inner join provinces as published
        on listings.province_code = published.province_code
    where
        listings.province_printed is not null
        and (
            listings.printed_province_code is null
            or listings.printed_province_code <> listings.province_code
            or listings.printed_province_rule <> 'exact_alone'
        )

),

localities_repaired as (

    select
        listings.source_id,
        coalesce(listings.locality_line_number, listings.line_number) as line_number,
        listings.observation_id,
        'locality' as field,
        listings.locality_printed as printed,
        case when {{ regex_found('listings.locality_printed', '[A-Za-z]') }} then places.name_en else places.name_zh end as published,
        listings.rule,
        'gazetteer: ' || places.name_en || ' ' || places.name_zh || ' (' || places.code || ') by rule ' || listings.rule || ': ' || rules.reason
        || coalesce('; document: ' || listings.witness, '') as evidence,
        listings.confidence
    from listings
    inner join places
        on listings.place_period_id = places.place_period_id
    inner join rules
        on listings.rule = rules.rule
    where
        not listings.is_exact
        and listings.locality_printed is not null

),

unioned as (

    select * from provinces_repaired
    union all
    select * from localities_repaired

),

final as (

    select
        {{ short_id('r', ['observation_id', 'field']) }} as repair_id,
        *
    from unioned
    where printed <> published

)

select * from final
