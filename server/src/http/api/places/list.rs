//! `GET /api/communities/{c}/places`

use axum::Json;
use engine::Invalid;
use engine::index::Keyset;
use serde::Serialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::feature::{PlaceAnswer, feature};
use crate::http::api::cursor;
use crate::http::extract::{InCommunity, Params, Participant, Query, StrictQuery};
use crate::http::problem::{MemberProblems, PublicProblems};

/// Which page of your places.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PlacesQuery {
    /// At most so many.
    #[param(minimum = 1, maximum = 10000, default = 100)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[param(value_type = Option<String>)]
    cursor: Option<Keyset>,
}

impl Query for PlacesQuery {
    const NAMES: &'static [&'static str] = &["limit", "cursor"];

    fn read(params: &Params) -> Result<Self, Invalid> {
        let limit = params.whole("limit", 1..=10_000)?;
        Ok(Self { limit, cursor: params.text("cursor").map(cursor::read_place).transpose()? })
    }
}

/// A page of your places, newest first.
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

/// Lists your own places, newest first.
#[utoipa::path(get, path = "/api/communities/{c}/places", tag = "places",
    params(("c" = String, Path, description = "the community"), PlacesQuery),
    security(("token" = []), ("cookie" = [])),
    responses((status = 200, body = PlacePage), PublicProblems, MemberProblems))]
pub async fn list_places(
    InCommunity(community): InCommunity,
    Participant(who): Participant,
    StrictQuery(query): StrictQuery<PlacesQuery>,
) -> Json<PlacePage> {
    let limit = query.limit.unwrap_or(100) as usize;
    let mut places = community.places_of(who.participant.id, query.cursor, limit + 1);
    let more = places.len() > limit;
    places.truncate(limit);
    let next = places.last().filter(|_| more).map(|p| cursor::write_place(p.created_at, p.id));
    let features: Vec<Value> = places.iter().map(|p| feature(p)).collect();
    Json(PlacePage { r#type: "FeatureCollection", number_returned: features.len(), features, next })
}
