//! `DELETE /api/communities/{c}/invitations/{id}`

use axum::extract::State;
use axum::http::StatusCode;
use engine::StaffId;

use crate::http::AppState;
use crate::http::extract::{InCommunity, NoQuery, PathId, Steward};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};

/// Takes an invitation back. Who has joined by it stays.
#[utoipa::path(delete, path = "/api/communities/{c}/invitations/{id}", tag = "participants",
    params(("c" = String, Path, description = "the community"),
        ("id" = uuid::Uuid, Path, description = "the invitation")),
    security(("staff" = []), ("token" = [])),
    responses((status = 204, description = "Taken back."), PublicProblems, MemberProblems))]
pub async fn take_back_invitation(
    InCommunity(community): InCommunity,
    Steward(_): Steward,
    PathId(id): PathId<StaffId>,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<StatusCode, Problem> {
    if state.core.store.delete_invitation(community.id(), id.0).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::not_found("there is no such invitation here"))
    }
}
