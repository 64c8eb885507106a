//! `GET /api/communities/{c}/supports/{id}`

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::SupportId;

use super::feature::SupportFeature;
use super::query::Ground;
use crate::http::extract::{InCommunity, NoQuery, PathId};
use crate::http::problem::{Problem, PublicProblems};
use crate::http::{AppState, etag};

/// One support, also a closed one. One that was merged into another is there now.
#[utoipa::path(get, path = "/api/communities/{c}/supports/{id}", tag = "supports",
    params(("c" = String, Path, description = "the community"),
        ("id" = uuid::Uuid, Path, description = "the support")),
    responses((status = 200, body = SupportFeature, headers(("ETag" = String, description = "its version"))),
        (status = 308, description = "it was merged into another one, which is at `Location`"),
        PublicProblems))]
pub async fn get_support(
    InCommunity(community): InCommunity,
    PathId(id): PathId<SupportId>,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<Response, Problem> {
    let ground = Ground::new(&community, state.core.ambient.now());
    if let Some(support) = ground.directory.index.get(id) {
        let feature = SupportFeature::new(support, None, &ground.directory, &ground.now());
        return Ok(([(header::ETAG, etag::of_version(support.version))], Json(feature)).into_response());
    }
    let Some(other) = ground.directory.stands_for(id) else {
        return Err(Problem::not_found("there is no such support here"));
    };
    let address = format!("/api/communities/{}/supports/{other}", community.id());
    let location = HeaderValue::from_str(&address).expect("names and identifiers are visible ASCII");
    Ok((StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, location)]).into_response())
}
