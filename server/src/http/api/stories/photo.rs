//! `GET /api/communities/{c}/stories/{id}/photos/{p}`

use axum::extract::State;
use axum::response::Response;
use engine::{Invalid, StoryId};
use utoipa::IntoParams;

use crate::actions::stories::photo_of_story;
use crate::http::AppState;
use crate::http::api::photos::show::{PictureSize, jpeg, size};
use crate::http::extract::{InCommunity, Params, PathId, PathPhoto, Query, StrictQuery};
use crate::http::problem::{Problem, PublicProblems};
use crate::store::Size;

/// Which picture.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StoryPhotoQuery {
    /// At most 400 pixels long, or as it is kept.
    #[param(inline, value_type = Option<PictureSize>, default = "full")]
    pub(super) size: Size,
}

impl Query for StoryPhotoQuery {
    const NAMES: &'static [&'static str] = &["size"];

    fn read(params: &Params) -> Result<Self, Invalid> {
        Ok(Self { size: size(params)? })
    }
}

/// A picture of a photo that is told with a published story.
#[utoipa::path(get, path = "/api/communities/{c}/stories/{id}/photos/{p}", tag = "stories",
    params(("c" = String, Path, description = "the community"),
        ("id" = uuid::Uuid, Path, description = "the story"),
        ("p" = uuid::Uuid, Path, description = "the photo"), StoryPhotoQuery),
    responses((status = 200, body = Vec<u8>, content_type = "image/jpeg"), PublicProblems))]
pub async fn get_story_photo(
    InCommunity(community): InCommunity,
    PathId(id): PathId<StoryId>,
    PathPhoto(photo): PathPhoto,
    StrictQuery(query): StrictQuery<StoryPhotoQuery>,
    State(state): State<AppState>,
) -> Result<Response, Problem> {
    Ok(jpeg(photo_of_story(&state.core, &community, id, photo, query.size).await?))
}
