//! Two releases of the demonstration: the town of a year ago, and the town of now.

use std::sync::Arc;

use engine::neighbourhood::Neighbourhood;
use engine::synthetic::Town;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use super::community_id;
use crate::actions::release::{NoRelease, make_release};
use crate::ambient::{Ambient, Clock};
use crate::store::{Erasure, PlaceRemoval, Store, StoreError, StoredRelease};

/// How long before now the first release is dated: more than a year, so that the year's budget has room for one more that
/// a visitor makes.
const BETWEEN: SignedDuration = SignedDuration::from_hours(24 * 380);
/// The neighbourhood, of those in the town's order, that people turn away from between the releases.
const LEFT: usize = 7;
/// Of 256 places there, this many are taken down after the first release.
const TAKEN_DOWN: u8 = 230;

/// A clock that is late.
struct Earlier(Ambient);

impl Clock for Earlier {
    fn now(&self) -> Timestamp {
        self.0.now() - BETWEEN
    }
}

/// Makes a release of the town as it was a year ago, which had fewer places, and one of now. In between most
/// people who had places in one neighbourhood take them down: the comparison has more and fewer to show.
///
/// # Returns
/// Both, the earlier one first, or why there is none: a town of few people has one or neither.
pub async fn publish_twice(
    store: &dyn Store,
    ambient: &Ambient,
    town: &Town,
) -> [Result<StoredRelease, NoRelease>; 2] {
    let id = community_id();
    let then = Ambient { clock: Arc::new(Earlier(ambient.clone())), ..ambient.clone() };
    let first = make_release(store, &then, &id, true).await;
    if first.is_ok()
        && let Err(why) = take_down(store, ambient, town).await
    {
        return [Err(why.into()), make_release(store, ambient, &id, true).await];
    }
    [first, make_release(store, ambient, &id, true).await]
}

/// The neighbourhood that people turn away from.
pub fn left_by_people(town: &Town) -> &Neighbourhood {
    &town.neighbourhoods()[LEFT]
}

async fn take_down(store: &dyn Store, ambient: &Ambient, town: &Town) -> Result<(), StoreError> {
    let area = left_by_people(town);
    // The map that a visitor comes back to stays as it was.
    let first = town.participants().next().map(|person| person.id);
    for place in store.places(&community_id()).await? {
        let hash = Sha256::digest(place.id.0.as_bytes());
        let there = area.contains(place.content.geometry.anchor());
        // Stories stay: a steward has read them.
        let stays = Some(place.owner) == first || place.shares_a_story();
        if !there || stays || hash[0] >= TAKEN_DOWN {
            continue;
        }
        let erasure = Erasure { erased: hash.into(), at: ambient.now() };
        let removal = PlaceRemoval { id: place.id, owner: place.owner, expected: place.version, erasure };
        store.delete_place(&removal).await?;
    }
    Ok(())
}
