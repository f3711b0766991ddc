with

sources as (

    select * from {{ ref('stg_raw__sources') }}

),

final as (

    select
        source_id,
        file_name,
        title,
        publisher,
        published_on,
        as_of_date,
        language,
        media_type,
        sha256,
        byte_count,
        line_count,
        url,
        licence,
        layout
    from sources
    order by source_id asc nulls last

)

select * from final
