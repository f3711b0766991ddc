"""A release in Polars: lazy scans of its Parquet files.

Run: `python examples/with_polars.py [RELEASE]`; the release is `warehouse/current` where none is named. Needs: polars.
"""

import sys
from pathlib import Path

import polars as pl

release = Path(sys.argv[1] if len(sys.argv) > 1 else "warehouse/current")


def table(name: str) -> pl.LazyFrame:
    """A table of the release, read when it is collected."""
    return pl.scan_parquet(release / "parquet" / f"{name}.parquet")


listings = table("marts.fct_cluster_listings").join(table("marts.dim_provinces"), on="province_code_gb2260")
by_province = listings.group_by("name_en").agg(pl.len().alias("listings"), pl.col("is_repaired").sum().alias("repaired"))
print(by_province.sort("listings", "name_en", descending=[True, False]).collect())
