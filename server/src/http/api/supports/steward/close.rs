//! `POST /api/communities/{c}/supports/{id}/close`

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use engine::SupportId;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use super::answer;
use crate::actions;
use crate::http::api::supports::feature::SupportFeature;
use crate::http::api::supports::query::Ground;
use crate::http::extract::{InCommunity, JsonBody, NoQuery, PathId, Steward};
use crate::http::problem::{BodyProblems, MemberProblems, Problem, PublicProblems, VersionProblems};
use crate::http::{AppState, etag};

/// When it closes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseBody {
    /// Its last day, by the community's clocks; without one it is closed now.
    #[schema(value_type = Option<String>, format = Date)]
    on: Option<Date>,
}

/// Closes a support, now or at the end of a day.
#[utoipa::path(post, path = "/api/communities/{c}/supports/{id}/close", tag = "supports",
    params(("c" = String, Path, description = "the community"),
        ("id" = uuid::Uuid, Path, description = "the support"),
        ("If-Match" = String, Header, description = "the ETag that you read, or `*`")),
    security(("token" = []), ("cookie" = [])),
    request_body = CloseBody,
    responses((status = 200, body = SupportFeature, headers(("ETag" = String))),
        PublicProblems, MemberProblems, BodyProblems, VersionProblems))]
pub async fn close_support(
    InCommunity(community): InCommunity,
    Steward(who): Steward,
    PathId(id): PathId<SupportId>,
    _: NoQuery,
    State(state): State<AppState>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<CloseBody>,
) -> Result<Response, Problem> {
    let expected = etag::expected(&headers)?;
    let today = Ground::new(&community, state.core.ambient.now()).now().day();
    let core = &state.core;
    let closed = actions::close_support(core, community.clone(), &who, id, &expected, body.on, today).await?;
    Ok(answer(&state, &community, &closed))
}
