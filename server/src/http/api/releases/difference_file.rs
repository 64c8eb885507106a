//! `GET /api/communities/{c}/releases/{r}/difference.gpkg`

use axum::extract::State;
use axum::response::Response;

use super::difference::{DifferenceParams, collection};
use super::geopackage::take_features;
use crate::export::{self, Format};
use crate::http::AppState;
use crate::http::api::export::{Kind, send};
use crate::http::extract::{InCommunity, InRelease, StrictQuery};
use crate::http::problem::{Problem, PublicProblems, ReleaseProblems};

/// Takes what changed between two releases home as a GeoPackage: the numbers of `difference`, with what they mean, what
/// both releases promise and whom to credit in its metadata.
#[utoipa::path(get, path = "/api/communities/{c}/releases/{r}/difference.gpkg", tag = "releases",
    params(("c" = String, Path, description = "the community"),
        ("r" = String, Path, description = "the later release, or `latest`"), DifferenceParams),
    responses((status = 200, description = "the file", content(("application/geopackage+sqlite3"))),
        PublicProblems, ReleaseProblems))]
pub async fn download_difference(
    InCommunity(community): InCommunity,
    InRelease(later): InRelease,
    StrictQuery(asked): StrictQuery<DifferenceParams>,
    State(state): State<AppState>,
) -> Result<Response, Problem> {
    let (earlier, mut answer) = collection(&community, &later, &asked)?;
    let items = take_features(&mut answer, &later, &community.neighbourhoods());
    let (credit, now) = (community.directory().attribution, state.core.ambient.now());
    let both = (&*earlier, &*later);
    let table = export::difference::table(&community.info(), both, &answer, items, credit, now);
    send(Kind::Table(Format::Gpkg), table, false).await
}
