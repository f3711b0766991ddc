with

source as (

    select * from {{ source('raw', 'sources') }}

),

renamed as (

    select
        -- ids
        source_id,
        -- strings
        file_name,
        title,
        publisher,
        url,
        language,
        licence,
        media_type,
        encoding,
        sha256,
        layout,
        layout_runner_up,
        -- numerics
        -- the year that place names are looked up in; today's names where nothing dates the document
        coalesce(year(as_of_date), year(published_on), 9999) as name_year,
        byte_count,
        line_count,
        layout_score,
        layout_runner_up_score,
        -- dates
        published_on,
        as_of_date,
        accessed_on
    from source

)

select * from renamed
