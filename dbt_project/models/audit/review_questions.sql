with

held_back as (

    select * from {{ ref('int_listings_held_back') }}

),

listings as (

    select * from {{ ref('int_listings_clustered') }}

),

classified as (

    select * from {{ ref('int_industries_classified') }}

),

merged as (

    select * from {{ ref('int_clusters_merged') }}

),

clusters as (

    select * from {{ ref('dim_clusters') }}

),

industries as (

    select * from {{ ref('dim_industries') }}

),

localities as (

    select * from {{ ref('dim_localities') }}

),

place_decisions as (

    select * from {{ ref('stg_curation__place_decisions') }}

),

industry_decisions as (

    select * from {{ ref('stg_curation__industry_decisions') }}

),

cluster_decisions as (

    select * from {{ ref('stg_curation__cluster_decisions') }}

),

-- Where a person has decided that no answer is known, none is asked for.
places as (

    select
        'place' as kind,
        held_back.observation_id as subject_id,
        held_back.source_id,
        held_back.line_number,
        held_back.locality_printed as printed,
        held_back.best_code as suggested_id,
        held_back.codes as suggested_ids,
        held_back.suggestion,
        held_back.reason as evidence
    from held_back
    left join place_decisions
        on
            held_back.source_id = place_decisions.source_id
            and held_back.locality_printed = place_decisions.printed
    where
        held_back.locality_printed is not null
        and held_back.is_place_asked
        and (place_decisions.printed is null or place_decisions.code is not null)

),

guessed as (

    select
        'industry' as kind,
        listings.industry_key as subject_id,
        listings.source_id,
        listings.line_number,
        listings.industry_printed as printed,
        classified.best_industry_id as suggested_id,
        classified.industry_ids as suggested_ids,
        coalesce(classified.suggestion, 'none of the known industries has a word in common with it') as suggestion,
        case
            when listings.classified_by = 'keyword' then 'no term of the lexicon is the whole print: a word of it tells its industry or division'
            else 'no term of the lexicon is the whole print, and no keyword outweighs the others'
        end as evidence
    from listings
    inner join classified
        on listings.industry_key = classified.industry_key
    left join industry_decisions
        on listings.industry_key = industry_decisions.industry_key
    where
        listings.classified_by in ('keyword', 'unclassified')
        and industry_decisions.industry_key is null
    qualify
        row_number() over (
            partition by listings.industry_key
            order by listings.observation_id asc nulls last
        ) = 1

),

ambiguous as (

    select
        'cluster' as kind,
        merged.pair_id as subject_id,
        listings.source_id,
        listings.line_number,
        clusters.name_en as printed,
        cast(null as string) as suggested_id,
        replace(merged.could_be, ', ', ';') as suggested_ids,
        merged.could_be as suggestion,
        'the place of this cluster holds several clusters of the same industry: it could be any of them' as evidence
    from merged
    inner join clusters
        on merged.pair_id = clusters.cluster_id
    inner join listings
        on clusters.cluster_id = listings.cluster_id
    where merged.could_be is not null
    qualify
        row_number() over (
            partition by merged.pair_id
            order by listings.observation_id asc nulls last
        ) = 1

),

placed_clusters as (

    select
        clusters.cluster_id,
        clusters.name_en,
        localities.place_id,
        industries.isic4_class,
        industries.classified_by in ('keyword', 'unclassified') as is_guessed
    from clusters
    inner join localities
        on clusters.locality_id = localities.locality_id
    inner join industries
        on clusters.industry_id = industries.industry_id

),

look_alikes as (

    select
        duplicates.cluster_id,
        duplicates.name_en,
        others.cluster_id as other_cluster_id,
        others.name_en as other_name_en
    from placed_clusters as duplicates
    inner join placed_clusters as others
        on
            duplicates.place_id = others.place_id
            and duplicates.isic4_class = others.isic4_class
            and duplicates.is_guessed
            and (
                not others.is_guessed
                or duplicates.cluster_id > others.cluster_id
            )

),

-- a source that lists both says that they are two, and so may a person
told_apart as (

    select
        look_alikes.cluster_id,
        look_alikes.other_cluster_id
    from look_alikes
    inner join listings
        on look_alikes.cluster_id = listings.cluster_id
    inner join listings as other_listings
        on
            look_alikes.other_cluster_id = other_listings.cluster_id
            and listings.source_id = other_listings.source_id

    union

    select
        cluster_a as cluster_id,
        cluster_b as other_cluster_id
    from cluster_decisions

    union

    select
        cluster_b as cluster_id,
        cluster_a as other_cluster_id
    from cluster_decisions

),

possible_duplicates as (

    select
        'cluster' as kind,
        look_alikes.cluster_id as subject_id,
        listings.source_id,
        listings.line_number,
        look_alikes.name_en as printed,
        look_alikes.other_cluster_id as suggested_id,
        look_alikes.other_cluster_id as suggested_ids,
        look_alikes.other_cluster_id || ' (' || look_alikes.other_name_en || ')' as suggestion,
        'same place and same class of ISIC, named by different sources' as evidence
    from look_alikes
    inner join listings
        on look_alikes.cluster_id = listings.cluster_id
    left join told_apart
        on
            look_alikes.cluster_id = told_apart.cluster_id
            and look_alikes.other_cluster_id = told_apart.other_cluster_id
    where told_apart.cluster_id is null
    qualify
        row_number() over (
            partition by look_alikes.cluster_id, look_alikes.other_cluster_id
            order by listings.observation_id asc nulls last
        ) = 1

),

unioned as (

    select * from places
    union all
    select * from guessed
    union all
    select * from ambiguous
    union all
    select * from possible_duplicates

),

final as (

    select
        {{ short_id('v', ["kind", "subject_id", "suggestion"]) }} as question_id,
        *
    from unioned

)

select * from final
