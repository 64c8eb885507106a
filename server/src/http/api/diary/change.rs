//! `PUT /api/communities/{c}/places/{id}/diary/{d}`

use axum::Json;
use axum::extract::State;
use engine::PlaceId;

use super::{DiaryAnswer, DiaryBody};
use crate::actions::change_diary;
use crate::http::AppState;
use crate::http::extract::{InCommunity, JsonBody, NoQuery, Participant, PathEntry, PathId};
use crate::http::problem::{BodyProblems, MemberProblems, Problem, PublicProblems};

/// Replaces what an entry of yours says.
#[utoipa::path(put, path = "/api/communities/{c}/places/{id}/diary/{d}", tag = "places",
    params(("c" = String, Path, description = "the community"),
        ("id" = uuid::Uuid, Path, description = "the place"),
        ("d" = uuid::Uuid, Path, description = "the entry")),
    security(("token" = []), ("cookie" = [])),
    request_body = DiaryBody,
    responses((status = 200, body = DiaryAnswer), PublicProblems, MemberProblems, BodyProblems))]
pub async fn change_diary_entry(
    InCommunity(_): InCommunity,
    Participant(who): Participant,
    PathId(id): PathId<PlaceId>,
    PathEntry(entry): PathEntry,
    _: NoQuery,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<DiaryBody>,
) -> Result<Json<DiaryAnswer>, Problem> {
    let content = body.parse().map_err(Problem::unprocessable)?;
    Ok(Json(change_diary(&state.core, &who, id, entry, content).await?.into()))
}
