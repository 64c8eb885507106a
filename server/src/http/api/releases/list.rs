//! `GET /api/communities/{c}/releases`

use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::ReleaseAnswer;
use crate::http::extract::{InCommunity, NoQuery};
use crate::http::geojson::{JSON, public};
use crate::http::problem::PublicProblems;

/// The releases of a community, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReleaseList {
    releases: Vec<ReleaseAnswer>,
}

/// Lists the releases of a community, newest first.
#[utoipa::path(get, path = "/api/communities/{c}/releases", tag = "releases",
    params(("c" = String, Path, description = "the community")),
    responses((status = 200, body = ReleaseList), PublicProblems))]
pub async fn list_releases(InCommunity(community): InCommunity, _: NoQuery, headers: HeaderMap) -> Response {
    let releases = community.releases().iter().map(|r| ReleaseAnswer::from(&**r)).collect();
    public(&headers, JSON, &ReleaseList { releases })
}
