with

awards as (

    select * from {{ ref('stg_raw__awards') }}

),

sources as (

    select * from {{ ref('stg_raw__sources') }}

),

lines as (

    select * from {{ ref('stg_raw__lines') }}

),

listings as (

    select * from {{ ref('int_listings_clustered') }}

),

joined as (

    select
        awards.*,
        {{ clean_or_null('awards.organiser') }} as organiser_published,
        case
            when awards.launched_year between 1949 and coalesce(year(sources.published_on), year(sources.as_of_date), 2024)
                then awards.launched_year
        end as launched_year_published,
        listings.cluster_id,
        listings.province_code,
        case
            when {{ is_unclean('awards.contest_name') }} then 'the name of the contest holds markup or control characters'
            when
                trim(awards.quote) = ''
                or {{ is_elsewhere('awards.quote', 'lines.text', 'awards.char_start', 'awards.char_end') }}
                then 'the winner does not stand where it was read'
        end as print_doubt
    from awards
    inner join sources
        on awards.source_id = sources.source_id
    inner join listings
        on awards.listing_observation_id = listings.observation_id
    left join lines
        on
            awards.source_id = lines.source_id
            and awards.line_number = lines.line_number

),

-- A source names a winner of a contest once; said again it is only another reference.
numbered as (

    select
        *,
        row_number() over (
            partition by source_id, contest_name, cluster_id, print_doubt is null
            order by observation_id asc nulls last
        ) as mention,
        first_value(observation_id) over (
            partition by source_id, contest_name, cluster_id, print_doubt is null
            order by observation_id asc nulls last
        ) as first_observation_id
    from joined

),

counted as (

    select
        source_id,
        contest_name,
        count(*) as winner_count,
        min(winner_count_declared) as winner_count_declared
    from numbered
    where
        mention = 1
        and print_doubt is null
    group by source_id, contest_name

),

final as (

    select
        numbered.*,
        coalesce(
            numbered.print_doubt,
            case
                when counted.winner_count > counted.winner_count_declared
                    then 'the document names ' || counted.winner_count || ' winners of this contest and declares ' || counted.winner_count_declared
            end
        ) as doubt
    from numbered
    left join counted
        on
            numbered.source_id = counted.source_id
            and numbered.contest_name = counted.contest_name

)

select * from final
