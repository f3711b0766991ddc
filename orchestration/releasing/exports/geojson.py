"""The clusters of a release as GeoJSON (RFC 7946), for maps: one feature per row of `marts.clusters`, in the order of its Parquet file."""

from pathlib import Path
from typing import Any

import duckdb
import orjson

from orchestration.common.sql import literal
from orchestration.releasing.exports.citing import TITLE

GEOJSON = "clusters.geojson"
_ABOUT = (
    "A point is the seat of the most specific place known of the cluster, for orientation only; a town takes its county's. "
    "The geometry is null where a source names a province only."
)
_ROWS_AT_ONCE = 2000


def write_geojson(folder: Path, release_id: str, citation: str) -> None:
    """Write `clusters.geojson` into a release folder that has its Parquet files. One line a feature, for `diff`."""
    head = {"type": "FeatureCollection", "title": TITLE, "release_id": release_id, "description": _ABOUT, "citation": citation}
    with duckdb.connect() as connection, (folder / GEOJSON).open("wb") as file:
        clusters = connection.execute(f"from read_parquet({literal(folder / 'parquet' / 'marts.clusters.parquet')})")
        columns = [name for name, *_ in clusters.description or ()]
        file.write(orjson.dumps(head)[:-1] + b',"features":[')
        separator = b"\n"
        while rows := clusters.fetchmany(_ROWS_AT_ONCE):
            for row in rows:
                file.write(separator + orjson.dumps(_feature(dict(zip(columns, row, strict=True)))))
                separator = b",\n"
        file.write(b"\n]}\n")


def _feature(cluster: dict[str, Any]) -> dict[str, Any]:
    latitude, longitude = cluster.pop("latitude"), cluster.pop("longitude")
    is_located = latitude is not None and longitude is not None
    return {
        "type": "Feature",
        "id": cluster["cluster_id"],
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]} if is_located else None,
        "properties": cluster,
    }
