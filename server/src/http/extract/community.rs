//! The community in the path.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use engine::CommunityId;

use super::path_param;
use crate::http::AppState;
use crate::http::problem::Problem;
use crate::live::LiveCommunity;

/// The community of the path's `{c}`. Refuses with 404 for a name that no community has.
pub struct InCommunity(pub Arc<LiveCommunity>);

impl FromRequestParts<AppState> for InCommunity {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let name = path_param(parts, state, "c").await?;
        let id = name.parse::<CommunityId>().ok();
        let community = id.and_then(|id| state.core.live.community(&id));
        community.map(Self).ok_or_else(|| Problem::not_found("there is no such community"))
    }
}
