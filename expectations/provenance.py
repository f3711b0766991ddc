"""What a reader of `audit.provenance` may rely on."""

from expectations.suite import Suite, no_rows

# What stands in the tables, as rows of provenance name it.
_PUBLISHED = """
    select 'fct_cluster_listings' as table_name, listing_id as row_id, source_id, line_number from marts.fct_cluster_listings
    union all select 'fct_province_tallies', tally_id, source_id, line_number from marts.fct_province_tallies
    union all select 'fct_awards', award_id, source_id, line_number from marts.fct_awards
    union all select 'fct_statistics', statistic_id, source_id, line_number from marts.fct_statistics
    union all select 'declared_totals', total_id, source_id, line_number from audit.declared_totals
    union all select distinct 'dim_clusters', cluster_id, source_id, null from marts.fct_cluster_listings
"""

# Every verbatim string of a listing that the row itself gives no span for.
_PRINTS = """
    select listing_id as row_id, source_id, 'locality_printed' as column_name, locality_printed as printed
    from marts.fct_cluster_listings where locality_printed is not null
    union all
    select listing_id, source_id, 'province_printed', province_printed
    from marts.fct_cluster_listings where province_printed is not null
"""

SUITE = Suite(
    table="audit.provenance",
    key=("table_name", "row_id", "column_name", "source_id", "line_number", "char_start", "char_end", "rule"),
    expectations=(
        no_rows(
            "every_fact_is_traced",
            f"""
            select f.table_name, f.row_id, f.source_id, f.line_number
            from ({_PUBLISHED}) as f
            left join {{batch}} as t on t.table_name = f.table_name and t.row_id = f.row_id and t.source_id = f.source_id
            where t.row_id is null
            """,
            "Every published cluster, listing, tally, award and statistic can be traced to each source that states it.",
            examined=_PUBLISHED,
        ),
        no_rows(
            "traces_lead_to_published_rows",
            f"""
            select t.table_name, t.row_id, t.column_name, t.source_id, t.line_number
            from {{batch}} as t
            left join ({_PUBLISHED}) as f on f.table_name = t.table_name and f.row_id = t.row_id and f.source_id = t.source_id
            where f.row_id is null
            """,
            "Provenance is of rows that are published, and leads to the source they are of.",
        ),
        no_rows(
            "prints_are_at_their_spans",
            f"""
            select print.row_id, print.source_id, print.column_name, print.printed
            from ({_PRINTS}) as print
            left join {{batch}} as t
                on t.table_name = 'fct_cluster_listings' and t.row_id = print.row_id and t.column_name = print.column_name
            left join audit.document_lines as l on l.source_id = t.source_id and l.line_number = t.line_number
            group by all
            having coalesce(not bool_or(substr(l.text, t.char_start + 1, t.char_end - t.char_start) = print.printed), true)
            """,
            "Every province_printed and locality_printed stands, character for character, at a span that provenance gives for it.",
            examined=_PRINTS,
        ),
    ),
)
