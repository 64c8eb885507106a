//! Neighbourhoods from GeoJSON polygons; what is invalid is repaired when that is safe, else skipped by name.

use std::collections::HashSet;

use engine::NeighbourhoodId;
use engine::neighbourhood::Neighbourhood;
use geo::{Area, BooleanOps, Geometry, MultiPolygon, Orient, Validation, orient::Direction};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::geojson::{Feature, features};
use super::{ImportError, Report, osm_tags};

/// Properties that hold a name in the boundary files of many countries, tried in this order.
const NAME_FIELDS: [&str; 13] = [
    "name",
    "NIMI",
    "nimi",
    "ONIMI",
    "navn",
    "Name",
    "NAME",
    "bydelsnavn",
    "kommunenavn",
    "neighborhood",
    "neighbourhood",
    "title",
    "label",
];
/// How much of its area a repair may change.
const SAFE_CHANGE: f64 = 0.01;

/// Reads the neighbourhoods of a file.
///
/// # Errors
/// When the file is not GeoJSON, or no feature has a name.
pub fn read(
    text: &[u8],
    name_field: Option<&str>,
    mut new_id: impl FnMut() -> Uuid,
    report: &mut Report,
) -> Result<Vec<Neighbourhood>, ImportError> {
    let features = features(text)?;
    let field = match name_field {
        Some(field) => field.to_owned(),
        None => guess_name_field(&features).unwrap_or_else(|| "name".to_owned()),
    };
    if !features.is_empty() && features.iter().all(|f| name(&f.properties, &field).is_none()) {
        return Err(ImportError::Broken(format!(
            "no feature has a name in {field:?}: say which with --name-field"
        )));
    }
    let mut names = HashSet::new();
    let mut found = Vec::new();
    for (i, feature) in features.into_iter().enumerate() {
        report.read += 1;
        let Some(name) = name(&feature.properties, &field) else {
            report.skip(format!("features[{i}]"), "has no name");
            continue;
        };
        let shape = match feature.geometry {
            Some(Geometry::Polygon(p)) => MultiPolygon(vec![p]),
            Some(Geometry::MultiPolygon(m)) => m,
            _ => {
                report.skip(name, "is no polygon");
                continue;
            }
        };
        let name = unlike(&name, &mut names);
        match repaired(&shape) {
            Some((shape, touched)) => {
                if touched {
                    report.repaired.push(name.clone());
                }
                let population = ["population", "rahvaarv", "innbyggere"].iter().find_map(|key| {
                    feature.properties.get(*key).and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok())
                });
                let id = NeighbourhoodId(new_id());
                let source_id = feature.id.as_deref().and_then(osm_tags::clean);
                found.push(Neighbourhood { id, name, source_id, population, shape });
            }
            None => report.skip(name, "its outline is invalid and cannot be repaired safely"),
        }
    }
    Ok(found)
}

/// The name, with a number behind it if the file has used it before.
fn unlike(name: &str, used: &mut HashSet<String>) -> String {
    let numbered = (2..).map(|n| format!("{name} ({n})"));
    let free = std::iter::once(name.to_owned()).chain(numbered).find(|name| !used.contains(name));
    let free = free.expect("there are more numbers than features");
    used.insert(free.clone());
    free
}

fn guess_name_field(features: &[Feature]) -> Option<String> {
    // Different names, that is: a file may name the municipality, too, and the same one on every feature.
    let named = |field: &str| {
        features.iter().filter_map(|f| name(&f.properties, field)).collect::<HashSet<_>>().len()
    };
    // `max_by_key` takes the last of equals; reversed, that is the first of the list.
    let field = NAME_FIELDS.iter().rev().max_by_key(|field| named(field))?;
    (named(field) > 0).then(|| (*field).to_owned())
}

fn name(properties: &Map<String, Value>, field: &str) -> Option<String> {
    properties.get(field)?.as_str().and_then(osm_tags::clean).filter(|name| name.chars().count() <= 200)
}

/// The shape with exterior rings counterclockwise, and whether it had to be repaired: by uniting it with
/// itself, which resolves touching and crossing rings. `None` when that changes its area noticeably.
fn repaired(shape: &MultiPolygon) -> Option<(MultiPolygon, bool)> {
    if shape.is_valid() {
        return (shape.unsigned_area() > 0.0).then(|| (shape.orient(Direction::Default), false));
    }
    let before = shape.unsigned_area();
    let united = shape.union(&MultiPolygon::new(Vec::new()));
    let safe = (united.unsigned_area() / before - 1.0).abs() <= SAFE_CHANGE;
    (before > 0.0 && united.is_valid() && safe).then(|| (united.orient(Direction::Default), true))
}
