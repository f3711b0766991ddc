"""What a reader of `marts.dim_sources` may rely on."""

from expectations.shared import text_is_clean
from expectations.suite import Expectation, Suite, no_rows

SUITE = Suite(
    table="marts.dim_sources",
    key=("source_id",),
    label=("file_name",),
    expectations=(
        no_rows(
            "id_is_of_the_bytes",
            """
            select source_id, file_name, sha256 from {batch}
            where coalesce(not regexp_matches(sha256, '^[0-9a-f]{{64}}$') or source_id <> substr(sha256, 1, 16), true)
            """,
            "A source is identified by its bytes: source_id is the beginning of their sha256.",
        ),
        no_rows(
            "file_name_is_relative",
            r"""
            select source_id, file_name from {batch}
            where coalesce(trim(file_name) = '' or regexp_matches(file_name, '^/|^[A-Za-z]:|\\|(^|/)\.\.(/|$)|[\x00-\x1f]'), true)
            """,
            "file_name leads from the raw folder to the document and nowhere else.",
        ),
        no_rows(
            "dates_are_plausible",
            """
            select source_id, file_name, published_on, as_of_date from {batch}
            where published_on not between date '1949-10-01' and current_date + 1
               or as_of_date not between date '1949-10-01' and current_date + 1
            """,
            "No source is of the future or older than the divisions it names (1 October 1949); a day is allowed for time zones.",
        ),
        no_rows(
            "facts_precede_publication",
            "select source_id, file_name, published_on, as_of_date from {batch} where as_of_date > published_on",
            "A source states facts of the day it was published or earlier.",
            severity="warning",
        ),
        no_rows(
            "facts_are_within_the_gazetteer",
            "select source_id, file_name, as_of_date from {batch} where as_of_date < date '1980-01-01'",
            "Facts are of 1980 or later: the gazetteer has no divisions of earlier years.",
            severity="warning",
        ),
        Expectation(
            "titled",
            "ExpectColumnValuesToNotBeNull",
            {"column": "title"},
            "Every source has a title to cite it by.",
            severity="warning",
        ),
        Expectation(
            "language_is_known",
            "ExpectColumnValuesToBeInSet",
            {"column": "language", "value_set": ["en", "zh", "zh-Hans", "zh-Hant"]},
            "Sources are in the languages that reading is made for, English and Chinese.",
            severity="warning",
        ),
        no_rows(
            "nothing_is_passed_over",
            """
            select distinct t.source_id, t.file_name
            from {batch} as t
            join audit.document_lines as l on l.source_id = t.source_id
            where trim(l.text) <> '' and t.source_id not in (
                select source_id from marts.fct_cluster_listings
                union select source_id from marts.fct_province_tallies
                union select source_id from marts.fct_statistics
                union select source_id from audit.quarantine where source_id is not null
            )
            """,
            "A source with text has something published or in quarantine.",
            severity="warning",
        ),
        text_is_clean(("source_id", "file_name"), ("title", "publisher")),
    ),
)
