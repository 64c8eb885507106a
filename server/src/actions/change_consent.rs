//! Changing one's mind.

use std::sync::Arc;

use engine::Invalid;
use engine::community::{Language, Purposes};

use super::join::consent_record;
use super::{ActionError, Core, SignedIn, to_the_end};
use crate::live::LiveCommunity;
use crate::store::Participant;

/// Records a new agreement on the text as it was read, in the language in which it was read. A purpose that is turned
/// off is turned off in every place, too.
///
/// # Errors
/// A language that the community does not offer; an agreement on a text that is not in force.
pub async fn change_consent(
    core: &Core,
    community: Arc<LiveCommunity>,
    who: &SignedIn,
    language: Language,
    version: &str,
    purposes: Purposes,
) -> Result<Participant, ActionError> {
    let participant = &who.participant;
    let (info, now) = (community.info(), core.ambient.now());
    if !info.languages.contains(&language) {
        return Err(Invalid::new("language", "is not a language of this community").into());
    }
    let consent = consent_record(core, &info, language, version, purposes, now)?;
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
