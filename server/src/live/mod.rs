//! What the server keeps in memory: every community's directory, neighbourhoods, places and releases.
//!
//! It is a copy of the store. It is filled at start, altered after each commit of this process, and kept in
//! step with other processes by [`follow`]. Everything that reaches it may come twice and in any order.

mod community;
mod follow;
mod profile;
mod release;
mod snapshot;
mod tile_cache;

use std::collections::BTreeMap;
use std::sync::Arc;

use arc_swap::ArcSwap;
use engine::CommunityId;
use engine::community::Community;

pub use community::{Directory, LiveCommunity, NeighbourhoodMap};
pub use follow::{Follower, follow};
pub use profile::Profiles;
pub use release::{LiveRelease, tables};
pub use snapshot::LiveSnapshot;
pub use tile_cache::{Tile, TileCache};

use crate::store::{FeedPosition, Store, StoreError};

/// All communities in memory.
#[derive(Default)]
pub struct Live {
    communities: ArcSwap<BTreeMap<CommunityId, Arc<LiveCommunity>>>,
}

impl Live {
    /// Reads everything from the store. The position of the feed is read first, so that nothing which is
    /// written meanwhile is missed: following from there at most applies it twice.
    pub async fn load(store: &dyn Store) -> Result<(Self, FeedPosition), StoreError> {
        let position = store.feed_position().await?;
        let live = Self::default();
        for community in store.communities().await? {
            live.add(LiveCommunity::load(store, community).await?);
        }
        Ok((live, position))
    }

    /// One community.
    pub fn community(&self, id: &CommunityId) -> Option<Arc<LiveCommunity>> {
        self.communities.load().get(id).cloned()
    }

    /// All communities by name.
    pub fn communities(&self) -> Vec<Arc<LiveCommunity>> {
        self.communities.load().values().cloned().collect()
    }

    /// Adds a community that was loaded, unless it is here already.
    fn add(&self, community: LiveCommunity) {
        let community = Arc::new(community);
        self.communities.rcu(|all| {
            let mut all = BTreeMap::clone(all);
            all.entry(community.id().clone()).or_insert_with(|| Arc::clone(&community));
            all
        });
    }

    /// Takes over a community as the store has it now, with all of its rows if it is new here.
    async fn take_over(&self, store: &dyn Store, community: Community) -> Result<(), StoreError> {
        match self.community(&community.id) {
            Some(known) => known.set_info(community),
            None => self.add(LiveCommunity::load(store, community).await?),
        }
        Ok(())
    }
}
