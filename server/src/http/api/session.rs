//! `DELETE /api/session`

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::actions;
use crate::http::extract::{NoQuery, SignedInAs};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};
use crate::http::{AppState, cookie};

/// Signs out: the token is worth nothing afterwards. Who is signed in as a participant and as staff in one
/// browser signs out as a participant. An API token is revoked instead: see `/api/staff/tokens`.
#[utoipa::path(delete, path = "/api/session", tag = "participants",
    security(("token" = []), ("cookie" = []), ("staff" = [])),
    responses((status = 204, description = "Signed out."), PublicProblems, MemberProblems))]
pub async fn sign_out(
    who: SignedInAs,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<Response, Problem> {
    let cleared = match who {
        SignedInAs::Participant(who) => {
            actions::sign_out(&state.core, &who).await?;
            cookie::clear(&state.config)
        }
        SignedInAs::Staff(who) => {
            actions::staff::sign_out(&state.core, &who).await?;
            cookie::clear_staff(&state.config)
        }
    };
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cleared)]).into_response())
}
