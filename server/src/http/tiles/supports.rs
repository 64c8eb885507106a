//! `/tiles/{c}/supports`

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use engine::filter::SupportFilter;
use engine::mercator::TileId;
use engine::tile::supports_tile;
use serde_json::json;

use crate::http::AppState;
use crate::http::extract::{InCommunity, NoQuery, TileAddress};
use crate::live::LiveCommunity;

/// `GET /tiles/{c}/supports`
pub async fn tilejson(
    InCommunity(community): InCommunity,
    _: NoQuery,
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Response {
    let fields = json!({
        "id": "UUID", "name": "name, if it has one", "category": "category of the vocabulary",
        "price": "free, low, paid or unknown",
    });
    super::tilejson(&state, &community, "supports", "supports", &fields, &headers)
}

/// `GET /tiles/{c}/supports/{z}/{x}/{y}`
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
    let directory = community.directory();
    let made = directory.tiles.get_or_make(tile, || {
        let near = directory.index.in_bounds(tile.buffered_bounds(), &SupportFilter::default());
        supports_tile(near.iter().map(|support| &**support), tile)
    });
    super::answer(&made, headers)
}
