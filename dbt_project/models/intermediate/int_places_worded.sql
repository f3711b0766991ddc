with

parts as (

    select * from {{ ref('stg_raw__place_parts') }}

),

sources as (

    select * from {{ ref('stg_raw__sources') }}

),

listings as (

    select * from {{ ref('int_listings_provinced') }}

),

-- What tells a place is in its wording: the names printed, the year, the provinces that the document itself names. Places worded alike are
-- told once, so that the work of telling grows with what is said differently and not with how often it is said. Of a place of more
-- than four names nothing is shared.
final as (

    select
        first_parts.printed_place_id,
        md5(
            concat_ws(
                '|',
                cast(sources.name_year as string),
                coalesce(listings.aligned_province_code, '-'),
                coalesce(listings.printed_province_code, '-'),
                coalesce(listings.titled_province_code, '-'),
                cast(coalesce(listings.is_alignment_sure, false) as string),
                {{ wording('first_parts', 'first_parts') }},
                {{ wording('second_parts', 'first_parts') }},
                {{ wording('third_parts', 'first_parts') }},
                {{ wording('fourth_parts', 'first_parts') }},
                case when fifth_parts.part_ordinal is not null then first_parts.printed_place_id end
            )
        ) as wording_id,
        first_parts.observation_id,
        first_parts.source_id,
        listings.locality_printed,
        listings.province_printed,
        listings.industry_key,
        first_parts.place_ordinal,
        first_parts.line_number,
        sources.name_year,
        listings.aligned_province_code,
        listings.printed_province_code,
        listings.titled_province_code,
        listings.aligned_confidence,
        coalesce(listings.is_alignment_sure, false) as is_alignment_sure
    from parts as first_parts
    inner join sources
        on first_parts.source_id = sources.source_id
    left join listings
        on first_parts.observation_id = listings.observation_id
    left join parts as second_parts
        on
            first_parts.printed_place_id = second_parts.printed_place_id
            and second_parts.part_ordinal = 2
    left join parts as third_parts
        on
            first_parts.printed_place_id = third_parts.printed_place_id
            and third_parts.part_ordinal = 3
    left join parts as fourth_parts
        on
            first_parts.printed_place_id = fourth_parts.printed_place_id
            and fourth_parts.part_ordinal = 4
    left join parts as fifth_parts
        on
            first_parts.printed_place_id = fifth_parts.printed_place_id
            and fifth_parts.part_ordinal = 5
    where first_parts.part_ordinal = 1

)

select * from final
