//! The lists of HSDS and their entries.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::request::Parts;
use axum::response::Response;
use engine::Invalid;
use engine::filter::{Folded, SupportFilter};
use engine::support::Support;
use serde_json::{Value, json};
use uuid::Uuid;

use super::ids;
use super::page::{self, Paging};
use super::query::{Question, names};
use super::service::{Depth, View};
use super::terms::{Said, profile, said, taxonomy as taxonomy_of};
use crate::http::AppState;
use crate::http::api::supports::query::Ground;
use crate::http::extract::{InCommunity, NoQuery, Params, path_param};
use crate::http::problem::Problem;
use crate::live::LiveCommunity;

fn params(parts: &Parts, names: &[&str]) -> Result<Params, Problem> {
    Params::parse(parts.uri.query().unwrap_or_default(), names).map_err(Problem::bad_request)
}

/// The identifier in the path; what is none names nothing.
async fn id(parts: &mut Parts, state: &AppState) -> Result<Uuid, Problem> {
    let text = path_param(parts, state, "id").await?;
    Uuid::parse_str(&text).map_err(|_| Problem::bad_request(Invalid::new("id", "must be a UUID")))
}

fn not_there() -> Problem {
    Problem::not_found("there is nothing of this identifier")
}

/// Runs what is done for all services away from the threads that answer others.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|e| Problem::internal(e.to_string()))
}

/// The community as the views want it.
struct Here {
    community: Arc<LiveCommunity>,
    country: Option<String>,
    ground: Ground,
}

impl Here {
    fn new(community: Arc<LiveCommunity>, state: &AppState) -> Self {
        let ground = Ground::new(&community, state.core.ambient.now());
        let country = community.info().country.map(|country| country.as_str().to_owned());
        Self { community, country, ground }
    }

    fn view(&self) -> View<'_> {
        let community = self.community.id().as_str();
        View { community, country: self.country.as_deref(), today: self.ground.now().day() }
    }

    /// All services that are there.
    fn all(&self) -> Vec<Arc<Support>> {
        let filter = SupportFilter { today: Some(self.ground.now().day()), ..SupportFilter::default() };
        self.ground.directory.index.matching(&filter).cloned().collect()
    }
}

async fn listed(
    community: Arc<LiveCommunity>,
    state: AppState,
    parts: Parts,
    at_locations: bool,
) -> Result<Response, Problem> {
    let params = params(&parts, &names(at_locations))?;
    let paging = Paging::read(&params).map_err(Problem::bad_request)?;
    let question = Question::read(&params).map_err(Problem::bad_request)?;
    let here = Here::new(community, &state);
    let depth = match (question.full, question.minimal) {
        (true, _) => Depth::Full,
        (_, true) => Depth::Minimal,
        _ => Depth::Flat,
    };
    aside(move || {
        let view = here.view();
        let found = question.ask(&here.ground, view.community).map_err(Problem::bad_request)?;
        Ok(paging.answer(&found, |support| {
            if at_locations { view.listed_at_location(support, depth) } else { view.service(support, depth) }
        }))
    })
    .await?
}

/// `GET /hsds/{c}/services`
pub async fn services(
    InCommunity(community): InCommunity,
    State(state): State<AppState>,
    parts: Parts,
) -> Result<Response, Problem> {
    listed(community, state, parts, false).await
}

/// `GET /hsds/{c}/service_at_locations`
pub async fn services_at_locations(
    InCommunity(community): InCommunity,
    State(state): State<AppState>,
    parts: Parts,
) -> Result<Response, Problem> {
    listed(community, state, parts, true).await
}

/// `GET /hsds/{c}/services/{id}`
pub async fn service(
    InCommunity(community): InCommunity,
    _: NoQuery,
    State(state): State<AppState>,
    mut parts: Parts,
) -> Result<Json<Value>, Problem> {
    let wanted = id(&mut parts, &state).await?;
    let here = Here::new(community, &state);
    let support = here.ground.directory.index.get(engine::SupportId(wanted)).ok_or_else(not_there)?;
    Ok(Json(here.view().service(support, Depth::Full)))
}

/// `GET /hsds/{c}/service_at_locations/{id}`
pub async fn service_at_location(
    InCommunity(community): InCommunity,
    _: NoQuery,
    State(state): State<AppState>,
    mut parts: Parts,
) -> Result<Json<Value>, Problem> {
    let wanted = id(&mut parts, &state).await?;
    let here = Here::new(community, &state);
    aside(move || {
        let found = here.all().into_iter().find(|s| ids::part(s, "service_at_location") == wanted);
        let support = found.ok_or_else(not_there)?;
        Ok(Json(here.view().listed_at_location(&support, Depth::Full)))
    })
    .await?
}

/// Organisations by name, with their services.
fn by_organization(here: &Here) -> BTreeMap<String, Vec<Arc<Support>>> {
    let mut found: BTreeMap<String, Vec<Arc<Support>>> = BTreeMap::new();
    for support in here.all() {
        if let Some(name) = support.details.organisation.clone() {
            found.entry(name).or_default().push(support);
        }
    }
    found
}

fn organization_with(here: &Here, name: &str, services: &[Arc<Support>], with: bool) -> Value {
    let mut organization = here.view().organization(name);
    if with {
        let services: Vec<Value> = services.iter().map(|s| here.view().service(s, Depth::Full)).collect();
        organization["services"] = json!(services);
    }
    organization
}

/// `GET /hsds/{c}/organizations`
pub async fn organizations(
    InCommunity(community): InCommunity,
    State(state): State<AppState>,
    parts: Parts,
) -> Result<Response, Problem> {
    let known: Vec<&str> = page::NAMES.into_iter().chain(["search", "full_service", "full"]).collect();
    let params = params(&parts, &known)?;
    let paging = Paging::read(&params).map_err(Problem::bad_request)?;
    let mut with = false;
    for name in ["full_service", "full"] {
        with |= params.flag(name).map_err(Problem::bad_request)?.unwrap_or_default();
    }
    let search = params.text("search").map(Folded::new);
    let here = Here::new(community, &state);
    aside(move || {
        let found: Vec<_> = by_organization(&here)
            .into_iter()
            .filter(|(name, _)| search.as_ref().is_none_or(|search| Folded::new(name).contains(search)))
            .collect();
        paging.answer(&found, |(name, services)| organization_with(&here, name, services, with))
    })
    .await
}

/// `GET /hsds/{c}/organizations/{id}`
pub async fn organization(
    InCommunity(community): InCommunity,
    State(state): State<AppState>,
    mut parts: Parts,
) -> Result<Json<Value>, Problem> {
    let asked = params(&parts, &["full_service"])?;
    let with = asked.flag("full_service").map_err(Problem::bad_request)?.unwrap_or_default();
    let wanted = id(&mut parts, &state).await?;
    let here = Here::new(community, &state);
    aside(move || {
        let name = here.community.id().as_str();
        let mut all = by_organization(&here).into_iter();
        let (name, services) =
            all.find(|(n, _)| ids::organization(name, n) == wanted).ok_or_else(not_there)?;
        Ok(Json(organization_with(&here, &name, &services, with)))
    })
    .await?
}

/// Every term that there is, by taxonomy and code.
fn all_terms(here: &Here) -> Vec<Said> {
    let mut found: BTreeMap<(String, String), Said> = BTreeMap::new();
    let used = here.all().into_iter().flat_map(|s| said(&s, s.details.status));
    for one in profile().into_iter().chain(used) {
        found.entry((one.taxonomy.clone(), one.code.clone())).or_insert(one);
    }
    found.into_values().collect()
}

fn all_taxonomies(here: &Here) -> Vec<String> {
    let mut names: Vec<String> = all_terms(here).into_iter().map(|term| term.taxonomy).collect();
    names.dedup();
    names
}

/// `GET /hsds/{c}/taxonomies`
pub async fn taxonomies(
    InCommunity(community): InCommunity,
    State(state): State<AppState>,
    parts: Parts,
) -> Result<Response, Problem> {
    let known: Vec<&str> = page::NAMES.into_iter().chain(["search"]).collect();
    let params = params(&parts, &known)?;
    let paging = Paging::read(&params).map_err(Problem::bad_request)?;
    let search = params.text("search").map(Folded::new);
    let here = Here::new(community, &state);
    aside(move || {
        let mut found = all_taxonomies(&here);
        found.retain(|name| search.as_ref().is_none_or(|search| Folded::new(name).contains(search)));
        paging.answer(&found, |name| taxonomy_of(name))
    })
    .await
}

/// `GET /hsds/{c}/taxonomies/{id}`
pub async fn taxonomy(
    InCommunity(community): InCommunity,
    _: NoQuery,
    State(state): State<AppState>,
    mut parts: Parts,
) -> Result<Json<Value>, Problem> {
    let wanted = id(&mut parts, &state).await?;
    let here = Here::new(community, &state);
    let found =
        aside(move || all_taxonomies(&here).into_iter().find(|name| ids::taxonomy(name) == wanted)).await?;
    found.map(|name| Json(taxonomy_of(&name))).ok_or_else(not_there)
}

/// `GET /hsds/{c}/taxonomy_terms`
pub async fn taxonomy_terms(
    InCommunity(community): InCommunity,
    State(state): State<AppState>,
    parts: Parts,
) -> Result<Response, Problem> {
    let known: Vec<&str> =
        page::NAMES.into_iter().chain(["search", "taxonomy_id", "top_only", "parent_id"]).collect();
    let params = params(&parts, &known)?;
    let paging = Paging::read(&params).map_err(Problem::bad_request)?;
    let search = params.text("search").map(Folded::new);
    let uuid = |name: &str| {
        let parsed = params.given(name).map(Uuid::parse_str).transpose();
        parsed.map_err(|_| Problem::bad_request(Invalid::new(name, "must be a UUID")))
    };
    // No term has a parent: all are at the top, and none is below another.
    let (wanted, parent) = (uuid("taxonomy_id")?, uuid("parent_id")?);
    params.flag("top_only").map_err(Problem::bad_request)?;
    let here = Here::new(community, &state);
    aside(move || {
        let mut found = all_terms(&here);
        found.retain(|term| {
            parent.is_none()
                && wanted.is_none_or(|wanted| ids::taxonomy(&term.taxonomy) == wanted)
                && search.as_ref().is_none_or(|s| {
                    Folded::new(&term.name).contains(s) || Folded::new(&term.code).contains(s)
                })
        });
        paging.answer(&found, Said::term)
    })
    .await
}

/// `GET /hsds/{c}/taxonomy_terms/{id}`
pub async fn taxonomy_term(
    InCommunity(community): InCommunity,
    _: NoQuery,
    State(state): State<AppState>,
    mut parts: Parts,
) -> Result<Json<Value>, Problem> {
    let wanted = id(&mut parts, &state).await?;
    let here = Here::new(community, &state);
    let found = aside(move || all_terms(&here).into_iter().find(|term| term.id() == wanted)).await?;
    found.map(|term| Json(term.term())).ok_or_else(not_there)
}
