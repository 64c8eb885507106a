//! Districts of real points, against an independent implementation (shapely 2.2, GEOS).
//!
//! The reference data is not part of the repository: it lies in `shared/data` beside one of the directories
//! above this package.

use std::fs;
use std::path::{Path, PathBuf};

use engine::neighbourhood::{Neighbourhood, Neighbourhoods};
use engine::{LonLat, NeighbourhoodId};
use geo::{LineString, MultiPolygon, Polygon};
use serde_json::Value;

fn shared_data() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.ancestors().map(|dir| dir.join("shared/data")).find(|dir| dir.is_dir()).unwrap_or_else(|| {
        panic!(
            "no directory shared/data beside {} or one above it: the reference data is missing",
            package.display()
        )
    })
}

fn read(path: &str) -> Value {
    let path = shared_data().join(path);
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a JSON list")
}

fn degrees(position: &Value) -> (f64, f64) {
    (position[0].as_f64().expect("a longitude"), position[1].as_f64().expect("a latitude"))
}

fn polygon(rings: &Value) -> Polygon {
    let mut rings = list(rings).iter().map(|ring| list(ring).iter().map(degrees).collect::<LineString>());
    Polygon::new(rings.next().expect("an exterior"), rings.collect())
}

fn shape(geometry: &Value) -> MultiPolygon {
    let coordinates = &geometry["coordinates"];
    match geometry["type"].as_str() {
        Some("Polygon") => MultiPolygon(vec![polygon(coordinates)]),
        Some("MultiPolygon") => MultiPolygon(list(coordinates).iter().map(polygon).collect()),
        other => panic!("a district is a polygon, not {other:?}"),
    }
}

#[test]
fn each_of_the_1950_tartu_points_is_in_the_district_that_shapely_finds() {
    let districts = read("boundaries/tartu-linnaosad.geojson");
    let neighbourhoods =
        Neighbourhoods::new(list(&districts["features"]).iter().zip(0..).map(|(f, i)| Neighbourhood {
            id: NeighbourhoodId(uuid::Uuid::from_u128(i)),
            name: f["properties"]["name"].as_str().expect("a district has a name").to_owned(),
            source_id: None,
            population: None,
            shape: shape(&f["geometry"]),
        }));
    let expected = &read("expected/point-in-polygon-tartu.json")["assignment"];
    let points = read("osm/tartu-poi-points-unnamed.geojson");
    let mut wrong = Vec::new();
    let mut outside = 0;
    for feature in list(&points["features"]) {
        let id = feature["id"].as_str().expect("a point has an id");
        let (lon, lat) = degrees(&feature["geometry"]["coordinates"]);
        let found = neighbourhoods.find(LonLat::new(lon, lat).expect("a point is on earth"));
        let name = found.map(|(_, n)| n.name.as_str());
        outside += usize::from(name.is_none());
        // No point is in two districts, so the list of districts has one name or none.
        if expected[id][0].as_str() != name {
            wrong.push(format!("{id}: {name:?} instead of {}", expected[id]));
        }
    }
    assert_eq!(list(&points["features"]).len(), 1950);
    assert_eq!(outside, 4);
    assert!(wrong.is_empty(), "{wrong:#?}");
}
