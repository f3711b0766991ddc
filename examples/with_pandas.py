"""A release in pandas: tables by SQL through DuckDB, the map layer as JSON, the spreadsheet as it is.

Run: `python examples/with_pandas.py [RELEASE]`; the release is `warehouse/current` where none is named. Needs: duckdb, pandas, openpyxl.
With pyarrow installed, `pd.read_parquet(release / "parquet" / "marts.clusters.parquet")` reads a table without DuckDB.
"""

import json
import sys
from pathlib import Path

import duckdb
import pandas as pd

release = Path(sys.argv[1] if len(sys.argv) > 1 else "warehouse/current")

with duckdb.connect(str(release / "jiqun.duckdb"), read_only=True) as jiqun:
    clusters = jiqun.sql("from marts.clusters").df()
    statistics = jiqun.sql("from marts.fct_statistics").df()

print(clusters.groupby("isic4_title").size().sort_values(ascending=False, kind="stable").head())
# "over 6,000" and "nearly half" are not 6,000 and 50: the qualifier belongs to the figure.
print(statistics[["subject_name", "measure", "qualifier", "value", "unit"]].to_string(index=False))

features = json.loads((release / "clusters.geojson").read_text(encoding="utf-8"))["features"]
print(pd.json_normalize(features)[["id", "properties.name", "geometry.coordinates"]].head())

provinces = pd.read_excel(release / "jiqun.xlsx", sheet_name="dim_provinces", dtype={"province_code_gb2260": str})
print(provinces[["province_code_gb2260", "name_en", "name_zh"]].head())
