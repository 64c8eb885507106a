//! `POST /api/communities/{c}/places/preview`

use axum::Json;
use axum::extract::State;
use engine::{Invalid, PlaceId};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::feature::PlaceBody;
use super::seen_as::{Eyes, SeenAnswer, seen};
use crate::actions;
use crate::http::AppState;
use crate::http::extract::{InCommunity, Params, Participant, Query, RawJson, StrictQuery};
use crate::http::problem::{BodyProblems, MemberProblems, Problem, PublicProblems};

/// Of which place it is a change.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PreviewQuery {
    /// A place of yours that would be replaced; left out for a new one. Its photos are shown with it.
    #[param(value_type = Option<uuid::Uuid>)]
    place: Option<PlaceId>,
}

impl Query for PreviewQuery {
    const NAMES: &'static [&'static str] = &["place"];

    fn read(params: &Params) -> Result<Self, Invalid> {
        let id = |text: &str| text.parse().map_err(|_| Invalid::new("place", "must be the id of a place"));
        Ok(Self { place: params.text("place").map(id).transpose()?.map(PlaceId) })
    }
}

/// What each role would get to see.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewAnswer {
    researcher: SeenAnswer,
    planner: SeenAnswer,
    public: SeenAnswer,
}

/// What others would see of a place if you saved it as it is here: the same as `…/as/{role}` answers afterwards. The
/// place is checked as on saving, and nothing of it is kept.
#[utoipa::path(post, path = "/api/communities/{c}/places/preview", tag = "places",
    params(("c" = String, Path, description = "the community"), PreviewQuery),
    security(("token" = []), ("cookie" = [])),
    request_body(content = PlaceBody, content_type = "application/json"),
    responses((status = 200, body = PreviewAnswer), PublicProblems, MemberProblems, BodyProblems))]
pub async fn preview_place(
    InCommunity(community): InCommunity,
    Participant(who): Participant,
    StrictQuery(query): StrictQuery<PreviewQuery>,
    State(state): State<AppState>,
    RawJson(json): RawJson,
) -> Result<Json<PreviewAnswer>, Problem> {
    let place = actions::preview_place(&state.core, &community, &who, query.place, &json)?;
    let answer = PreviewAnswer {
        researcher: seen(&state.core, &community, &place, Eyes::Researcher).await?,
        planner: seen(&state.core, &community, &place, Eyes::Planner).await?,
        public: seen(&state.core, &community, &place, Eyes::Public).await?,
    };
    Ok(Json(answer))
}
