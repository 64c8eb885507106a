//! Snapshots of a closed group: made by its stewards, for its signed-in planners alone, without a formal guarantee.

pub mod create;
pub mod download;
pub mod list;
pub mod one;
pub mod recall;

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use engine::privacy::closed_group::Division;
use engine::{Invalid, ReleaseId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::actions::snapshot::NO_GUARANTEE;
use crate::http::AppState;
use crate::http::api::releases::RecallAnswer;
use crate::http::extract::{InCommunity, path_param};
use crate::http::problem::Problem;
use crate::live::LiveSnapshot;

/// A snapshot, without its numbers.
#[derive(Debug, Serialize, ToSchema)]
pub struct SnapshotAnswer {
    #[schema(value_type = uuid::Uuid)]
    id: String,
    #[schema(format = DateTime)]
    made_at: String,
    /// `closed_group`.
    policy: &'static str,
    /// What must be said wherever its numbers are shown: that there is no formal guarantee.
    label: &'static str,
    /// Made for a demonstration or a test, outside of the calendar.
    on_demand: bool,
    /// `neighbourhoods`, or `cells` where the community has none.
    units: &'static str,
    /// Set when its numbers are not given out any more.
    recalled: Option<RecallAnswer>,
}

impl From<&LiveSnapshot> for SnapshotAnswer {
    fn from(snapshot: &LiveSnapshot) -> Self {
        let stored = &snapshot.stored;
        Self {
            id: stored.id.to_string(),
            made_at: stored.made_at.to_string(),
            policy: "closed_group",
            label: NO_GUARANTEE,
            on_demand: stored.on_demand,
            units: units(snapshot),
            recalled: stored.recalled.as_ref().map(RecallAnswer::from),
        }
    }
}

pub(super) fn units(snapshot: &LiveSnapshot) -> &'static str {
    match snapshot.table.table().division() {
        Division::Neighbourhoods => "neighbourhoods",
        Division::Cells => "cells",
    }
}

/// The snapshot of the path's `{s}`, an identifier or `latest`, also one that was called back. Refuses with 404 for
/// an unknown one and with 400 for what is neither.
pub struct AnySnapshot(pub Arc<LiveSnapshot>);

impl FromRequestParts<AppState> for AnySnapshot {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let InCommunity(community) = InCommunity::from_request_parts(parts, state).await?;
        let name = path_param(parts, state, "s").await?;
        if name == "latest" {
            let all = community.snapshots();
            let latest = all.iter().find(|s| s.stored.recalled.is_none()).cloned();
            return latest.map(Self).ok_or_else(|| Problem::not_found("there is no snapshot yet"));
        }
        let wrong = Invalid::new("snapshot", "must be a snapshot's identifier or latest");
        let id: ReleaseId = name.parse().map_err(|_| Problem::bad_request(wrong))?;
        community.snapshot(id).map(Self).ok_or_else(|| Problem::not_found("there is no such snapshot"))
    }
}

/// The same, whose numbers may be given out. Refuses with 410 for one that was called back.
pub struct InSnapshot(pub Arc<LiveSnapshot>);

impl FromRequestParts<AppState> for InSnapshot {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let AnySnapshot(snapshot) = AnySnapshot::from_request_parts(parts, state).await?;
        match &snapshot.stored.recalled {
            Some(recall) => Err(Problem::gone(format!("this snapshot was called back: {}", recall.reason))),
            None => Ok(Self(snapshot)),
        }
    }
}
