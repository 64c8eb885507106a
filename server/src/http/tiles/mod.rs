//! Vector tiles and their descriptions.

pub(super) mod cells;
pub(super) mod neighbourhoods;
pub(super) mod supports;

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::AppState;
use super::etag::is_known;
use super::geojson::{JSON, public};
use crate::live::{LiveCommunity, Tile};

/// The deepest tiles; maps zoom on from there by enlarging them, which shows one unit of a tile at zoom 14
/// as 60 cm on the ground at Estonia's latitude: nothing is lost.
pub(super) const MAX_ZOOM: u8 = 14;

/// A tile, or 204 where there is nothing.
fn answer(tile: &Tile, request: &HeaderMap) -> Response {
    let etag = [(header::ETAG, tile.etag.clone())];
    if is_known(request, &tile.etag) {
        (StatusCode::NOT_MODIFIED, etag).into_response()
    } else if tile.bytes.is_empty() {
        (StatusCode::NO_CONTENT, etag).into_response()
    } else {
        let content = [(header::CONTENT_TYPE, "application/vnd.mapbox-vector-tile")];
        (etag, content, tile.bytes.clone()).into_response()
    }
}

/// The description of a tile set: TileJSON 3.0 with one layer, whose fields are given with what they hold.
fn tilejson(
    state: &AppState,
    community: &LiveCommunity,
    path: &str,
    layer: &str,
    fields: &Value,
    request: &HeaderMap,
) -> Response {
    let info = community.info();
    let (url, id) = (&state.config.public_url, community.id());
    let mut description = json!({
        "tilejson": "3.0.0", "name": format!("{}: {layer}", info.title), "scheme": "xyz",
        "tiles": [format!("{url}/tiles/{id}/{path}/{{z}}/{{x}}/{{y}}")],
        "minzoom": 0, "maxzoom": MAX_ZOOM,
        "vector_layers": [{"id": layer, "minzoom": 0, "maxzoom": MAX_ZOOM, "fields": fields}],
    });
    if let Some(bounds) = info.bounds {
        description["bounds"] = json!(bounds.to_array());
    }
    if let Some(attribution) = community.directory().attribution {
        description["attribution"] = json!(attribution);
    }
    public(request, JSON, &description)
}
