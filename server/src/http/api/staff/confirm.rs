//! `POST /api/staff/session/confirm`

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions::staff::confirm_second_factor;
use crate::http::extract::{JsonBody, NoQuery, Staff};
use crate::http::problem::{BodyProblems, MemberProblems, Problem, PublicProblems, ThrottleProblems};
use crate::http::{AppState, cookie};

/// A code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondFactorBody {
    /// The six digits that the authenticator shows.
    totp: String,
}

/// The session's new token.
#[derive(Serialize, ToSchema)]
pub struct RenewedAnswer {
    /// In place of the one before, which is worth nothing now.
    token: String,
}

/// Shows the second factor again; for ten minutes you may then do what asks for it.
#[utoipa::path(post, path = "/api/staff/session/confirm", tag = "staff",
    security(("staff" = []), ("token" = [])),
    request_body = SecondFactorBody,
    responses((status = 200, body = RenewedAnswer),
        PublicProblems, MemberProblems, BodyProblems, ThrottleProblems))]
pub async fn confirm_staff_session(
    Staff(who): Staff,
    _: NoQuery,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<SecondFactorBody>,
) -> Result<Response, Problem> {
    let token = confirm_second_factor(&state.core, &who, &body.totp).await?;
    let cookie = cookie::set_staff(&state.config, &token);
    Ok((StatusCode::OK, [(header::SET_COOKIE, cookie)], Json(RenewedAnswer { token })).into_response())
}
