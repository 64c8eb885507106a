//! The identifier in the path.

use std::str::FromStr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use engine::{DiaryId, Invalid, PhotoId};

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

/// The path's `{d}`, an entry of a diary. Refuses with 400 for what is no identifier.
pub struct PathEntry(pub DiaryId);

impl FromRequestParts<AppState> for PathEntry {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let text = path_param(parts, state, "d").await?;
        text.parse().map(Self).map_err(Problem::bad_request)
    }
}

/// The path's `{p}`, a photo. Refuses with 400 for what is no identifier.
pub struct PathPhoto(pub PhotoId);

impl FromRequestParts<AppState> for PathPhoto {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let text = path_param(parts, state, "p").await?;
        text.parse().map(Self).map_err(Problem::bad_request)
    }
}
