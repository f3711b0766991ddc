with

listings as (

    select * from {{ ref('int_listings_clustered') }}
    where mention = 1

),

mentions as (

    select * from {{ ref('int_listings_clustered') }}

),

lines as (

    select * from {{ ref('stg_raw__lines') }}

),

place_parts as (

    select * from {{ ref('stg_raw__place_parts') }}

),

tallies as (

    select * from {{ ref('int_tallies_conformed') }}
    where doubt is null

),

awards as (

    select * from {{ ref('int_awards_conformed') }}
    where doubt is null

),

statistics as (

    select * from {{ ref('int_statistics_conformed') }}
    where
        doubt is null
        and mention = 1

),

industry_values as (

    select
        'fct_cluster_listings' as table_name,
        listings.observation_id as row_id,
        columns.column_name,
        listings.source_id,
        listings.line_number,
        listings.char_start,
        listings.char_end,
        case columns.column_name
            when 'industry_printed' then 'printed'
            when 'industry_id' then listings.classified_by
            else listings.cluster_rule
        end as rule
    from listings
    cross join (values ('industry_printed'), ('industry_id'), ('cluster_id')) as columns (column_name)

),

listings_again as (

    select distinct
        'fct_cluster_listings' as table_name,
        first_observation_id as row_id,
        'cluster_id' as column_name,
        source_id,
        line_number,
        char_start,
        char_end,
        'printed_again' as rule
    from mentions
    where mention > 1

),

clusters as (

    select distinct
        'dim_clusters' as table_name,
        cluster_id as row_id,
        'cluster_id' as column_name,
        source_id,
        line_number,
        char_start,
        char_end,
        cluster_rule as rule
    from mentions

),

localities_printed as (

    select
        'fct_cluster_listings' as table_name,
        observation_id as row_id,
        'locality_printed' as column_name,
        source_id,
        locality_line_number as line_number,
        locality_char_start as char_start,
        locality_char_end as char_end,
        case when is_locality_filled_down then 'filled_down' else 'printed' end as rule
    from listings
    where locality_line_number is not null

),

listing_localities as (

    select distinct
        'fct_cluster_listings' as table_name,
        listings.observation_id as row_id,
        'locality_id' as column_name,
        place_parts.source_id,
        place_parts.line_number,
        place_parts.char_start,
        place_parts.char_end,
        listings.rule
    from listings
    inner join place_parts
        on listings.observation_id = place_parts.observation_id

),

provinces_printed as (

    select
        'fct_cluster_listings' as table_name,
        observation_id as row_id,
        'province_printed' as column_name,
        source_id,
        province_line_number as line_number,
        province_char_start as char_start,
        province_char_end as char_end,
        'printed' as rule
    from listings
    where province_line_number is not null

),

-- the label that the table's order puts the row under, else the one printed beside it
provinces_published as (

    select
        'fct_cluster_listings' as table_name,
        listings.observation_id as row_id,
        'province_code_gb2260' as column_name,
        listings.source_id,
        coalesce(listings.aligned_line_number, listings.province_line_number) as line_number,
        case
            when listings.aligned_line_number is null then listings.province_char_start
            when instr(lines.text, listings.aligned_province_printed) > 0 then instr(lines.text, listings.aligned_province_printed) - 1
        end as char_start,
        case
            when listings.aligned_line_number is null then listings.province_char_end
            when instr(lines.text, listings.aligned_province_printed) > 0
                then instr(lines.text, listings.aligned_province_printed) - 1 + length(listings.aligned_province_printed)
        end as char_end,
        case when listings.aligned_line_number is null then 'printed_label' else 'aligned_label' end as rule
    from listings
    left join lines
        on
            listings.source_id = lines.source_id
            and listings.aligned_line_number = lines.line_number
    where coalesce(listings.aligned_line_number, listings.province_line_number) is not null

),

tally_values as (

    select distinct
        case when province_key is null then 'declared_totals' else 'fct_province_tallies' end as table_name,
        first_observation_id as row_id,
        'declared_count' as column_name,
        source_id,
        line_number,
        char_start,
        char_end,
        case when mention = 1 then 'printed' else 'printed_again' end as rule
    from tallies
    where
        declared_count = first_declared_count
        and (province_key is null or province_code is not null)

),

award_names as (

    select distinct
        'fct_awards' as table_name,
        first_observation_id as row_id,
        'quote' as column_name,
        source_id,
        line_number,
        char_start,
        char_end,
        case when mention = 1 then 'printed' else 'printed_again' end as rule
    from awards

),

award_contests as (

    select
        'fct_awards' as table_name,
        observation_id as row_id,
        'contest_name' as column_name,
        source_id,
        contest_line_number as line_number,
        contest_char_start as char_start,
        contest_char_end as char_end,
        'printed' as rule
    from awards
    where mention = 1

),

award_years as (

    select
        'fct_awards' as table_name,
        observation_id as row_id,
        'launched_year' as column_name,
        source_id,
        launched_line_number as line_number,
        launched_char_start as char_start,
        launched_char_end as char_end,
        'printed' as rule
    from awards
    where
        mention = 1
        and launched_year_published is not null
        and launched_line_number is not null

),

statistic_values as (

    select
        'fct_statistics' as table_name,
        observation_id as row_id,
        'value' as column_name,
        source_id,
        line_number,
        char_start,
        char_end,
        'printed' as rule
    from statistics

),

statistic_localities as (

    select distinct
        'fct_statistics' as table_name,
        statistics.observation_id as row_id,
        'locality_id' as column_name,
        place_parts.source_id,
        place_parts.line_number,
        place_parts.char_start,
        place_parts.char_end,
        statistics.rule
    from statistics
    inner join place_parts
        on statistics.observation_id = place_parts.observation_id
    where statistics.province_code is not null

),

-- Told once where one span says it twice; what a row of the table says once by itself needs no comparing with all others.
final as (

    select * from industry_values
    union all
    select * from listings_again
    union all
    select * from clusters
    union all
    select * from localities_printed
    union all
    select * from listing_localities
    union all
    select * from provinces_printed
    union all
    select * from provinces_published
    union all
    select * from tally_values
    union all
    select * from award_names
    union all
    select * from award_contests
    union all
    select * from award_years
    union all
    select * from statistic_values
    union all
    select * from statistic_localities

)

select * from final
