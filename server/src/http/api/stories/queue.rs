//! `GET /api/communities/{c}/stories/queue`

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ReviewAnswer, StoryProperties};
use crate::actions::stories::{Review, Waiting, waiting_stories};
use crate::http::AppState;
use crate::http::api::schema::{FeatureType, PlaceGeometry};
use crate::http::extract::{InCommunity, NoQuery, Steward};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};
use crate::texts::hex;

/// What everyone would be told, and what a decision on it needs.
#[derive(Serialize, ToSchema)]
pub struct WaitingProperties {
    #[serde(flatten)]
    told: StoryProperties,
    #[schema(format = DateTime)]
    waiting_since: String,
    /// Names exactly what you read: send it with your decision.
    etag: String,
    /// What was decided on it before it changed; null if it is new.
    before: Option<ReviewAnswer>,
}

/// A story that waits for you.
#[derive(Serialize, ToSchema)]
pub struct WaitingStory {
    r#type: FeatureType,
    /// The place.
    id: Uuid,
    geometry: PlaceGeometry,
    properties: WaitingProperties,
}

/// Stories that wait, the oldest first, at most 50.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaitingList {
    #[schema(value_type = crate::http::api::schema::FeatureCollectionType)]
    r#type: &'static str,
    #[schema(value_type = Vec<WaitingStory>)]
    features: Vec<Value>,
    /// How many wait in all.
    number_waiting: usize,
}

/// The stories that wait for a steward to read them, as everyone would be shown them.
#[utoipa::path(get, path = "/api/communities/{c}/stories/queue", tag = "stories",
    params(("c" = String, Path, description = "the community")),
    security(("staff" = []), ("token" = [])),
    responses((status = 200, body = WaitingList), PublicProblems, MemberProblems))]
pub async fn list_waiting_stories(
    InCommunity(community): InCommunity,
    Steward(_): Steward,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<Json<WaitingList>, Problem> {
    let waiting = waiting_stories(&state.core, &community).await?;
    Ok(Json(WaitingList {
        r#type: "FeatureCollection",
        features: waiting.first.iter().map(feature).collect(),
        number_waiting: waiting.number,
    }))
}

fn feature(waiting: &Waiting) -> Value {
    let story = &waiting.story;
    let before = waiting.before.as_ref().map(|d| Review::Decided(d.decision.clone(), d.at));
    let mut feature = story.feature();
    feature["id"] = json!(story.place.id);
    feature["properties"]["waiting_since"] = json!(story.place.updated_at.to_string());
    feature["properties"]["etag"] = json!(hex(&story.hash()));
    feature["properties"]["before"] = json!(before.map(ReviewAnswer::from));
    feature
}
