//! `GET /api/staff/tokens` and `DELETE /api/staff/tokens/{id}`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::AppState;
use crate::http::extract::{NoQuery, PathId, Staff};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};

/// An API token of yours.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApiTokenAnswer {
    id: Uuid,
    /// Of `places:read`, `releases:read` and `supports:write`.
    scopes: Vec<String>,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    expires_at: String,
    /// Whether it has run out.
    ended: bool,
    /// The day on which it was last used; null for never.
    #[schema(format = Date)]
    last_used: Option<String>,
}

/// Your API tokens.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApiTokensAnswer {
    tokens: Vec<ApiTokenAnswer>,
}

/// Lists your API tokens, the newest first. The tokens themselves were shown once.
#[utoipa::path(get, path = "/api/staff/tokens", tag = "staff", security(("staff" = []), ("token" = [])),
    responses((status = 200, body = ApiTokensAnswer), PublicProblems, MemberProblems))]
pub async fn list_api_tokens(
    Staff(who): Staff,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<Json<ApiTokensAnswer>, Problem> {
    let now = state.core.ambient.now();
    let tokens = state.core.store.api_tokens(who.account.id).await?;
    let tokens = tokens.into_iter().map(|token| ApiTokenAnswer {
        id: token.id,
        scopes: token.scopes.iter().map(|scope| scope.as_str().to_owned()).collect(),
        created_at: token.created_at.to_string(),
        expires_at: token.expires_at.to_string(),
        ended: token.expires_at <= now,
        last_used: token.last_used.map(|day| day.to_string()),
    });
    Ok(Json(ApiTokensAnswer { tokens: tokens.collect() }))
}

/// Revokes an API token of yours.
#[utoipa::path(delete, path = "/api/staff/tokens/{id}", tag = "staff",
    params(("id" = Uuid, Path, description = "the token")),
    security(("staff" = []), ("token" = [])),
    responses((status = 204, description = "Revoked."), PublicProblems, MemberProblems))]
pub async fn revoke_api_token(
    Staff(who): Staff,
    PathId(id): PathId<engine::StaffId>,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<StatusCode, Problem> {
    let revoked = state.core.store.revoke_api_token(who.account.id, id.0).await?;
    if revoked {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::not_found("there is no such token of yours"))
    }
}
