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
    'a quote stands in its line' as rule,
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

union all

select
    'a span lies within its line' as rule,
    provenance.source_id,
    provenance.line_number,
    provenance.table_name || ' ' || provenance.row_id || ' ' || provenance.column_name as quote
from {{ ref('provenance') }} as provenance
left join lines
    on
        provenance.source_id = lines.source_id
        and provenance.line_number = lines.line_number
where
    lines.source_id is null
    or provenance.char_start < 0
    or provenance.char_start >= provenance.char_end
    or provenance.char_end > length(lines.text)
    or (provenance.char_start is null) <> (provenance.char_end is null)
