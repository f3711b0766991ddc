with

listings as (

    select * from {{ ref('int_listings_clustered') }}
    where mention = 1

),

awards as (

    select * from {{ ref('int_awards_conformed') }}
    where
        mention = 1
        and doubt is null

),

final as (

    select
        source_id,
        'listed_clusters' as measure,
        province_code,
        count(*) as listed_count
    from listings
    group by source_id, province_code

    union all

    select
        source_id,
        'contest_winners' as measure,
        province_code,
        count(*) as listed_count
    from awards
    group by source_id, province_code

)

select * from final
