//! `POST /api/communities/{c}/supports`

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use super::answer;
use crate::actions;
use crate::http::AppState;
use crate::http::api::supports::feature::SupportFeature;
use crate::http::api::supports::schema::SupportBody;
use crate::http::extract::{InCommunity, NoQuery, RawJson, Steward};
use crate::http::problem::{BodyProblems, MemberProblems, Problem, PublicProblems};

/// Adds a support to the directory.
#[utoipa::path(post, path = "/api/communities/{c}/supports", tag = "supports",
    params(("c" = String, Path, description = "the community")),
    security(("token" = []), ("cookie" = [])),
    request_body(content = SupportBody, content_type = "application/json"),
    responses((status = 201, body = SupportFeature, headers(("ETag" = String), ("Location" = String))),
        PublicProblems, MemberProblems, BodyProblems))]
pub async fn create_support(
    InCommunity(community): InCommunity,
    Steward(who): Steward,
    _: NoQuery,
    State(state): State<AppState>,
    RawJson(json): RawJson,
) -> Result<Response, Problem> {
    let support = actions::add_support(&state.core, community.clone(), &who, &json).await?;
    let location =
        format!("{}/api/communities/{}/supports/{}", state.config.public_url, community.id(), support.id);
    let location = HeaderValue::try_from(location).map_err(|e| Problem::internal(e.to_string()))?;
    let mut response = answer(&state, &community, &support);
    *response.status_mut() = StatusCode::CREATED;
    response.headers_mut().insert(header::LOCATION, location);
    Ok(response)
}
