//! Calling a release or a snapshot back.

use std::sync::Arc;

use engine::{Invalid, ReleaseId};

use super::{Core, to_the_end};
use crate::live::LiveCommunity;
use crate::store::{Recall, StoreError};

/// The most characters of a reason.
const REASON: usize = 2_000;

/// Checks why a release is called back: everyone reads it.
///
/// # Errors
/// Field `reason` when it is blank, too long, or holds U+0000.
pub fn check_reason(reason: &str) -> Result<(), Invalid> {
    let problem = if reason.chars().count() > REASON {
        "must have at most 2,000 characters"
    } else if reason.trim().is_empty() {
        "must say what is wrong"
    } else if reason.contains('\u{0}') {
        "must not contain the character U+0000"
    } else {
        return Ok(());
    };
    Err(Invalid::new("reason", problem))
}

/// Calls a release or a snapshot back and takes its numbers out of memory. The first reason stays.
///
/// # Errors
/// When there is no such release, or the store failed.
pub async fn recall(
    core: &Core,
    community: Arc<LiveCommunity>,
    release: ReleaseId,
    reason: String,
) -> Result<(), StoreError> {
    let core = core.clone();
    to_the_end(async move {
        let missing = || StoreError::Missing(format!("the release {release}"));
        let recall = Recall { reason, at: core.ambient.now() };
        core.store.recall_release(community.id(), release, &recall).await?;
        let stored = core.store.release(community.id(), release).await?.ok_or_else(missing)?;
        community.take_release(stored)
    })
    .await
}
