//! `GET /api/communities/{c}/me`

use axum::Json;
use axum::extract::State;

use super::MeAnswer;
use crate::http::AppState;
use crate::http::extract::{InCommunity, NoQuery, Participant};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};

/// Who you are here and what you agreed to.
#[utoipa::path(get, path = "/api/communities/{c}/me", tag = "participants",
    params(("c" = String, Path, description = "the community")),
    security(("token" = []), ("cookie" = [])),
    responses((status = 200, body = MeAnswer), PublicProblems, MemberProblems))]
pub async fn get_me(
    InCommunity(community): InCommunity,
    Participant(who): Participant,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<Json<MeAnswer>, Problem> {
    Ok(Json(MeAnswer::of(&state.core, &who.participant, &community).await?))
}
