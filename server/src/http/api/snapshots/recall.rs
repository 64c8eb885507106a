//! `POST /api/communities/{c}/snapshots/{s}/recall`

use axum::Json;
use axum::extract::State;

use super::{AnySnapshot, SnapshotAnswer};
use crate::actions::recall::recall;
use crate::http::AppState;
use crate::http::api::releases::recall::RecallBody;
use crate::http::extract::{InCommunity, JsonBody, NoQuery, Steward};
use crate::http::problem::{BodyProblems, MemberProblems, Problem, PublicProblems};

/// Calls a defective snapshot back: its numbers are not given out any more, and planners read why. The first reason
/// stays.
#[utoipa::path(post, path = "/api/communities/{c}/snapshots/{s}/recall", tag = "snapshots",
    params(("c" = String, Path, description = "the community"),
        ("s" = String, Path, description = "the snapshot, or `latest`")),
    security(("token" = []), ("cookie" = [])),
    request_body = RecallBody,
    responses((status = 200, body = SnapshotAnswer), PublicProblems, MemberProblems, BodyProblems))]
pub async fn recall_snapshot(
    InCommunity(community): InCommunity,
    _: Steward,
    AnySnapshot(snapshot): AnySnapshot,
    _: NoQuery,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<RecallBody>,
) -> Result<Json<SnapshotAnswer>, Problem> {
    let id = snapshot.stored.id;
    recall(&state.core, community.clone(), id, body.checked()?).await?;
    let live = community.snapshot(id).ok_or_else(|| Problem::not_found("there is no such snapshot"))?;
    Ok(Json(SnapshotAnswer::from(&*live)))
}
