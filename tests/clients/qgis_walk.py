"""Opens the made-up town in QGIS without a screen: the live collections, a filter, a reprojection, and an exported file.

Usage: qgis_walk.py URL SUPPORTS. `SUPPORTS` is how many there are by the interface itself.
"""

import os
import sys
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory

from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsFeatureRequest, QgsProject, QgsVectorLayer

url, supports = sys.argv[1], int(sys.argv[2])
QgsApplication.setPrefixPath("/usr", True)
application = QgsApplication([], False)
application.initQgis()


def opened(source, name, provider):
    layer = QgsVectorLayer(source, name, provider)
    assert layer.isValid(), f"{name}: {layer.error().summary()}"
    return layer


def live(name, condition=""):
    return opened(f"url='{url}/ogc/kaldavere' typename='{name}' pagingEnabled='true' pageSize='100'" + (f" sql={condition}" if condition else ""), name, "OAPIF")


everything = live("supports")
features = list(everything.getFeatures())
assert len(features) == supports, f"{len(features)} supports in QGIS, {supports} by the interface"
names = {field.name() for field in everything.fields()}
assert {"name", "category", "price", "opening_hours"} <= names, names

libraries = [f for f in everything.getFeatures(QgsFeatureRequest().setFilterExpression("\"category\" = 'library'"))]
assert len(libraries) == sum(f["category"] == "library" for f in features) > 0

estonia = QgsCoordinateReferenceSystem("EPSG:3301")
transform = QgsCoordinateTransform(everything.crs(), estonia, QgsProject.instance())
extent = transform.transformBoundingBox(everything.extent())
assert 0 < extent.width() < 20_000 and 0 < extent.height() < 20_000, extent.toString()

for name in ("neighbourhoods", "cells"):
    layer = live(name)
    assert sum(1 for _ in layer.getFeatures()) > 0, name

with TemporaryDirectory() as folder:
    for kind in ("gpkg", "fgb"):
        file = Path(folder) / f"supports.{kind}"
        urllib.request.urlretrieve(f"{url}/api/communities/kaldavere/export/supports.{kind}", file)
        assert opened(str(file), kind, "ogr").featureCount() == supports, kind

print(f"QGIS sees {supports} supports, {len(libraries)} of them libraries", flush=True)
# QGIS takes its layers down in an order of its own and may fall over them; everything that was asked is answered.
os._exit(0)
