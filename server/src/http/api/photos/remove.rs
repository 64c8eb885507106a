//! `DELETE /api/communities/{c}/places/{id}/photos/{p}`

use axum::extract::State;
use axum::http::StatusCode;
use engine::PlaceId;

use crate::actions::delete_photo;
use crate::http::AppState;
use crate::http::extract::{InCommunity, NoQuery, Participant, PathId, PathPhoto};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};

/// Deletes a photo of yours, at once and for good.
#[utoipa::path(delete, path = "/api/communities/{c}/places/{id}/photos/{p}", tag = "places",
    params(("c" = String, Path, description = "the community"),
        ("id" = uuid::Uuid, Path, description = "the place"),
        ("p" = uuid::Uuid, Path, description = "the photo")),
    security(("token" = []), ("cookie" = [])),
    responses((status = 204, description = "It is gone."), PublicProblems, MemberProblems))]
pub async fn delete_place_photo(
    InCommunity(_): InCommunity,
    Participant(who): Participant,
    PathId(id): PathId<PlaceId>,
    PathPhoto(photo): PathPhoto,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<StatusCode, Problem> {
    delete_photo(&state.core, &who, id, photo).await?;
    Ok(StatusCode::NO_CONTENT)
}
