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
use crate::actions::stories::{published_story, reviews};
use crate::actions::{ActionError, Core};
use crate::http::AppState;
use crate::http::api::stories::{ReviewAnswer, StoryAnswer, StoryState, feature as story_feature};
use crate::http::extract::{InCommunity, NoQuery, Participant, PathId, path_param};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};
use crate::live::LiveCommunity;

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

/// What somebody in a role gets to see of a place.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeenAnswer {
    /// Whether they see it at all.
    seen: bool,
    why: Why,
    /// Exactly what they are given; null when they do not see it.
    #[schema(value_type = Option<SeenFeature>)]
    feature: Option<Value>,
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
    let seen = match eyes {
        Eyes::Public => seen_by_all(&state.core, &community, &place).await?,
        Eyes::Researcher | Eyes::Planner => seen_by_staff(&place, &community.info(), eyes),
    };
    Ok(Json(seen))
}

fn unseen(why: Why) -> SeenAnswer {
    SeenAnswer { seen: false, why, feature: None }
}

fn seen_by_staff(place: &Place, community: &Community, eyes: Eyes) -> SeenAnswer {
    match eyes {
        Eyes::Researcher if place.is_for_research() => {
            SeenAnswer { seen: true, why: Why::Shared, feature: Some(research_feature(place, community)) }
        }
        // Nothing of a single place reaches planners but releases.
        Eyes::Planner if place.content.share.published_maps => unseen(Why::Counted),
        _ => unseen(Why::NotShared),
    }
}

/// What everybody gets: the published story, by the way on which everybody gets it.
async fn seen_by_all(
    core: &Core,
    community: &LiveCommunity,
    place: &Arc<Place>,
) -> Result<SeenAnswer, Problem> {
    let Some((_, review)) = reviews(&*core.store, std::slice::from_ref(place)).await?.pop() else {
        return Ok(unseen(Why::NotShared));
    };
    Ok(match ReviewAnswer::from(review).state() {
        StoryState::Waiting => unseen(Why::Waiting),
        StoryState::AskedBack => unseen(Why::AskedBack),
        StoryState::Declined => unseen(Why::Declined),
        StoryState::Published => {
            let decision =
                core.store.decisions_on(&[place.id]).await?.pop().ok_or(ActionError::NoSuchStory)?;
            let published = published_story(core, community, decision.id).await?;
            SeenAnswer { seen: true, why: Why::Published, feature: Some(story_feature(&published)) }
        }
    })
}
