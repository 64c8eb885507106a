//! `…/study/queries`: questions that a researcher keeps to ask again.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use engine::{Invalid, StaffId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::selection::Selection;
use crate::actions::staff::{forget_query, save_query};
use crate::http::AppState;
use crate::http::extract::{InCommunity, JsonBody, NoQuery, PathId, Researcher};
use crate::http::problem::{BodyProblems, MemberProblems, Problem, PublicProblems};
use crate::store::SavedQuery;

/// A question to keep.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewQuery {
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// Which places, as `places/search` asks.
    #[schema(value_type = Selection)]
    places: Value,
}

/// A question of yours.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeptQuery {
    id: Uuid,
    name: String,
    /// Which places.
    #[schema(value_type = Selection)]
    places: Value,
    #[schema(format = DateTime)]
    created_at: String,
}

/// Your questions, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeptQueries {
    queries: Vec<KeptQuery>,
}

impl From<SavedQuery> for KeptQuery {
    fn from(query: SavedQuery) -> Self {
        let created_at = query.created_at.to_string();
        Self { id: query.id, name: query.name, places: query.question, created_at }
    }
}

/// Lists your questions. Nobody else sees them.
#[utoipa::path(get, path = "/api/communities/{c}/study/queries", tag = "study",
    params(("c" = String, Path, description = "the community")),
    security(("staff" = []), ("token" = [])),
    responses((status = 200, body = KeptQueries), PublicProblems, MemberProblems))]
pub async fn list_queries(
    InCommunity(community): InCommunity,
    Researcher(member): Researcher,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<Json<KeptQueries>, Problem> {
    let kept = state.core.store.saved_queries(community.id(), member.account.id).await?;
    Ok(Json(KeptQueries { queries: kept.into_iter().map(KeptQuery::from).collect() }))
}

/// Keeps a question to ask it again; what it finds is not kept. At most 100.
#[utoipa::path(post, path = "/api/communities/{c}/study/queries", tag = "study",
    params(("c" = String, Path, description = "the community")),
    security(("staff" = []), ("token" = [])),
    request_body = NewQuery,
    responses((status = 201, body = KeptQuery), PublicProblems, MemberProblems, BodyProblems))]
pub async fn keep_query(
    InCommunity(community): InCommunity,
    Researcher(member): Researcher,
    _: NoQuery,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<NewQuery>,
) -> Result<(StatusCode, Json<KeptQuery>), Problem> {
    check(&body.places, &community.neighbourhoods().all).map_err(Problem::unprocessable)?;
    let kept = save_query(&state.core, community.id(), &member, &body.name, body.places).await?;
    Ok((StatusCode::CREATED, Json(kept.into())))
}

/// Only what could be asked is kept.
fn check(places: &Value, all: &engine::neighbourhood::Neighbourhoods) -> Result<(), Invalid> {
    let read: Result<Selection, _> = serde_path_to_error::deserialize(places);
    let selection = read.map_err(|e| {
        let path = e.path().to_string();
        let field = if path == "." { "places".to_owned() } else { format!("places.{path}") };
        Invalid::new(field, e.inner().to_string())
    })?;
    selection.parse(all).map(drop).map_err(|e| e.under("places"))
}

/// Forgets a question of yours.
#[utoipa::path(delete, path = "/api/communities/{c}/study/queries/{id}", tag = "study",
    params(("c" = String, Path, description = "the community"), ("id" = Uuid, Path, description = "the question")),
    security(("staff" = []), ("token" = [])),
    responses((status = 204, description = "Forgotten."), PublicProblems, MemberProblems))]
pub async fn delete_query(
    InCommunity(community): InCommunity,
    Researcher(member): Researcher,
    PathId(id): PathId<StaffId>,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<StatusCode, Problem> {
    if forget_query(&state.core, community.id(), &member, id.0).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::not_found("there is no such question of yours"))
    }
}
