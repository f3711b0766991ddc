with

lines as (

    select * from {{ ref('stg_raw__lines') }}

),

final as (

    select
        source_id,
        line_number,
        text
    from lines
    order by source_id asc nulls last, line_number asc nulls last

)

select * from final
