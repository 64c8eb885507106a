//! `GET /api/communities/{c}/stories/queue/{id}/photos/{p}`

use axum::extract::State;
use axum::response::Response;
use engine::PlaceId;

use super::photo::StoryPhotoQuery;
use crate::actions::stories::photo_waiting;
use crate::http::AppState;
use crate::http::api::photos::show::jpeg;
use crate::http::extract::{InCommunity, PathId, PathPhoto, Steward, StrictQuery};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};

/// A picture of a photo that would be told with a story.
#[utoipa::path(get, path = "/api/communities/{c}/stories/queue/{id}/photos/{p}", tag = "stories",
    params(("c" = String, Path, description = "the community"),
        ("id" = uuid::Uuid, Path, description = "the place"),
        ("p" = uuid::Uuid, Path, description = "the photo"), StoryPhotoQuery),
    security(("staff" = []), ("token" = [])),
    responses((status = 200, body = Vec<u8>, content_type = "image/jpeg"), PublicProblems, MemberProblems))]
pub async fn get_waiting_photo(
    InCommunity(community): InCommunity,
    Steward(_): Steward,
    PathId(id): PathId<PlaceId>,
    PathPhoto(photo): PathPhoto,
    StrictQuery(query): StrictQuery<StoryPhotoQuery>,
    State(state): State<AppState>,
) -> Result<Response, Problem> {
    Ok(jpeg(photo_waiting(&state.core, &community, id, photo, query.size).await?))
}
