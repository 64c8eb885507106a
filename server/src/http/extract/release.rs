//! The release in the path.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use engine::{Invalid, ReleaseId};

use super::{InCommunity, path_param};
use crate::http::AppState;
use crate::http::problem::Problem;
use crate::live::LiveRelease;

/// The release of the path's `{r}`, an identifier or `latest`. Refuses with 404 for an unknown one and with
/// 400 for what is neither.
pub struct InRelease(pub Arc<LiveRelease>);

impl FromRequestParts<AppState> for InRelease {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let InCommunity(community) = InCommunity::from_request_parts(parts, state).await?;
        let name = path_param(parts, state, "r").await?;
        if name == "latest" {
            let latest = community.releases().first().cloned();
            return latest.map(Self).ok_or_else(|| Problem::not_found("there is no release yet"));
        }
        let wrong = Invalid::new("release", "must be a release's identifier or latest");
        let id: ReleaseId = name.parse().map_err(|_| Problem::bad_request(wrong))?;
        community.release(id).map(Self).ok_or_else(|| Problem::not_found("there is no such release"))
    }
}
