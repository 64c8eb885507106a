"""Reads GeoParquet with geopandas and writes GeoJSON; checks the metadata on the way."""

import json
import sys

import geopandas
import pyarrow.parquet

path = sys.argv[1]
metadata = pyarrow.parquet.read_schema(path).metadata
geo = json.loads(metadata[b"geo"])
assert geo["version"] == "1.1.0" and geo["columns"]["geometry"]["encoding"] == "WKB", geo
book = json.loads(metadata[b"codebook"])
frame = geopandas.read_parquet(path)
assert len(frame) == book["rows"] and frame.crs.to_string() == "OGC:CRS84", frame.crs
assert [c["name"] for c in book["columns"]] + ["geometry"] == list(frame.columns)
sys.stdout.write(frame.to_json(drop_id=True, na="null", default=str))
