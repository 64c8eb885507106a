//! How many published pictures somebody is part of, and the agreement to be part of more.

use std::sync::Arc;

use engine::community::PublicationPolicy;
use engine::privacy::accounting::{DELTA, Rho, epsilon};
use engine::privacy::ledger::{LIFETIME_RELEASES, RELEASE_CAP};

use super::join::consent_record;
use super::release_ledger::most_releases;
use super::{ActionError, Core, SignedIn, to_the_end};
use crate::live::LiveCommunity;
use crate::store::Participant;

/// How many published pictures somebody is part of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MyPictures {
    /// So many so far.
    pub entered: u32,
    /// Of at most so many, until the agreement is renewed.
    pub most: u32,
    /// What `most` pictures promise, as ε.
    pub epsilon: f64,
    /// What is promised after a renewal: for `most` and as many more as a lifetime has.
    pub epsilon_renewed: f64,
}

impl MyPictures {
    fn new(entered: u32, most: u32) -> Self {
        let promised = |releases: u32| {
            epsilon(Rho::from_billionths(RELEASE_CAP.billionths().saturating_mul(releases.into())), DELTA)
        };
        let (now, renewed) = (promised(most), promised(entered.saturating_add(LIFETIME_RELEASES)));
        Self { entered, most, epsilon: now, epsilon_renewed: renewed }
    }
}

/// How many pictures somebody is part of; `None` where none are published.
///
/// # Errors
/// When the person is gone, or the store failed.
pub async fn my_pictures(
    core: &Core,
    community: &LiveCommunity,
    who: &Participant,
) -> Result<Option<MyPictures>, ActionError> {
    if community.info().policy != PublicationPolicy::Formal {
        return Ok(None);
    }
    let pictures = core.store.pictures_of(who.id).await.map_err(ActionError::without_the_person)?;
    let most = most_releases(&*core.store, community.id()).await?;
    Ok(Some(MyPictures::new(pictures.entered, pictures.renewed_at.saturating_add(most))))
}

/// Records that somebody who was in as many pictures as one may be agrees to be in more.
///
/// # Errors
/// When the text is not the one in force, `shown` is not how many pictures the person is part of, more are allowed
/// already, or the person does not agree to published maps.
pub async fn renew(
    core: &Core,
    community: Arc<LiveCommunity>,
    who: &SignedIn,
    version: &str,
    shown: u32,
) -> Result<(), ActionError> {
    let participant = &who.participant;
    let purposes = participant.consent.purposes;
    let consent =
        consent_record(core, &community.info(), participant.language, version, purposes, core.ambient.now())?;
    let Some(mine) = my_pictures(core, &community, participant).await? else {
        return Err(ActionError::NoRenewal("this community publishes no pictures"));
    };
    if !purposes.published_maps {
        return Err(ActionError::NoRenewal("you do not agree to published maps; agree to them first"));
    }
    if mine.entered < mine.most {
        return Err(ActionError::NoRenewal("you can be part of more pictures already"));
    }
    let (store, id) = (core.store.clone(), participant.id);
    let renewed = to_the_end(async move { store.renew(id, &consent, shown).await }).await;
    if renewed.map_err(ActionError::without_the_person)? {
        return Ok(());
    }
    Err(ActionError::NoRenewal("the number of pictures that you are part of is another; look at it again"))
}
