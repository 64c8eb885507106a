"""Walks through an OGC API Features service as OWSLib does."""

import json
import sys
import urllib.request

from owslib.ogcapi.features import Features

base = sys.argv[1]
service = Features(base)
assert any(c.endswith("ogcapi-features-1/1.0/conf/core") for c in service.conformance()["conformsTo"])
assert service.api()["openapi"] == "3.0.3"
assert sorted(service.feature_collections()) == ["cells", "neighbourhoods", "supports"], service.feature_collections()
about = service.collection("supports")
assert about["storageCrs"].endswith("CRS84")
assert "category" in service.collection_queryables("supports")["properties"]
seen = set()
page = service.collection_items("supports", limit=500)
while True:
    seen.update(f["id"] for f in page["features"])
    after = [link["href"] for link in page["links"] if link["rel"] == "next"]
    if not after:
        break
    with urllib.request.urlopen(after[0]) as answer:
        page = json.load(answer)
assert len(seen) == page["numberMatched"]
boxed = service.collection_items("supports", bbox=[26.695, 58.375, 26.715, 58.385], limit=10000)
assert 0 < len(boxed["features"]) < len(seen)
parks = service.collection_items("supports", category="park", limit=1)
assert parks["numberMatched"] == 400, parks["numberMatched"]
filtered = service.collection_items("supports", filter="category = 'park' AND price = 'low'", limit=1)
assert filtered["numberMatched"] == 400, filtered["numberMatched"]
one = service.collection_item("supports", sorted(seen)[0])
assert one["type"] == "Feature"
neighbourhoods = service.collection_items("neighbourhoods")
print(f"{len(seen)} supports, {neighbourhoods['numberReturned']} neighbourhoods")
