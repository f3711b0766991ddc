with

parts as (

    select * from {{ ref('stg_raw__place_parts') }}

),

sources as (

    select * from {{ ref('stg_raw__sources') }}

),

listings as (

    select * from {{ ref('stg_raw__listings') }}

),

provinced as (

    select * from {{ ref('int_listings_provinced') }}

),

resolutions as (

    select * from {{ ref('int_place_resolutions') }}

),

decisions as (

    select * from {{ ref('stg_curation__place_decisions') }}

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

known as (

    select * from {{ ref('int_places_known_for_trade') }}

),

printed_places as (

    select distinct
        parts.printed_place_id,
        parts.observation_id,
        parts.source_id,
        parts.place_ordinal,
        sources.name_year,
        listings.locality_printed,
        listings.province_printed,
        listings.aligned_confidence,
        provinced.aligned_province_code,
        provinced.printed_province_code,
        provinced.titled_province_code
    from parts
    inner join sources
        on parts.source_id = sources.source_id
    left join listings
        on parts.observation_id = listings.observation_id
    left join provinced
        on parts.observation_id = provinced.observation_id

),

-- What the document says of the province (aligned, else printed) against what the gazetteer alone says of the whole country. The gazetteer
-- is strong when it gives this very place unasked; it agrees when no place elsewhere answers to the name by a better rule.
opinions as (

    select
        printed_places.*,
        resolutions.context,
        resolutions.rule,
        resolutions.place_period_id,
        resolutions.place_id,
        resolutions.is_unique,
        resolutions.is_exact,
        resolutions.printed_beside,
        coalesce(country.is_unique and country.place_id = resolutions.place_id, false) as is_strong,
        resolutions.tier <= country.tier as is_agreeing,
        coalesce(printed_places.aligned_confidence >= {{ var('alignment_bound') }}, false) as is_sure
    from printed_places
    inner join resolutions
        on printed_places.printed_place_id = resolutions.printed_place_id
    inner join resolutions as country
        on
            printed_places.printed_place_id = country.printed_place_id
            and country.context = 'country'

),

accepted as (

    select
        *,
        case context when 'aligned' then 1 when 'printed' then 2 when 'titled' then 3 else 4 end as preference,
        case
            when is_strong then 1
            when context = 'aligned' then aligned_confidence
            else 0.95
        end as witness_confidence
    from opinions
    where
        is_unique
        and case context
            when 'aligned' then is_strong or (is_agreeing and is_sure)
            when 'printed' then is_strong and not is_sure or (is_agreeing and aligned_province_code is null)
            when 'titled' then is_agreeing
            else aligned_province_code is null and printed_province_code is null
        end

),

curated as (

    select
        printed_places.printed_place_id,
        places.place_period_id
    from printed_places
    inner join decisions
        on
            printed_places.source_id = decisions.source_id
            and printed_places.locality_printed = decisions.printed
    inner join places
        on
            decisions.code = places.code
            and printed_places.name_year between places.valid_from and places.last_year
    where printed_places.place_ordinal = 1

),

-- The trade decides between places of one name, and tells a misspelt one: before the name alone, behind names printed together.
told_by_trade as (

    select
        known.printed_place_id,
        known.place_period_id,
        known.rule,
        known.is_exact,
        known.printed_beside,
        known.industry_id,
        case when known.printed_beside is null and known.is_exact then 0.5 else 9 end as preference
    from known
    left join accepted
        on
            known.printed_place_id = accepted.printed_place_id
            and known.place_id = accepted.place_id
    where accepted.printed_place_id is null

),

decided as (

    select
        printed_place_id,
        place_period_id,
        'curated_decision' as rule,
        'curated' as context,
        0 as preference,
        true as is_strong,
        false as is_exact,
        cast(null as string) as printed_beside,
        cast(null as string) as known_for,
        1 as witness_confidence
    from curated

    union all

    select
        printed_place_id,
        place_period_id,
        rule,
        context,
        preference,
        is_strong,
        is_exact,
        printed_beside,
        cast(null as string) as known_for,
        witness_confidence
    from accepted

    union all

    select
        printed_place_id,
        place_period_id,
        rule,
        'trade' as context,
        preference,
        false as is_strong,
        false as is_exact,
        printed_beside,
        industry_id as known_for,
        1 as witness_confidence
    from told_by_trade

),

final as (

    select
        printed_places.printed_place_id,
        printed_places.observation_id,
        printed_places.place_ordinal,
        printed_places.name_year,
        printed_places.aligned_province_code,
        printed_places.printed_province_code,
        decided.context,
        decided.is_strong,
        decided.is_exact,
        decided.place_period_id,
        decided.rule,
        -- what the document itself says for the place, beside the name: order and counts, a province printed, names printed with it
        nullif(
            concat_ws(
                '; ',
                case when places.province_code = printed_places.aligned_province_code then 'order and counts put the row under ' || provinces.name_en end,
                case
                    when places.province_code = printed_places.printed_province_code then '"' || printed_places.province_printed || '" printed as its province'
                end,
                '"' || decided.printed_beside || '" printed beside it',
                case when places.province_code = printed_places.titled_province_code then 'the title names ' || provinces.name_en end,
                'it is known for ' || decided.known_for
            ),
            ''
        ) as witness,
        round(rules.confidence * decided.witness_confidence, 3) as confidence
    from printed_places
    left join decided
        on printed_places.printed_place_id = decided.printed_place_id
    left join rules
        on decided.rule = rules.rule
    left join places
        on decided.place_period_id = places.place_period_id
    left join provinces
        on places.province_code = provinces.province_code
    qualify
        row_number() over (
            partition by printed_places.printed_place_id
            order by decided.preference asc nulls last, decided.place_period_id asc nulls last
        ) = 1

)

select * from final
