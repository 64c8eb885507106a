//! `GET /api/staff/sessions` and `DELETE /api/staff/sessions/{id}`

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::actions::staff::{IDLE, Means};
use crate::http::extract::{NoQuery, PathId, Staff};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};
use crate::http::{AppState, cookie};

/// A session of yours.
#[derive(Debug, Serialize, ToSchema)]
pub struct StaffSessionAnswer {
    id: Uuid,
    /// Browser and system in a few words; may be empty.
    device: String,
    #[schema(format = DateTime)]
    created_at: String,
    /// To the minute.
    #[schema(format = DateTime)]
    seen_at: String,
    #[schema(format = DateTime)]
    expires_at: String,
    /// Whether it is the one that asks.
    current: bool,
}

/// Your sessions.
#[derive(Debug, Serialize, ToSchema)]
pub struct StaffSessionsAnswer {
    sessions: Vec<StaffSessionAnswer>,
}

/// Lists the sessions that you have open, the newest first.
#[utoipa::path(get, path = "/api/staff/sessions", tag = "staff", security(("staff" = []), ("token" = [])),
    responses((status = 200, body = StaffSessionsAnswer), PublicProblems, MemberProblems))]
pub async fn list_staff_sessions(
    Staff(who): Staff,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<Json<StaffSessionsAnswer>, Problem> {
    let now = state.core.ambient.now();
    let open = state.core.store.staff_sessions(who.account.id, now, now - IDLE).await?;
    let current = |id| matches!(&who.by, Means::Session(session) if session.id == id);
    let sessions = open.into_iter().map(|session| StaffSessionAnswer {
        current: current(session.id),
        id: session.id,
        device: session.device,
        created_at: session.created_at.to_string(),
        seen_at: session.seen_at.to_string(),
        expires_at: session.expires_at.to_string(),
    });
    Ok(Json(StaffSessionsAnswer { sessions: sessions.collect() }))
}

/// Closes a session of yours, wherever it is open; to close your own is to sign out.
#[utoipa::path(delete, path = "/api/staff/sessions/{id}", tag = "staff",
    params(("id" = Uuid, Path, description = "the session")),
    security(("staff" = []), ("token" = [])),
    responses((status = 204, description = "Closed."), PublicProblems, MemberProblems))]
pub async fn close_staff_session(
    Staff(who): Staff,
    PathId(id): PathId<engine::StaffId>,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<Response, Problem> {
    if !state.core.store.close_staff_session(who.account.id, id.0).await? {
        return Err(Problem::not_found("there is no such session of yours"));
    }
    let mine = matches!(&who.by, Means::Session(session) if session.id == id.0);
    let cleared = mine.then(|| [(header::SET_COOKIE, cookie::clear_staff(&state.config))]);
    Ok((StatusCode::NO_CONTENT, cleared.into_iter().flatten().collect::<HeaderMap>()).into_response())
}
