//! Neighbourhoods of an answer, with their outlines.

use std::collections::HashMap;

use geo::MultiPolygon;
use serde_json::Value;

use crate::export::Answered;
use crate::live::NeighbourhoodMap;

/// Takes the neighbourhoods out of an answer that lists them under that name.
pub fn take_areas(answer: &mut Value, map: &NeighbourhoodMap) -> Vec<Answered> {
    let outlines: HashMap<String, &MultiPolygon> =
        map.all.iter().map(|n| (n.id.to_string(), &n.shape)).collect();
    let Value::Array(areas) = answer["neighbourhoods"].take() else { return Vec::new() };
    let item = |properties: Value| Answered {
        shape: properties["id"].as_str().and_then(|id| outlines.get(id)).map(|shape| (*shape).clone()),
        properties,
    };
    areas.into_iter().map(item).collect()
}
