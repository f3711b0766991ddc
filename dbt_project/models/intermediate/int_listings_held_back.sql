with

listings as (

    select * from {{ ref('int_listings_conformed') }}
    where
        province_code is null
        or doubt is not null

),

decided as (

    select * from {{ ref('int_places_decided') }}

),

resolutions as (

    select * from {{ ref('int_place_resolutions') }}

),

matches as (

    select * from {{ ref('int_place_part_matches') }}

),

near_matches as (

    select * from {{ ref('int_place_near_matches') }}

),

places as (

    select * from {{ ref('int_places') }}

),

provinces as (

    select * from {{ ref('stg_gazetteer__provinces') }}

),

answering as (

    select
        wording_id,
        place_period_id,
        min(tier) as distance
    from matches
    group by wording_id, place_period_id

    union all

    select
        wording_id,
        place_period_id,
        100 + distance as distance
    from near_matches

),

ranked as (

    select
        decided.observation_id,
        places.code,
        places.name_en || ' ' || places.name_zh || ' (' || places.code || ', ' || places.level || ' in ' || provinces.name_en || ')' as label,
        row_number() over (
            partition by decided.observation_id
            order by
                case when places.province_code = decided.aligned_province_code then 0 else 1 end asc nulls last,
                case places.level when 'town' then 1 else 0 end asc nulls last,
                answering.distance asc nulls last,
                places.place_period_id asc nulls last
        ) as place
    from decided
    inner join answering
        on decided.wording_id = answering.wording_id
    inner join places
        on answering.place_period_id = places.place_period_id
    inner join provinces
        on places.province_code = provinces.province_code
    where decided.place_period_id is null

),

suggestions as (

    select
        observation_id,
        min(case when place = 1 then code end) as best_code,
        {{ joined('code', ';', 'place asc') }} as codes,
        {{ joined('label', '; ', 'place asc') }} as suggestion
    from ranked
    where place <= 5
    group by observation_id

),

-- what the gazetteer found for the first place of the listing that is not decided
undecided as (

    select
        decided.observation_id,
        coalesce(decided.aligned_province_code, decided.printed_province_code) as document_province_code,
        in_document.is_unique as is_unique_in_document,
        in_country.is_unique as is_unique_in_country,
        in_country.province_code as country_province_code
    from decided
    left join resolutions as in_document
        on
            decided.wording_id = in_document.wording_id
            and in_document.context = case when decided.aligned_province_code is null then 'printed' else 'aligned' end
    left join resolutions as in_country
        on
            decided.wording_id = in_country.wording_id
            and in_country.context = 'country'
    where decided.place_period_id is null
    qualify
        row_number() over (
            partition by decided.observation_id
            order by decided.place_ordinal asc nulls last
        ) = 1

),

-- a place that is told and doubted: itself, as the area is called and coded today
successors as (

    select
        listings.observation_id,
        min(coalesce(today.code, places.code)) as best_code,
        min(
            case
                when today.code is null then places.name_en || ' ' || places.name_zh || ' (' || places.code || ')'
                else today.name_en || ' ' || today.name_zh || ' (' || today.code || ')'
            end
        ) as suggestion
    from listings
    inner join places
        on listings.place_period_id = places.place_period_id
    left join places as today
        on
            places.current_code = today.code
            and places.level = today.level
            and today.valid_to is null
    where
        listings.place_doubt is not null
        and listings.print_doubt is null
    group by listings.observation_id

),

final as (

    select
        listings.observation_id,
        listings.source_id,
        listings.line_number,
        listings.locality_printed,
        listings.industry_printed,
        case
            when listings.doubt is not null
                then listings.doubt
            when undecided.observation_id is null and listings.place_count is not null
                then 'the places named lie in several provinces'
            when undecided.observation_id is null and listings.aligned_province_code <> listings.printed_province_code
                then 'no place is printed, and the label and the order of the table name different provinces'
            when undecided.observation_id is null
                then 'no place is printed and no province'
            when undecided.is_unique_in_country is null
                then 'no place of this name is known'
            when not undecided.is_unique_in_document
                then 'several places of ' || document_provinces.name_en || ' answer to the name'
            when undecided.is_unique_in_document
                then 'the name is of a place in ' || document_provinces.name_en || ', but others answer to it as well and the label does not settle it'
            when undecided.document_province_code is null
                then 'several places answer to the name and no province is printed'
            when undecided.is_unique_in_country
                then
                    'the document puts it in ' || document_provinces.name_en || ', the gazetteer knows such a place only in '
                    || country_provinces.name_en
            else 'the document puts it in ' || document_provinces.name_en || ', the gazetteer knows such places only in other provinces'
        end as reason,
        listings.print_doubt is null as is_place_asked,
        coalesce(
            suggestions.suggestion,
            successors.suggestion,
            case when listings.print_doubt is null then 'Add an alias or a decision to dbt_project/seeds/curation' else 'Compare with the document' end
        ) as suggestion,
        coalesce(suggestions.best_code, successors.best_code) as best_code,
        coalesce(suggestions.codes, successors.best_code) as codes
    from listings
    left join undecided
        on listings.observation_id = undecided.observation_id
    left join provinces as document_provinces
        on undecided.document_province_code = document_provinces.province_code
    left join provinces as country_provinces
        on undecided.country_province_code = country_provinces.province_code
    left join suggestions
        on listings.observation_id = suggestions.observation_id
    left join successors
        on listings.observation_id = successors.observation_id

)

select * from final
