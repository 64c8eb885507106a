//! `GET /api/communities/{c}/places/{id}/diary`

use axum::Json;
use axum::extract::State;
use engine::PlaceId;
use serde::Serialize;
use utoipa::ToSchema;

use super::DiaryAnswer;
use crate::actions::ActionError;
use crate::http::AppState;
use crate::http::extract::{InCommunity, NoQuery, Participant, PathId};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};

/// Your diary on a place, the newest day first.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiaryList {
    entries: Vec<DiaryAnswer>,
}

/// Your diary on a place of yours, the newest day first. Nobody else sees it.
#[utoipa::path(get, path = "/api/communities/{c}/places/{id}/diary", tag = "places",
    params(("c" = String, Path, description = "the community"),
        ("id" = uuid::Uuid, Path, description = "the place")),
    security(("token" = []), ("cookie" = [])),
    responses((status = 200, body = DiaryList), PublicProblems, MemberProblems))]
pub async fn list_diary(
    InCommunity(community): InCommunity,
    Participant(who): Participant,
    PathId(id): PathId<PlaceId>,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<Json<DiaryList>, Problem> {
    community.place(who.participant.id, id).ok_or(ActionError::NoSuchPlace)?;
    let diary = state.core.store.diary(who.participant.id, id).await?;
    Ok(Json(DiaryList { entries: diary.into_iter().map(DiaryAnswer::from).collect() }))
}
