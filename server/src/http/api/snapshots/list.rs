//! `GET /api/communities/{c}/snapshots`

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

use super::SnapshotAnswer;
use crate::http::extract::{InCommunity, NoQuery, Planner};
use crate::http::problem::{MemberProblems, PublicProblems};

/// The snapshots of a closed group, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct SnapshotList {
    snapshots: Vec<SnapshotAnswer>,
}

/// Lists the snapshots of a closed group, newest first. Other communities have none.
#[utoipa::path(get, path = "/api/communities/{c}/snapshots", tag = "snapshots",
    params(("c" = String, Path, description = "the community")),
    security(("token" = []), ("cookie" = [])),
    responses((status = 200, body = SnapshotList), PublicProblems, MemberProblems))]
pub async fn list_snapshots(
    InCommunity(community): InCommunity,
    _: Planner,
    _: NoQuery,
) -> Json<SnapshotList> {
    let snapshots = community.snapshots().iter().map(|s| SnapshotAnswer::from(&**s)).collect();
    Json(SnapshotList { snapshots })
}
