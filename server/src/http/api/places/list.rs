//! `GET /api/communities/{c}/places`

use axum::Json;
use axum::extract::State;
use engine::Invalid;
use engine::index::Keyset;
use engine::study::PlaceFilter;
use serde::Serialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::feature::{Belongings, PlaceAnswer, feature, research_feature};
use crate::actions::staff::{Page, read_places_for_research};
use crate::http::AppState;
use crate::http::api::cursor;
use crate::http::extract::{InCommunity, Params, PlaceReader, Query, StrictQuery};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};

/// What a list of places is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[expect(dead_code, reason = "describes the parameter to the OpenAPI document")]
#[schema(rename_all = "snake_case")]
pub enum Purpose {
    /// Research.
    Research,
}

/// Reads `purpose`, which the table of authority has looked at.
pub fn purpose(params: &Params) -> Result<(), Invalid> {
    match params.given("purpose") {
        None | Some("research") => Ok(()),
        Some(_) => Err(Invalid::new("purpose", "must be research or left out")),
    }
}

/// Which page of places. The table of authority looks at `purpose`.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PlacesQuery {
    /// At most so many.
    #[param(minimum = 1, maximum = 10000, default = 100)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[param(value_type = Option<String>)]
    cursor: Option<Keyset>,
    /// As a researcher, if you are signed in as a participant, too.
    #[param(inline, value_type = Option<Purpose>)]
    #[expect(dead_code, reason = "the table of authority looks at it before")]
    purpose: (),
}

impl Query for PlacesQuery {
    const NAMES: &'static [&'static str] = &["limit", "cursor", "purpose"];

    fn read(params: &Params) -> Result<Self, Invalid> {
        let limit = params.whole("limit", 1..=10_000)?;
        let cursor = params.text("cursor").map(cursor::read_place).transpose()?;
        Ok(Self { limit, cursor, purpose: purpose(params)? })
    }
}

/// A page of places, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlacePage {
    #[schema(value_type = crate::http::api::schema::FeatureCollectionType)]
    r#type: &'static str,
    #[schema(value_type = Vec<PlaceAnswer>)]
    features: Vec<Value>,
    number_returned: usize,
    /// For the next page; null on the last one.
    next: Option<String>,
}

impl PlacePage {
    /// A page of features, and the cursor of the next one.
    pub fn new(features: Vec<Value>, next: Option<String>) -> Self {
        Self { r#type: "FeatureCollection", number_returned: features.len(), features, next }
    }
}

/// Lists your own places, newest first; a researcher lists those that participants share for research. What a
/// researcher reads is written down, and the participants see it. A page may have fewer than `limit`.
#[utoipa::path(get, path = "/api/communities/{c}/places", tag = "places",
    params(("c" = String, Path, description = "the community"), PlacesQuery),
    security(("token" = []), ("cookie" = []), ("staff" = []), ("api_token" = [])),
    responses((status = 200, body = PlacePage), PublicProblems, MemberProblems))]
pub async fn list_places(
    InCommunity(community): InCommunity,
    reader: PlaceReader,
    StrictQuery(query): StrictQuery<PlacesQuery>,
    State(state): State<AppState>,
) -> Result<Json<PlacePage>, Problem> {
    let limit = query.limit.unwrap_or(100) as usize;
    let (features, last) = match reader {
        PlaceReader::Owner(who) => {
            let mut places = community.places_of(who.participant.id, query.cursor, limit + 1);
            let more = places.len() > limit;
            places.truncate(limit);
            let last = places.last().filter(|_| more).map(|p| Keyset { created_at: p.created_at, id: p.id });
            let all =
                Belongings::of(&*state.core.store, &community.info(), who.participant.id, &places).await?;
            let none = Belongings::default();
            let of = |id| all.get(&id).unwrap_or(&none);
            (places.iter().map(|p| feature(p, of(p.id))).collect::<Vec<_>>(), last)
        }
        PlaceReader::Researcher(member) => {
            let page = Page { after: query.cursor, limit };
            let all = PlaceFilter::default();
            let (places, last) =
                read_places_for_research(&state.core, &community, &member, "places", &all, page).await?;
            let info = community.info();
            (places.iter().map(|p| research_feature(p, &info)).collect(), last)
        }
    };
    let next = last.map(|last| cursor::write_place(last.created_at, last.id));
    Ok(Json(PlacePage::new(features, next)))
}
