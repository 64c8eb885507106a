//! `GET /api/communities/{c}/supports/{id}/history`

use axum::Json;
use axum::extract::State;
use engine::SupportId;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::http::AppState;
use crate::http::extract::{InCommunity, NoQuery, PathId, Steward};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};

/// A change of a support.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupportChange {
    #[schema(format = DateTime)]
    at: String,
    /// The steward; null for an import.
    who: Option<String>,
    /// `add`, `edit`, `merge`, `close` or `import`.
    op: &'static str,
    /// The fields before; null before it was there.
    #[schema(value_type = Option<Object>)]
    before: Option<Value>,
    /// The fields after. The location and address of a confidential support are in neither.
    #[schema(value_type = Object)]
    after: Value,
}

/// What became of a support.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupportHistory {
    /// The newest first.
    changes: Vec<SupportChange>,
}

/// What became of a support, and by whom.
#[utoipa::path(get, path = "/api/communities/{c}/supports/{id}/history", tag = "supports",
    params(("c" = String, Path, description = "the community"),
        ("id" = uuid::Uuid, Path, description = "the support")),
    security(("token" = []), ("cookie" = [])),
    responses((status = 200, body = SupportHistory), PublicProblems, MemberProblems))]
pub async fn get_support_history(
    InCommunity(community): InCommunity,
    Steward(_): Steward,
    PathId(id): PathId<SupportId>,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<Json<SupportHistory>, Problem> {
    if state.core.store.support(community.id(), id).await?.is_none() {
        return Err(Problem::not_found("there is no such support here"));
    }
    let changes = state.core.store.support_history(community.id(), id).await?;
    let changes = changes.into_iter().map(|change| SupportChange {
        at: change.at.to_string(),
        who: change.who,
        op: change.op.as_str(),
        before: change.before,
        after: change.after,
    });
    Ok(Json(SupportHistory { changes: changes.collect() }))
}
