//! Changing a place.

use std::sync::Arc;

use engine::PlaceId;
use engine::place::Place;

use super::save_place::{Refused, parse};
use super::{ActionError, Core, SignedIn, to_the_end};
use crate::live::LiveCommunity;
use crate::store::{PlaceChange, StoreError, Updated};

/// What the client knows of the place that it changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// Whatever it is now.
    Any,
    /// One of these versions.
    Versions(Vec<i64>),
}

impl Expected {
    /// The version to change, if the one that is there is expected.
    pub(super) fn meets(&self, current: i64) -> Result<i64, ActionError> {
        match self {
            Self::Any => Ok(current),
            Self::Versions(known) if known.contains(&current) => Ok(current),
            Self::Versions(_) => Err(ActionError::Stale),
        }
    }
}

/// Replaces what a person says of their place.
///
/// # Errors
/// Another's place is [`ActionError::NoSuchPlace`]; a version that is not expected is [`ActionError::Stale`].
pub async fn change_place(
    core: &Core,
    community: Arc<LiveCommunity>,
    who: &SignedIn,
    id: PlaceId,
    expected: &Expected,
    json: &[u8],
) -> Result<Arc<Place>, ActionError> {
    let owner = who.participant.id;
    let current = current(core, &community, who, id).await?;
    let expected = expected.meets(current.version)?;
    let content = parse(&community, who, json, Some(&current.content))?;
    let change = PlaceChange { id, owner, expected, content, at: core.ambient.now() };
    let refused = Refused::of(core, &community, who, json, Some(current.content));
    let store = core.store.clone();
    to_the_end(async move {
        let updated = match store.update_place(&change).await {
            Err(StoreError::Missing(_)) => return Err(refused.why().await),
            updated => updated?,
        };
        match updated {
            Updated::Changed(place) => {
                let place = Arc::new(place);
                community.put_place(Arc::clone(&place));
                Ok(place)
            }
            Updated::Stale => Err(ActionError::Stale),
            Updated::Missing => Err(ActionError::NoSuchPlace),
        }
    })
    .await
}

/// The person's place as it is in the store, which may be newer than the memory if another process wrote it.
pub(super) async fn current(
    core: &Core,
    community: &LiveCommunity,
    who: &SignedIn,
    id: PlaceId,
) -> Result<Place, ActionError> {
    let place = core.store.own_place(who.participant.id, id).await?;
    let place = place.filter(|_| who.participant.community == *community.id());
    place.ok_or(ActionError::NoSuchPlace)
}
