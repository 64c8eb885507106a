//! The index of participants' places, altered in place under a lock.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::PointIndex;
use crate::place::Place;
use crate::{Bounds, LonLat, ParticipantId, PlaceId};

/// What a record must tell of a place to be indexed. The position is the stored one, at the precision that the
/// participant chose; nothing finer exists.
pub trait PlaceRecord {
    /// The place's identifier.
    fn id(&self) -> PlaceId;
    /// Whose it is.
    fn owner(&self) -> ParticipantId;
    /// Where it is indexed: [`crate::place::Geometry::anchor`].
    fn anchor(&self) -> LonLat;
    /// When it was first saved; decides the order of lists.
    fn created_at(&self) -> Timestamp;
}

impl PlaceRecord for Arc<Place> {
    fn id(&self) -> PlaceId {
        self.id
    }

    fn owner(&self) -> ParticipantId {
        self.owner
    }

    fn anchor(&self) -> LonLat {
        self.content.geometry.anchor()
    }

    fn created_at(&self) -> Timestamp {
        self.created_at
    }
}

/// The least of a place, 64 bytes, for communities whose places should not all be kept in memory.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaceSummary {
    /// Its identifier.
    pub id: PlaceId,
    /// Whose it is.
    pub owner: ParticipantId,
    /// Where it is indexed.
    pub anchor: LonLat,
    /// When it was first saved.
    pub created_at: Timestamp,
}

impl From<&Place> for PlaceSummary {
    fn from(place: &Place) -> Self {
        Self {
            id: place.id,
            owner: place.owner,
            anchor: place.content.geometry.anchor(),
            created_at: place.created_at,
        }
    }
}

impl PlaceRecord for PlaceSummary {
    fn id(&self) -> PlaceId {
        self.id
    }

    fn owner(&self) -> ParticipantId {
        self.owner
    }

    fn anchor(&self) -> LonLat {
        self.anchor
    }

    fn created_at(&self) -> Timestamp {
        self.created_at
    }
}

/// A position in an owner's list, newest first: the last entry of the page before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Keyset {
    /// When that entry was created.
    pub created_at: Timestamp,
    /// Its identifier, which decides among entries of one instant.
    pub id: PlaceId,
}

/// Places by position, by identifier and by owner; the record is the whole place (shared) or a summary.
///
/// # Notes
/// Adding, replacing and removing take O(log n) plus the owner's own places (at most 500, design §5) and the
/// places snapped to the same position. A million summaries take about 315 bytes each, indexes
/// included. It is not meant to be copied on change: keep it behind a lock and alter it.
#[derive(Debug, Clone)]
pub struct PlaceIndex<P = Arc<Place>> {
    by_id: HashMap<PlaceId, P>,
    /// Oldest first, so that a new place is appended.
    by_owner: HashMap<ParticipantId, Vec<Keyset>>,
    points: PointIndex<PlaceId>,
}

impl<P: PlaceRecord> PlaceIndex<P> {
    /// Indexes places; of several with one identifier the last one stays. O(n log n).
    pub fn new(places: impl IntoIterator<Item = P>) -> Self {
        let by_id: HashMap<PlaceId, P> = places.into_iter().map(|p| (p.id(), p)).collect();
        let mut by_owner: HashMap<ParticipantId, Vec<Keyset>> = HashMap::new();
        for place in by_id.values() {
            by_owner.entry(place.owner()).or_default().push(keyset(place));
        }
        for list in by_owner.values_mut() {
            list.sort_unstable();
            list.shrink_to_fit();
        }
        let points = PointIndex::bulk_load(by_id.values().map(|p| (p.anchor(), p.id())));
        Self { by_id, by_owner, points }
    }

    /// An empty index for places around a reference, such as the middle of the community's bounds.
    pub fn around(reference: LonLat) -> Self {
        Self { by_id: HashMap::new(), by_owner: HashMap::new(), points: PointIndex::new(reference) }
    }

    /// How many places it holds.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// The place of this identifier.
    pub fn get(&self, id: PlaceId) -> Option<&P> {
        self.by_id.get(&id)
    }

    /// Adds a place or replaces the one of its identifier, which is returned.
    pub fn insert(&mut self, place: P) -> Option<P> {
        let before = self.remove(place.id());
        let list = self.by_owner.entry(place.owner()).or_default();
        let key = keyset(&place);
        list.insert(list.partition_point(|other| *other < key), key);
        self.points.insert(place.anchor(), place.id());
        self.by_id.insert(place.id(), place);
        before
    }

    /// Removes a place, which is returned.
    pub fn remove(&mut self, id: PlaceId) -> Option<P> {
        let gone = self.by_id.remove(&id)?;
        self.points.remove(gone.anchor(), id);
        let key = keyset(&gone);
        if let Some(list) = self.by_owner.get_mut(&gone.owner()) {
            list.retain(|other| *other != key);
            if list.is_empty() {
                self.by_owner.remove(&gone.owner());
            }
        }
        Some(gone)
    }

    /// Removes everything of an owner, as a withdrawal asks for; what was removed, oldest first.
    pub fn remove_owner(&mut self, owner: ParticipantId) -> Vec<P> {
        let keys = self.by_owner.remove(&owner).unwrap_or_default();
        keys.into_iter()
            .filter_map(|key| {
                let gone = self.by_id.remove(&key.id)?;
                self.points.remove(gone.anchor(), key.id);
                Some(gone)
            })
            .collect()
    }

    /// How many places an owner has.
    pub fn count_of(&self, owner: ParticipantId) -> usize {
        self.by_owner.get(&owner).map_or(0, Vec::len)
    }

    /// An owner's places, newest first, at most `limit`, from behind `after` or from the newest.
    pub fn of_owner(&self, owner: ParticipantId, after: Option<Keyset>, limit: usize) -> Vec<&P> {
        let list = self.by_owner.get(&owner).map_or(&[][..], Vec::as_slice);
        let end = after.map_or(list.len(), |key| list.partition_point(|other| *other < key));
        list[..end].iter().rev().take(limit).filter_map(|key| self.by_id.get(&key.id)).collect()
    }

    /// The nearest `k` places that pass the filter, with metres, nearest first.
    pub fn nearest(&self, origin: LonLat, k: usize, mut filter: impl FnMut(&P) -> bool) -> Vec<(&P, f64)> {
        self.resolve(self.points.nearest(origin, k, |id| self.get(*id).is_some_and(&mut filter)))
    }

    /// The places at most `metres` away that pass the filter, nearest first.
    pub fn within_radius(
        &self,
        origin: LonLat,
        metres: f64,
        mut filter: impl FnMut(&P) -> bool,
    ) -> Vec<(&P, f64)> {
        self.resolve(self.points.within_radius(origin, metres, |id| self.get(*id).is_some_and(&mut filter)))
    }

    /// The places whose anchors are in a box, edges included, that pass the filter, by identifier.
    pub fn in_bounds(&self, bounds: Bounds, mut filter: impl FnMut(&P) -> bool) -> Vec<&P> {
        let ids = self.points.in_bounds(bounds, |id| self.get(*id).is_some_and(&mut filter));
        ids.into_iter().filter_map(|id| self.get(id)).collect()
    }

    /// All places in no particular order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &P> {
        self.by_id.values()
    }

    fn resolve(&self, found: Vec<(PlaceId, f64)>) -> Vec<(&P, f64)> {
        found.into_iter().filter_map(|(id, metres)| Some((self.get(id)?, metres))).collect()
    }
}

fn keyset(place: &impl PlaceRecord) -> Keyset {
    Keyset { created_at: place.created_at(), id: place.id() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn place(id: u128, owner: u128, second: i64, x: u8) -> PlaceSummary {
        PlaceSummary {
            id: PlaceId(Uuid::from_u128(id)),
            owner: ParticipantId(Uuid::from_u128(owner)),
            anchor: LonLat::new(24.0 + f64::from(x) / 100.0, 59.0).unwrap(),
            created_at: Timestamp::from_second(second).unwrap(),
        }
    }

    fn ids(places: &[&PlaceSummary]) -> Vec<u128> {
        places.iter().map(|p| p.id.0.as_u128()).collect()
    }

    #[test]
    fn an_owner_pages_through_their_places_newest_first_without_gap_or_repetition() {
        // 3 and 4 are of one instant; another owner's place never shows.
        let index = PlaceIndex::new([
            place(1, 1, 10, 0),
            place(4, 1, 20, 0),
            place(3, 1, 20, 0),
            place(2, 1, 30, 0),
            place(9, 2, 25, 0),
        ]);
        let owner = ParticipantId(Uuid::from_u128(1));
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page = index.of_owner(owner, after, 1);
            let Some(last) = page.last() else { break };
            after = Some(Keyset { created_at: last.created_at, id: last.id });
            seen.extend(ids(&page));
        }
        assert_eq!(seen, [2, 4, 3, 1]);
        assert_eq!(index.count_of(owner), 4);
    }

    #[test]
    fn a_page_goes_on_where_it_was_though_its_last_entry_was_deleted() {
        let mut index = PlaceIndex::new((1..=4).map(|i| place(i, 1, 10 * i64::try_from(i).unwrap(), 0)));
        let owner = ParticipantId(Uuid::from_u128(1));
        let last = *index.of_owner(owner, None, 2)[1];
        index.remove(last.id);
        let after = Some(Keyset { created_at: last.created_at, id: last.id });
        assert_eq!(ids(&index.of_owner(owner, after, 9)), [2, 1]);
    }

    #[test]
    fn withdrawal_leaves_nothing_of_the_owner_anywhere() {
        let mut index = PlaceIndex::new((1..=10).map(|i| place(i, i % 2, 5, 3)));
        let owner = ParticipantId(Uuid::from_u128(1));
        assert_eq!(index.remove_owner(owner).len(), 5);
        assert_eq!((index.count_of(owner), index.len()), (0, 5));
        let near = index.nearest(LonLat::new(24.03, 59.0).unwrap(), 20, |_| true);
        assert!(near.len() == 5 && near.iter().all(|(p, _)| p.owner != owner));
        assert!(index.remove_owner(owner).is_empty());
    }

    proptest! {
        #[test]
        fn any_history_ends_in_the_index_of_what_is_left(
            changes in prop::collection::vec((0..15_u128, 0..3_u128, 0..4_i64, 0..5_u8, any::<bool>()), 0..120)
        ) {
            let origin = LonLat::new(24.02, 59.0).unwrap();
            let mut index = PlaceIndex::around(origin);
            let mut model = std::collections::BTreeMap::new();
            for (id, owner, second, x, add) in changes {
                let p = place(id, owner, second, x);
                if add {
                    prop_assert_eq!(index.insert(p), model.insert(id, p));
                } else {
                    prop_assert_eq!(index.remove(p.id), model.remove(&id));
                }
            }
            let fresh = PlaceIndex::new(model.into_values());
            prop_assert_eq!(index.nearest(origin, 6, |_| true), fresh.nearest(origin, 6, |_| true));
            let bounds = Bounds::new(24.0, 59.0, 24.02, 59.0).unwrap();
            prop_assert_eq!(index.in_bounds(bounds, |_| true), fresh.in_bounds(bounds, |_| true));
            for owner in 0..3 {
                let owner = ParticipantId(Uuid::from_u128(owner));
                prop_assert_eq!(index.of_owner(owner, None, 99), fresh.of_owner(owner, None, 99));
                prop_assert_eq!(index.count_of(owner), fresh.of_owner(owner, None, 99).len());
            }
        }
    }
}
