with

lines as (

    select * from {{ ref('document_lines') }}

),

quotes as (

    select
        source_id,
        line_number,
        quote
    from {{ ref('fct_province_tallies') }}

    union all

    select
        source_id,
        line_number,
        quote
    from {{ ref('declared_totals') }}

    union all

    select
        source_id,
        line_number,
        quote
    from {{ ref('fct_awards') }}

    union all

    select
        source_id,
        line_number,
        quote
    from {{ ref('fct_statistics') }}

    union all

    select
        source_id,
        line_number,
        industry_printed as quote
    from {{ ref('fct_cluster_listings') }}

)

select
    quotes.source_id,
    quotes.line_number,
    quotes.quote
from quotes
left join lines
    on
        quotes.source_id = lines.source_id
        and quotes.line_number = lines.line_number
where
    lines.source_id is null
    or quotes.quote = ''
    or replace(lines.text, quotes.quote, '') = lines.text
