//! Answers about releases as GeoPackage: what is shown on the page, with the outlines.

use std::collections::HashMap;

use geo::MultiPolygon;
use serde_json::Value;

use crate::export::Answered;
use crate::http::api::export::{id_text, outlines_of};
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
        outlines_of(map)
    };
    let Value::Array(features) = answer["features"].take() else { return Vec::new() };
    let unit = |mut feature: Value| (id_text(&feature["id"]), feature["properties"].take());
    Answered::outlined(features.into_iter().map(unit), &outlines)
}
