//! `DELETE /api/communities/{c}/me`

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use serde::Serialize;
use utoipa::ToSchema;

use crate::actions;
use crate::http::extract::{InCommunity, NoQuery, Participant};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};
use crate::http::{AppState, cookie};

/// What was done on leaving.
#[derive(Debug, Serialize, ToSchema)]
pub struct WithdrawalAnswer {
    /// Names the erasure, so that it can be shown to have happened.
    receipt: String,
    /// How many places are gone.
    places_removed: usize,
    /// When the last backup that held them is overwritten.
    #[schema(format = DateTime)]
    backups_gone_by: String,
}

/// Leaves: deletes you and everything of yours, at once and for good.
#[utoipa::path(delete, path = "/api/communities/{c}/me", tag = "participants",
    params(("c" = String, Path, description = "the community")),
    security(("token" = []), ("cookie" = [])),
    responses((status = 200, body = WithdrawalAnswer), PublicProblems, MemberProblems))]
pub async fn withdraw(
    InCommunity(community): InCommunity,
    Participant(who): Participant,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<([(header::HeaderName, HeaderValue); 1], Json<WithdrawalAnswer>), Problem> {
    let done = actions::withdraw(&state.core, community, &who).await?;
    let answer = WithdrawalAnswer {
        receipt: done.receipt,
        places_removed: done.places_removed,
        backups_gone_by: done.backups_gone_by.to_string(),
    };
    Ok(([(header::SET_COOKIE, cookie::clear(&state.config))], Json(answer)))
}
