//! `GET /api/communities/{c}/me`

use axum::Json;

use super::MeAnswer;
use crate::http::extract::{InCommunity, NoQuery, Participant};
use crate::http::problem::{MemberProblems, PublicProblems};

/// Who you are here and what you agreed to.
#[utoipa::path(get, path = "/api/communities/{c}/me", tag = "participants",
    params(("c" = String, Path, description = "the community")),
    security(("token" = []), ("cookie" = [])),
    responses((status = 200, body = MeAnswer), PublicProblems, MemberProblems))]
pub async fn get_me(
    InCommunity(community): InCommunity,
    Participant(who): Participant,
    _: NoQuery,
) -> Json<MeAnswer> {
    Json(MeAnswer::new(&who.participant, &community))
}
