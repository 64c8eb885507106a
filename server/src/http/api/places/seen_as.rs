//! `GET /api/communities/{c}/places/{id}/as/{role}`

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use engine::community::Community;
use engine::place::Place;
use engine::{Invalid, PlaceId};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::feature::{PlaceAnswer, research_feature};
use crate::actions::stories::standing;
use crate::actions::{ActionError, Core, research_photos};
use crate::http::AppState;
use crate::http::api::photos::PhotoAnswer;
use crate::http::api::schema::{FeatureType, PlaceGeometry};
use crate::http::api::stories::{
    ReviewAnswer, StoryAnswer, StoryProperties, StoryState, feature as story_feature,
};
use crate::http::extract::{InCommunity, NoQuery, Participant, PathId, path_param};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};
use crate::live::LiveCommunity;
use crate::store::StoreError;

/// In whose eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Eyes {
    /// A named researcher's.
    Researcher,
    /// A planner's.
    Planner,
    /// Everybody's.
    Public,
}

impl FromRequestParts<AppState> for Eyes {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        match path_param(parts, state, "role").await?.as_str() {
            "researcher" => Ok(Self::Researcher),
            "planner" => Ok(Self::Planner),
            "public" => Ok(Self::Public),
            _ => Err(Problem::bad_request(Invalid::new("role", "must be researcher, planner or public"))),
        }
    }
}

/// Why it is seen, or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// You share it with them.
    Shared,
    /// You do not share it with them.
    NotShared,
    /// Not the place itself; it may be counted in published maps.
    Counted,
    /// A steward has not read the story yet, as it is now.
    Waiting,
    /// A steward approved the story: everyone sees it.
    Published,
    /// A steward asks for a change first; `story_review` of the place says for which.
    AskedBack,
    /// A steward declined the story; `story_review` of the place says why.
    Declined,
}

/// A place as a researcher is given it, or a story as everyone is.
#[derive(ToSchema)]
#[schema(as = SeenFeature)]
#[serde(untagged)]
#[expect(dead_code, reason = "describes the answer to the OpenAPI document")]
pub enum SeenFeature {
    Place(Box<PlaceAnswer>),
    Story(Box<StoryAnswer>),
}

/// A story as everyone will be given it, if a steward approves it.
#[derive(Serialize, ToSchema)]
pub struct StoryToBe {
    r#type: FeatureType,
    geometry: PlaceGeometry,
    properties: StoryProperties,
}

/// What somebody in a role gets to see of a place.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeenAnswer {
    /// Whether they see it at all.
    seen: bool,
    why: Why,
    /// Exactly what they are given; null when they do not see it.
    #[schema(value_type = Option<SeenFeature>)]
    feature: Option<Value>,
    /// The photos that they are given beside it, the oldest first, with all that is said of them. Those of a story are
    /// in the story.
    photos: Vec<PhotoAnswer>,
    /// Of a story that waits: exactly what everyone is given once a steward approves it. Null otherwise.
    #[schema(value_type = Option<StoryToBe>)]
    later: Option<Value>,
}

/// What others see of a place of yours, made by what serves them.
#[utoipa::path(get, path = "/api/communities/{c}/places/{id}/as/{role}", tag = "places",
    params(("c" = String, Path, description = "the community"),
        ("id" = uuid::Uuid, Path, description = "the place"),
        ("role" = inline(Eyes), Path, description = "in whose eyes")),
    security(("token" = []), ("cookie" = [])),
    responses((status = 200, body = SeenAnswer), PublicProblems, MemberProblems))]
pub async fn get_place_as(
    InCommunity(community): InCommunity,
    Participant(who): Participant,
    PathId(id): PathId<PlaceId>,
    eyes: Eyes,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<Json<SeenAnswer>, Problem> {
    let place = community.place(who.participant.id, id).ok_or(ActionError::NoSuchPlace)?;
    Ok(Json(seen(&state.core, &community, &place, eyes).await?))
}

/// What somebody in a role gets to see of a place, be it saved or not.
pub(super) async fn seen(
    core: &Core,
    community: &LiveCommunity,
    place: &Arc<Place>,
    eyes: Eyes,
) -> Result<SeenAnswer, StoreError> {
    match eyes {
        Eyes::Researcher => seen_for_research(core, place, &community.info()).await,
        // Nothing of a single place reaches planners but releases.
        Eyes::Planner if place.content.share.published_maps => Ok(unseen(Why::Counted)),
        Eyes::Planner => Ok(unseen(Why::NotShared)),
        Eyes::Public => seen_by_all(core, place, &community.info()).await,
    }
}

fn unseen(why: Why) -> SeenAnswer {
    SeenAnswer { seen: false, why, feature: None, photos: Vec::new(), later: None }
}

async fn seen_for_research(
    core: &Core,
    place: &Place,
    community: &Community,
) -> Result<SeenAnswer, StoreError> {
    if !place.is_for_research() {
        return Ok(unseen(Why::NotShared));
    }
    let photos = research_photos(&*core.store, place.id).await?;
    Ok(SeenAnswer {
        seen: true,
        feature: Some(research_feature(place, community)),
        photos: photos.into_iter().map(PhotoAnswer::from).collect(),
        ..unseen(Why::Shared)
    })
}

/// What everybody gets: the story, once it is published.
async fn seen_by_all(
    core: &Core,
    place: &Arc<Place>,
    community: &Community,
) -> Result<SeenAnswer, StoreError> {
    let Some(standing) = standing(&*core.store, community, place).await? else {
        return Ok(unseen(Why::NotShared));
    };
    if let Some(published) = &standing.published {
        return Ok(SeenAnswer {
            seen: true,
            feature: Some(story_feature(published)),
            ..unseen(Why::Published)
        });
    }
    Ok(match ReviewAnswer::from(standing.review).state() {
        StoryState::AskedBack => unseen(Why::AskedBack),
        StoryState::Declined => unseen(Why::Declined),
        StoryState::Waiting | StoryState::Published => {
            SeenAnswer { later: Some(standing.story.feature()), ..unseen(Why::Waiting) }
        }
    })
}
