with

listings as (

    select * from {{ ref('stg_raw__listings') }}

),

sources as (

    select * from {{ ref('stg_raw__sources') }}

),

provinces as (

    select * from {{ ref('stg_gazetteer__provinces') }}

),

province_keys as (

    select * from {{ ref('int_province_keys') }}

),

-- the province that a document's title names, where it names one and no other
titled as (

    select
        sources.source_id,
        min(provinces.province_code) as province_code
    from sources
    inner join provinces
        on
            instr(sources.title, provinces.name_en) > 0
            or instr(sources.title, substr(provinces.name_zh, 1, case when substr(provinces.name_zh, 1, 1) in ('黑', '内') then 3 else 2 end)) > 0
    group by sources.source_id
    having count(*) = 1

),

final as (

    select
        listings.*,
        coalesce(listings.aligned_confidence >= {{ var('alignment_bound') }}, false) as is_alignment_sure,
        aligned.province_code as aligned_province_code,
        printed.province_code as printed_province_code,
        printed.rule as printed_province_rule,
        titled.province_code as titled_province_code
    from listings
    left join province_keys as aligned
        on listings.aligned_province_key = aligned.key
    left join province_keys as printed
        on listings.province_key = printed.key
    left join titled
        on listings.source_id = titled.source_id

)

select * from final
