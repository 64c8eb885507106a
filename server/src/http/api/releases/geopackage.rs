//! Answers about releases as GeoPackage: what is shown on the page, with the outlines.

use std::collections::HashMap;

use geo::MultiPolygon;
use serde_json::Value;

use crate::export::Answered;
use crate::live::{LiveRelease, NeighbourhoodMap};

/// Takes the features out of an answer, each with its outline.
pub(super) fn take_features(
    answer: &mut Value,
    release: &LiveRelease,
    map: &NeighbourhoodMap,
) -> Vec<Answered> {
    let outlines: HashMap<String, &MultiPolygon> = if answer["units"] == "cells" {
        release.cells.rows.iter().map(|row| row.unit.to_string()).zip(&release.outlines).collect()
    } else {
        map.all.iter().map(|n| (n.id.to_string(), &n.shape)).collect()
    };
    let Value::Array(features) = answer["features"].take() else { return Vec::new() };
    let item = |mut feature: Value| Answered {
        shape: feature["id"].as_str().and_then(|unit| outlines.get(unit)).map(|shape| (*shape).clone()),
        properties: feature["properties"].take(),
    };
    features.into_iter().map(item).collect()
}
