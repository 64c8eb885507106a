//! `GET /api/communities/{c}/access.gpkg`

use axum::extract::{RawQuery, State};
use axum::response::Response;

use super::show::{AccessParams, answer};
use crate::export::{self, Format};
use crate::http::AppState;
use crate::http::api::export::{Kind, send, take_areas};
use crate::http::extract::{InCommunity, StrictQuery};
use crate::http::problem::{Problem, PublicProblems};

/// Takes home how residents of each neighbourhood reach supports, as a GeoPackage: the numbers of `access` with the
/// neighbourhoods' outlines, and how they were worked out and whom to credit in its metadata.
#[utoipa::path(get, path = "/api/communities/{c}/access.gpkg", tag = "access",
    params(("c" = String, Path, description = "the community"), AccessParams),
    responses((status = 200, description = "the file", content(("application/geopackage+sqlite3"))), PublicProblems))]
pub async fn download_access(
    InCommunity(community): InCommunity,
    State(state): State<AppState>,
    StrictQuery(asked): StrictQuery<AccessParams>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let found = answer(&community, asked, &state).await?;
    let mut found = serde_json::to_value(found).map_err(|e| Problem::internal(e.to_string()))?;
    let items = take_areas(&mut found, &community.neighbourhoods());
    let (credit, now) = (community.directory().attribution, state.core.ambient.now());
    let table = export::access::table(&community.info(), &found, query, items, credit, now);
    send(Kind::Table(Format::Gpkg), table, false).await
}
