"""What a reader of `marts.fct_awards` may rely on."""

from expectations.shared import quote_is_printed, text_is_clean
from expectations.suite import Suite, no_rows

SUITE = Suite(
    table="marts.fct_awards",
    key=("award_id",),
    label=("contest_name", "quote"),
    expectations=(
        no_rows(
            "winner_is_listed",
            """
            select t.award_id, t.source_id, t.line_number, t.cluster_id
            from {batch} as t
            left join marts.fct_cluster_listings as f on f.source_id = t.source_id and f.cluster_id = t.cluster_id
            where f.listing_id is null
            """,
            "The winner that a source names is one of the clusters it lists.",
        ),
        no_rows(
            "won_once",
            """
            select min(award_id) as award_id, source_id, min(line_number) as line_number, contest_name, cluster_id, count(*) as awards
            from {batch} group by source_id, contest_name, cluster_id having count(*) > 1
            """,
            "A source names a winner of a contest once.",
        ),
        no_rows(
            "winners_within_the_declared_number",
            """
            select min(award_id) as award_id, source_id, min(line_number) as line_number, contest_name, count(*) as winners,
                max(winner_count_declared) as winner_count_declared
            from {batch} group by source_id, contest_name having count(*) > min(winner_count_declared)
            """,
            "A source names at most as many winners of a contest as it declares.",
            examined="select 1 from {batch} where winner_count_declared is not null",
        ),
        no_rows(
            "launched_before_it_was_told",
            """
            select t.award_id, t.source_id, t.line_number, t.launched_year, d.published_on
            from {batch} as t join marts.dim_sources as d on d.source_id = t.source_id
            where t.launched_year not between 1949 and year(coalesce(d.published_on, d.as_of_date, current_date))
            """,
            "A contest was launched no later than the year the source was published, and after 1949.",
            examined="select 1 from {batch} where launched_year is not null",
        ),
        quote_is_printed("award_id"),
        no_rows(
            "agrees_with_the_answers",
            """
            select t.award_id, t.source_id, t.line_number, t.contest_name, t.organiser, t.launched_year, t.winner_count_declared, t.quote
            from {batch} as t
            left join marts.fct_cluster_listings as f on f.source_id = t.source_id and f.cluster_id = t.cluster_id
            left join answers.awards as a
                on a.source_id = t.source_id and a.locality_printed = f.locality_printed and a.industry_printed = f.industry_printed
            where t.source_id in (select source_id from answers.awards) and (
                t.line_number is distinct from a.line_number
                or t.contest_name is distinct from a.contest_name
                or t.organiser is distinct from a.organiser
                or t.launched_year is distinct from a.launched_year
                or t.winner_count_declared is distinct from a.winner_count_declared
            )
            """,
            "Where a source was read by hand (tests/answers), every published award and its contest are right: 100 %.",
            examined="select 1 from {batch} where source_id in (select source_id from answers.awards)",
        ),
        text_is_clean(("award_id", "source_id", "line_number"), ("contest_name", "organiser")),
    ),
)
