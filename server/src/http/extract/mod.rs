//! What handlers take from a request. Each extractor refuses with a [`super::problem::Problem`].

mod community;
mod id;
mod json;
mod participant;
mod query;
mod release;
mod tile;

pub(super) use community::InCommunity;
pub(super) use id::PathId;
pub(super) use json::{JsonBody, RawJson};
pub(super) use participant::{Participant, Session};
pub(super) use query::{NoQuery, Params, Query, StrictQuery};
pub(super) use release::InRelease;
pub(super) use tile::TileAddress;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;

use super::problem::Problem;

/// A parameter of the path, decoded.
async fn path_param<S: Send + Sync>(parts: &mut Parts, state: &S, name: &str) -> Result<String, Problem> {
    let params = RawPathParams::from_request_parts(parts, state).await;
    let params = params.map_err(|_| Problem::not_found("there is nothing at this address"))?;
    let value = params.iter().find(|(n, _)| *n == name).map(|(_, value)| value.to_owned());
    value.ok_or_else(|| Problem::internal(format!("the route has no parameter {name}")))
}
