//! One community in memory.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, OnceLock, PoisonError, RwLock, RwLockReadGuard};

use arc_swap::ArcSwap;
use engine::access::Origins;
use engine::community::{Community, Country};
use engine::gazetteer::{Gazetteer, NameKind, Named};
use engine::index::{Keyset, PlaceIndex, SupportIndex};
use engine::neighbourhood::{Neighbourhood, Neighbourhoods};
use engine::place::Place;
use engine::study::PlaceFilter;
use engine::support::{Status, Support};
use engine::{CommunityId, ParticipantId, PlaceId, ReleaseId, SupportId};

use super::{LiveRelease, LiveSnapshot, TileCache};
use crate::store::{Store, StoreError, StoredRelease};

/// The directory at one moment, with the tiles made of it.
#[derive(Default)]
pub struct Directory {
    /// The supports.
    pub index: SupportIndex,
    /// Whom to credit for them.
    pub attribution: Option<&'static str>,
    /// The names of those that one can go to.
    pub names: Gazetteer,
    categories: BTreeSet<String>,
    merged: HashMap<SupportId, SupportId>,
    /// Tiles of the supports.
    pub tiles: TileCache,
}

impl Directory {
    fn new(mut supports: Vec<Support>, country: Option<Country>) -> Self {
        let merged = supports.iter().filter_map(|s| Some((s.id, s.merged_into?))).collect();
        // Another one stands for those that were merged.
        supports.retain(|s| s.merged_into.is_none());
        let bearer = |s: &Support| {
            let is_open = s.details.status != Status::Closed;
            let (name, at) = (s.details.name.clone()?, s.location?);
            let known = is_open && s.missing_since.is_none() && !s.details.confidential;
            known.then(|| Named::point(name, NameKind::Support, at))
        };
        let names = Gazetteer::new(supports.iter().filter_map(bearer));
        let osm = supports.iter().any(|s| s.details.source == "osm");
        Self {
            attribution: osm.then_some("© OpenStreetMap contributors, ODbL 1.0"),
            categories: supports.iter().map(|s| s.details.category.clone()).collect(),
            index: SupportIndex::in_country(country, supports.into_iter().map(Arc::new)),
            merged,
            names,
            tiles: TileCache::default(),
        }
    }

    /// The support that one was merged into.
    pub fn stands_for(&self, id: SupportId) -> Option<SupportId> {
        self.merged.get(&id).copied()
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
    /// Their names.
    pub names: Gazetteer,
    /// Tiles of the neighbourhoods.
    pub tiles: TileCache,
    origins: OnceLock<Vec<Origins>>,
}

impl NeighbourhoodMap {
    /// Where walks start in each neighbourhood; worked out when first asked for.
    pub fn origins(&self) -> &[Origins] {
        self.origins.get_or_init(|| engine::access::origins(self.all.iter()))
    }
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
    snapshots: ArcSwap<Vec<Arc<LiveSnapshot>>>,
    names: ArcSwap<Gazetteer>,
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
            snapshots: ArcSwap::default(),
            names: ArcSwap::default(),
        };
        loaded.reload_directory(store).await?;
        loaded.reload_neighbourhoods(store).await?;
        loaded.reload_names(store).await?;
        let places = store.places(&loaded.id).await?;
        loaded.write(|p| p.index = Some(PlaceIndex::new(places.into_iter().map(Arc::new))));
        for release in store.releases(&loaded.id).await? {
            loaded.take_release(release)?;
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

    /// The names of streets and of what else is on the map, as they are now.
    pub fn names(&self) -> Arc<Gazetteer> {
        self.names.load_full()
    }

    /// The releases, newest first.
    pub fn releases(&self) -> Arc<Vec<Arc<LiveRelease>>> {
        self.releases.load_full()
    }

    /// The newest release that was not called back.
    pub fn newest_release(&self) -> Option<Arc<LiveRelease>> {
        self.releases.load().iter().find(|r| r.stored.recalled.is_none()).cloned()
    }

    /// One release.
    pub fn release(&self, id: ReleaseId) -> Option<Arc<LiveRelease>> {
        self.releases.load().iter().find(|r| r.stored.id == id).cloned()
    }

    /// The snapshots of a closed group, newest first: for its planners alone. They are kept apart from the releases,
    /// which are for everybody.
    pub fn snapshots(&self) -> Arc<Vec<Arc<LiveSnapshot>>> {
        self.snapshots.load_full()
    }

    /// One snapshot.
    pub fn snapshot(&self, id: ReleaseId) -> Option<Arc<LiveSnapshot>> {
        self.snapshots.load().iter().find(|s| s.stored.id == id).cloned()
    }

    /// Takes over a release or a snapshot that was stored or called back.
    ///
    /// # Errors
    /// When its tables cannot be read.
    pub fn take_release(&self, stored: StoredRelease) -> Result<(), StoreError> {
        if !LiveSnapshot::is_one(&stored) {
            self.add_release(LiveRelease::prepare(stored)?);
            return Ok(());
        }
        let snapshot = Arc::new(LiveSnapshot::prepare(stored)?);
        self.snapshots.rcu(|all| {
            let mut all = Vec::clone(all);
            if snapshot.stored.recalled.is_some() {
                all.retain(|s| s.stored.id != snapshot.stored.id);
            }
            if all.iter().all(|s| s.stored.id != snapshot.stored.id) {
                all.push(Arc::clone(&snapshot));
                all.sort_by_key(|s| Reverse((s.stored.made_at, s.stored.id)));
            }
            all
        });
        Ok(())
    }

    /// Adds a release that was stored. Releases never change, so one that is here already stays, unless it is
    /// called back now.
    pub fn add_release(&self, release: LiveRelease) {
        let release = Arc::new(release);
        self.releases.rcu(|all| {
            let mut all = Vec::clone(all);
            if release.stored.recalled.is_some() {
                all.retain(|r| r.stored.id != release.stored.id);
            }
            if all.iter().all(|r| r.stored.id != release.stored.id) {
                all.push(Arc::clone(&release));
                all.sort_by_key(|r| Reverse((r.stored.made_at, r.stored.id)));
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

    /// Places that are shared for research and match, newest first, at most `limit`, from behind `after`. Nobody
    /// may be given them before `actions::staff::log_reading` wrote it down.
    pub fn places_for_research(
        &self,
        filter: &PlaceFilter,
        after: Option<Keyset>,
        limit: usize,
    ) -> Vec<Arc<Place>> {
        let places = self.read();
        let Some(index) = &places.index else { return Vec::new() };
        let key = |p: &Arc<Place>| Keyset { created_at: p.created_at, id: p.id };
        let shared = index.iter().filter(|p| p.is_for_research());
        let behind = shared.filter(|p| after.is_none_or(|after| key(p) < after));
        let mut page: Vec<_> = behind.filter(|p| filter.matches(p)).cloned().collect();
        drop(places);
        if page.len() > limit {
            page.select_nth_unstable_by_key(limit, |p| Reverse(key(p)));
            page.truncate(limit);
        }
        page.sort_unstable_by_key(|p| Reverse(key(p)));
        page
    }

    /// A place that is shared for research. Nobody may be given it before `actions::staff::log_reading` wrote it down.
    pub fn place_for_research(&self, id: PlaceId) -> Option<Arc<Place>> {
        self.read().index.as_ref()?.get(id).filter(|p| p.content.share.research).cloned()
    }

    /// The places whose owners wish everyone to read their story. Nobody but a steward may be given one before
    /// `actions::stories` found it approved.
    pub fn places_sharing_a_story(&self) -> Vec<Arc<Place>> {
        let places = self.read();
        let Some(index) = &places.index else { return Vec::new() };
        index.iter().filter(|p| p.shares_a_story()).cloned().collect()
    }

    /// One of [`Self::places_sharing_a_story`].
    pub fn place_sharing_a_story(&self, id: PlaceId) -> Option<Arc<Place>> {
        self.read().index.as_ref()?.get(id).filter(|p| p.shares_a_story()).cloned()
    }

    /// How many places there are.
    pub fn count(&self) -> usize {
        self.read().index.as_ref().map_or(0, PlaceIndex::len)
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

    pub(crate) async fn reload_directory(&self, store: &dyn Store) -> Result<(), StoreError> {
        let supports = store.supports(&self.id).await?;
        // Ten thousand supports take some ten milliseconds to index: not on a thread that answers requests.
        let country = self.info().country;
        let directory = tokio::task::spawn_blocking(move || Directory::new(supports, country));
        self.directory.store(Arc::new(directory.await.expect("indexing does not panic")));
        Ok(())
    }

    pub(super) async fn reload_neighbourhoods(&self, store: &dyn Store) -> Result<(), StoreError> {
        let all = Neighbourhoods::new(store.neighbourhoods(&self.id).await?);
        let bearer =
            |n: &Neighbourhood| Some(Named::point(n.name.clone(), NameKind::Neighbourhood, n.label_point()?));
        let names = Gazetteer::new(all.iter().filter_map(bearer));
        let map = NeighbourhoodMap { all, names, ..NeighbourhoodMap::default() };
        self.neighbourhoods.store(Arc::new(map));
        Ok(())
    }

    pub(super) async fn reload_names(&self, store: &dyn Store) -> Result<(), StoreError> {
        let names = store.names(&self.id).await?;
        // A country's names take half a second to index: not on a thread that answers requests.
        let names = tokio::task::spawn_blocking(move || Gazetteer::new(names));
        self.names.store(Arc::new(names.await.expect("indexing does not panic")));
        Ok(())
    }

    fn read(&self) -> RwLockReadGuard<'_, Places> {
        self.places.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, change: impl FnOnce(&mut Places)) {
        change(&mut self.places.write().unwrap_or_else(PoisonError::into_inner));
    }
}
