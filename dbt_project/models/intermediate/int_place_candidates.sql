with

all_parts as (

    select * from {{ ref('int_place_wordings') }}

),

all_matches as (

    select * from {{ ref('int_place_part_matches') }}

),

-- A parent taken over from the row above, although the row's own province holds no such place, was not meant: the cell was empty because
-- the place has no such parent (Qianjiang, directly under Hubei, below a row of Xinxiang in Henan).
strays as (

    select
        all_parts.wording_id,
        all_parts.part_ordinal
    from all_parts
    inner join all_matches
        on
            all_parts.wording_id = all_matches.wording_id
            and all_parts.part_ordinal = all_matches.part_ordinal
    where all_parts.is_of_another_line
    group by all_parts.wording_id, all_parts.part_ordinal
    having
        max(case when all_matches.province_code = coalesce(all_parts.aligned_province_code, all_parts.printed_province_code) then 1 else 0 end) = 0
        and max(coalesce(all_parts.aligned_province_code, all_parts.printed_province_code)) is not null

),

parts as (

    select
        all_parts.*,
        count(*) over (partition by all_parts.wording_id) as part_count
    from all_parts
    left join strays
        on
            all_parts.wording_id = strays.wording_id
            and all_parts.part_ordinal = strays.part_ordinal
    where strays.part_ordinal is null

),

-- What is printed as a county, `Pingxiang County`, is no prefecture of the name.
matches as (

    select all_matches.*
    from all_matches
    inner join parts
        on
            all_matches.wording_id = parts.wording_id
            and all_matches.part_ordinal = parts.part_ordinal
    where
        all_matches.level <> 'prefecture'
        or not (lower(parts.printed) like '% county' or lower(parts.printed) like '% district' or lower(parts.printed) like '% town')

),

rules as (

    select * from {{ ref('stg_rules__place_rules') }}

),

near_parent as (

    select tier
    from rules
    where rule = 'near_parent'

),

known_parts as (

    select distinct
        wording_id,
        part_ordinal
    from matches

),

companions as (

    select
        matches.candidate_id,
        parts.part_ordinal,
        parts.printed,
        parts.key,
        matches.prefecture_key,
        matches.county_key,
        known_parts.part_ordinal is not null as is_known
    from matches
    inner join parts
        on
            matches.wording_id = parts.wording_id
            and matches.part_ordinal <> parts.part_ordinal
    left join known_parts
        on
            parts.wording_id = known_parts.wording_id
            and parts.part_ordinal = known_parts.part_ordinal

),

-- A name printed with a candidate speaks for it when it is that of the candidate itself or of a division the candidate lies in,
parents_agreeing as (

    select
        candidates.candidate_id,
        others.part_ordinal,
        min(others.tier) as tier,
        max(case when others.level <> 'province' then 1 else 0 end) as is_finer
    from matches as candidates
    inner join matches as others
        on
            candidates.wording_id = others.wording_id
            and candidates.part_ordinal <> others.part_ordinal
            and others.place_id in (
                candidates.place_id,
                candidates.county_place_id,
                candidates.prefecture_place_id,
                candidates.province_code
            )
    group by candidates.candidate_id, others.part_ordinal

),

-- or when it differs from such a name in a letter or two.
heard as (

    select
        companions.candidate_id,
        companions.part_ordinal,
        companions.printed,
        companions.is_known,
        -- a parent below the province: `Shaoxing, Zhejiang` still means the prefecture, as Shaoxing alone does
        coalesce(parents_agreeing.is_finer, 1) as is_finer,
        coalesce(
            parents_agreeing.tier,
            case
                when
                    {{ is_latin('companions.key') }}
                    and (
                        {{ is_near('companions.key', 'companions.prefecture_key') }}
                        or {{ is_near('companions.key', 'companions.county_key') }}
                    )
                    then near_parent.tier
            end
        ) as tier
    from companions
    cross join near_parent
    left join parents_agreeing
        on
            companions.candidate_id = parents_agreeing.candidate_id
            and companions.part_ordinal = parents_agreeing.part_ordinal

),

counted as (

    select
        candidate_id,
        count(tier) as agreeing_count,
        max(tier) as parent_tier,
        max(case when tier is not null then is_finer end) as is_finer,
        {{ joined("case when tier is not null then printed end", ', ', 'part_ordinal asc') }} as printed_beside,
        count(case when tier is null and is_known then 1 end) as contradicting_count
    from heard
    group by candidate_id

),

weighed as (

    select
        matches.*,
        parts.key,
        parts.part_count,
        1 + coalesce(counted.agreeing_count, 0) = parts.part_count as is_whole,
        1 + coalesce(counted.agreeing_count, 0) as agreeing_count,
        coalesce(counted.contradicting_count, 0) as contradicting_count,
        counted.printed_beside,
        coalesce(counted.is_finer, 0) = 1 as is_under_finer,
        greatest(matches.tier, coalesce(counted.parent_tier, 0)) as worst_tier
    from matches
    inner join parts
        on
            matches.wording_id = parts.wording_id
            and matches.part_ordinal = parts.part_ordinal
    left join counted
        on matches.candidate_id = counted.candidate_id

),

judged as (

    select
        weighed.*,
        case
            when not weighed.is_whole
                then
                    case
                        when
                            weighed.part_ordinal = 1
                            and weighed.contradicting_count = 0
                            and weighed.level in ('prefecture', 'county')
                            and weighed.worst_tier < 50
                            then 'unread_parent'
                    end
            when weighed.level = 'town' and weighed.part_count = 1
                then case when {{ regex_found('weighed.key', '(镇|乡|街道)$') }} then 'town_alone' end
            -- "New district" names a place only together with its city, beside it or within its own name
            when
                weighed.level = 'zone' and weighed.part_count = 1
                and {{ is_latin('weighed.key') }}
                and not weighed.key like coalesce(weighed.prefecture_key, weighed.county_key) || '_%'
                then null
            when weighed.level = 'town' and weighed.rule <> 'curated_alias' and weighed.worst_tier < 55 then 'town_under_parent'
            when weighed.worst_tier = 10 and weighed.part_count > 1 then 'exact_under_parent'
            when weighed.worst_tier = 10 then 'exact_alone'
            else rules.rule
        end as judged_rule
    from weighed
    left join rules
        on
            weighed.worst_tier = rules.tier
            and weighed.worst_tier <> 10

),

final as (

    select
        candidate_id,
        wording_id,
        part_ordinal,
        part_count,
        name_year,
        place_period_id,
        place_id,
        level,
        province_code,
        is_own_code,
        is_whole,
        agreeing_count,
        worst_tier,
        is_under_finer,
        is_whole and worst_tier <= 15 as is_exact,
        printed_beside,
        judged_rule as rule
    from judged

)

select * from final
