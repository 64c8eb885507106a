//! `POST /api/staff/activate/confirm`

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{StaffSignInAnswer, signed_in};
use crate::actions;
use crate::http::AppState;
use crate::http::extract::{Caller, Device, JsonBody, NoQuery};
use crate::http::problem::{BodyProblems, Problem, PublicProblems, SignInProblems};

/// A first code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmActivationBody {
    /// What the link carries behind `#link=`.
    link_token: String,
    /// The six digits that the authenticator shows.
    totp: String,
}

/// Shows that the authenticator works: the account is open, the link used up, and you are signed in.
#[utoipa::path(post, path = "/api/staff/activate/confirm", tag = "staff",
    request_body = ConfirmActivationBody,
    responses((status = 201, body = StaffSignInAnswer), PublicProblems, BodyProblems, SignInProblems))]
pub async fn confirm_staff_activation(
    _: NoQuery,
    Caller(address): Caller,
    Device(device): Device,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<ConfirmActivationBody>,
) -> Result<Response, Problem> {
    let (link, totp) = (&body.link_token, &body.totp);
    let done = actions::staff::confirm_activation(&state.core, link, totp, &device, &address).await?;
    Ok(signed_in(StatusCode::CREATED, &state.config, done))
}
