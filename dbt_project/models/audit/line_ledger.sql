with

lines as (

    select * from {{ ref('stg_raw__lines') }}

),

provenance as (

    select * from {{ ref('provenance') }}

),

referred_to as (

    select distinct
        source_id,
        line_number
    from provenance

),

-- A reader proposes `used`; the line is so only where something published comes from it.
final as (

    select
        lines.source_id,
        lines.line_number,
        case
            when lines.fate = 'used' and referred_to.line_number is null then 'quarantined'
            else lines.fate
        end as fate,
        lines.detail
    from lines
    left join referred_to
        on
            lines.source_id = referred_to.source_id
            and lines.line_number = referred_to.line_number

)

select * from final
