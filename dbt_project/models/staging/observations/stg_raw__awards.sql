with

source as (

    select * from {{ source('raw', 'awards') }}

),

renamed as (

    select
        -- ids
        observation_id,
        source_id,
        listing_observation_id,
        -- strings
        contest_name,
        organiser,
        quote,
        -- numerics
        contest_line_number,
        contest_char_start,
        contest_char_end,
        launched_year,
        launched_line_number,
        launched_char_start,
        launched_char_end,
        winner_count_declared,
        line_number,
        char_start,
        char_end
    from source

)

select * from renamed
