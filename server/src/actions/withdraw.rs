//! Leaving: everything of the person goes at once.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::{ActionError, Core, SignedIn, sha256, to_the_end};
use crate::live::LiveCommunity;
use crate::store::Erasure;
use crate::texts::hex;

/// After how long a backup is overwritten; the consent text promises it.
const BACKUPS_KEPT: SignedDuration = SignedDuration::from_hours(35 * 24);

/// What a person is told on leaving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// Names the erasure in the ledger, so that it can be shown to have happened; tells nothing else.
    pub receipt: String,
    /// How many places are gone.
    pub places_removed: usize,
    /// When the last backup that held them is overwritten.
    pub backups_gone_by: Timestamp,
}

/// Deletes the person and all that is theirs.
pub async fn withdraw(
    core: &Core,
    community: Arc<LiveCommunity>,
    who: &SignedIn,
) -> Result<Withdrawn, ActionError> {
    let (store, id, at) = (core.store.clone(), who.participant.id, core.ambient.now());
    let erasure = Erasure { erased: sha256(id.0.as_bytes()), at };
    to_the_end(async move {
        let places = store.withdraw(id, &erasure).await?.ok_or(ActionError::NobodyThere)?;
        let places_removed = places.len();
        community.drop_places(places);
        let receipt = hex(&erasure.erased);
        Ok(Withdrawn { receipt, places_removed, backups_gone_by: at + BACKUPS_KEPT })
    })
    .await
}
