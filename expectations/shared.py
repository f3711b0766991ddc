"""Expectations that several suites hold in the same form, and facts of geography that two suites share. Builders only."""

from collections.abc import Sequence

from expectations.suite import Expectation, no_rows

# What has no business in a name or a title: control and bidirectional characters, tags, entities, Markdown emphasis, wiki brackets.
UNCLEAN = (
    r"[\x00-\x1f\x7f-\x9f\x{{ad}}\x{{200b}}-\x{{200f}}\x{{2028}}-\x{{202e}}\x{{2060}}-\x{{2069}}\x{{feff}}]"
    r"|<[/!a-zA-Z]|&[a-zA-Z]+;|&#|\*\*|__|\[\[|\]\(|`"
)

# province code: ISO 3166-2, and south, north, west, east of its bounding box in Natural Earth 1:10m (WGS 84). Hainan's box is widened
# to the islands it administers in the South China Sea, Taiwan's to Penghu, Zhejiang's to Shengsi; all are too small for that map.
PROVINCES = {
    "110000": ("CN-BJ", 39.51, 40.94, 115.43, 117.36),
    "120000": ("CN-TJ", 38.56, 40.26, 116.71, 118.01),
    "130000": ("CN-HE", 36.08, 42.57, 113.45, 119.85),
    "140000": ("CN-SX", 34.58, 40.74, 110.25, 114.54),
    "150000": ("CN-NM", 37.4, 53.32, 97.19, 126.06),
    "210000": ("CN-LN", 38.73, 43.45, 118.86, 125.77),
    "220000": ("CN-JL", 40.86, 46.27, 121.67, 131.28),
    "230000": ("CN-HL", 43.45, 53.57, 121.17, 134.77),
    "310000": ("CN-SH", 30.69, 31.84, 120.91, 121.98),
    "320000": ("CN-JS", 30.85, 35.08, 116.38, 121.92),
    "330000": ("CN-ZJ", 27.21, 31.18, 118.0, 122.95),
    "340000": ("CN-AH", 29.41, 34.64, 114.92, 119.63),
    "350000": ("CN-FJ", 23.62, 28.33, 115.84, 120.42),
    "360000": ("CN-JX", 24.5, 30.05, 113.56, 118.45),
    "370000": ("CN-SD", 34.4, 38.27, 114.83, 122.55),
    "410000": ("CN-HA", 31.4, 36.36, 110.33, 116.64),
    "420000": ("CN-HB", 29.07, 33.27, 108.43, 116.15),
    "430000": ("CN-HN", 24.64, 30.1, 108.79, 114.23),
    "440000": ("CN-GD", 20.25, 25.51, 109.66, 117.18),
    "450000": ("CN-GX", 21.42, 26.38, 104.5, 112.05),
    "460000": ("CN-HI", 3.8, 20.11, 108.61, 117.9),
    "500000": ("CN-CQ", 28.21, 32.2, 105.29, 110.17),
    "510000": ("CN-SC", 26.08, 34.3, 97.36, 108.52),
    "520000": ("CN-GZ", 24.63, 29.18, 103.7, 109.5),
    "530000": ("CN-YN", 21.14, 29.22, 97.51, 106.19),
    "540000": ("CN-XZ", 27.32, 36.45, 78.45, 99.11),
    "610000": ("CN-SN", 31.71, 39.56, 105.5, 111.22),
    "620000": ("CN-GS", 32.61, 42.79, 92.77, 108.7),
    "630000": ("CN-QH", 31.7, 39.32, 89.43, 103.04),
    "640000": ("CN-NX", 35.27, 39.36, 104.36, 107.66),
    "650000": ("CN-XJ", 34.34, 49.17, 73.6, 96.36),
    "710000": ("CN-TW", 21.98, 25.27, 119.3, 121.9),
    "810000": ("CN-HK", 22.27, 22.56, 114.08, 114.34),
    "820000": ("CN-MO", 22.1, 22.16, 113.53, 113.57),
}


def text_is_clean(key: Sequence[str], columns: Sequence[str]) -> Expectation:
    """No control characters and no markup in these columns."""
    return no_rows(
        "text_is_clean",
        " union all ".join(
            f"select {', '.join(key)}, '{column}' as column_name, {column} as text "
            f"from {{batch}} where regexp_matches({column}, '{UNCLEAN}')"
            for column in columns
        ),
        f"No control or bidirectional character and no markup of the source in {', '.join(columns)}: what is shown is what is stored.",
    )


def quote_is_printed(key: str, *, at_span: bool = False) -> Expectation:
    """The quote stands on its line; with `at_span`, exactly where the row says."""
    found = "substr(l.text, t.char_start + 1, t.char_end - t.char_start) = t.quote" if at_span else "contains(l.text, t.quote)"
    return no_rows(
        "quote_is_printed",
        f"""
        select t.{key}, t.source_id, t.line_number, t.quote
        from {{batch}} as t
        left join audit.document_lines as l on l.source_id = t.source_id and l.line_number = t.line_number
        where coalesce(not ({found}) or trim(t.quote) = '', true)
        """,
        "Every quote is not empty and stands word for word " + ("at the span given." if at_span else "on the line given."),
    )
