//! Stewards at work in the directory.

pub mod change;
pub mod close;
pub mod create;
pub mod history;
pub mod merge;

use axum::Json;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use engine::support::Support;

use super::feature::SupportFeature;
use super::query::Ground;
use crate::http::{AppState, etag};
use crate::live::LiveCommunity;

/// A support after a change, with its version.
fn answer(state: &AppState, community: &LiveCommunity, support: &Support) -> Response {
    let ground = Ground::new(community, state.core.ambient.now());
    let feature = SupportFeature::new(support, None, &ground.directory, &ground.now());
    ([(header::ETAG, etag::of_version(support.version))], Json(feature)).into_response()
}
