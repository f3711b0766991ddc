with

listings as (

    select * from {{ ref('stg_raw__listings') }}

),

provinced as (

    select * from {{ ref('int_listings_provinced') }}

),

sources as (

    select * from {{ ref('stg_raw__sources') }}

),

located as (

    select * from {{ ref('int_observations_located') }}

),

places as (

    select * from {{ ref('int_places') }}

),

lines as (

    select * from {{ ref('stg_raw__lines') }}

),

label_alone as (

    select *
    from {{ ref('stg_rules__place_rules') }}
    where rule = 'label_alone'

),

industries as (

    select * from {{ ref('int_industries_classified') }}

),

joined as (

    select
        provinced.*,
        sources.as_of_date,
        located.place_count,
        located.decided_count,
        located.context,
        located.is_strong,
        located.is_exact,
        located.is_witnessed,
        located.witness,
        case when located.observation_id is null then label_alone.rule else located.rule end as rule,
        case
            when located.observation_id is null
                then round(label_alone.confidence * coalesce(provinced.aligned_confidence, 1), 3)
            else located.confidence
        end as confidence,
        located.level,
        located.place_period_id,
        -- A listing with no place of its own is of its province, where label and order agree on one.
        case
            when located.observation_id is not null then located.place_id
            when provinced.aligned_province_code = provinced.printed_province_code then provinced.printed_province_code
            when provinced.aligned_province_code is null then provinced.printed_province_code
        end as place_id,
        case
            when located.observation_id is not null then located.province_code
            when provinced.aligned_province_code = provinced.printed_province_code then provinced.printed_province_code
            when provinced.aligned_province_code is null then provinced.printed_province_code
        end as province_code,
        industries.name as industry_name,
        industries.conformed_industry_id,
        industries.classified_by,
        coalesce(industries.conformed_industry_id, {{ short_id('i', ['provinced.industry_key']) }}) as industry_id
    from provinced
    inner join sources
        on provinced.source_id = sources.source_id
    inner join industries
        on provinced.industry_key = industries.industry_key
    cross join label_alone
    left join located
        on provinced.observation_id = located.observation_id

),

-- Every print with the span it was read from; what is joined with the lines is no wider than that.
spans as (

    select
        observation_id,
        'industry' as field,
        industry_printed as printed,
        source_id,
        line_number,
        char_start,
        char_end
    from listings

    union all

    select
        observation_id,
        'place' as field,
        locality_printed as printed,
        source_id,
        locality_line_number as line_number,
        locality_char_start as char_start,
        locality_char_end as char_end
    from listings
    where locality_printed is not null

    union all

    select
        observation_id,
        'place' as field,
        province_printed as printed,
        source_id,
        province_line_number as line_number,
        province_char_start as char_start,
        province_char_end as char_end
    from listings
    where province_printed is not null

),

elsewhere as (

    select distinct
        spans.observation_id,
        spans.field
    from spans
    left join lines
        on
            spans.source_id = lines.source_id
            and spans.line_number = lines.line_number
    where {{ is_elsewhere('spans.printed', 'lines.text', 'spans.char_start', 'spans.char_end') }}

),

-- Whatever a document's content could break further on holds its listing back here, by name; the gate's rules of the same facts stay as
-- the guard behind.
doubted as (

    select
        joined.*,
        case
            when joined.province_code is null then null
            when
                trim(joined.industry_printed) = ''
                or trim(joined.industry_key) = ''
                or (joined.conformed_industry_id is null and not {{ regex_found("coalesce(joined.industry_name, '')", '[\\p{L}]') }})
                then 'no industry is printed'
            when joined.conformed_industry_id is null and {{ is_unclean('joined.industry_name') }}
                then 'the industry printed holds markup or control characters'
            -- a print that runs on behind "industrial cluster", begins in the middle or is a sentence is no industry's name
            when
                joined.classified_by in ('keyword', 'unclassified')
                and (
                    {{ regex_found('joined.industry_name', '(?i)industrial cluster|产业集群|产业基地') }}
                    or {{ regex_found('joined.industry_name', '^[、，,;；:：)）\\]]|[。；：！？]') }}
                    or {{ regex_found('joined.industry_name', '\\b[a-z]+[A-Z]{2,}\\b') }}
                )
                then 'the industry printed holds words or letters that belong to none'
            when industries_elsewhere.observation_id is not null
                then 'the industry does not stand where it was read'
        end as print_doubt,
        case
            when joined.province_code is null then null
            when
                trim(joined.locality_printed) = ''
                or trim(joined.province_printed) = ''
                or places_elsewhere.observation_id is not null
                then 'the place or province does not stand where it was read'
            when joined.rule = 'label_alone' and joined.printed_province_rule <> 'exact_alone'
                then 'no place is printed, and the label is damaged'
            when not coalesce(joined.is_witnessed, true)
                then 'only the gazetteer speaks for it: the name is not printed as the place was called, nor any province or parent beside it'
            when places.valid_to < year(joined.as_of_date) - 1
                then 'the place stood until ' || places.valid_to || ', before the year of the facts'
            when places.county_code is not null and places.current_county_code is null
                then 'the gazetteer does not know where its county is today'
            -- codes like 429005 are of counties directly under their province, whichever prefecture looks after them
            when
                substr(places.county_code, 1, 4) <> substr(places.prefecture_code, 1, 4)
                and substr(places.county_code, 3, 2) <> '90'
                then 'the codes of its county and prefecture in that year do not belong together'
        end as place_doubt
    from joined
    left join places
        on joined.place_period_id = places.place_period_id
    left join elsewhere as industries_elsewhere
        on
            joined.observation_id = industries_elsewhere.observation_id
            and industries_elsewhere.field = 'industry'
    left join elsewhere as places_elsewhere
        on
            joined.observation_id = places_elsewhere.observation_id
            and places_elsewhere.field = 'place'

),

final as (

    select
        *,
        coalesce(print_doubt, place_doubt) as doubt
    from doubted

)

select * from final
