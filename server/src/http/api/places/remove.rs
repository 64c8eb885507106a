//! `DELETE /api/communities/{c}/places/{id}`

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use engine::PlaceId;

use crate::actions;
use crate::http::extract::{InCommunity, NoQuery, Participant, PathId};
use crate::http::problem::{MemberProblems, Problem, PublicProblems, VersionProblems};
use crate::http::{AppState, etag};

/// Deletes a place of yours, at once and for good.
#[utoipa::path(delete, path = "/api/communities/{c}/places/{id}", tag = "places",
    params(("c" = String, Path, description = "the community"),
        ("id" = uuid::Uuid, Path, description = "the place"),
        ("If-Match" = String, Header, description = "the ETag that you read, or `*`")),
    security(("token" = []), ("cookie" = [])),
    responses((status = 204, description = "It is gone."), PublicProblems, MemberProblems, VersionProblems))]
pub async fn delete_place(
    InCommunity(community): InCommunity,
    Participant(who): Participant,
    PathId(id): PathId<PlaceId>,
    _: NoQuery,
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    let expected = etag::expected(&headers)?;
    actions::delete_place(&state.core, community, &who, id, &expected).await?;
    Ok(StatusCode::NO_CONTENT)
}
