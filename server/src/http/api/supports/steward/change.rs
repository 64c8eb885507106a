//! `PUT /api/communities/{c}/supports/{id}`

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use engine::SupportId;

use super::answer;
use crate::actions;
use crate::http::api::supports::feature::SupportFeature;
use crate::http::api::supports::schema::SupportBody;
use crate::http::extract::{InCommunity, NoQuery, PathId, RawJson, Steward};
use crate::http::problem::{BodyProblems, MemberProblems, Problem, PublicProblems, VersionProblems};
use crate::http::{AppState, etag};

/// Replaces what is known of a support. What changes by it stays as it is when its source is imported again.
#[utoipa::path(put, path = "/api/communities/{c}/supports/{id}", tag = "supports",
    params(("c" = String, Path, description = "the community"),
        ("id" = uuid::Uuid, Path, description = "the support"),
        ("If-Match" = String, Header, description = "the ETag that you read, or `*`")),
    security(("token" = []), ("cookie" = [])),
    request_body(content = SupportBody, content_type = "application/json"),
    responses((status = 200, body = SupportFeature, headers(("ETag" = String))),
        PublicProblems, MemberProblems, BodyProblems, VersionProblems))]
pub async fn change_support(
    InCommunity(community): InCommunity,
    Steward(who): Steward,
    PathId(id): PathId<SupportId>,
    _: NoQuery,
    State(state): State<AppState>,
    headers: HeaderMap,
    RawJson(json): RawJson,
) -> Result<Response, Problem> {
    let expected = etag::expected(&headers)?;
    let changed = actions::change_support(&state.core, community.clone(), &who, id, &expected, &json).await?;
    Ok(answer(&state, &community, &changed))
}
