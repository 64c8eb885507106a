//! One community in memory.

use std::collections::{BTreeSet, HashSet};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use arc_swap::ArcSwap;
use engine::community::Community;
use engine::index::{Keyset, PlaceIndex, SupportIndex};
use engine::neighbourhood::Neighbourhoods;
use engine::place::Place;
use engine::support::Support;
use engine::{CommunityId, ParticipantId, PlaceId, ReleaseId};

use super::{LiveRelease, TileCache};
use crate::store::{Store, StoreError};

/// The directory at one moment, with the tiles made of it.
#[derive(Default)]
pub struct Directory {
    /// The supports.
    pub index: SupportIndex,
    /// Whom to credit for them.
    pub attribution: Option<&'static str>,
    categories: BTreeSet<String>,
    /// Tiles of the supports.
    pub tiles: TileCache,
}

impl Directory {
    fn new(supports: Vec<Support>) -> Self {
        let osm = supports.iter().any(|s| s.details.source == "osm");
        Self {
            attribution: osm.then_some("© OpenStreetMap contributors, ODbL 1.0"),
            categories: supports.iter().map(|s| s.details.category.clone()).collect(),
            index: SupportIndex::new(supports.into_iter().map(Arc::new)),
            tiles: TileCache::default(),
        }
    }

    /// Whether the vocabulary or a support here has this category.
    pub fn knows_category(&self, name: &str) -> bool {
        engine::category::category(name).is_some() || self.categories.contains(name)
    }
}

/// The neighbourhoods at one moment, with the tiles made of them.
#[derive(Default)]
pub struct NeighbourhoodMap {
    /// The neighbourhoods by name.
    pub all: Neighbourhoods,
    /// Tiles of the neighbourhoods.
    pub tiles: TileCache,
}

#[derive(Default)]
struct Places {
    index: Option<PlaceIndex>,
    /// Places that are gone. Identifiers never come back, so a late write or a late page of the feed cannot
    /// bring a deleted place to life again.
    gone: HashSet<PlaceId>,
}

/// One community in memory. Directory, neighbourhoods and releases are swapped as a whole; places are
/// altered one by one under a lock.
pub struct LiveCommunity {
    id: CommunityId,
    info: ArcSwap<Community>,
    directory: ArcSwap<Directory>,
    neighbourhoods: ArcSwap<NeighbourhoodMap>,
    places: RwLock<Places>,
    releases: ArcSwap<Vec<Arc<LiveRelease>>>,
}

impl LiveCommunity {
    /// Reads a community's rows from the store.
    pub(super) async fn load(store: &dyn Store, community: Community) -> Result<Self, StoreError> {
        let loaded = Self {
            id: community.id.clone(),
            info: ArcSwap::from_pointee(community),
            directory: ArcSwap::default(),
            neighbourhoods: ArcSwap::default(),
            places: RwLock::default(),
            releases: ArcSwap::default(),
        };
        loaded.reload_directory(store).await?;
        loaded.reload_neighbourhoods(store).await?;
        let places = store.places(&loaded.id).await?;
        loaded.write(|p| p.index = Some(PlaceIndex::new(places.into_iter().map(Arc::new))));
        for release in store.releases(&loaded.id).await? {
            loaded.add_release(LiveRelease::prepare(release)?);
        }
        Ok(loaded)
    }

    /// Its name in URLs.
    pub fn id(&self) -> &CommunityId {
        &self.id
    }

    /// What it is called, where it is, how it publishes.
    pub fn info(&self) -> Arc<Community> {
        self.info.load_full()
    }

    /// The directory as it is now.
    pub fn directory(&self) -> Arc<Directory> {
        self.directory.load_full()
    }

    /// The neighbourhoods as they are now.
    pub fn neighbourhoods(&self) -> Arc<NeighbourhoodMap> {
        self.neighbourhoods.load_full()
    }

    /// The releases, newest first.
    pub fn releases(&self) -> Arc<Vec<Arc<LiveRelease>>> {
        self.releases.load_full()
    }

    /// One release.
    pub fn release(&self, id: ReleaseId) -> Option<Arc<LiveRelease>> {
        self.releases.load().iter().find(|r| r.stored.id == id).cloned()
    }

    /// Adds a release that was stored. Releases never change, so one that is here already stays.
    pub fn add_release(&self, release: LiveRelease) {
        let release = Arc::new(release);
        self.releases.rcu(|all| {
            let mut all = Vec::clone(all);
            if all.iter().all(|r| r.stored.id != release.stored.id) {
                all.push(Arc::clone(&release));
                all.sort_by_key(|r| std::cmp::Reverse((r.stored.made_at, r.stored.id)));
            }
            all
        });
    }

    /// An owner's place.
    pub fn place(&self, owner: ParticipantId, id: PlaceId) -> Option<Arc<Place>> {
        self.read().index.as_ref()?.get(id).filter(|p| p.owner == owner).cloned()
    }

    /// An owner's places, newest first, at most `limit`, from behind `after`.
    pub fn places_of(&self, owner: ParticipantId, after: Option<Keyset>, limit: usize) -> Vec<Arc<Place>> {
        let places = self.read();
        let Some(index) = &places.index else { return Vec::new() };
        index.of_owner(owner, after, limit).into_iter().cloned().collect()
    }

    /// How many places an owner has.
    pub fn count_of(&self, owner: ParticipantId) -> usize {
        self.read().index.as_ref().map_or(0, |index| index.count_of(owner))
    }

    /// Takes over a place that was committed, unless a newer version is here or it is gone.
    pub fn put_place(&self, place: Arc<Place>) {
        self.write(|places| {
            let newer = places.index.as_ref().and_then(|i| i.get(place.id)).map(|p| p.version);
            if !places.gone.contains(&place.id) && newer.is_none_or(|v| v < place.version) {
                places.index.get_or_insert_with(|| PlaceIndex::new([])).insert(place);
            }
        });
    }

    /// Drops places whose deletion was committed, for good.
    pub fn drop_places(&self, ids: impl IntoIterator<Item = PlaceId>) {
        self.write(|places| {
            for id in ids {
                places.gone.insert(id);
                if let Some(index) = &mut places.index {
                    index.remove(id);
                }
            }
        });
    }

    pub(super) fn set_info(&self, community: Community) {
        self.info.store(Arc::new(community));
    }

    pub(super) async fn reload_directory(&self, store: &dyn Store) -> Result<(), StoreError> {
        let supports = store.supports(&self.id).await?;
        // Ten thousand supports take some ten milliseconds to index: not on a thread that answers requests.
        let directory = tokio::task::spawn_blocking(move || Directory::new(supports));
        self.directory.store(Arc::new(directory.await.expect("indexing does not panic")));
        Ok(())
    }

    pub(super) async fn reload_neighbourhoods(&self, store: &dyn Store) -> Result<(), StoreError> {
        let all = Neighbourhoods::new(store.neighbourhoods(&self.id).await?);
        self.neighbourhoods.store(Arc::new(NeighbourhoodMap { all, tiles: TileCache::default() }));
        Ok(())
    }

    fn read(&self) -> RwLockReadGuard<'_, Places> {
        self.places.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, change: impl FnOnce(&mut Places)) {
        change(&mut self.places.write().unwrap_or_else(PoisonError::into_inner));
    }
}
