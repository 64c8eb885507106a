//! The identifier in the path.

use std::str::FromStr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use engine::Invalid;

use super::path_param;
use crate::http::AppState;
use crate::http::problem::Problem;

/// The path's `{id}`. Refuses with 400 for what is no identifier.
pub struct PathId<T>(pub T);

impl<T: FromStr<Err = Invalid>> FromRequestParts<AppState> for PathId<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let text = path_param(parts, state, "id").await?;
        text.parse().map(Self).map_err(Problem::bad_request)
    }
}
