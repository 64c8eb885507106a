//! What handlers take from a request. Each extractor refuses with a [`super::problem::Problem`].

mod caller;
mod community;
mod id;
mod idempotency;
mod json;
mod participant;
mod query;
mod release;
mod staff;
mod tile;

pub(super) use caller::{Caller, Device};
pub(super) use community::InCommunity;
pub(super) use id::{PathEntry, PathId, PathPhoto};
pub(super) use idempotency::idempotency_key;
pub(super) use json::{JsonBody, RawJson};
pub(super) use participant::{Participant, Session, SignedInAs};
pub(super) use query::{NoQuery, Params, Query, StrictQuery};
pub(super) use release::{AnyRelease, InRelease, given_out};
#[expect(unused_imports, reason = "for operations to come")]
pub(super) use staff::{
    FreshSecondFactor, Operator, PlaceReader, Planner, Researcher, Staff, Steward, staff_of,
};
pub(super) use tile::TileAddress;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;

use super::problem::Problem;

/// A parameter of the path, decoded.
pub(super) async fn path_param<S: Send + Sync>(
    parts: &mut Parts,
    state: &S,
    name: &str,
) -> Result<String, Problem> {
    let params = RawPathParams::from_request_parts(parts, state).await;
    let params = params.map_err(|_| Problem::not_found("there is nothing at this address"))?;
    let value = params.iter().find(|(n, _)| *n == name).map(|(_, value)| value.to_owned());
    value.ok_or_else(|| Problem::internal(format!("the route has no parameter {name}")))
}
