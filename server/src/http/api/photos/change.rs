//! `PUT /api/communities/{c}/places/{id}/photos/{p}`

use axum::Json;
use axum::extract::State;
use engine::PlaceId;

use super::{PhotoAnswer, PhotoBody};
use crate::actions::change_photo;
use crate::http::AppState;
use crate::http::extract::{InCommunity, JsonBody, NoQuery, Participant, PathId, PathPhoto};
use crate::http::problem::{BodyProblems, MemberProblems, Problem, PublicProblems};

/// Replaces what is said about a photo of yours. To share it, say who is in it (`people`). A photo of people who did not agree stays with you.
#[utoipa::path(put, path = "/api/communities/{c}/places/{id}/photos/{p}", tag = "places",
    params(("c" = String, Path, description = "the community"),
        ("id" = uuid::Uuid, Path, description = "the place"),
        ("p" = uuid::Uuid, Path, description = "the photo")),
    security(("token" = []), ("cookie" = [])),
    request_body = PhotoBody,
    responses((status = 200, body = PhotoAnswer), PublicProblems, MemberProblems, BodyProblems))]
pub async fn change_place_photo(
    InCommunity(_): InCommunity,
    Participant(who): Participant,
    PathId(id): PathId<PlaceId>,
    PathPhoto(photo): PathPhoto,
    _: NoQuery,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<PhotoBody>,
) -> Result<Json<PhotoAnswer>, Problem> {
    let content = body.content().map_err(Problem::unprocessable)?;
    Ok(Json(change_photo(&state.core, &who, id, photo, content).await?.into()))
}
