//! Deleting a place.

use std::sync::Arc;

use engine::PlaceId;

use super::change_place::{Expected, current};
use super::{ActionError, Core, SignedIn, sha256, to_the_end};
use crate::live::LiveCommunity;
use crate::store::{Deleted, Erasure, PlaceRemoval};

/// Deletes a person's place and notes it in the erasure ledger.
///
/// # Errors
/// Another's place is [`ActionError::NoSuchPlace`]; a version that is not expected is [`ActionError::Stale`].
pub async fn delete_place(
    core: &Core,
    community: Arc<LiveCommunity>,
    who: &SignedIn,
    id: PlaceId,
    expected: &Expected,
) -> Result<(), ActionError> {
    let current = current(core, &community, who, id).await?;
    let removal = PlaceRemoval {
        id,
        owner: who.participant.id,
        expected: expected.meets(current.version)?,
        erasure: Erasure { erased: sha256(id.0.as_bytes()), at: core.ambient.now() },
    };
    let store = core.store.clone();
    to_the_end(async move {
        match store.delete_place(&removal).await? {
            Deleted::Gone => {
                community.drop_places([id]);
                Ok(())
            }
            Deleted::Stale => Err(ActionError::Stale),
            Deleted::Missing => Err(ActionError::NoSuchPlace),
        }
    })
    .await
}
