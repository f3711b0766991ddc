"""What a reader of `audit.review_questions` may rely on."""

from expectations.suite import Expectation, Suite, no_rows

SUITE = Suite(
    table="audit.review_questions",
    key=("question_id",),
    label=("kind", "printed", "suggestion"),
    expectations=(
        Expectation(
            "kind_is_known",
            "ExpectColumnValuesToBeInSet",
            {"column": "kind", "value_set": ["place", "industry", "cluster"]},
            "A question is about which place, industry or cluster a printed name is.",
        ),
        no_rows(
            "can_be_answered",
            """
            select question_id, source_id, line_number, printed, suggestion, evidence from {batch}
            where coalesce(trim(suggestion) = '' or trim(evidence) = '' or trim(subject_id) = '', true)
            """,
            "A question names what it is about, suggests an answer and says why it is asked.",
        ),
        no_rows(
            "line_is_of_the_document",
            """
            select t.question_id, t.source_id, t.line_number
            from {batch} as t
            left join audit.document_lines as l on l.source_id = t.source_id and l.line_number = t.line_number
            where l.text is null
            """,
            "A question leads to a line of a document.",
        ),
    ),
)
