//! Neighbourhoods from GeoJSON polygons; what is invalid is repaired when that is safe, else skipped by name.

use std::collections::HashSet;

use engine::NeighbourhoodId;
use engine::neighbourhood::Neighbourhood;
use geo::{Area, BooleanOps, Geometry, MultiPolygon, Orient, Validation, orient::Direction};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::geojson::{Feature, features};
use super::{ImportError, Report, osm_tags};

/// Properties that hold a name in the boundary files of many countries, in any case; of those that tell equally
/// many features apart the first one counts. Estonian settlement units have their own name in `ANIMI` and
/// their municipality's in `ONIMI`.
const NAME_FIELDS: [&str; 16] = [
    "name",
    "neighbourhood",
    "neighborhood",
    "district",
    "animi",
    "nimi",
    "linnaosa",
    "asum",
    "navn",
    "bydelsnavn",
    "bydel",
    "grunnkretsnavn",
    "kommunenavn",
    "onimi",
    "title",
    "label",
];
/// Properties that hold an identifier, in any case, for features that have none of their own.
const ID_FIELDS: [&str; 7] =
    ["@id", "osm_id", "akood", "bydelsnummer", "kommunenummer", "grunnkretsnummer", "id"];
/// Properties that hold the number of residents, in any case.
pub(super) const POPULATION_FIELDS: [&str; 6] =
    ["population", "residents", "rahvaarv", "elanikke", "innbyggere", "folketall"];
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
    let source_ids = source_ids(&features);
    let population_field = POPULATION_FIELDS.iter().find_map(|usual| spelt(&features, usual));
    let mut names = HashSet::new();
    let mut found = Vec::new();
    for (i, (feature, source_id)) in features.into_iter().zip(source_ids).enumerate() {
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
                let population =
                    population_field.as_ref().and_then(|field| residents(feature.properties.get(field)?));
                let id = NeighbourhoodId(new_id());
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
    let named = |field: &String| {
        features.iter().filter_map(|f| name(&f.properties, field)).collect::<HashSet<_>>().len()
    };
    let fields: Vec<String> = NAME_FIELDS.iter().filter_map(|usual| spelt(features, usual)).collect();
    // `max_by_key` takes the last of equals; reversed, that is the first of the list.
    fields.into_iter().rev().max_by_key(named).filter(|field| named(field) > 0)
}

/// A usual property's name as the file spells it, if a feature has it.
fn spelt(features: &[Feature], usual: &str) -> Option<String> {
    features.iter().flat_map(|f| f.properties.keys()).find(|key| key.to_lowercase() == usual).cloned()
}

/// The identifier of every feature: its own, or that of a property; none at all unless every feature has one
/// and no two have the same, because two records of one identifier would be taken for one.
fn source_ids(features: &[Feature]) -> Vec<Option<String>> {
    let telling = |ids: Vec<Option<String>>| {
        let different: HashSet<&String> = ids.iter().flatten().collect();
        (different.len() == ids.len()).then_some(ids)
    };
    let own = features.iter().map(|f| f.id.as_deref().and_then(osm_tags::clean)).collect();
    let by_property = |usual: &&str| {
        let field = spelt(features, usual)?;
        telling(features.iter().map(|f| identifier(f.properties.get(&field)?)).collect())
    };
    telling(own).or_else(|| ID_FIELDS.iter().find_map(by_property)).unwrap_or(vec![None; features.len()])
}

fn identifier(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => osm_tags::clean(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A number of people; also one written as text, as many exports do.
fn residents(value: &Value) -> Option<u32> {
    match value {
        Value::Number(number) => u32::try_from(number.as_u64()?).ok(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn neighbourhoods(features: &[&str]) -> Vec<Neighbourhood> {
        let shape = r#"{"type":"Polygon","coordinates":[[[26,58],[27,58],[27,59],[26,58]]]}"#;
        let features: Vec<String> = features
            .iter()
            .map(|properties| format!(r#"{{"type":"Feature","properties":{properties},"geometry":{shape}}}"#))
            .collect();
        let json = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
        read(json.as_bytes(), None, Uuid::nil, &mut Report::default()).unwrap()
    }

    #[test]
    fn a_settlement_has_its_own_name_and_not_its_municipalitys() {
        let found = neighbourhoods(&[
            r#"{"ONIMI":"Tartu linn","ANIMI":"Karlova","AKOOD":"3213","Rahvaarv":"9012"}"#,
            r#"{"ONIMI":"Tartu linn","ANIMI":"Ülejõe","AKOOD":"8151","Rahvaarv":7880}"#,
        ]);
        let seen: Vec<_> =
            found.iter().map(|n| (n.name.as_str(), n.source_id.as_deref(), n.population)).collect();
        assert_eq!(seen, [("Karlova", Some("3213"), Some(9_012)), ("Ülejõe", Some("8151"), Some(7_880))]);
    }

    #[test]
    fn identifiers_that_are_not_different_are_not_used() {
        let found = neighbourhoods(&[r#"{"name":"A","id":1}"#, r#"{"name":"B","id":1}"#]);
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|n| n.source_id.is_none()));
    }
}
