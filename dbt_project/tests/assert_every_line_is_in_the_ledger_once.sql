with

sources as (

    select * from {{ ref('stg_raw__sources') }}

),

ledger as (

    select
        source_id,
        count(*) as row_count,
        count(distinct line_number) as line_count,
        min(line_number) as first_line,
        max(line_number) as last_line
    from {{ ref('line_ledger') }}
    group by source_id

)

select
    sources.source_id,
    sources.line_count,
    ledger.row_count
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
