with

clusters as (

    select * from {{ ref('dim_clusters') }}

),

localities as (

    select * from {{ ref('dim_localities') }}

),

listing_places as (

    select * from {{ ref('int_listing_places') }}

),

own as (

    select
        clusters.cluster_id,
        clusters.locality_id,
        localities.place_id,
        true as is_own,
        cast(null as date) as as_of_date,
        cast(null as string) as observation_id,
        1 as place_ordinal
    from clusters
    inner join localities
        on clusters.locality_id = localities.locality_id

),

printed as (

    select
        listing_places.cluster_id,
        listing_places.place_period_id as locality_id,
        listing_places.place_id,
        false as is_own,
        listing_places.as_of_date,
        listing_places.observation_id,
        listing_places.place_ordinal
    from listing_places
    inner join own
        on listing_places.cluster_id = own.cluster_id

),

unioned as (

    select * from own
    union all
    select * from printed

),

-- A place once, in the period of the latest source that prints it.
distinct_places as (

    select *
    from unioned
    qualify
        row_number() over (
            partition by cluster_id, place_id
            order by is_own desc nulls last, as_of_date desc nulls last, observation_id asc nulls last, place_ordinal asc nulls last
        ) = 1

),

final as (

    select
        cluster_id,
        locality_id,
        cast(
            row_number() over (
                partition by cluster_id
                order by is_own desc nulls last, as_of_date desc nulls last, observation_id asc nulls last, place_ordinal asc nulls last
            ) as bigint
        ) as place_ordinal
    from distinct_places

)

select * from final
