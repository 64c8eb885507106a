//! `GET /api/communities/{c}/stories/{id}`

use axum::Json;
use axum::extract::State;
use engine::StoryId;
use serde_json::Value;

use super::{StoryAnswer, feature};
use crate::actions::stories::published_story;
use crate::http::AppState;
use crate::http::extract::{InCommunity, NoQuery, PathId};
use crate::http::problem::{Problem, PublicProblems};

/// One published story.
#[utoipa::path(get, path = "/api/communities/{c}/stories/{id}", tag = "stories",
    params(("c" = String, Path, description = "the community"),
        ("id" = uuid::Uuid, Path, description = "the story")),
    responses((status = 200, body = StoryAnswer), PublicProblems))]
pub async fn get_story(
    InCommunity(community): InCommunity,
    PathId(id): PathId<StoryId>,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<Json<Value>, Problem> {
    Ok(Json(feature(&published_story(&state.core, &community, id).await?)))
}
