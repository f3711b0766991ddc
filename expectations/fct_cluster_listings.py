"""What a reader of `marts.fct_cluster_listings` may rely on."""

from expectations.suite import Expectation, Suite, no_rows

SUITE = Suite(
    table="marts.fct_cluster_listings",
    key=("listing_id",),
    label=("locality_printed", "industry_printed"),
    expectations=(
        no_rows(
            "span_is_the_print",
            """
            select t.listing_id, t.source_id, t.line_number, t.char_start, t.char_end, t.industry_printed
            from {batch} as t
            left join audit.document_lines as l on l.source_id = t.source_id and l.line_number = t.line_number
            where trim(t.industry_printed) = ''
               or substr(l.text, t.char_start + 1, t.char_end - t.char_start) is distinct from t.industry_printed
            """,
            "The characters at line_number, char_start and char_end of the document are industry_printed, exactly.",
        ),
        no_rows(
            "prints_are_not_empty",
            "select listing_id, source_id, line_number from {batch} where trim(province_printed) = '' or trim(locality_printed) = ''",
            "province_printed and locality_printed are what the source printed, or null where it printed nothing.",
        ),
        no_rows(
            "locality_lies_in_its_province",
            """
            select t.listing_id, t.source_id, t.line_number, t.locality_printed, t.province_code_gb2260, d.name_en as locality,
                d.province_code_gb2260 as province_of_locality
            from {batch} as t join marts.dim_localities as d on d.locality_id = t.locality_id
            where d.province_code_gb2260 is distinct from t.province_code_gb2260
            """,
            "A listing's locality lies in the listing's province.",
            examined="select 1 from {batch} where locality_id is not null",
        ),
        no_rows(
            "locality_existed_then",
            """
            select t.listing_id, t.source_id, t.line_number, t.as_of_date, d.name_en as locality, d.valid_from, d.valid_to
            from {batch} as t join marts.dim_localities as d on d.locality_id = t.locality_id
            where year(t.as_of_date) < d.valid_from or year(t.as_of_date) > d.valid_to + 1
            """,
            "The locality's code, name and parent are those of the year the listing is of, or of the end of the year before: the gazetteer "
            "is of the ends of years, and what it last has at the end of 2012 stood for a part of 2013.",
            examined="select 1 from {batch} where locality_id is not null and as_of_date is not null",
        ),
        no_rows(
            "date_is_its_sources",
            """
            select t.listing_id, t.source_id, t.line_number, t.as_of_date, d.as_of_date as as_of_date_of_source
            from {batch} as t left join marts.dim_sources as d on d.source_id = t.source_id
            where t.as_of_date is distinct from d.as_of_date
            """,
            "A listing is of the day its source is of.",
        ),
        no_rows(
            "agrees_with_its_cluster",
            """
            select t.listing_id, t.source_id, t.line_number, t.cluster_id,
                t.province_code_gb2260, d.province_code_gb2260 as province_of_cluster, t.industry_id, d.industry_id as industry_of_cluster
            from {batch} as t join marts.dim_clusters as d on d.cluster_id = t.cluster_id
            where t.province_code_gb2260 is distinct from d.province_code_gb2260 or t.industry_id is distinct from d.industry_id
            """,
            "A listing and the cluster it names are of one province and one industry.",
        ),
        no_rows(
            "listed_once_by_a_source",
            """
            select min(listing_id) as listing_id, source_id, min(line_number) as line_number, cluster_id, count(*) as listings
            from {batch} group by source_id, cluster_id having count(*) > 1
            """,
            "A source lists a cluster once, however often it names it.",
        ),
        Expectation(
            "confidence_is_a_share",
            "ExpectColumnValuesToBeBetween",
            {"column": "confidence", "min_value": 0, "max_value": 1},
            "confidence is between 0 and 1.",
        ),
        no_rows(
            "repairs_are_on_record",
            """
            select listing_id, source_id, line_number, is_repaired from {batch}
            where is_repaired is distinct from (listing_id in (select listing_id from audit.repairs where listing_id is not null))
            """,
            "A listing says is_repaired where audit.repairs holds what was repaired, and only there.",
        ),
        no_rows(
            "another_province_in_print_is_a_repair",
            """
            select t.listing_id, t.source_id, t.line_number, t.province_printed, published.name_en as province_published
            from {batch} as t
            join marts.dim_provinces as published on published.province_code_gb2260 = t.province_code_gb2260
            join marts.dim_provinces as other
                on contains(t.province_printed, other.name_en) or contains(t.province_printed, substr(other.name_zh, 1, 2))
            left join audit.repairs as r on r.listing_id = t.listing_id and r.field = 'province'
            where r.repair_id is null
              and not contains(t.province_printed, published.name_en) and not contains(t.province_printed, substr(published.name_zh, 1, 2))
            """,
            "Where the print names another province than the one published, audit.repairs says so and why.",
            examined="select 1 from {batch} where province_printed is not null",
        ),
        no_rows(
            "agrees_with_the_answers",
            """
            select t.listing_id, t.source_id, t.line_number, t.locality_printed, t.industry_printed,
                t.province_code_gb2260, d.level, d.name_zh, d.county_code_gb2260, i.isic4_division, i.isic4_class,
                a.province_code, a.place_level, a.place_name_zh, a.county_code, a.isic4_division as division_answered,
                a.isic4_class as class_answered
            from {batch} as t
            left join marts.dim_localities as d on d.locality_id = t.locality_id
            left join marts.dim_industries as i on i.industry_id = t.industry_id
            left join answers.listings as a
                on a.source_id = t.source_id and a.line_number = t.line_number and a.industry_printed = t.industry_printed
            where t.source_id in (select source_id from answers.listings) and (
                t.ordinal is distinct from a.ordinal
                or t.province_printed is distinct from a.province_printed
                or t.locality_printed is distinct from a.locality_printed
                or t.province_code_gb2260 is distinct from a.province_code
                or d.level is distinct from a.place_level
                or d.name_zh is distinct from a.place_name_zh
                or d.name_en is distinct from a.place_name_en
                or d.prefecture_code_gb2260 is distinct from a.prefecture_code
                or d.county_code_gb2260 is distinct from a.county_code
                or d.current_county_code_gb2260 is distinct from a.current_county_code
                or i.isic4_section is distinct from coalesce(a.isic4_section, i.isic4_section)
                or i.isic4_division is distinct from coalesce(a.isic4_division, i.isic4_division)
                or i.isic4_class is distinct from coalesce(a.isic4_class, i.isic4_class)
            )
            """,
            "Where a source was read by hand (tests/answers), every published listing has its place, codes and ISIC class right: 100 %.",
            examined="select 1 from {batch} where source_id in (select source_id from answers.listings)",
        ),
        no_rows(
            "answers_are_published",
            """
            select a.source_id, a.line_number, a.locality_printed, a.industry_printed
            from answers.listings as a
            join marts.dim_sources as d on d.source_id = a.source_id
            left join {batch} as t
                on t.source_id = a.source_id and t.line_number = a.line_number and t.industry_printed = a.industry_printed
            where t.listing_id is null
            """,
            "Where a source was read by hand, every listing found by hand is published.",
            severity="warning",
            examined="select 1 from answers.listings where source_id in (select source_id from marts.dim_sources)",
        ),
    ),
)
