//! `GET /api/communities/{c}/releases/{r}`

use axum::http::HeaderMap;
use axum::response::Response;

use super::ReleaseAnswer;
use crate::http::extract::{AnyRelease, NoQuery};
use crate::http::geojson::{JSON, public};
use crate::http::problem::PublicProblems;

/// One release: how it was made, what it promises, and whether it was called back.
#[utoipa::path(get, path = "/api/communities/{c}/releases/{r}", tag = "releases",
    params(("c" = String, Path, description = "the community"),
        ("r" = String, Path, description = "the release, or `latest`")),
    responses((status = 200, body = ReleaseAnswer), PublicProblems))]
pub async fn get_release(AnyRelease(release): AnyRelease, _: NoQuery, headers: HeaderMap) -> Response {
    public(&headers, JSON, &ReleaseAnswer::from(&*release))
}
