with

sources as (

    select * from {{ ref('stg_raw__sources') }}

),

lines as (

    select * from {{ ref('line_ledger') }}

),

provenance as (

    select distinct
        source_id,
        line_number
    from {{ ref('provenance') }}

),

quarantine as (

    select distinct
        source_id,
        line_number
    from {{ ref('quarantine') }}

),

ledger as (

    select
        source_id,
        count(*) as row_count,
        count(distinct line_number) as line_count,
        min(line_number) as first_line,
        max(line_number) as last_line
    from lines
    group by source_id

)

select
    'every line of a document is in the ledger once' as rule,
    sources.source_id,
    ledger.row_count as line_number
from sources
left join ledger
    on sources.source_id = ledger.source_id
where
    sources.line_count > 0
    and (
        ledger.source_id is null
        or ledger.row_count <> sources.line_count
        or ledger.line_count <> sources.line_count
        or ledger.first_line <> 1
        or ledger.last_line <> sources.line_count
    )

union all

select
    'something published comes from a used line' as rule,
    lines.source_id,
    lines.line_number
from lines
left join provenance
    on
        lines.source_id = provenance.source_id
        and lines.line_number = provenance.line_number
where
    lines.fate = 'used'
    and provenance.source_id is null

union all

select
    'a quarantined line is in quarantine' as rule,
    lines.source_id,
    lines.line_number
from lines
left join quarantine
    on
        lines.source_id = quarantine.source_id
        and lines.line_number = quarantine.line_number
where
    lines.fate = 'quarantined'
    and quarantine.source_id is null
