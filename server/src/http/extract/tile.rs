//! The tile in the path.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use engine::Invalid;
use engine::mercator::TileId;

use super::path_param;
use crate::http::AppState;
use crate::http::problem::Problem;

/// The tile of the path's `{z}/{x}/{y}`. Refuses with 400 for an address that no tile has.
pub struct TileAddress(pub TileId);

impl FromRequestParts<AppState> for TileAddress {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let mut numbers = [0_u32; 3];
        for (number, name) in numbers.iter_mut().zip(["z", "x", "y"]) {
            let text = path_param(parts, state, name).await?;
            let wrong = |_| Problem::bad_request(Invalid::new(name, "must be a whole number"));
            *number = text.parse().map_err(wrong)?;
        }
        let [z, x, y] = numbers;
        let tile = TileId::parse(z, x, y);
        tile.map(Self).map_err(|e| Problem::bad_request(Invalid::new("tile", e.to_string())))
    }
}
