//! `POST /api/communities/{c}/places/search`

use axum::Json;
use axum::extract::State;
use engine::Invalid;
use serde::Deserialize;
use utoipa::ToSchema;

use super::selection::Selection;
use crate::actions::staff::{Page, read_places_for_research};
use crate::http::AppState;
use crate::http::api::cursor;
use crate::http::api::places::feature::research_feature;
use crate::http::api::places::list::PlacePage;
use crate::http::extract::{InCommunity, JsonBody, NoQuery, Researcher};
use crate::http::problem::{BodyProblems, MemberProblems, Problem, PublicProblems};

const MOST: u32 = 10_000;

/// Which places, and which page of them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceSearch {
    /// Which; all without.
    #[serde(default)]
    places: Selection,
    /// At most so many.
    #[schema(minimum = 1, maximum = 10000, default = 100)]
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// Lists the places that participants share for research and that match, newest first, at the precision that
/// their owners chose. It is written down who read them, and their owners see it. A page may have fewer than
/// `limit`.
#[utoipa::path(post, path = "/api/communities/{c}/places/search", tag = "study",
    params(("c" = String, Path, description = "the community")),
    security(("staff" = []), ("token" = []), ("api_token" = [])),
    request_body = PlaceSearch,
    responses((status = 200, body = PlacePage), PublicProblems, MemberProblems, BodyProblems))]
pub async fn search_places(
    InCommunity(community): InCommunity,
    Researcher(member): Researcher,
    _: NoQuery,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<PlaceSearch>,
) -> Result<Json<PlacePage>, Problem> {
    let limit = limit(body.limit, MOST).map_err(Problem::unprocessable)?;
    let after = body.cursor.as_deref().map(cursor::read_place).transpose().map_err(Problem::unprocessable)?;
    let filter = body.places.parse(&community.neighbourhoods().all);
    let filter = filter.map_err(|e| Problem::unprocessable(e.under("places")))?;
    let page = Page { after, limit };
    let (places, last) =
        read_places_for_research(&state.core, &community, &member, "search", &filter, page).await?;
    let next = last.map(|last| cursor::write_place(last.created_at, last.id));
    let info = community.info();
    Ok(Json(PlacePage::new(places.iter().map(|place| research_feature(place, &info)).collect(), next)))
}

/// The size of a page: 100 unless told.
pub(super) fn limit(asked: Option<u32>, most: u32) -> Result<usize, Invalid> {
    let limit = asked.unwrap_or(100);
    if (1..=most).contains(&limit) {
        Ok(limit as usize)
    } else {
        Err(Invalid::new("limit", format!("must be a whole number from 1 to {most}")))
    }
}
