with

aliases as (

    select
        'place_aliases' as file,
        aliases.alias_key as entry
    from {{ ref('stg_curation__place_aliases') }} as aliases
    left join {{ ref('stg_raw__place_parts') }} as parts
        on aliases.alias_key in (parts.key, parts.shortened_key)
    left join {{ ref('int_places') }} as places
        on aliases.place_id = places.place_id
    where
        parts.observation_id is null
        or places.place_id is null

),

places as (

    select
        'place_decisions' as file,
        decisions.printed as entry
    from {{ ref('stg_curation__place_decisions') }} as decisions
    left join {{ ref('stg_raw__listings') }} as listings
        on
            decisions.source_id = listings.source_id
            and decisions.printed = listings.locality_printed
    left join {{ ref('stg_raw__sources') }} as sources
        on decisions.source_id = sources.source_id
    left join {{ ref('int_places') }} as places
        on
            decisions.code = places.code
            and sources.name_year between places.valid_from and places.last_year
    where
        listings.observation_id is null
        -- no code says that the place cannot be told
        or (places.code is null and decisions.code is not null)

),

industries as (

    select
        'industry_decisions' as file,
        decisions.industry_key as entry
    from {{ ref('stg_curation__industry_decisions') }} as decisions
    left join {{ ref('int_industries_classified') }} as classified
        on decisions.industry_key = classified.industry_key
    left join {{ ref('stg_industries__industries') }} as industries
        on decisions.industry_id = industries.industry_id
    where
        classified.industry_key is null
        -- no industry says that it cannot be told
        or (industries.industry_id is null and decisions.industry_id is not null)

),

clusters as (

    select
        'cluster_decisions' as file,
        decisions.cluster_a || ' ' || decisions.cluster_b as entry
    from {{ ref('stg_curation__cluster_decisions') }} as decisions
    left join {{ ref('int_clusters_merged') }} as clusters_a
        on decisions.cluster_a = clusters_a.pair_id
    left join {{ ref('int_clusters_merged') }} as clusters_b
        on decisions.cluster_b = clusters_b.pair_id
    where
        clusters_a.pair_id is null
        or clusters_b.pair_id is null

)

select * from aliases
union all
select * from places
union all
select * from industries
union all
select * from clusters
