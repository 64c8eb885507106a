//! `GET /api/communities/{c}/rhythm.gpkg`

use axum::extract::{RawQuery, State};
use axum::response::Response;

use super::rhythm::{RhythmParams, RhythmQuery, answer};
use crate::export::{self, Format};
use crate::http::AppState;
use crate::http::api::export::{Kind, send, take_areas};
use crate::http::extract::{InCommunity, StrictQuery};
use crate::http::problem::{Problem, PublicProblems};

/// Takes home the week of each neighbourhood's supports as a GeoPackage: the numbers of `rhythm` by neighbourhood with
/// their outlines, and what they mean and whom to credit in its metadata.
#[utoipa::path(get, path = "/api/communities/{c}/rhythm.gpkg", tag = "supports",
    params(("c" = String, Path, description = "the community"), RhythmParams),
    responses((status = 200, description = "the file", content(("application/geopackage+sqlite3"))), PublicProblems))]
pub async fn download_rhythm(
    InCommunity(community): InCommunity,
    State(state): State<AppState>,
    StrictQuery(asked): StrictQuery<RhythmQuery>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let found = answer(&community, asked.by_neighbourhood(), &state).await?;
    let mut found = serde_json::to_value(found).map_err(|e| Problem::internal(e.to_string()))?;
    let items = take_areas(&mut found, &community.neighbourhoods());
    let (credit, now) = (community.directory().attribution, state.core.ambient.now());
    let week = found["week"].as_str().unwrap_or_default();
    let table = export::rhythm::table(&community.info(), week, query, items, credit, now);
    send(Kind::Table(Format::Gpkg), table, false).await
}
