"""What a reader of `audit.alternatives` may rely on."""

from expectations.suite import Expectation, Suite, no_rows

SUITE = Suite(
    table="audit.alternatives",
    key=("listing_id", "field", "ordinal"),
    label=("alternative",),
    expectations=(
        Expectation(
            "field_is_known",
            "ExpectColumnValuesToBeInSet",
            {"column": "field", "value_set": ["province", "locality", "industry"]},
            "What could have been published otherwise is a province, a place or an industry.",
        ),
        no_rows(
            "differs_from_what_is_published",
            """
            select t.listing_id, t.field, t.ordinal, t.alternative_id
            from {batch} as t
            join marts.fct_cluster_listings as f on f.listing_id = t.listing_id
            left join marts.dim_localities as d on d.locality_id = f.locality_id
            where t.alternative_id = case t.field
                when 'province' then f.province_code_gb2260
                when 'industry' then f.industry_id
                when 'locality' then coalesce(
                    case when d.level = 'prefecture' then d.prefecture_code_gb2260 when d.level = 'county' then d.county_code_gb2260 end, ''
                )
            end
            """,
            "An alternative is another value than the one published.",
        ),
        no_rows(
            "says_what_speaks_for_it_and_why_it_is_not_published",
            """
            select listing_id, field, ordinal, alternative, rule, reason from {batch}
            where coalesce(trim(alternative) = '' or trim(rule) = '' or trim(reason) = '', true)
            """,
            "An alternative has a name, the rule that speaks for it, and the reason why it is not published.",
        ),
        no_rows(
            "weighed_by_confidence_or_points",
            """
            select listing_id, field, ordinal, confidence, points from {batch}
            where confidence not between 0 and 1 or (field = 'industry') is distinct from (points is not null)
            """,
            "An industry is weighed by points of its keywords; how sure a rule is of a place or province is a share.",
        ),
    ),
)
