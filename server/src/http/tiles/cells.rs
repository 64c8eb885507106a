//! `/tiles/{c}/releases/{r}/cells`

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use engine::mercator::TileId;
use engine::tile::{Attribute, Value, polygons_tile};
use serde_json::json;

use crate::http::AppState;
use crate::http::extract::{InCommunity, InRelease, NoQuery, TileAddress};
use crate::live::LiveRelease;

/// `GET /tiles/{c}/releases/{r}/cells`
pub async fn tilejson(
    InCommunity(community): InCommunity,
    InRelease(release): InRelease,
    _: NoQuery,
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Response {
    let fields = json!({
        "unit": "H3 index", "value": "noisy number of people", "low": "lower end of its 90 % interval",
        "high": "upper end", "class": "hot99 to cold99, none or not_enough", "z": "Gi*, if enough",
        "q": "after Benjamini-Hochberg, if enough",
    });
    let path = format!("releases/{}/cells", release.stored.id);
    super::tilejson(&state, &community, &path, "cells", &fields, &headers)
}

/// `GET /tiles/{c}/releases/{r}/cells/{z}/{x}/{y}`
pub async fn tile(
    InRelease(release): InRelease,
    TileAddress(tile): TileAddress,
    _: NoQuery,
    headers: HeaderMap,
) -> Response {
    drawn(&release, tile, &headers)
}

/// The tile of a release.
pub(in crate::http) fn drawn(release: &LiveRelease, tile: TileId, headers: &HeaderMap) -> Response {
    let made = release.tiles.get_or_make(tile, || draw(release, tile));
    super::answer(&made, headers)
}

fn draw(release: &LiveRelease, tile: TileId) -> Option<Vec<u8>> {
    let units: Vec<String> = release.cells.rows.iter().map(|row| row.unit.to_string()).collect();
    let polygons =
        release.cells.rows.iter().zip(&units).zip(&release.outlines).map(|((row, unit), outline)| {
            let mut attributes: Vec<Attribute<'_>> = vec![
                ("unit", unit.as_str().into()),
                ("value", Value::Number(row.value)),
                ("low", Value::Number(row.low)),
                ("high", Value::Number(row.high)),
                ("class", row.class.as_str().into()),
            ];
            attributes.extend(row.z.map(|z| ("z", Value::Number(z))));
            attributes.extend(row.q.map(|q| ("q", Value::Number(q))));
            (outline, attributes)
        });
    polygons_tile("cells", polygons, tile)
}
