//! `GET /api/staff/session`

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::{RoleAnswer, roles};
use crate::actions::staff::Means;
use crate::http::AppState;
use crate::http::extract::{NoQuery, Staff};
use crate::http::problem::{MemberProblems, PublicProblems};

/// Somebody of the staff.
#[derive(Debug, Serialize, ToSchema)]
pub struct StaffAnswer {
    email: String,
    roles: Vec<RoleAnswer>,
    /// When this session ends whatever happens.
    #[schema(format = DateTime)]
    expires_at: Option<String>,
    /// Whether a code was shown within the last ten minutes.
    second_factor_fresh: bool,
}

/// Who you are.
#[utoipa::path(get, path = "/api/staff/session", tag = "staff", security(("staff" = []), ("token" = [])),
    responses((status = 200, body = StaffAnswer), PublicProblems, MemberProblems))]
pub async fn get_staff_session(
    Staff(who): Staff,
    _: NoQuery,
    State(state): State<AppState>,
) -> Json<StaffAnswer> {
    let expires_at = match &who.by {
        Means::Session(session) => Some(session.expires_at.to_string()),
        Means::Token(_) => None,
    };
    Json(StaffAnswer {
        email: who.account.email.clone(),
        roles: roles(&who.account),
        expires_at,
        second_factor_fresh: who.is_fresh(state.core.ambient.now()),
    })
}
