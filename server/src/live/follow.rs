//! Keeping in step with what other processes write.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use engine::{CommunityId, PlaceId, ReleaseId};

use super::Live;
use crate::store::{Change, Changed, FeedPosition, Store, StoreError};

/// How many changes are read at once.
const PAGE: u32 = 1_000;

/// Follows the feed from a position.
pub struct Follower {
    store: Arc<dyn Store>,
    live: Arc<Live>,
    position: FeedPosition,
    in_step: Arc<AtomicBool>,
}

/// What a page of the feed asks to read again, each once.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing to read again, in any combination")]
struct Due {
    info: bool,
    directory: bool,
    neighbourhoods: bool,
    names: bool,
    places: BTreeSet<PlaceId>,
    releases: BTreeSet<ReleaseId>,
}

impl Follower {
    /// A follower that starts at a position which was read before the rows were loaded.
    pub fn new(store: Arc<dyn Store>, live: Arc<Live>, position: FeedPosition) -> Self {
        Self { store, live, position, in_step: Arc::new(AtomicBool::new(true)) }
    }

    /// Whether the newest look at the feed went well; for readiness.
    pub fn in_step(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.in_step)
    }

    /// Applies what there is to apply; returns once the feed is read to its end. After a failure the same
    /// changes are read again.
    pub async fn catch_up(&mut self) -> Result<(), StoreError> {
        loop {
            let (changes, position) = self.store.changes_after(self.position, PAGE).await?;
            let full = changes.len() >= PAGE as usize;
            self.apply(changes).await?;
            self.position = position;
            if !full {
                return Ok(());
            }
        }
    }

    async fn apply(&self, changes: Vec<Change>) -> Result<(), StoreError> {
        let mut due: BTreeMap<CommunityId, Due> = BTreeMap::new();
        for change in changes {
            let due = due.entry(change.community).or_default();
            match change.what {
                Changed::Community => due.info = true,
                Changed::Supports => due.directory = true,
                Changed::Neighbourhoods => due.neighbourhoods = true,
                Changed::Names => due.names = true,
                Changed::Place(id) => drop(due.places.insert(id)),
                Changed::Release(id) => drop(due.releases.insert(id)),
            }
        }
        for (id, due) in due {
            self.refresh(&id, due).await?;
        }
        Ok(())
    }

    async fn refresh(&self, id: &CommunityId, due: Due) -> Result<(), StoreError> {
        let store = &*self.store;
        let known = self.live.community(id);
        if (due.info || known.is_none())
            && let Some(community) = store.community(id).await?
        {
            self.live.take_over(store, community).await?;
        }
        // A community that was not known is loaded whole now.
        let Some(community) = known else { return Ok(()) };
        if due.directory {
            community.reload_directory(store).await?;
        }
        if due.neighbourhoods {
            community.reload_neighbourhoods(store).await?;
        }
        if due.names {
            community.reload_names(store).await?;
        }
        for release in due.releases {
            if community.release(release).is_none_or(|known| known.stored.recalled.is_none())
                && let Some(stored) = store.release(id, release).await?
            {
                community.take_release(stored)?;
            }
        }
        if !due.places.is_empty() {
            let asked: Vec<PlaceId> = due.places.iter().copied().collect();
            let mut missing = due.places;
            for place in store.places_by_id(&asked).await? {
                missing.remove(&place.id);
                community.put_place(Arc::new(place));
            }
            community.drop_places(missing);
        }
        Ok(())
    }
}

/// Follows the feed until the task is dropped.
pub async fn follow(mut follower: Follower, poll: Duration) {
    let mut wait = poll;
    loop {
        tokio::time::sleep(wait).await;
        match follower.catch_up().await {
            Ok(()) => {
                follower.in_step.store(true, Ordering::Relaxed);
                wait = poll;
            }
            Err(error) => {
                if follower.in_step.swap(false, Ordering::Relaxed) {
                    tracing::error!(%error, "the feed of changes cannot be followed; trying on");
                }
                wait = (wait * 2).min(Duration::from_secs(10));
            }
        }
    }
}
