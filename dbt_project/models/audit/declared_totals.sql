with

tallies as (

    select * from {{ ref('int_tallies_conformed') }}
    where doubt is null

),

counts as (

    select * from {{ ref('int_tally_counts') }}

),

listed as (

    select
        source_id,
        measure,
        sum(listed_count) as listed_count
    from counts
    group by source_id, measure

),

tallied as (

    select
        source_id,
        measure,
        sum(declared_count) as tallied_count
    from tallies
    where
        province_code is not null
        and mention = 1
    group by source_id, measure

),

final as (

    select
        tallies.observation_id as total_id,
        tallies.source_id,
        tallies.measure,
        tallies.declared_count,
        cast(tallied.tallied_count as bigint) as tallied_count,
        cast(listed.listed_count as bigint) as listed_count,
        tallies.declared_count = coalesce(tallied.tallied_count, listed.listed_count) as is_reconciled,
        tallies.line_number,
        tallies.quote
    from tallies
    left join tallied
        on
            tallies.source_id = tallied.source_id
            and tallies.measure = tallied.measure
    left join listed
        on
            tallies.source_id = listed.source_id
            and tallies.measure = listed.measure
    where
        tallies.province_key is null
        and tallies.mention = 1

)

select * from final
