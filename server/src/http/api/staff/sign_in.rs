//! `POST /api/staff/session`

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use engine::Invalid;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{StaffSignInAnswer, signed_in};
use crate::actions::staff::{SecondFactor, sign_in};
use crate::http::AppState;
use crate::http::extract::{Caller, Device, JsonBody, NoQuery};
use crate::http::problem::{BodyProblems, Problem, PublicProblems, SignInProblems};

/// A sign-in: with a code of the authenticator or a recovery code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffSignInBody {
    email: String,
    password: String,
    /// The six digits that the authenticator shows.
    #[serde(default)]
    totp: Option<String>,
    /// One of the codes that were shown with the authenticator's; it works once.
    #[serde(default)]
    recovery_code: Option<String>,
}

/// Signs in. What was wrong is not said.
#[utoipa::path(post, path = "/api/staff/session", tag = "staff",
    request_body = StaffSignInBody,
    responses((status = 201, body = StaffSignInAnswer), PublicProblems, BodyProblems, SignInProblems))]
pub async fn sign_in_staff(
    _: NoQuery,
    Caller(address): Caller,
    Device(device): Device,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<StaffSignInBody>,
) -> Result<Response, Problem> {
    let second = match (body.totp, body.recovery_code) {
        (Some(totp), None) => SecondFactor::Totp(totp),
        (None, Some(code)) => SecondFactor::Recovery(code),
        _ => {
            let problem = Invalid::new("totp", "send either totp or recovery_code");
            return Err(Problem::unprocessable(problem));
        }
    };
    let done = sign_in(&state.core, &body.email, &body.password, &second, &device, &address).await?;
    Ok(signed_in(StatusCode::CREATED, &state.config, done))
}
