with

sources as (

    select * from {{ ref('stg_raw__sources') }}

),

final as (

    select
        source_id,
        file_name,
        {{ clean_or_null('title') }} as title,
        {{ clean_or_null('publisher') }} as publisher,
        published_on,
        as_of_date,
        language,
        media_type,
        sha256,
        byte_count,
        line_count,
        url,
        licence,
        layout,
        layout_score,
        layout_runner_up,
        layout_runner_up_score
    from sources

)

select * from final
