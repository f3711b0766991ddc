"""What a reader of `marts.dim_industries` may rely on."""

from expectations.shared import text_is_clean
from expectations.suite import Expectation, Suite, no_rows

# ISIC Rev.4: first and last division of each section.
_SECTIONS = (
    "('A', 1, 3), ('B', 5, 9), ('C', 10, 33), ('D', 35, 35), ('E', 36, 39), ('F', 41, 43), ('G', 45, 47), ('H', 49, 53), ('I', 55, 56), "
    "('J', 58, 63), ('K', 64, 66), ('L', 68, 68), ('M', 69, 75), ('N', 77, 82), ('O', 84, 84), ('P', 85, 85), ('Q', 86, 88), "
    "('R', 90, 93), ('S', 94, 96), ('T', 97, 98), ('U', 99, 99)"
)

SUITE = Suite(
    table="marts.dim_industries",
    key=("industry_id",),
    label=("name_en",),
    expectations=(
        no_rows(
            "isic_nests",
            f"""
            select t.industry_id, t.name_en, t.isic4_section, t.isic4_division, t.isic4_class
            from {{batch}} as t
            left join (values {_SECTIONS}) as isic(section, first, last) on isic.section = t.isic4_section
            where (t.isic4_section is null) <> (t.isic4_division is null)
               or t.isic4_division is not null
                  and coalesce(try_cast(t.isic4_division as integer) not between isic.first and isic.last, true)
               or t.isic4_class is not null
                  and (length(t.isic4_class) <> 4 or substr(t.isic4_class, 1, 2) is distinct from t.isic4_division)
            """,
            "ISIC Rev.4 codes nest: a class lies in its division, a division in its section, and neither stands without what holds it.",
        ),
        no_rows(
            "classified_is_titled",
            """
            select industry_id, name_en, isic4_division, isic4_title from {batch}
            where (isic4_division is null) <> (isic4_title is null) or trim(isic4_title) = ''
            """,
            "A classified industry has the title of its ISIC class or division; an unclassified one has none.",
        ),
        no_rows(
            "classification_is_explained",
            "select industry_id, name_en, classified_by from {batch} where coalesce(trim(classified_by) = '', true)",
            "classified_by says who or what classified an industry.",
        ),
        Expectation(
            "mostly_classified",
            "ExpectColumnValuesToNotBeNull",
            {"column": "isic4_division", "mostly": 0.9},
            "At least nine industries in ten are classified. All 100 of the printed table of 2010 are; what is not is up for review.",
            severity="warning",
        ),
        no_rows(
            "is_an_industry_not_a_cluster",
            """
            select industry_id, name_en, name_zh from {batch}
            where regexp_matches(name_en, '(?i)industrial cluster(s?)$') or regexp_matches(name_zh, '产业集群$|产业基地$')
            """,
            "Names are of industries: the words 'industrial cluster' of the print are not part of them.",
        ),
        no_rows(
            "no_letters_of_ocr",
            r"select industry_id, name_en from {batch} where regexp_matches(name_en, '\b[a-z]+[A-Z]{{2,}}\b')",
            "No name carries letters that OCR glued to it, such as 'fJI'.",
        ),
        no_rows(
            "is_referred_to",
            """
            select industry_id, name_en from {batch}
            where industry_id not in (
                select industry_id from marts.fct_cluster_listings where industry_id is not null
                union select industry_id from marts.dim_clusters where industry_id is not null
            )
            """,
            "Industries are those of the clusters that sources name.",
        ),
        text_is_clean(("industry_id", "name_en"), ("name_en", "name_zh", "isic4_title")),
    ),
)
