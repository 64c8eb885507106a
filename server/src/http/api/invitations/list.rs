//! `GET /api/communities/{c}/invitations`

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::InvitationAnswer;
use crate::http::AppState;
use crate::http::extract::{InCommunity, NoQuery, Steward};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};

/// Invitations, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationList {
    invitations: Vec<InvitationAnswer>,
}

/// Lists the invitations of the community, also those that work no more.
#[utoipa::path(get, path = "/api/communities/{c}/invitations", tag = "participants",
    params(("c" = String, Path, description = "the community")),
    security(("staff" = []), ("token" = [])),
    responses((status = 200, body = InvitationList), PublicProblems, MemberProblems))]
pub async fn list_invitations(
    InCommunity(community): InCommunity,
    Steward(_): Steward,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<Json<InvitationList>, Problem> {
    let kept = state.core.store.invitations(community.id()).await?;
    Ok(Json(InvitationList { invitations: kept.into_iter().map(InvitationAnswer::from).collect() }))
}
