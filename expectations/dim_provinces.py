"""What a reader of `marts.dim_provinces` may rely on."""

from expectations.shared import PROVINCES
from expectations.suite import Expectation, Suite, no_rows

_CODES = ", ".join(f"('{code}', '{iso}')" for code, (iso, *_) in PROVINCES.items())

SUITE = Suite(
    table="marts.dim_provinces",
    key=("province_code_gb2260",),
    label=("name_en",),
    expectations=(
        Expectation(
            "there_are_34", "ExpectTableRowCountToEqual", {"value": 34}, "China has 34 province-level divisions, and all are here."
        ),
        no_rows(
            "codes_belong_together",
            f"""
            select province_code_gb2260, iso_3166_2, name_en from {{batch}}
            where (province_code_gb2260, iso_3166_2) not in (select * from (values {_CODES}) as known(code, iso))
            """,
            "GB/T 2260 and ISO 3166-2 codes are those of the two standards, paired rightly.",
        ),
        no_rows(
            "types_are_as_constituted",
            """
            with constituted(type, number) as (
                values ('province', 23), ('autonomous_region', 5), ('municipality', 4), ('special_administrative_region', 2)
            ),
            counted as (select type, count(*) as number from {batch} group by type)
            select type, counted.number as found, constituted.number as constituted
            from constituted full join counted using (type)
            where counted.number is distinct from constituted.number
            """,
            "23 provinces, 5 autonomous regions, 4 municipalities, 2 special administrative regions (Constitution, articles 30 and 31).",
        ),
        no_rows(
            "named_in_both_scripts",
            r"""
            select province_code_gb2260, name_en, name_zh from {batch}
            where coalesce(not regexp_matches(name_en, '^[A-Z][A-Za-z'' ]+$') or not regexp_matches(name_zh, '^\p{{Han}}+$'), true)
            """,
            "Every province has an English name in Latin letters and a Chinese name in characters.",
        ),
        Expectation(
            "regions_are_known",
            "ExpectColumnValuesToBeInSet",
            {
                "column": "region",
                "value_set": [
                    "North China",
                    "Northeast China",
                    "East China",
                    "Central China",
                    "South China",
                    "Southwest China",
                    "Northwest China",
                ],
            },
            "Provinces are grouped into the seven customary regions.",
        ),
    ),
)
