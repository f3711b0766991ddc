"""What a reader of `marts.fct_statistics` may rely on. The words of its columns are those of docs/vocabulary.md."""

from expectations.shared import quote_is_printed, text_is_clean
from expectations.suite import Expectation, Suite, no_rows

SUITE = Suite(
    table="marts.fct_statistics",
    key=("statistic_id",),
    label=("subject_name", "measure", "quote"),
    expectations=(
        Expectation(
            "qualifier_is_known",
            "ExpectColumnValuesToBeInSet",
            {"column": "qualifier", "value_set": ["exactly", "over", "about", "nearly", "under"]},
            "A figure is given exactly, or as over, about, nearly or under what it says.",
        ),
        Expectation(
            "subject_type_is_known",
            "ExpectColumnValuesToBeInSet",
            {"column": "subject_type", "value_set": ["cluster", "cluster_group", "locality", "province", "industry", "product"]},
            "subject_type is one of the six kinds of things that figures are about.",
        ),
        no_rows(
            "value_is_a_number",
            "select statistic_id, source_id, line_number, value, quote from {batch} where coalesce(not abs(value) < 1e300, true)",
            "Every figure is a finite number.",
        ),
        no_rows(
            "shares_are_within_hundred",
            """
            select statistic_id, source_id, line_number, measure, value, quote from {batch}
            where (measure like '%share' or measure = 'r_and_d_intensity') and (unit <> 'percent' or value not between 0 and 100)
            """,
            "A share is in percent, between 0 and 100.",
            examined="select 1 from {batch} where measure like '%share' or measure = 'r_and_d_intensity'",
        ),
        no_rows(
            "counts_are_whole",
            """
            select statistic_id, source_id, line_number, measure, value, unit, quote from {batch}
            where unit in ('count', 'people') and (value < 0 or value <> floor(value))
            """,
            "Counts of things and people are whole and not negative.",
            examined="select 1 from {batch} where unit in ('count', 'people')",
        ),
        no_rows(
            "only_change_and_profit_are_negative",
            """
            select statistic_id, source_id, line_number, measure, value, quote from {batch}
            where value < 0 and measure not in ('growth_rate', 'profit')
            """,
            "Only growth and profit may be negative.",
        ),
        no_rows(
            "money_has_its_currency",
            """
            select statistic_id, source_id, line_number, measure, unit, currency, quote from {batch}
            where currency is not null and (currency <> unit or not regexp_matches(currency, '^[A-Z]{{3}}$'))
               or currency is null and regexp_matches(unit, '^[A-Z]{{3}}$')
            """,
            "Money is in units of its currency, an ISO 4217 code, and nothing else has a currency.",
        ),
        no_rows(
            "thresholds_are_whole",
            """
            select statistic_id, source_id, line_number, threshold_value, threshold_unit, quote from {batch}
            where (threshold_value is null) <> (threshold_unit is null) or threshold_value <= 0
            """,
            "A threshold is a positive number with its unit.",
            examined="select 1 from {batch} where threshold_value is not null or threshold_unit is not null",
        ),
        no_rows(
            "year_is_plausible",
            """
            select t.statistic_id, t.source_id, t.line_number, t.year, d.published_on, t.quote
            from {batch} as t join marts.dim_sources as d on d.source_id = t.source_id
            where t.year not between 1949 and year(coalesce(d.published_on, d.as_of_date, current_date)) + 15
            """,
            "A figure is of 1949 or later, and at most 15 years after its source, as the targets of plans are (2035 in plans of 2020).",
            examined="select 1 from {batch} where year is not null",
        ),
        no_rows(
            "has_a_figure_in_print",
            r"""
            select statistic_id, source_id, line_number, value, quote from {batch}
            where not regexp_matches(quote, '[0-9０-９〇零一二两兩三四五六七八九十百千万萬亿億半]')
              and not regexp_matches(
                  quote,
                  '(?i)\b(half|halves|thirds?|quarters?|fifths?|tenths?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|[a-z]+ty|hundreds?|thousands?|dozens?|all|most|million|billion|trillion|double[ds]?|tripled?|a|an)\b'
              )
            """,
            "The quote of a figure holds digits or a word for a number.",
        ),
        no_rows(
            "stated_once",
            """
            select min(statistic_id) as statistic_id, source_id, line_number, char_start, char_end, measure, subject_name, value,
                count(*) as rows
            from {batch} group by source_id, line_number, char_start, char_end, measure, subject_name, value having count(*) > 1
            """,
            "One figure of one subject at one place of the print is one row.",
        ),
        no_rows(
            "subject_is_found",
            """
            select statistic_id, source_id, line_number, subject_type, subject_name from {batch}
            where subject_type = 'cluster' and cluster_id is null or subject_type = 'locality' and locality_id is null
               or subject_type = 'province' and province_code_gb2260 is null
            """,
            "A figure about a cluster, a locality or a province leads to that cluster, locality or province.",
            severity="warning",
            examined="select 1 from {batch} where subject_type in ('cluster', 'locality', 'province')",
        ),
        quote_is_printed("statistic_id", at_span=True),
        no_rows(
            "agrees_with_the_answers",
            """
            select t.statistic_id, t.source_id, t.line_number, t.subject_type, t.measure, t.qualifier, t.value, t.unit, t.year, t.quote,
                a.subject_type as subject_answered, a.qualifier as qualifier_answered, a.value as value_answered
            from {batch} as t
            left join answers.statistics as a
                on a.source_id = t.source_id and a.line_number = t.line_number and a.measure = t.measure and contains(t.quote, a.contains)
            left join marts.fct_cluster_listings as f on f.source_id = t.source_id and f.cluster_id = t.cluster_id
            where t.source_id in (select source_id from answers.statistics) and (
                f.locality_printed is distinct from a.locality_printed
                or t.value is distinct from a.value
                or t.qualifier is distinct from a.qualifier
                or t.subject_type is distinct from a.subject_type
                or t.unit is distinct from a.unit
                or t.currency is distinct from a.currency
                or t.threshold_value is distinct from a.threshold_value
                or t.threshold_unit is distinct from a.threshold_unit
                or t.year is distinct from a.year
            )
            """,
            "Where a source was read by hand (tests/answers), every published figure is right: 100 %.",
            examined="select 1 from {batch} where source_id in (select source_id from answers.statistics)",
        ),
        text_is_clean(("statistic_id", "source_id", "line_number"), ("subject_name",)),
    ),
)
