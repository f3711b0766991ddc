"""What a reader of `audit.repairs` may rely on."""

from expectations.suite import Expectation, Suite, no_rows

SUITE = Suite(
    table="audit.repairs",
    key=("repair_id",),
    label=("field", "printed", "published"),
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
            "two_witnesses_agree",
            """
            select repair_id, source_id, line_number, field, printed, published, rule, evidence from {batch}
            where rule not in ('curated_decision', 'curated_alias') and coalesce(
                not contains(evidence, 'document: ') or not contains(evidence, 'gazetteer: ')
                or contains(evidence, 'no place printed'),
                true
            )
            """,
            "A repair rests on two kinds of evidence, the document's own order or labels and the gazetteer, or on a person's decision.",
            examined="select 1 from {batch} where rule not in ('curated_decision', 'curated_alias')",
        ),
        no_rows(
            "says_what_was_printed_and_published",
            """
            select t.repair_id, t.source_id, t.line_number, t.field, t.printed, t.published, p.name_en as province, d.name_en as locality
            from {batch} as t
            join marts.fct_cluster_listings as f on f.listing_id = t.listing_id
            left join marts.dim_provinces as p on p.province_code_gb2260 = f.province_code_gb2260
            left join marts.dim_localities as d on d.locality_id = f.locality_id
            where t.field not in ('province', 'locality')
               or t.field = 'province' and (t.printed is distinct from f.province_printed or t.published is distinct from p.name_en)
               or t.field = 'locality' and (
                   t.printed is distinct from f.locality_printed
                   or coalesce(t.published not in (coalesce(d.name_en, p.name_en), coalesce(d.name_zh, p.name_zh)), true)
               )
            """,
            "A repair shows the listing's print and the name of the province or locality that the listing is published with.",
            examined="select 1 from {batch} where listing_id is not null",
        ),
        Expectation(
            "confidence_is_a_share",
            "ExpectColumnValuesToBeBetween",
            {"column": "confidence", "min_value": 0, "max_value": 1},
            "confidence is between 0 and 1.",
        ),
    ),
)
