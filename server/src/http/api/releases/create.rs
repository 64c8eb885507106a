//! `POST /api/communities/{c}/releases`

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::ToSchema;

use super::ReleaseAnswer;
use crate::actions::release::{NoRelease, publish};
use crate::http::AppState;
use crate::http::extract::{InCommunity, JsonBody, NoQuery, Steward};
use crate::http::problem::{BodyProblems, ConflictProblems, Kind, MemberProblems, Problem, PublicProblems};

/// How.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReleaseBody {
    /// Out of turn, which demonstrations alone may; it is charged like any other.
    #[serde(default)]
    pub(in crate::http::api) on_demand: bool,
}

/// Publishes what participants agreed to, now. What it costs of the privacy budget is charged before, and stays
/// charged when nothing comes of it.
#[utoipa::path(post, path = "/api/communities/{c}/releases", tag = "releases",
    params(("c" = String, Path, description = "the community")),
    security(("token" = []), ("cookie" = [])),
    request_body = NewReleaseBody,
    responses((status = 201, body = ReleaseAnswer, headers(("Location" = String))),
        PublicProblems, MemberProblems, BodyProblems, ConflictProblems))]
pub async fn make_release(
    InCommunity(community): InCommunity,
    _: Steward,
    _: NoQuery,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<NewReleaseBody>,
) -> Result<Response, Problem> {
    let live = publish(&state.core, community.clone(), body.on_demand).await?;
    let location = format!("/api/communities/{}/releases/{}", community.id(), live.stored.id);
    let answer = Json(ReleaseAnswer::from(&*live));
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], answer).into_response())
}

impl From<NoRelease> for Problem {
    fn from(why: NoRelease) -> Self {
        let detail = why.to_string();
        match why {
            NoRelease::NoCommunity(_) => Self::not_found(detail),
            NoRelease::Store(error) => error.into(),
            NoRelease::Domain(_) | NoRelease::Noise(_) => Self::internal(detail),
            _ => Self::new(Kind::Conflict, StatusCode::CONFLICT, detail),
        }
    }
}
