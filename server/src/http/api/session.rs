//! `DELETE /api/session`

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::actions;
use crate::http::extract::{NoQuery, Session};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};
use crate::http::{AppState, cookie};

/// Signs out: the token is worth nothing afterwards.
#[utoipa::path(delete, path = "/api/session", tag = "participants",
    security(("token" = []), ("cookie" = [])),
    responses((status = 204, description = "Signed out."), PublicProblems, MemberProblems))]
pub async fn sign_out(
    Session(who): Session,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<Response, Problem> {
    actions::sign_out(&state.core, &who).await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie::clear(&state.config))]).into_response())
}
