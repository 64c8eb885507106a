//! The collection `places`: for a researcher with a sign-in or an API token. Each reading is written down before
//! it goes out, and no number is told of places that were not read.

use std::collections::HashSet;
use std::sync::Arc;

use axum::extract::State;
use axum::http::request::Parts;
use axum::response::Response;
use engine::Invalid;
use engine::place::Place;
use engine::study::PlaceFilter;

use super::collection::Collection;
use super::describe::describe;
use super::format::{OnlyFormat, answer};
use super::items::{Found, not_there, page, read, read_one, single};
use super::links::{Base, JSON};
use super::registry::shared_places;
use super::schema;
use crate::actions::staff::{StaffMember, log_reading};
use crate::http::AppState;
use crate::http::extract::{InCommunity, Researcher, path_param};
use crate::http::problem::Problem;
use crate::live::LiveCommunity;

fn all(community: &LiveCommunity) -> Collection {
    shared_places(community, community.places_for_research(&PlaceFilter::default(), None, usize::MAX))
}

/// Describes the collection.
pub async fn about(
    InCommunity(community): InCommunity,
    Researcher(_): Researcher,
    OnlyFormat(format): OnlyFormat,
    State(state): State<AppState>,
    parts: Parts,
) -> Response {
    let collection = shared_places(&community, Vec::new());
    let body = describe(&collection, &Base::new(&state, &community), format);
    answer(format, JSON, &collection.about.title, &body, &parts.headers)
}

/// What can be asked for, and what is answered.
pub async fn queryables(
    InCommunity(community): InCommunity,
    Researcher(_): Researcher,
    OnlyFormat(format): OnlyFormat,
    State(state): State<AppState>,
    parts: Parts,
) -> Response {
    schema::answer(&shared_places(&community, Vec::new()), "queryables", &state, &community, format, &parts)
}

/// The schema of an item.
pub async fn schema(
    InCommunity(community): InCommunity,
    Researcher(_): Researcher,
    OnlyFormat(format): OnlyFormat,
    State(state): State<AppState>,
    parts: Parts,
) -> Response {
    schema::answer(&shared_places(&community, Vec::new()), "schema", &state, &community, format, &parts)
}

/// Lists places.
pub async fn list(
    InCommunity(community): InCommunity,
    Researcher(member): Researcher,
    State(state): State<AppState>,
    parts: Parts,
) -> Result<Response, Problem> {
    let (query, format) = read(&parts, &shared_places(&community, Vec::new()))?;
    if query.hits {
        let told = "hits are not told of places: numbers of people's places come from releases alone";
        return Err(Problem::bad_request(Invalid::new("resultType", told)));
    }
    let here = Arc::clone(&community);
    let search = move || {
        let collection = all(&here);
        let found = Found::of(&collection, &query);
        let ids: Vec<String> = found.page.iter().map(|item| collection.items.id(*item)).collect();
        (collection, query, found, ids)
    };
    let (collection, query, found, ids) =
        tokio::task::spawn_blocking(search).await.map_err(|e| Problem::internal(e.to_string()))?;
    let what = [&["ogc items"], query.conditions.names(&collection).as_slice()].concat().join(" ");
    let allowed = read_of(&state, &community, &member, &what, &ids).await?;
    let items: Vec<usize> =
        found.page.into_iter().filter(|item| allowed.contains(&collection.items.id(*item))).collect();
    let (base, now) = (Base::new(&state, &community), state.core.ambient.now().to_string());
    Ok(page(&collection, &query, &items, found.more, None, &base, format, &now, &parts.headers))
}

/// Shows a place.
pub async fn one(
    InCommunity(community): InCommunity,
    Researcher(member): Researcher,
    State(state): State<AppState>,
    mut parts: Parts,
) -> Result<Response, Problem> {
    let (crs, format) = read_one(&parts)?;
    let id = path_param(&mut parts, &state, "item").await?;
    let collection = all(&community);
    let item = collection.find(&id).ok_or_else(not_there)?;
    let allowed = read_of(&state, &community, &member, "ogc item", &[id]).await?;
    if allowed.is_empty() {
        return Err(not_there());
    }
    Ok(single(&collection, item, crs, format, &Base::new(&state, &community), &parts.headers))
}

/// Writes a reading down; returns which of the places may go out.
async fn read_of(
    state: &AppState,
    community: &LiveCommunity,
    member: &StaffMember,
    what: &str,
    ids: &[String],
) -> Result<HashSet<String>, Problem> {
    let wanted: HashSet<&str> = ids.iter().map(String::as_str).collect();
    let is_wanted = |place: &Arc<Place>| wanted.contains(place.id.to_string().as_str());
    let shared = community.places_for_research(&PlaceFilter::default(), None, usize::MAX);
    let places = shared.into_iter().filter(is_wanted).collect();
    let read = log_reading(&state.core, community.id(), member, what, places).await?;
    Ok(read.into_iter().map(|place| place.id.to_string()).collect())
}
