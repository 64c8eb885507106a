//! `GET /api/communities/{c}/releases/{r}/hotspots.gpkg`

use axum::extract::State;
use axum::response::Response;

use super::geopackage::take_features;
use super::hotspots::{HotspotParams, collection};
use crate::export::{self, Format};
use crate::http::AppState;
use crate::http::api::export::{Kind, send};
use crate::http::extract::{InCommunity, InRelease, StrictQuery};
use crate::http::problem::{Problem, PublicProblems, ReleaseProblems};

/// Takes one measure of a release home as a GeoPackage: the numbers of `hotspots`, with what they mean, what is promised
/// and whom to credit in its metadata.
#[utoipa::path(get, path = "/api/communities/{c}/releases/{r}/hotspots.gpkg", tag = "releases",
    params(("c" = String, Path, description = "the community"),
        ("r" = String, Path, description = "the release, or `latest`"), HotspotParams),
    responses((status = 200, description = "the file", content(("application/geopackage+sqlite3"))),
        PublicProblems, ReleaseProblems))]
pub async fn download_hotspots(
    InCommunity(community): InCommunity,
    InRelease(release): InRelease,
    StrictQuery(asked): StrictQuery<HotspotParams>,
    State(state): State<AppState>,
) -> Result<Response, Problem> {
    let mut answer = collection(&community, &release, asked, &state).await?;
    let items = take_features(&mut answer, &release, &community.neighbourhoods());
    let (credit, now) = (community.directory().attribution, state.core.ambient.now());
    let table = export::hotspots::table(&community.info(), &release, &answer, items, credit, now);
    send(Kind::Table(Format::Gpkg), table, false).await
}
