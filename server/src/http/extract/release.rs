//! The release in the path.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use engine::{Invalid, ReleaseId};

use super::{InCommunity, path_param};
use crate::http::AppState;
use crate::http::problem::Problem;
use crate::live::LiveRelease;

/// The release of the path's `{r}`, an identifier or `latest`, whose numbers may be given out. Refuses with 404 for
/// an unknown one, with 400 for what is neither, and with 410 for one that was called back.
pub struct InRelease(pub Arc<LiveRelease>);

impl FromRequestParts<AppState> for InRelease {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let AnyRelease(release) = AnyRelease::from_request_parts(parts, state).await?;
        given_out(release).map(Self)
    }
}

/// A release whose numbers may be given out. Refuses with 410 for one that was called back.
pub fn given_out(release: Arc<LiveRelease>) -> Result<Arc<LiveRelease>, Problem> {
    match &release.stored.recalled {
        Some(recall) => Err(Problem::gone(format!("this release was called back: {}", recall.reason))),
        None => Ok(release),
    }
}

/// The same, also one that was called back: to say that it was. `latest` is the newest that was not.
pub struct AnyRelease(pub Arc<LiveRelease>);

impl FromRequestParts<AppState> for AnyRelease {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let InCommunity(community) = InCommunity::from_request_parts(parts, state).await?;
        let name = path_param(parts, state, "r").await?;
        if name == "latest" {
            let latest = community.newest_release();
            return latest.map(Self).ok_or_else(|| Problem::not_found("there is no release yet"));
        }
        let wrong = Invalid::new("release", "must be a release's identifier or latest");
        let id: ReleaseId = name.parse().map_err(|_| Problem::bad_request(wrong))?;
        community.release(id).map(Self).ok_or_else(|| Problem::not_found("there is no such release"))
    }
}
