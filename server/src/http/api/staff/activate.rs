//! `POST /api/staff/activate`

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions;
use crate::http::AppState;
use crate::http::extract::{Caller, JsonBody, NoQuery};
use crate::http::problem::{BodyProblems, Problem, PublicProblems, SignInProblems};

/// A password chosen by a one-time link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivateBody {
    /// What the link carries behind `#link=`.
    link_token: String,
    /// 12 to 128 characters, none of them asked for; not a common one.
    #[schema(min_length = 12, max_length = 128)]
    password: String,
}

/// What is shown once, and counts when a first code confirms it.
#[derive(Serialize, ToSchema)]
pub struct EnrolmentAnswer {
    email: String,
    /// For authenticators, as a QR code.
    totp_uri: String,
    /// The same secret, to type.
    totp_secret: String,
    /// Each opens the account once if the authenticator is lost.
    recovery_codes: Vec<String>,
}

/// Chooses a password by a one-time link, and gets a second factor to set up.
#[utoipa::path(post, path = "/api/staff/activate", tag = "staff",
    request_body = ActivateBody,
    responses((status = 200, body = EnrolmentAnswer), PublicProblems, BodyProblems, SignInProblems))]
pub async fn activate_staff(
    _: NoQuery,
    Caller(address): Caller,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<ActivateBody>,
) -> Result<Json<EnrolmentAnswer>, Problem> {
    let made = actions::staff::activate(&state.core, &body.link_token, &body.password, &address).await?;
    Ok(Json(EnrolmentAnswer {
        email: made.email,
        totp_uri: made.totp_uri,
        totp_secret: made.totp_secret,
        recovery_codes: made.recovery_codes,
    }))
}
