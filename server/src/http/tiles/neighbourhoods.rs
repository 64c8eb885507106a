//! `/tiles/{c}/neighbourhoods`

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use engine::mercator::TileId;
use engine::tile::neighbourhoods_tile;
use serde_json::json;

use crate::http::AppState;
use crate::http::extract::{InCommunity, NoQuery, TileAddress};
use crate::live::LiveCommunity;

/// `GET /tiles/{c}/neighbourhoods`
pub async fn tilejson(
    InCommunity(community): InCommunity,
    _: NoQuery,
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Response {
    let fields = json!({"id": "UUID", "name": "name"});
    super::tilejson(&state, &community, "neighbourhoods", "neighbourhoods", &fields, &headers)
}

/// `GET /tiles/{c}/neighbourhoods/{z}/{x}/{y}`
pub async fn tile(
    InCommunity(community): InCommunity,
    TileAddress(tile): TileAddress,
    _: NoQuery,
    headers: HeaderMap,
) -> Response {
    drawn(&community, tile, &headers)
}

/// The tile of a community.
pub(in crate::http) fn drawn(community: &LiveCommunity, tile: TileId, headers: &HeaderMap) -> Response {
    let map = community.neighbourhoods();
    let made = map.tiles.get_or_make(tile, || neighbourhoods_tile(map.all.iter(), tile));
    super::answer(&made, headers)
}
