with

parts as (

    select * from {{ ref('int_place_wordings') }}

),

candidates as (

    select * from {{ ref('int_place_candidates') }}

),

matches as (

    select * from {{ ref('int_place_part_matches') }}

),

names as (

    select * from {{ ref('int_place_names') }}

),

places as (

    select * from {{ ref('int_places') }}

),

whole as (

    select distinct wording_id
    from candidates
    where is_whole

),

-- All names but one agree on a prefecture or county: that one is looked for, damaged, among the places in it.
parents_printed as (

    select
        candidates.wording_id,
        candidates.name_year,
        candidates.part_count,
        candidates.place_id,
        candidates.province_code,
        concat_ws(', ', candidate_parts.printed, candidates.printed_beside) as printed_beside,
        parts.part_ordinal,
        parts.key
    from candidates
    inner join parts as candidate_parts
        on
            candidates.wording_id = candidate_parts.wording_id
            and candidates.part_ordinal = candidate_parts.part_ordinal
    inner join parts
        on
            candidates.wording_id = parts.wording_id
            and candidates.part_ordinal <> parts.part_ordinal
            and {{ is_latin('parts.key') }}
    left join whole
        on candidates.wording_id = whole.wording_id
    left join matches
        on
            parts.wording_id = matches.wording_id
            and parts.part_ordinal = matches.part_ordinal
            and candidates.province_code = matches.province_code
            and matches.level in ('prefecture', 'county')
    where
        whole.wording_id is null
        and matches.candidate_id is null
        and candidates.level in ('prefecture', 'county')
        and candidates.agreeing_count = candidates.part_count - 1
        and candidates.worst_tier < 60

),

-- A name printed alone is looked for in its province, for a suggestion only: in Zhejiang, "Leqing" is nearer to Deqing than to Yueqing.
provinces_printed as (

    select
        parts.wording_id,
        parts.name_year,
        1 as part_count,
        coalesce(parts.aligned_province_code, parts.printed_province_code) as place_id,
        coalesce(parts.aligned_province_code, parts.printed_province_code) as province_code,
        cast(null as string) as printed_beside,
        parts.part_ordinal,
        parts.key
    from parts
    left join matches
        on parts.wording_id = matches.wording_id
    where
        parts.part_ordinal = 1
        and {{ is_latin('parts.key') }}
        and matches.candidate_id is null

),

parents as (

    select * from parents_printed
    union all
    select * from provinces_printed

),

-- The places of each parent: a join by equality, which nothing but a list of all pairs could do for four kinds of parent at once.
places_within as (

    select
        province_code as parent_id,
        *
    from places
    where level in ('prefecture', 'county')

    union all

    select
        prefecture_place_id as parent_id,
        *
    from places
    where
        level in ('county', 'zone')
        or (level = 'town' and county_place_id is null)

    union all

    select
        county_place_id as parent_id,
        *
    from places
    where level = 'town'

),

measured as (

    select
        parents.wording_id,
        parents.part_ordinal,
        parents.part_count,
        min(parents.printed_beside) as printed_beside,
        places.place_period_id,
        places.place_id,
        places.level,
        places.province_code,
        coalesce(places.county_code = places.current_county_code, false) as is_own_code,
        min(levenshtein(parents.key, names.key)) as distance,
        max(case when {{ is_near('parents.key', 'names.key') }} then 1 else 0 end) as is_near
    from parents
    inner join places_within as places
        on
            parents.place_id = places.parent_id
            and parents.name_year between places.valid_from and places.last_year
    inner join names
        on
            places.named_id = names.named_id
            and {{ is_latin('names.key') }}
    group by
        parents.wording_id,
        parents.part_ordinal,
        parents.part_count,
        places.place_period_id,
        places.place_id,
        places.level,
        places.province_code,
        places.county_code,
        places.current_county_code

),

-- The nearest must beat the next by a margin: at one wrong letter the next has two, at two the next has four.
compared as (

    select
        *,
        lead(distance) over (
            partition by wording_id
            order by distance asc nulls last, place_period_id asc nulls last
        ) as next_distance,
        row_number() over (
            partition by wording_id
            order by distance asc nulls last, place_period_id asc nulls last
        ) as nearness
    from measured

),

final as (

    select
        wording_id,
        part_ordinal,
        part_count,
        printed_beside,
        place_period_id,
        place_id,
        level,
        province_code,
        is_own_code,
        distance,
        next_distance,
        is_near = 1 as is_near,
        part_count > 1 and is_near = 1 and nearness = 1 and coalesce(next_distance, 99) >= 2 * distance as is_clear,
        nearness
    from compared
    where nearness <= 3

)

select * from final
