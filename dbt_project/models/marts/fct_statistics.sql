with

statistics as (

    select * from {{ ref('int_statistics_conformed') }}
    where
        doubt is null
        and mention = 1

),

final as (

    select
        observation_id as statistic_id,
        source_id,
        subject_type,
        subject_name,
        cluster_id,
        case when level <> 'province' then place_period_id end as locality_id,
        province_code as province_code_gb2260,
        measure,
        value,
        qualifier,
        unit,
        currency,
        threshold_value,
        threshold_unit,
        year,
        line_number,
        char_start,
        char_end,
        quote
    from statistics

)

select * from final
