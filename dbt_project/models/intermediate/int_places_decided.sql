with

printed_places as (

    select * from {{ ref('int_places_worded') }}

),

wordings as (

    select *
    from {{ ref('int_place_wordings') }}
    where part_ordinal = 1

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

classified as (

    select * from {{ ref('int_industries_classified') }}

),

-- What the document says of the province (aligned, else printed) against what the gazetteer alone says of the whole country. The gazetteer
-- is strong when it gives this very place unasked; it agrees when no place elsewhere answers to the name by a better rule.
opinions as (

    select
        wordings.*,
        resolutions.context,
        resolutions.rule,
        resolutions.place_period_id,
        resolutions.place_id,
        resolutions.is_unique,
        resolutions.is_exact,
        resolutions.printed_beside,
        coalesce(country.is_unique and country.place_id = resolutions.place_id, false) as is_strong,
        resolutions.tier <= country.tier as is_agreeing
    from wordings
    inner join resolutions
        on wordings.wording_id = resolutions.wording_id
    inner join resolutions as country
        on
            wordings.wording_id = country.wording_id
            and country.context = 'country'

),

accepted as (

    select
        wording_id,
        context,
        rule,
        place_period_id,
        place_id,
        is_strong,
        is_exact,
        printed_beside
    from opinions
    where
        is_unique
        and case context
            when 'aligned' then is_strong or (is_agreeing and is_alignment_sure)
            when 'printed' then is_strong and not is_alignment_sure or (is_agreeing and aligned_province_code is null)
            when 'titled' then is_agreeing
            else aligned_province_code is null and printed_province_code is null
        end

),

preferred as (

    select *
    from accepted
    qualify
        row_number() over (
            partition by wording_id
            order by
                case context when 'aligned' then 1 when 'printed' then 2 when 'titled' then 3 else 4 end asc nulls last,
                place_period_id asc nulls last
        ) = 1

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
    qualify
        row_number() over (
            partition by printed_places.printed_place_id
            order by places.place_period_id asc nulls last
        ) = 1

),

-- The trade decides between places of one name, and tells a misspelt one: before the name alone, behind names printed together. What
-- lies in another province than the title's, or in the county of that very name, is not meant before that county.
told_by_trade as (

    select
        known.wording_id,
        known.industry_id,
        known.place_period_id,
        known.rule,
        known.printed_beside,
        known.printed_beside is null
        and known.is_exact
        and coalesce(wordings.titled_province_code = known_places.province_code, true)
        and coalesce(named.current_county_code <> known_places.current_county_code, true) as comes_first
    from known
    inner join wordings
        on known.wording_id = wordings.wording_id
    left join places as known_places
        on known.place_period_id = known_places.place_period_id
    left join preferred
        on known.wording_id = preferred.wording_id
    left join places as named
        on preferred.place_period_id = named.place_period_id
    left join accepted
        on
            known.wording_id = accepted.wording_id
            and known.place_id = accepted.place_id
    where accepted.wording_id is null

),

-- A person's decision, else what the trade tells of a name alone, else what the names tell, else the trade.
decided as (

    select
        printed_places.*,
        case
            when curated.printed_place_id is not null then 'person'
            when told_by_trade.wording_id is not null and (told_by_trade.comes_first or preferred.wording_id is null) then 'trade'
            when preferred.wording_id is not null then 'names'
        end as told_by,
        curated.place_period_id as curated_place_period_id,
        told_by_trade.place_period_id as trade_place_period_id,
        told_by_trade.rule as trade_rule,
        told_by_trade.printed_beside as trade_printed_beside,
        told_by_trade.industry_id as trade_industry_id,
        preferred.place_period_id as names_place_period_id,
        preferred.context as names_context,
        preferred.rule as names_rule,
        preferred.is_strong as names_is_strong,
        preferred.is_exact as names_is_exact,
        preferred.printed_beside as names_printed_beside
    from printed_places
    left join curated
        on printed_places.printed_place_id = curated.printed_place_id
    left join classified
        on printed_places.industry_key = classified.industry_key
    left join told_by_trade
        on
            printed_places.wording_id = told_by_trade.wording_id
            and classified.conformed_industry_id = told_by_trade.industry_id
    left join preferred
        on printed_places.wording_id = preferred.wording_id

),

told as (

    select
        *,
        case told_by
            when 'person' then curated_place_period_id
            when 'trade' then trade_place_period_id
            else names_place_period_id
        end as place_period_id,
        case told_by when 'person' then 'curated_decision' when 'trade' then trade_rule else names_rule end as rule,
        case told_by when 'person' then 'curated' when 'trade' then 'trade' else names_context end as context,
        case told_by when 'person' then true when 'trade' then false else names_is_strong end as is_strong,
        case told_by when 'names' then names_is_exact when 'person' then false when 'trade' then false end as is_exact,
        case told_by when 'trade' then trade_printed_beside when 'names' then names_printed_beside end as printed_beside,
        case when told_by = 'trade' then trade_industry_id end as known_for
    from decided

),

final as (

    select
        told.printed_place_id,
        told.wording_id,
        told.observation_id,
        told.place_ordinal,
        told.name_year,
        told.aligned_province_code,
        told.printed_province_code,
        told.context,
        told.is_strong,
        told.is_exact,
        told.place_period_id,
        told.rule,
        -- what the document itself says for the place, beside the name: order and counts, a province printed, names printed with it
        nullif(
            concat_ws(
                '; ',
                case when places.province_code = told.aligned_province_code then 'order and counts put the row under ' || provinces.name_en end,
                case
                    when places.province_code = told.printed_province_code then '"' || told.province_printed || '" printed as its province'
                end,
                '"' || told.printed_beside || '" printed beside it',
                case when places.province_code = told.titled_province_code then 'the title names ' || provinces.name_en end,
                'it is known for ' || told.known_for
            ),
            ''
        ) as witness,
        round(
            rules.confidence * case
                when told.is_strong or told.told_by = 'trade' then 1
                when told.context = 'aligned' then told.aligned_confidence
                else 0.95
            end,
            3
        ) as confidence
    from told
    left join rules
        on told.rule = rules.rule
    left join places
        on told.place_period_id = places.place_period_id
    left join provinces
        on places.province_code = provinces.province_code

)

select * from final
