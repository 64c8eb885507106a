//! `POST /api/communities/{c}/participants/return`

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{SignInAnswer, signed_in};
use crate::actions;
use crate::http::AppState;
use crate::http::extract::{Caller, InCommunity, JsonBody, NoQuery};
use crate::http::problem::{BodyProblems, Problem, ProblemBody, PublicProblems, ThrottleProblems};

/// Coming back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnBody {
    /// As it was shown on joining; case, spaces and dashes do not matter.
    return_code: String,
}

/// Comes back on another device.
#[utoipa::path(post, path = "/api/communities/{c}/participants/return", tag = "participants",
    params(("c" = String, Path, description = "the community")),
    request_body = ReturnBody,
    responses((status = 200, body = SignInAnswer),
        (status = 401, body = ProblemBody, content_type = "application/problem+json",
            description = "Nobody here holds this return code."),
        PublicProblems, BodyProblems, ThrottleProblems))]
pub async fn come_back(
    InCommunity(community): InCommunity,
    _: NoQuery,
    Caller(address): Caller,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<ReturnBody>,
) -> Result<Response, Problem> {
    let joined = actions::come_back(&state.core, community.id(), &body.return_code, &address).await?;
    Ok(signed_in(StatusCode::OK, &state.config, joined))
}
