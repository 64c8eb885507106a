//! `GET /api/communities/{c}/stories`

use axum::Json;
use axum::extract::State;
use engine::Invalid;
use serde::Serialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::{StoryAnswer, feature};
use crate::actions::stories::{StoryPosition, published_stories};
use crate::http::AppState;
use crate::http::api::cursor;
use crate::http::extract::{InCommunity, Params, Query, StrictQuery};
use crate::http::problem::{Problem, PublicProblems};

/// Which part of the list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StoriesQuery {
    /// At most so many.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[param(value_type = Option<String>)]
    cursor: Option<StoryPosition>,
}

impl Query for StoriesQuery {
    const NAMES: &'static [&'static str] = &["limit", "cursor"];

    fn read(params: &Params) -> Result<Self, Invalid> {
        let limit = params.whole("limit", 1..=100)?;
        let cursor = params.text("cursor").map(cursor::read_story).transpose()?;
        Ok(Self { limit, cursor })
    }
}

/// A page of stories.
#[derive(Debug, Serialize, ToSchema)]
pub struct StoryList {
    #[schema(value_type = crate::http::api::schema::FeatureCollectionType)]
    r#type: &'static str,
    #[schema(value_type = Vec<StoryAnswer>)]
    features: Vec<Value>,
    number_returned: usize,
    /// For the next page; null on the last one.
    next: Option<String>,
}

/// Stories that people wish everyone to read and a steward approved, the newest first. A story that its person
/// changes or takes back is not there from the next answer on.
#[utoipa::path(get, path = "/api/communities/{c}/stories", tag = "stories",
    params(("c" = String, Path, description = "the community"), StoriesQuery),
    responses((status = 200, body = StoryList), PublicProblems))]
pub async fn list_stories(
    InCommunity(community): InCommunity,
    StrictQuery(query): StrictQuery<StoriesQuery>,
    State(state): State<AppState>,
) -> Result<Json<StoryList>, Problem> {
    let limit = query.limit.unwrap_or(20) as usize;
    let page = published_stories(&state.core, &community, query.cursor, limit).await?;
    let features: Vec<_> = page.stories.iter().map(feature).collect();
    Ok(Json(StoryList {
        r#type: "FeatureCollection",
        number_returned: features.len(),
        features,
        next: page.next.map(cursor::write_story),
    }))
}
