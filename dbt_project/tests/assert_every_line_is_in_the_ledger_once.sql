with

lines as (

    select * from {{ ref('stg_raw__lines') }}

),

sources as (

    select * from {{ ref('stg_raw__sources') }}

),

ledger as (

    select * from {{ ref('line_ledger') }}

),

counted as (

    select
        source_id,
        count(*) as ledger_count,
        min(line_number) as first_line,
        max(line_number) as last_line
    from ledger
    group by source_id

)

select
    sources.source_id,
    sources.line_count,
    counted.ledger_count
from sources
left join counted
    on sources.source_id = counted.source_id
where
    sources.line_count > 0
    and (
        counted.ledger_count is null
        or counted.ledger_count <> sources.line_count
        or counted.first_line <> 1
        or counted.last_line <> sources.line_count
        or counted.ledger_count <> (select count(*) from lines where lines.source_id = sources.source_id)
    )
