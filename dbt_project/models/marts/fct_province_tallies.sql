with

tallies as (

    select * from {{ ref('int_tallies_conformed') }}

),

counted as (

    select * from {{ ref('int_tally_counts') }}

),

final as (

    select
        tallies.observation_id as tally_id,
        tallies.source_id,
        tallies.province_code as province_code_gb2260,
        tallies.measure,
        tallies.declared_count,
        counted.listed_count,
        counted.listed_count = tallies.declared_count as is_reconciled,
        tallies.line_number,
        tallies.quote
    from tallies
    left join counted
        on
            tallies.source_id = counted.source_id
            and tallies.measure = counted.measure
            and tallies.province_code = counted.province_code
    where
        tallies.province_code is not null
        and tallies.doubt is null
        and tallies.mention = 1

)

select * from final
