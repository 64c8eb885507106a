//! Neighbourhoods of an answer, with their outlines.

use std::collections::HashMap;

use geo::MultiPolygon;
use serde_json::Value;

use crate::export::Answered;
use crate::live::NeighbourhoodMap;

/// Takes the neighbourhoods out of an answer that lists them under that name.
pub fn take_areas(answer: &mut Value, map: &NeighbourhoodMap) -> Vec<Answered> {
    let Value::Array(areas) = answer["neighbourhoods"].take() else { return Vec::new() };
    let area = |properties: Value| (id_text(&properties["id"]), properties);
    Answered::outlined(areas.into_iter().map(area), &outlines_of(map))
}

/// The outlines of all neighbourhoods by their ids.
pub fn outlines_of(map: &NeighbourhoodMap) -> HashMap<String, &MultiPolygon> {
    map.all.iter().map(|n| (n.id.to_string(), &n.shape)).collect()
}

/// An id as text.
pub fn id_text(id: &Value) -> String {
    id.as_str().unwrap_or_default().to_owned()
}
