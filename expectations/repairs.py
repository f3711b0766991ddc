"""What a reader of `audit.repairs` may rely on."""

from expectations.suite import Expectation, Suite, no_rows

SUITE = Suite(
    table="audit.repairs",
    key=("repair_id", "source_id", "line_number"),
    expectations=(
        no_rows(
            "published_differs_from_print",
            """
            select repair_id, source_id, line_number, field, printed, published from {batch}
            where printed is not distinct from published or trim(published) = ''
            """,
            "A repair is of something: what is published differs from what was printed.",
        ),
        no_rows(
            "rule_and_evidence_are_given",
            "select repair_id, source_id, line_number, rule, evidence from {batch} "
            "where coalesce(trim(rule) = '' or trim(evidence) = '', true)",
            "Every repair names the rule it was made by and the evidence for it.",
        ),
        no_rows(
            "is_of_a_published_listing",
            """
            select t.repair_id, t.source_id, t.line_number, t.listing_id
            from {batch} as t
            left join marts.fct_cluster_listings as f on f.listing_id = t.listing_id and f.source_id = t.source_id
            where t.listing_id is not null and f.listing_id is null
            """,
            "A repaired listing is published, by the source the repair names.",
        ),
        Expectation(
            "confidence_is_a_share",
            "ExpectColumnValuesToBeBetween",
            {"column": "confidence", "min_value": 0, "max_value": 1},
            "confidence is between 0 and 1.",
        ),
    ),
)
