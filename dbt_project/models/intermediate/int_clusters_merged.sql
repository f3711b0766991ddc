with

listings as (

    select * from {{ ref('int_listings_conformed') }}
    where
        province_code is not null
        and doubt is null

),

places as (

    select * from {{ ref('int_places') }}

),

provinces as (

    select * from {{ ref('stg_gazetteer__provinces') }}

),

decisions as (

    select * from {{ ref('stg_curation__cluster_decisions') }}

),

-- What a source lists, as often as it does: an industry at a place. The pair names a cluster until it is found to be another's.
pairs as (

    select
        {{ short_id('c', ['listings.place_id', 'listings.industry_id']) }} as pair_id,
        listings.source_id,
        listings.industry_id,
        listings.place_id,
        places.county_place_id,
        places.prefecture_place_id,
        -- a municipality is a city; a cluster somewhere in any other province is not yet one with the province's
        case when provinces.type = 'municipality' then provinces.province_code end as municipality_place_id
    from listings
    inner join provinces
        on listings.province_code = provinces.province_code
    left join places
        on listings.place_period_id = places.place_period_id

),

-- However many sources list it, and once for each place that holds its own: joins by equality, on what is different.
pairs_once as (

    select distinct
        pair_id,
        industry_id,
        place_id
    from pairs

),

pairs_inside as (

    select
        pair_id,
        industry_id,
        county_place_id as outer_place_id
    from pairs
    where county_place_id <> place_id

    union

    select
        pair_id,
        industry_id,
        prefecture_place_id as outer_place_id
    from pairs
    where prefecture_place_id <> place_id

    union

    select
        pair_id,
        industry_id,
        municipality_place_id as outer_place_id
    from pairs
    where municipality_place_id <> place_id

),

-- A cluster listed for a place and one of the same industry listed for a place inside it, by sources that never list both.
nested as (

    select distinct
        broader.pair_id,
        inner_pairs.pair_id as inner_pair_id
    from pairs_once as broader
    inner join pairs_inside as inner_pairs
        on
            broader.industry_id = inner_pairs.industry_id
            and broader.place_id = inner_pairs.outer_place_id

),

-- From each listing to the places that hold it: told apart before the next join, which an engine would else begin by pairing all of a source.
listed_inside as (

    select distinct
        pairs.source_id,
        pairs_inside.pair_id,
        pairs_inside.industry_id,
        pairs_inside.outer_place_id
    from pairs
    inner join pairs_inside
        on pairs.pair_id = pairs_inside.pair_id

),

-- What its own source lists there, which is little.
listed_by_one_source as (

    select distinct
        broader.pair_id,
        listed_inside.pair_id as inner_pair_id
    from listed_inside
    inner join pairs as broader
        on
            listed_inside.source_id = broader.source_id
            and listed_inside.industry_id = broader.industry_id
            and listed_inside.outer_place_id = broader.place_id

),

kept_apart as (

    select
        cluster_a as pair_id,
        cluster_b as inner_pair_id
    from decisions
    where decision = 'apart'

    union all

    select
        cluster_b as pair_id,
        cluster_a as inner_pair_id
    from decisions
    where decision = 'apart'

    union all

    select
        pair_id,
        inner_pair_id
    from listed_by_one_source

),

mergeable as (

    select
        nested.pair_id,
        nested.inner_pair_id
    from nested
    left join kept_apart
        on
            nested.pair_id = kept_apart.pair_id
            and nested.inner_pair_id = kept_apart.inner_pair_id
    where kept_apart.pair_id is null

),

broader_ones as (

    select distinct pair_id
    from mergeable

),

innermost as (

    select
        mergeable.pair_id,
        mergeable.inner_pair_id
    from mergeable
    left join broader_ones
        on mergeable.inner_pair_id = broader_ones.pair_id
    where broader_ones.pair_id is null

),

-- Two clusters inside: the broader listing could be either, so it stays apart and a question is asked.
targets as (

    select
        pair_id,
        count(*) as inner_count,
        min(inner_pair_id) as inner_pair_id,
        {{ joined('inner_pair_id', ', ', 'inner_pair_id asc') }} as inner_pair_ids
    from innermost
    group by pair_id

),

nested_targets as (

    select
        pairs_once.pair_id,
        case when targets.inner_count = 1 then targets.inner_pair_id else pairs_once.pair_id end as cluster_id,
        case when targets.inner_count > 1 then targets.inner_pair_ids end as could_be
    from pairs_once
    left join targets
        on pairs_once.pair_id = targets.pair_id

),

merged as (

    select
        nested_targets.pair_id,
        coalesce(joined_by_hand.cluster_id, nested_targets.cluster_id) as cluster_id,
        case
            when same.cluster_a is not null then 'curated_decision'
            when nested_targets.pair_id <> nested_targets.cluster_id then 'nested_place'
            else 'same_place'
        end as rule,
        case when same.cluster_a is null then nested_targets.could_be end as could_be
    from nested_targets
    left join decisions as same
        on
            nested_targets.cluster_id = same.cluster_a
            and same.decision = 'same'
    left join nested_targets as joined_by_hand
        on same.cluster_b = joined_by_hand.pair_id

),

-- A cluster is of one industry: that of the pair it is named by, also where a person joined two of different ones.
final as (

    select
        merged.*,
        pairs_once.industry_id
    from merged
    inner join pairs_once
        on merged.cluster_id = pairs_once.pair_id

)

select * from final
