//! `POST /api/communities/{c}/places/{id}/diary`

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use engine::PlaceId;

use super::{DiaryAnswer, DiaryBody};
use crate::actions::write_diary;
use crate::http::AppState;
use crate::http::extract::{InCommunity, JsonBody, NoQuery, Participant, PathId, idempotency_key};
use crate::http::problem::{BodyProblems, MemberProblems, Problem, ProblemBody, PublicProblems};

/// Writes an entry on a place of yours. You may keep 2,000 entries. With `Idempotency-Key`, sending the same again gives
/// the same entry.
#[utoipa::path(post, path = "/api/communities/{c}/places/{id}/diary", tag = "places",
    params(("c" = String, Path, description = "the community"),
        ("id" = uuid::Uuid, Path, description = "the place"),
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 200 visible ASCII characters")),
    security(("token" = []), ("cookie" = [])),
    request_body = DiaryBody,
    responses((status = 201, body = DiaryAnswer),
        (status = 409, body = ProblemBody, content_type = "application/problem+json",
            description = "The entry that this Idempotency-Key made was deleted since."),
        PublicProblems, MemberProblems, BodyProblems))]
pub async fn write_diary_entry(
    InCommunity(_): InCommunity,
    Participant(who): Participant,
    PathId(id): PathId<PlaceId>,
    _: NoQuery,
    State(state): State<AppState>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<DiaryBody>,
) -> Result<(StatusCode, Json<DiaryAnswer>), Problem> {
    let content = body.parse().map_err(Problem::unprocessable)?;
    let entry = write_diary(&state.core, &who, id, content, idempotency_key(&headers)?).await?;
    Ok((StatusCode::CREATED, Json(entry.into())))
}
