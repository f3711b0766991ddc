with

listings as (

    select * from {{ ref('int_listings_clustered') }}
    where mention = 1

),

mentions_again as (

    select * from {{ ref('int_listings_clustered') }}
    where mention > 1

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

-- What each listing says by itself, at one go: every further `union all` of a large table is a table in memory of its own while it is written.
listing_values as (

    select
        columns.table_name,
        case when columns.table_name = 'dim_clusters' then listings.cluster_id else listings.observation_id end as row_id,
        columns.column_name,
        listings.source_id,
        case columns.column_name
            when 'locality_printed' then listings.locality_line_number
            when 'province_printed' then listings.province_line_number
            else listings.line_number
        end as line_number,
        case columns.column_name
            when 'locality_printed' then listings.locality_char_start
            when 'province_printed' then listings.province_char_start
            else listings.char_start
        end as char_start,
        case columns.column_name
            when 'locality_printed' then listings.locality_char_end
            when 'province_printed' then listings.province_char_end
            else listings.char_end
        end as char_end,
        case columns.column_name
            when 'industry_id' then listings.classified_by
            when 'cluster_id' then listings.cluster_rule
            when 'locality_printed' then case when listings.is_locality_filled_down then 'filled_down' else 'printed' end
            else 'printed'
        end as rule
    from listings
    cross join (
        values
        ('fct_cluster_listings', 'industry_printed'),
        ('fct_cluster_listings', 'industry_id'),
        ('fct_cluster_listings', 'cluster_id'),
        ('fct_cluster_listings', 'locality_printed'),
        ('fct_cluster_listings', 'province_printed'),
        ('dim_clusters', 'cluster_id')
    ) as columns (table_name, column_name)

),

listing_values_there as (

    select * from listing_values
    where line_number is not null

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
    from mentions_again

),

-- A cluster is of each mention; one by the same words and rule as the first says nothing more.
clusters_again as (

    select distinct
        'dim_clusters' as table_name,
        again.cluster_id as row_id,
        'cluster_id' as column_name,
        again.source_id,
        again.line_number,
        again.char_start,
        again.char_end,
        again.cluster_rule as rule
    from mentions_again as again
    inner join listings
        on again.first_observation_id = listings.observation_id
    where
        again.line_number <> listings.line_number
        or again.char_start <> listings.char_start
        or again.char_end <> listings.char_end
        or again.cluster_rule <> listings.cluster_rule

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

labels_aligned as (

    select distinct
        source_id,
        aligned_line_number as line_number,
        aligned_province_printed as printed
    from listings
    where aligned_line_number is not null

),

-- Where a label stands in its line, once however many rows are under it.
labels_found as (

    select
        labels_aligned.*,
        case when instr(lines.text, labels_aligned.printed) > 0 then instr(lines.text, labels_aligned.printed) - 1 end as char_start
    from labels_aligned
    inner join lines
        on
            labels_aligned.source_id = lines.source_id
            and labels_aligned.line_number = lines.line_number

),

-- the label that the table's order puts the row under, else the one printed beside it
provinces_published as (

    select
        'fct_cluster_listings' as table_name,
        listings.observation_id as row_id,
        'province_code_gb2260' as column_name,
        listings.source_id,
        coalesce(listings.aligned_line_number, listings.province_line_number) as line_number,
        case when listings.aligned_line_number is null then listings.province_char_start else labels_found.char_start end as char_start,
        case
            when listings.aligned_line_number is null then listings.province_char_end
            else labels_found.char_start + length(labels_found.printed)
        end as char_end,
        case when listings.aligned_line_number is null then 'printed_label' else 'aligned_label' end as rule
    from listings
    left join labels_found
        on
            listings.source_id = labels_found.source_id
            and listings.aligned_line_number = labels_found.line_number
            and listings.aligned_province_printed = labels_found.printed
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

    select * from listing_values_there
    union all
    select * from listings_again
    union all
    select * from clusters_again
    union all
    select * from listing_localities
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
