//! The staff: coming in, and what they have open.

pub mod activate;
pub mod confirm;
pub mod confirm_activation;
pub mod recovery_codes;
pub mod session;
pub mod sessions;
pub mod sign_in;
pub mod tokens;

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::actions::staff::StaffSignIn;
use crate::app_config::AppConfig;
use crate::http::cookie;
use crate::store::StaffAccount;

/// What somebody may do where.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleAnswer {
    /// The community.
    community: String,
    role: RoleName,
}

/// The roles.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(rename_all = "snake_case")]
pub enum RoleName {
    Researcher,
    Planner,
    Steward,
    Operator,
}

/// A session of the staff that was opened.
#[derive(Debug, Serialize, ToSchema)]
pub struct StaffSignInAnswer {
    email: String,
    /// For `Authorization: Bearer`; browsers keep the cookie instead.
    token: String,
    roles: Vec<RoleAnswer>,
    /// When it ends whatever happens; 12 hours without use end it, too.
    #[schema(format = DateTime)]
    expires_at: String,
}

fn roles(account: &StaffAccount) -> Vec<RoleAnswer> {
    use crate::store::Role;
    let role = |role: &Role| match role {
        Role::Researcher => RoleName::Researcher,
        Role::Planner => RoleName::Planner,
        Role::Steward => RoleName::Steward,
        Role::Operator => RoleName::Operator,
    };
    account.roles.iter().map(|(c, r)| RoleAnswer { community: c.to_string(), role: role(r) }).collect()
}

/// The answer with the cookie.
fn signed_in(status: StatusCode, config: &AppConfig, signed_in: StaffSignIn) -> Response {
    let cookie = cookie::set_staff(config, &signed_in.token);
    let answer = StaffSignInAnswer {
        roles: roles(&signed_in.account),
        email: signed_in.account.email,
        token: signed_in.token,
        expires_at: signed_in.session.expires_at.to_string(),
    };
    (status, [(header::SET_COOKIE, cookie)], Json(answer)).into_response()
}
