//! `GET /api/communities/{c}/releases/{r}/heat.gpkg`

use axum::extract::State;
use axum::response::Response;

use super::heat::HeatParams;
use crate::export::{self, Format};
use crate::http::AppState;
use crate::http::api::export::{Kind, send};
use crate::http::extract::{InCommunity, InRelease, StrictQuery};
use crate::http::problem::{Problem, PublicProblems, ReleaseProblems};

/// Takes the smooth surface of a release home as a GeoPackage: the steps of `heat`, with what they mean, what is promised
/// and whom to credit in its metadata.
#[utoipa::path(get, path = "/api/communities/{c}/releases/{r}/heat.gpkg", tag = "releases",
    params(("c" = String, Path, description = "the community"),
        ("r" = String, Path, description = "the release, or `latest`"), HeatParams),
    responses((status = 200, description = "the file", content(("application/geopackage+sqlite3"))),
        PublicProblems, ReleaseProblems))]
pub async fn download_heat(
    InCommunity(community): InCommunity,
    InRelease(release): InRelease,
    StrictQuery(asked): StrictQuery<HeatParams>,
    State(state): State<AppState>,
) -> Result<Response, Problem> {
    asked.offered_by(&release)?;
    let now = state.core.ambient.now();
    // The first to ask waits for some million steps: not on a thread that serves others.
    let table = tokio::task::spawn_blocking(move || {
        export::heat::table(
            &community.info(),
            &release,
            asked.bandwidth,
            community.directory().attribution,
            now,
        )
    })
    .await
    .map_err(|error| Problem::internal(error.to_string()))?;
    send(Kind::Table(Format::Gpkg), table, false).await
}
