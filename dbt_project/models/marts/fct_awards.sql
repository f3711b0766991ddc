with

awards as (

    select * from {{ ref('int_awards_conformed') }}
    where
        mention = 1
        and doubt is null

),

final as (

    select
        observation_id as award_id,
        source_id,
        contest_name,
        organiser_published as organiser,
        launched_year_published as launched_year,
        winner_count_declared,
        cluster_id,
        line_number,
        quote
    from awards

)

select * from final
