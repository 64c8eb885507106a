//! `DELETE /api/communities/{c}/places/{id}/diary/{d}`

use axum::extract::State;
use axum::http::StatusCode;
use engine::PlaceId;

use crate::actions::delete_diary;
use crate::http::AppState;
use crate::http::extract::{InCommunity, NoQuery, Participant, PathEntry, PathId};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};

/// Deletes an entry of yours, at once and for good.
#[utoipa::path(delete, path = "/api/communities/{c}/places/{id}/diary/{d}", tag = "places",
    params(("c" = String, Path, description = "the community"),
        ("id" = uuid::Uuid, Path, description = "the place"),
        ("d" = uuid::Uuid, Path, description = "the entry")),
    security(("token" = []), ("cookie" = [])),
    responses((status = 204, description = "It is gone."), PublicProblems, MemberProblems))]
pub async fn delete_diary_entry(
    InCommunity(_): InCommunity,
    Participant(who): Participant,
    PathId(id): PathId<PlaceId>,
    PathEntry(entry): PathEntry,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<StatusCode, Problem> {
    delete_diary(&state.core, &who, id, entry).await?;
    Ok(StatusCode::NO_CONTENT)
}
