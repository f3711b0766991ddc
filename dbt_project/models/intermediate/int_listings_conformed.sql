with

listings as (

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
        listings.*,
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
                then round(label_alone.confidence * coalesce(listings.aligned_confidence, 1), 3)
            else located.confidence
        end as confidence,
        located.level,
        located.place_period_id,
        -- A listing with no place of its own is of its province, where label and order agree on one.
        case
            when located.observation_id is not null then located.place_id
            when listings.aligned_province_code = listings.printed_province_code then listings.printed_province_code
            when listings.aligned_province_code is null then listings.printed_province_code
        end as place_id,
        case
            when located.observation_id is not null then located.province_code
            when listings.aligned_province_code = listings.printed_province_code then listings.printed_province_code
            when listings.aligned_province_code is null then listings.printed_province_code
        end as province_code,
        industries.name as industry_name,
        industries.conformed_industry_id,
        industries.classified_by,
        coalesce(industries.conformed_industry_id, {{ short_id('i', ['listings.industry_key']) }}) as industry_id
    from listings
    inner join sources
        on listings.source_id = sources.source_id
    inner join industries
        on listings.industry_key = industries.industry_key
    cross join label_alone
    left join located
        on listings.observation_id = located.observation_id

),

-- The lines of labels and places above, where these do not stand in the listing's own: few, beside the listings.
lines_named as (

    select
        source_id,
        locality_line_number as line_number
    from listings
    where locality_line_number <> line_number

    union

    select
        source_id,
        province_line_number as line_number
    from listings
    where province_line_number <> line_number

),

lines_above as (

    select lines.*
    from lines
    inner join lines_named
        on
            lines.source_id = lines_named.source_id
            and lines.line_number = lines_named.line_number

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
            when {{ is_elsewhere('joined.industry_printed', 'lines.text', 'joined.char_start', 'joined.char_end') }}
                then 'the industry does not stand where it was read'
        end as print_doubt,
        case
            when joined.province_code is null then null
            when
                trim(joined.locality_printed) = ''
                or trim(joined.province_printed) = ''
                or (
                    joined.locality_printed is not null
                    and {{
                        is_elsewhere(
                            'joined.locality_printed',
                            'case when joined.locality_line_number = joined.line_number then lines.text else locality_lines.text end',
                            'joined.locality_char_start',
                            'joined.locality_char_end'
                        )
                    }}
                )
                or (
                    joined.province_printed is not null
                    and {{
                        is_elsewhere(
                            'joined.province_printed',
                            'case when joined.province_line_number = joined.line_number then lines.text else province_lines.text end',
                            'joined.province_char_start',
                            'joined.province_char_end'
                        )
                    }}
                )
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
    left join lines
        on
            joined.source_id = lines.source_id
            and joined.line_number = lines.line_number
    left join lines_above as locality_lines
        on
            joined.source_id = locality_lines.source_id
            and joined.locality_line_number = locality_lines.line_number
    left join lines_above as province_lines
        on
            joined.source_id = province_lines.source_id
            and joined.province_line_number = province_lines.line_number

),

final as (

    select
        *,
        coalesce(print_doubt, place_doubt) as doubt
    from doubted

)

select * from final
