//! The published table of cells, read out of every form in which it is given.

use std::collections::BTreeMap;

use geo::{Coord, LineString, MultiPolygon, Polygon};
use mvt_reader::Reader;
use mvt_reader::feature::{Feature, Value as Attribute};
use serde_json::Value;
use sqlx::{Connection as _, Row as _, SqliteConnection};

use crate::test_app::TestApp;

/// The published number of people by cell.
pub type People = BTreeMap<String, i64>;

/// The table as anybody downloads it, with the outline of each cell.
pub async fn downloaded(app: &TestApp) -> (People, BTreeMap<String, MultiPolygon>) {
    let file = app.get("releases/latest/download.geojson").await.json();
    let (people, cells) = (of_features(&file), cells_of(&file));
    let outlines = cells.map(|f| (unit(f).to_owned(), outline(&f["geometry"]))).collect();
    (people, outlines)
}

/// The cells of a collection of features; some forms hold the neighbourhoods, too.
fn cells_of(collection: &Value) -> impl Iterator<Item = &Value> {
    let features = collection["features"].as_array().unwrap_or_else(|| panic!("no features: {collection}"));
    features.iter().filter(|f| f["properties"].get("units").is_none_or(|units| units == "cells"))
}

fn unit(feature: &Value) -> &str {
    feature["properties"]["unit"].as_str().unwrap()
}

/// The numbers of `GeoJSON`: `people`, or `value` where there is no other number.
pub fn of_features(collection: &Value) -> People {
    let number = |f: &Value| {
        let said = &f["properties"];
        said.get("people").unwrap_or(&said["value"]).as_i64().unwrap_or_else(|| panic!("{said}"))
    };
    cells_of(collection).map(|f| (unit(f).to_owned(), number(f))).collect()
}

/// The numbers of CSV, whose first columns hold no quotes.
pub fn of_csv(text: &str) -> People {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let at = |name: &str| header.iter().position(|column| *column == name).expect("the column");
    let (unit, units, people) = (at("unit"), at("units"), at("people"));
    lines
        .map(|line| line.split(',').collect::<Vec<_>>())
        .filter(|row| row.get(units) == Some(&"cells"))
        .map(|row| (row[unit].to_owned(), row[people].parse().unwrap()))
        .collect()
}

/// The numbers of a `GeoPackage`.
pub async fn of_geopackage(bytes: &[u8]) -> People {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("release.gpkg");
    std::fs::write(&file, bytes).unwrap();
    let mut package = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
    let name: String =
        sqlx::query_scalar("SELECT table_name FROM gpkg_contents").fetch_one(&mut package).await.unwrap();
    let cells = format!("SELECT unit, people FROM \"{name}\" WHERE units = 'cells'");
    let rows = sqlx::query(sqlx::AssertSqlSafe(cells)).fetch_all(&mut package).await.unwrap();
    rows.iter().map(|row| (row.get("unit"), row.get("people"))).collect()
}

/// The features of the only layer of a tile, none where there is nothing.
pub fn features_of_tile(bytes: &[u8]) -> Vec<Feature> {
    if bytes.is_empty() {
        return Vec::new();
    }
    let reader = Reader::new(bytes.to_vec()).expect("protobuf");
    assert_eq!(reader.get_layer_metadata().expect("layers").len(), 1);
    reader.get_features(0).expect("features")
}

/// The numbers of a tile.
pub fn of_tile(bytes: &[u8]) -> People {
    features_of_tile(bytes)
        .into_iter()
        .map(|feature| {
            let said = feature.properties.expect("attributes");
            match (&said["unit"], &said["value"]) {
                (Attribute::String(unit), Attribute::Double(value)) => (unit.clone(), whole(*value)),
                other => panic!("{other:?}"),
            }
        })
        .collect()
}

#[expect(clippy::cast_possible_truncation, reason = "a published number is whole and small")]
fn whole(value: f64) -> i64 {
    assert!(value.fract().abs() < f64::EPSILON, "{value}");
    value as i64
}

fn outline(geometry: &Value) -> MultiPolygon {
    let array = |value: &Value| value.as_array().unwrap_or_else(|| panic!("{value}")).clone();
    let coord = |p: &Value| Coord { x: p[0].as_f64().unwrap(), y: p[1].as_f64().unwrap() };
    let ring = |ring: &Value| LineString::new(array(ring).iter().map(coord).collect());
    let polygon = |rings: &Value| {
        let mut rings = array(rings).iter().map(ring).collect::<Vec<_>>().into_iter();
        Polygon::new(rings.next().expect("an outline"), rings.collect())
    };
    match geometry["type"].as_str() {
        Some("Polygon") => MultiPolygon::new(vec![polygon(&geometry["coordinates"])]),
        Some("MultiPolygon") => {
            MultiPolygon::new(array(&geometry["coordinates"]).iter().map(polygon).collect())
        }
        other => panic!("an outline of type {other:?}"),
    }
}
