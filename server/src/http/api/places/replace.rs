//! `PUT /api/communities/{c}/places/{id}`

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use engine::PlaceId;

use super::feature::{PlaceAnswer, PlaceBody, answer};
use crate::actions;
use crate::http::extract::{InCommunity, NoQuery, Participant, PathId, RawJson};
use crate::http::problem::{BodyProblems, MemberProblems, Problem, PublicProblems, VersionProblems};
use crate::http::{AppState, etag};

/// Replaces what you say of a place.
#[utoipa::path(put, path = "/api/communities/{c}/places/{id}", tag = "places",
    params(("c" = String, Path, description = "the community"),
        ("id" = uuid::Uuid, Path, description = "the place"),
        ("If-Match" = String, Header, description = "the ETag that you read, or `*`")),
    security(("token" = []), ("cookie" = [])),
    request_body(content = PlaceBody, content_type = "application/json"),
    responses((status = 200, body = PlaceAnswer, headers(("ETag" = String))),
        PublicProblems, MemberProblems, BodyProblems, VersionProblems))]
pub async fn replace_place(
    InCommunity(community): InCommunity,
    Participant(who): Participant,
    PathId(id): PathId<PlaceId>,
    _: NoQuery,
    State(state): State<AppState>,
    headers: HeaderMap,
    RawJson(json): RawJson,
) -> Result<Response, Problem> {
    let expected = etag::expected(&headers)?;
    let place = actions::change_place(&state.core, community.clone(), &who, id, &expected, &json).await?;
    Ok(answer(&*state.core.store, &community.info(), &place).await?)
}
