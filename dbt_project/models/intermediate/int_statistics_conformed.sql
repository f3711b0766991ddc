{% set figure_words =
    '(?i)\\b(half|halves|thirds?|quarters?|fifths?|tenths?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|'
    ~ '[a-z]+teen|[a-z]+ty|hundreds?|thousands?|dozens?|all|most|million|billion|trillion|double[ds]?|tripled?|a|an)\\b'
%}

with

statistics as (

    select * from {{ ref('stg_raw__statistics') }}

),

located as (

    select * from {{ ref('int_observations_located') }}

),

listings as (

    select * from {{ ref('int_listings_clustered') }}

),

sources as (

    select * from {{ ref('stg_raw__sources') }}

),

lines as (

    select * from {{ ref('stg_raw__lines') }}

),

joined as (

    select
        statistics.*,
        coalesce(year(sources.published_on), year(sources.as_of_date), 2024) as source_year,
        lines.text,
        listings.cluster_id,
        coalesce(located.place_period_id, listings.place_period_id) as place_period_id,
        coalesce(located.level, listings.level) as level,
        coalesce(located.province_code, listings.province_code) as province_code,
        coalesce(located.rule, listings.rule) as rule
    from statistics
    left join located
        on
            statistics.observation_id = located.observation_id
            and located.province_code is not null
    left join listings
        on statistics.listing_observation_id = listings.observation_id
    left join sources
        on statistics.source_id = sources.source_id
    left join lines
        on
            statistics.source_id = lines.source_id
            and statistics.line_number = lines.line_number

),

-- What no figure of its kind can be was misread: it is held back, and a person is shown it.
doubted as (

    select
        *,
        case
            when
                trim(quote) = ''
                or {{ is_elsewhere('quote', 'text', 'char_start', 'char_end') }}
                then 'the figure does not stand where it was read'
            when not coalesce(abs(value) < 1e300, false) then 'the figure is no number'
            when (measure like '%share' or measure = 'r_and_d_intensity') and (unit <> 'percent' or value not between 0 and 100)
                then 'a share is between 0 and 100 percent'
            when unit in ('count', 'people') and (value < 0 or value <> floor(value)) then 'a count is whole'
            when value < 0 and measure not in ('growth_rate', 'profit') then 'only growth and profit are negative'
            when
                (currency is not null and (currency <> unit or not {{ regex_found('currency', '^[A-Z]{3}$') }}))
                or (currency is null and {{ regex_found('unit', '^[A-Z]{3}$') }})
                then 'the unit and the currency of the figure disagree'
            when (threshold_value is null) <> (threshold_unit is null) or threshold_value <= 0
                then 'a threshold is a positive number with its unit'
            when year not between 1949 and source_year + 15 then 'the year of the figure is too far from that of the document'
            when
                not {{ regex_found('quote', '[0-9０-９〇零一二两兩三四五六七八九十百千万萬亿億半]') }}
                and not {{ regex_found('quote', figure_words) }}
                then 'no figure is printed'
            when {{ is_unclean('subject_name') }} then 'the name of the subject holds markup or control characters'
        end as doubt
    from joined

),

final as (

    select
        *,
        row_number() over (
            partition by source_id, line_number, char_start, char_end, measure, subject_name, value, doubt is null
            order by observation_id asc nulls last
        ) as mention
    from doubted

)

select * from final
