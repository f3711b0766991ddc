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

)

select * from final
