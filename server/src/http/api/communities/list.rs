//! `GET /api/communities`

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::CommunitySummary;
use crate::http::AppState;
use crate::http::extract::NoQuery;
use crate::http::geojson::{JSON, public};
use crate::http::problem::PublicProblems;

/// All community maps of this server.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommunityList {
    /// By name.
    communities: Vec<CommunitySummary>,
}

/// Lists the community maps of this server.
#[utoipa::path(get, path = "/api/communities", tag = "communities",
    responses((status = 200, body = CommunityList), PublicProblems))]
pub async fn list_communities(_: NoQuery, State(state): State<AppState>, headers: HeaderMap) -> Response {
    let communities = state.core.live.communities();
    let communities = communities.iter().map(|c| CommunitySummary::from(&*c.info())).collect();
    public(&headers, JSON, &CommunityList { communities })
}
