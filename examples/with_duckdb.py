"""A release in DuckDB: read-only, so that nothing you do can harm it, and no refresh can disturb you.

Run: `python examples/with_duckdb.py [RELEASE]`; the release is `warehouse/current` where none is named. Needs: duckdb.
"""

import sys
from pathlib import Path

import duckdb

release = Path(sys.argv[1] if len(sys.argv) > 1 else "warehouse/current")

with duckdb.connect(str(release / "jiqun.duckdb"), read_only=True) as jiqun:
    # Every table and column says what it is.
    for column, meaning in jiqun.execute("select column_name, comment from duckdb_columns() where table_name = 'clusters'").fetchall():
        print(f"{column}: {meaning}")
    jiqun.sql("select province, count(*) as clusters from marts.clusters group by all order by clusters desc, province").show()

# The Parquet files hold the same tables, for whatever reads no DuckDB file.
listings = duckdb.read_parquet(str(release / "parquet" / "marts.fct_cluster_listings.parquet"))
repaired = listings.filter("is_repaired").order("line_number")
repaired.project("line_number, province_printed, locality_printed, industry_printed").show()
