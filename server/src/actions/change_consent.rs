//! Changing one's mind.

use std::sync::Arc;

use engine::community::Purposes;

use super::join::consent_record;
use super::{ActionError, Core, SignedIn, to_the_end};
use crate::live::LiveCommunity;
use crate::store::Participant;

/// Records a new agreement. A purpose that is turned off is turned off in every place, too.
pub async fn change_consent(
    core: &Core,
    community: Arc<LiveCommunity>,
    who: &SignedIn,
    version: &str,
    purposes: Purposes,
) -> Result<Participant, ActionError> {
    let participant = &who.participant;
    let (info, now) = (community.info(), core.ambient.now());
    let consent = consent_record(core, &info, participant.language, version, purposes, now)?;
    let changed = Participant { consent: consent.clone(), ..participant.clone() };
    let (store, id) = (core.store.clone(), participant.id);
    to_the_end(async move {
        let places = store.change_consent(id, &consent).await.map_err(ActionError::without_the_person)?;
        for place in places {
            community.put_place(Arc::new(place));
        }
        Ok(changed)
    })
    .await
}
