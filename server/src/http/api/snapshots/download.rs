//! `GET /api/communities/{c}/snapshots/{s}/{file}`

use axum::extract::State;
use axum::response::Response;

use super::InSnapshot;
use crate::export;
use crate::http::AppState;
use crate::http::api::export::{Kind, send};
use crate::http::api::releases::download::{DownloadFile, DownloadName, DownloadParams};
use crate::http::extract::{InCommunity, Planner, StrictQuery};
use crate::http::problem::{MemberProblems, Problem, PublicProblems, RecallProblems};

/// Takes a snapshot home. Each row says that there is no formal guarantee.
#[utoipa::path(get, path = "/api/communities/{c}/snapshots/{s}/{file}", tag = "snapshots",
    params(("c" = String, Path, description = "the community"),
        ("s" = String, Path, description = "the snapshot, or `latest`"),
        ("file" = inline(DownloadName), Path, description = "the format"), DownloadParams),
    security(("token" = []), ("cookie" = [])),
    responses((status = 200, description = "the file", content(
            ("application/geo+json"), ("text/csv"), ("application/geopackage+sqlite3"))),
        PublicProblems, MemberProblems, RecallProblems))]
pub async fn download_snapshot(
    InCommunity(community): InCommunity,
    _: Planner,
    DownloadFile(format): DownloadFile,
    InSnapshot(snapshot): InSnapshot,
    StrictQuery(asked): StrictQuery<DownloadParams>,
    State(state): State<AppState>,
) -> Result<Response, Problem> {
    let (info, now) = (community.info(), state.core.ambient.now());
    let table = export::snapshot::table(&info, &snapshot, &community.neighbourhoods().all, now);
    send(Kind::Table(format), table, asked.bom).await
}
