//! `GET /api/communities/{c}/places/{id}/as/{role}`

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use engine::community::Community;
use engine::place::Place;
use engine::{Invalid, PlaceId};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::feature::{PlaceAnswer, research_feature};
use crate::actions::ActionError;
use crate::http::AppState;
use crate::http::extract::{InCommunity, NoQuery, Participant, PathId, path_param};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};

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
    /// A steward has not read the story yet.
    Waiting,
}

/// What somebody in a role gets to see of a place.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeenAnswer {
    /// Whether they see it at all.
    seen: bool,
    why: Why,
    /// Exactly what they are given; null when they do not see it.
    #[schema(value_type = Option<PlaceAnswer>)]
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
) -> Result<Json<SeenAnswer>, Problem> {
    let place = community.place(who.participant.id, id).ok_or(ActionError::NoSuchPlace)?;
    Ok(Json(seen(&place, &community.info(), eyes)))
}

fn seen(place: &Place, community: &Community, eyes: Eyes) -> SeenAnswer {
    let share = place.content.share;
    let unseen = |why| SeenAnswer { seen: false, why, feature: None };
    match eyes {
        Eyes::Researcher if place.is_for_research() => {
            SeenAnswer { seen: true, why: Why::Shared, feature: Some(research_feature(place, community)) }
        }
        // Nothing of a single place reaches planners but releases.
        Eyes::Planner if share.published_maps => unseen(Why::Counted),
        // No story is shown before a steward has read it, and none is published on this server yet.
        Eyes::Public if share.public_story && place.content.story.is_some() => unseen(Why::Waiting),
        Eyes::Researcher | Eyes::Planner | Eyes::Public => unseen(Why::NotShared),
    }
}
