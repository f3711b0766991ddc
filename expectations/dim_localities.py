"""What a reader of `marts.dim_localities` may rely on."""

from expectations.shared import PROVINCES, text_is_clean
from expectations.suite import Expectation, Suite, no_rows

# Hainan was a part of Guangdong until 1988, Chongqing of Sichuan until 1997.
_PARTED = (("440000", "460000", 1988), ("510000", "500000", 1997))
_BOXES = ", ".join(f"('{code}', {south}, {north}, {west}, {east})" for code, (_, south, north, west, east) in PROVINCES.items())
_ONCE = ", ".join(f"('{code}', '{part}', {year})" for code, part, year in _PARTED)

SUITE = Suite(
    table="marts.dim_localities",
    key=("locality_id",),
    label=("name_en", "name_zh"),
    expectations=(
        no_rows(
            "lies_in_its_province",
            f"""
            select t.locality_id, t.name_en, t.province_code_gb2260, t.latitude, t.longitude
            from {{batch}} as t
            left join (values {_ONCE}) as once(code, part, year) on once.code = t.province_code_gb2260 and t.valid_to < once.year
            left join (values {_BOXES}) as box(code, south, north, west, east) on box.code in (t.province_code_gb2260, once.part)
            group by all having t.latitude is not null and t.longitude is not null and coalesce(not bool_or(
                t.latitude between box.south - 0.1 and box.north + 0.1
                and t.longitude between box.west - 0.1 and box.east + 0.1
            ), true)
            """,
            "Every coordinate lies in the bounding box of its province (Natural Earth 1:10m, widened by 0.1 degrees, about 11 km: the "
            "generalisation of that map; of its time: Chongqing lay in Sichuan), and so in China.",
            examined="select 1 from {batch} where latitude is not null",
        ),
        no_rows(
            "coordinates_are_pairs",
            "select locality_id, name_en, latitude, longitude from {batch} where (latitude is null) <> (longitude is null)",
            "A locality has both coordinates or none.",
        ),
        Expectation(
            "located",
            "ExpectColumnValuesToNotBeNull",
            {"column": "latitude"},
            "Every locality can be put on a map.",
            severity="warning",
        ),
        no_rows(
            "codes_nest",
            """
            select locality_id, name_en, province_code_gb2260, prefecture_code_gb2260, county_code_gb2260 from {batch}
            where substr(prefecture_code_gb2260, 1, 2) <> substr(province_code_gb2260, 1, 2)
               or substr(county_code_gb2260, 1, 2) <> substr(province_code_gb2260, 1, 2)
               or substr(county_code_gb2260, 1, 4) <> substr(prefecture_code_gb2260, 1, 4) and substr(county_code_gb2260, 3, 2) <> '90'
            """,
            "A county's code begins like its prefecture's, and both begin like their province's; GB/T 2260 gives counties directly under a "
            "province codes of their own (xx90xx), also where a prefecture looks after them, as 339001 Yuyao in 1990.",
        ),
        no_rows(
            "level_has_its_codes",
            """
            select locality_id, name_en, level, prefecture_code_gb2260, county_code_gb2260 from {batch}
            where level = 'prefecture' and (prefecture_code_gb2260 is null or county_code_gb2260 is not null)
               or level = 'county' and (county_code_gb2260 is null or county_name_en is null)
               or level = 'town' and coalesce(county_code_gb2260, prefecture_code_gb2260) is null
            """,
            "A prefecture has its code and no county's, a county its own, a town that of the county or prefecture it lies in.",
        ),
        no_rows(
            "successor_is_known",
            """
            select locality_id, name_en, county_code_gb2260 from {batch}
            where county_code_gb2260 is not null and current_county_code_gb2260 is null
            """,
            "Beside a county's code of its time stands the code that its area has today.",
            examined="select 1 from {batch} where county_code_gb2260 is not null",
        ),
        no_rows(
            "named_in_both_scripts",
            r"""
            select locality_id, name_en, name_zh from {batch}
            where coalesce(not regexp_matches(name_en, '^[A-Z][^\p{{Han}}]*$') or not regexp_matches(name_zh, '\p{{Han}}'), true)
               or regexp_matches(name_zh, '[a-z]')
            """,
            "Every locality has an English name without characters and a Chinese name without Latin letters.",
        ),
        no_rows(
            "no_letters_of_ocr",
            r"select locality_id, name_en from {batch} where regexp_matches(name_en, '[a-z][A-Z]|\b[A-Z]{{2,}}\b')",
            "No name carries letters that OCR glued to it, such as 'Dezhou fJI' or 'Rizhao OM'.",
        ),
        no_rows(
            "periods_are_ordered",
            "select locality_id, name_en, valid_from, valid_to from {batch} where valid_from > valid_to",
            "A code, name and parent begin to be valid before they end.",
        ),
        no_rows(
            "is_referred_to",
            """
            select locality_id, name_en from {batch}
            where locality_id not in (
                select locality_id from marts.fct_cluster_listings where locality_id is not null
                union select locality_id from marts.fct_statistics where locality_id is not null
                union select locality_id from marts.dim_clusters where locality_id is not null
                union select locality_id from marts.bridge_clusters_localities
            )
            """,
            "Localities are those that a source refers to, not the whole gazetteer.",
        ),
        text_is_clean(("locality_id", "name_en"), ("name_en", "name_zh", "prefecture_name_en", "county_name_en")),
    ),
)
