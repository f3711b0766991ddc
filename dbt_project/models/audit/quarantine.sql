with

questions as (

    select * from {{ ref('stg_raw__questions') }}

),

held_back as (

    select * from {{ ref('int_listings_held_back') }}

),

awards as (

    select * from {{ ref('stg_raw__awards') }}

),

tallies as (

    select * from {{ ref('int_tallies_conformed') }}

),

awards_conformed as (

    select * from {{ ref('int_awards_conformed') }}

),

statistics as (

    select * from {{ ref('int_statistics_conformed') }}

),

sources as (

    select * from {{ ref('stg_raw__sources') }}

),

ledger as (

    select * from {{ ref('line_ledger') }}

),

lines as (

    select * from {{ ref('stg_raw__lines') }}

),

not_understood as (

    select
        source_id,
        line_number,
        printed,
        reason,
        suggestion
    from questions

),

listings_held_back as (

    select
        source_id,
        line_number,
        case when locality_printed is null then industry_printed else locality_printed || ' | ' || industry_printed end as printed,
        reason,
        suggestion
    from held_back

),

awards_held_back as (

    select
        awards.source_id,
        awards.line_number,
        awards.quote as printed,
        'the winner is a listing that is held back: ' || held_back.reason as reason,
        'Decide the listing and the award follows' as suggestion
    from awards
    inner join held_back
        on awards.listing_observation_id = held_back.observation_id

),

awards_in_doubt as (

    select
        source_id,
        line_number,
        quote as printed,
        doubt as reason,
        'Compare with the document; the award is not published, its listing may be' as suggestion
    from awards_conformed
    where doubt is not null

),

tallies_held_back as (

    select
        source_id,
        line_number,
        quote as printed,
        coalesce(doubt, 'the same count is declared before as ' || first_declared_count) as reason,
        'Compare with the document; the count is not published' as suggestion
    from tallies
    where
        doubt is not null
        or declared_count <> first_declared_count

),

statistics_in_doubt as (

    select
        source_id,
        line_number,
        quote as printed,
        doubt as reason,
        'Compare with the document; the figure is not published' as suggestion
    from statistics
    where doubt is not null

),

titles_in_doubt as (

    select
        source_id,
        cast(null as bigint) as line_number,
        concat_ws(' | ', title, publisher) as printed,
        'the title or publisher holds markup or control characters' as reason,
        'Write the title and publisher into the side-car' as suggestion
    from sources
    where
        {{ is_unclean('title') }}
        or {{ is_unclean('publisher') }}

),

things as (

    select * from not_understood
    union all
    select * from listings_held_back
    union all
    select * from awards_held_back
    union all
    select * from awards_in_doubt
    union all
    select * from tallies_held_back
    union all
    select * from statistics_in_doubt
    union all
    select * from titles_in_doubt

),

lines_without_a_thing as (

    select
        lines.source_id,
        lines.line_number,
        lines.text as printed,
        case when lines.fate = 'used' then 'nothing published comes from this line: ' || lines.detail else lines.detail end as reason,
        'Read the line; where it says something, tell the reader of its layout' as suggestion
    from ledger
    inner join lines
        on
            ledger.source_id = lines.source_id
            and ledger.line_number = lines.line_number
    left join things
        on
            ledger.source_id = things.source_id
            and ledger.line_number = things.line_number
    where
        ledger.fate = 'quarantined'
        and things.source_id is null

),

unioned as (

    select * from things
    union all
    select * from lines_without_a_thing

),

numbered as (

    select
        *,
        row_number() over (
            partition by source_id, line_number, printed, reason
            order by suggestion asc nulls last
        ) as occurrence
    from unioned

),

final as (

    select
        {{ short_id('q', ["coalesce(source_id, '')", "coalesce(line_number, 0)", "printed", "reason", "occurrence"]) }} as quarantine_id,
        source_id,
        line_number,
        printed,
        reason,
        suggestion
    from numbered

)

select * from final
