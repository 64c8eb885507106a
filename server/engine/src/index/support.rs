//! The index of a community's support directory.

use std::collections::HashMap;
use std::sync::Arc;

use super::PointIndex;
use crate::community::Country;
use crate::filter::{Folded, SupportFilter};
use crate::hours::{Hours, Timetable};
use crate::search::{Search, is_meant, words_of};
use crate::support::Support;
use crate::{Bounds, LonLat, SupportId};

#[derive(Debug, Clone)]
struct Slot {
    support: Arc<Support>,
    /// [`words_of`] it, by their numbers in the vocabulary.
    words: Arc<[u32]>,
    /// When it is open.
    hours: Arc<Timetable>,
    /// The folded name, by which lists are sorted; empty without a name.
    name: Arc<Folded>,
}

/// Words by number, each once: a search compares each with what was typed once, not once for each support.
#[derive(Debug, Clone, Default)]
struct Vocabulary {
    numbers: HashMap<String, u32>,
    words: Vec<String>,
}

impl Vocabulary {
    fn number(&mut self, word: String) -> u32 {
        let next = u32::try_from(self.words.len()).expect("fewer than 2^32 words fit in memory");
        *self.numbers.entry(word).or_insert_with_key(|word| {
            self.words.push(word.clone());
            next
        })
    }
}

/// A filter with the words of the vocabulary that each word of its text may mean.
struct Prepared<'a> {
    filter: &'a SupportFilter,
    meant: Vec<Vec<bool>>,
}

/// A key of the tree: ordered by identifier, so that ties do not depend on the history of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    id: SupportId,
    slot: u32,
}

/// Supports by position, by identifier and by name.
///
/// # Notes
/// A query touches shared data alone; [`Clone`] copies the tree and three words a support, not the supports:
/// about 7 ms at 50,000 on a virtual machine of two cores, which is the directory of a large city, so that a change may copy the index,
/// alter the copy and swap it in. Larger directories that change often should be altered under a lock.
#[derive(Debug, Clone)]
pub struct SupportIndex {
    slots: Vec<Option<Slot>>,
    free: Vec<u32>,
    by_id: HashMap<SupportId, u32>,
    /// Slots by folded name and identifier, the nameless last; those without a location after all others.
    by_name: Vec<u32>,
    points: PointIndex<Key>,
    vocabulary: Arc<Vocabulary>,
    /// Whose holidays count.
    country: Option<Country>,
}

impl Default for SupportIndex {
    fn default() -> Self {
        Self::new([])
    }
}

impl SupportIndex {
    /// Indexes supports; of several with one identifier the last one stays. O(n log n).
    pub fn new(supports: impl IntoIterator<Item = Arc<Support>>) -> Self {
        Self::in_country(None, supports)
    }

    /// The same, with the holidays of a country.
    pub fn in_country(country: Option<Country>, supports: impl IntoIterator<Item = Arc<Support>>) -> Self {
        let mut vocabulary = Vocabulary::default();
        // Many have the same hours; reading them takes longer than anything else here.
        let mut hours: HashMap<String, Option<Hours>> = HashMap::new();
        let mut read = |value: &str| match hours.get(value) {
            Some(known) => known.clone(),
            None => hours.entry(value.to_owned()).or_insert(Hours::parse(value, country).ok()).clone(),
        };
        let mut by_id: HashMap<SupportId, u32> = HashMap::new();
        let mut slots: Vec<Option<Slot>> = Vec::new();
        for support in supports {
            let next = u32::try_from(slots.len()).expect("fewer than 2^32 supports fit in memory");
            let slot = *by_id.entry(support.id).or_insert(next);
            if slot == next {
                slots.push(None);
            }
            slots[slot as usize] = Some(Slot::new(support, &mut vocabulary, &mut read));
        }
        let points = PointIndex::bulk_load(slots.iter().flatten().zip(0..).filter_map(|(s, slot)| {
            let support = &s.support;
            Some((support.location?, Key { id: support.id, slot }))
        }));
        let mut index = Self {
            by_name: (0..).take(slots.len()).collect(),
            slots,
            free: Vec::new(),
            by_id,
            points,
            vocabulary: Arc::new(vocabulary),
            country,
        };
        let mut by_name = std::mem::take(&mut index.by_name);
        by_name.sort_by(|a, b| index.at(*a).order().cmp(&index.at(*b).order()));
        index.by_name = by_name;
        index
    }

    /// How many supports it holds.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// The support of this identifier.
    pub fn get(&self, id: SupportId) -> Option<&Arc<Support>> {
        self.by_id.get(&id).map(|slot| &self.at(*slot).support)
    }

    /// Adds a support or replaces the one of its identifier, which is returned. O(n) in words for the list by
    /// name, O(log n) otherwise.
    pub fn insert(&mut self, support: Arc<Support>) -> Option<Arc<Support>> {
        let before = self.remove(support.id);
        let slot = self.free.pop().unwrap_or_else(|| {
            self.slots.push(None);
            u32::try_from(self.slots.len() - 1).expect("fewer than 2^32 supports fit in memory")
        });
        let country = self.country;
        let read = |value: &str| Hours::parse(value, country).ok();
        let entry = Slot::new(support, Arc::make_mut(&mut self.vocabulary), read);
        self.by_id.insert(entry.support.id, slot);
        if let Some(at) = entry.support.location {
            self.points.insert(at, Key { id: entry.support.id, slot });
        }
        let place = self.by_name.partition_point(|other| self.at(*other).order() < entry.order());
        self.slots[slot as usize] = Some(entry);
        self.by_name.insert(place, slot);
        before
    }

    /// Removes a support, which is returned.
    pub fn remove(&mut self, id: SupportId) -> Option<Arc<Support>> {
        let slot = self.by_id.remove(&id)?;
        let order = self.at(slot).order();
        let place = self.by_name.partition_point(|other| self.at(*other).order() < order);
        self.by_name.remove(place);
        let gone = self.slots[slot as usize].take()?.support;
        if let Some(at) = gone.location {
            self.points.remove(at, Key { id, slot });
        }
        self.free.push(slot);
        Some(gone)
    }

    /// All supports by name (folded), then identifier, the nameless last; then those without a location,
    /// likewise.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Arc<Support>> {
        self.by_name.iter().map(|slot| &self.at(*slot).support)
    }

    /// The supports that match, by name.
    pub fn matching<'a>(&'a self, filter: &'a SupportFilter) -> impl Iterator<Item = &'a Arc<Support>> {
        let filter = self.prepare(filter);
        self.by_name.iter().map(|slot| self.at(*slot)).filter(move |s| s.passes(&filter)).map(|s| &s.support)
    }

    /// When a support is open.
    pub fn hours(&self, id: SupportId) -> Option<&Arc<Timetable>> {
        self.by_id.get(&id).map(|slot| &self.at(*slot).hours)
    }

    /// The folded name by which a support is sorted; empty without a name.
    pub(crate) fn folded_name(&self, id: SupportId) -> &str {
        self.by_id.get(&id).map_or("", |slot| self.at(*slot).name.as_str())
    }

    fn prepare<'a>(&self, filter: &'a SupportFilter) -> Prepared<'a> {
        let typed = filter.text.as_ref().map(Search::words).unwrap_or_default();
        let all = |typed: &String| self.vocabulary.words.iter().map(|word| is_meant(typed, word)).collect();
        Prepared { filter, meant: typed.iter().map(all).collect() }
    }

    /// The nearest `k` supports that match and that `also` accepts, with metres, nearest first. `also` is asked
    /// last, for conditions outside of the filter such as being open now.
    pub fn nearest(
        &self,
        origin: LonLat,
        k: usize,
        filter: &SupportFilter,
        mut also: impl FnMut(&Support) -> bool,
    ) -> Vec<(Arc<Support>, f64)> {
        let filter = self.prepare(filter);
        self.resolve(self.points.nearest(origin, k, |key| self.passes(*key, &filter, &mut also)))
    }

    /// All such supports at most `metres` away, nearest first.
    pub fn within_radius(
        &self,
        origin: LonLat,
        metres: f64,
        filter: &SupportFilter,
        mut also: impl FnMut(&Support) -> bool,
    ) -> Vec<(Arc<Support>, f64)> {
        let filter = self.prepare(filter);
        self.resolve(self.points.within_radius(origin, metres, |key| self.passes(*key, &filter, &mut also)))
    }

    /// The supports in a box, edges included, that match, by name.
    pub fn in_bounds(&self, bounds: Bounds, filter: &SupportFilter) -> Vec<Arc<Support>> {
        let filter = self.prepare(filter);
        let mut found: Vec<&Slot> = Vec::new();
        self.points.visit_bounds(bounds, |key, _| {
            let slot = self.at(key.slot);
            if slot.passes(&filter) {
                found.push(slot);
            }
        });
        found.sort_by(|a, b| a.order().cmp(&b.order()));
        found.into_iter().map(|slot| Arc::clone(&slot.support)).collect()
    }

    fn passes(&self, key: Key, filter: &Prepared<'_>, also: &mut impl FnMut(&Support) -> bool) -> bool {
        let slot = self.at(key.slot);
        slot.passes(filter) && also(&slot.support)
    }

    fn resolve(&self, found: Vec<(Key, f64)>) -> Vec<(Arc<Support>, f64)> {
        found.into_iter().map(|(key, metres)| (Arc::clone(&self.at(key.slot).support), metres)).collect()
    }

    fn at(&self, slot: u32) -> &Slot {
        self.slots[slot as usize].as_ref().expect("a slot that is referred to is taken")
    }
}

impl Slot {
    fn new(
        support: Arc<Support>,
        vocabulary: &mut Vocabulary,
        read: impl FnOnce(&str) -> Option<Hours>,
    ) -> Self {
        Self {
            words: words_of(&support).into_iter().map(|word| vocabulary.number(word)).collect(),
            hours: Arc::new(Timetable::with_hours(&support.details, read)),
            name: Arc::new(Folded::new(support.details.name.as_deref().unwrap_or_default())),
            support,
        }
    }

    /// Whether it matches, the cheap conditions first.
    fn passes(&self, prepared: &Prepared<'_>) -> bool {
        let named = |meant: &Vec<bool>| self.words.iter().any(|word| meant[*word as usize]);
        prepared.filter.matches_basics(&self.support)
            && prepared.meant.iter().all(named)
            && prepared.filter.is_open(&self.hours)
    }

    fn order(&self) -> (bool, bool, &str, SupportId) {
        let nowhere = self.support.location.is_none();
        (nowhere, self.name.as_str().is_empty(), self.name.as_str(), self.support.id)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::support::{Price, SupportDetails};

    fn support(id: u128, name: Option<&str>, category: &str, lon: f64, lat: f64) -> Arc<Support> {
        let details = SupportDetails {
            source: "test".into(),
            source_id: id.to_string(),
            name: name.map(str::to_owned),
            category: category.into(),
            price: Price::Free,
            ..SupportDetails::default()
        };
        let id = SupportId(Uuid::from_u128(id));
        Arc::new(Support::new(id, LonLat::new(lon, lat).ok(), details, jiff::Timestamp::UNIX_EPOCH))
    }

    fn names<'a>(supports: impl Iterator<Item = &'a Arc<Support>>) -> Vec<&'a str> {
        supports.map(|s| s.details.name.as_deref().unwrap_or("")).collect()
    }

    #[test]
    fn lists_are_sorted_by_folded_name_with_the_nameless_last() {
        let mut index = SupportIndex::new([
            support(1, None, "park", 24.0, 59.0),
            support(2, Some("öökull"), "cafe", 24.0, 59.0),
            support(3, Some("Aed"), "garden", 24.0, 59.0),
        ]);
        index.insert(support(4, Some("Õnne"), "cafe", 24.0, 59.0));
        index.insert(support(5, None, "park", 24.0, 59.0));
        assert_eq!(names(index.iter()), ["Aed", "Õnne", "öökull", "", ""]);
        let cafes = SupportFilter { categories: ["cafe".to_owned()].into(), ..SupportFilter::default() };
        assert_eq!(names(index.matching(&cafes)), ["Õnne", "öökull"]);
        let all = Bounds::new(24.0, 59.0, 24.0, 59.0).unwrap();
        assert_eq!(names(index.in_bounds(all, &cafes).iter()), ["Õnne", "öökull"]);
    }

    #[test]
    fn a_moved_and_renamed_support_is_found_only_where_it_is_now() {
        let mut index = SupportIndex::new([support(1, Some("Old"), "cafe", 24.0, 59.0)]);
        let before = index.insert(support(1, Some("New"), "cafe", 24.1, 59.0)).unwrap();
        assert_eq!(before.details.name.as_deref(), Some("Old"));
        assert_eq!((index.len(), names(index.iter())), (1, vec!["New"]));
        let all = SupportFilter::default();
        let origin = LonLat::new(24.0, 59.0).unwrap();
        assert!(index.within_radius(origin, 100.0, &all, |_| true).is_empty());
        assert_eq!(index.nearest(origin, 9, &all, |_| true).len(), 1);
        assert!(index.remove(before.id).is_some() && index.remove(before.id).is_none());
        assert!(index.is_empty() && index.nearest(origin, 9, &all, |_| true).is_empty());
    }

    #[test]
    fn a_condition_beside_the_filter_still_yields_k_answers() {
        let index = SupportIndex::new(
            (0..50_u8).map(|i| support(u128::from(i), None, "cafe", 24.0 + f64::from(i) / 1e3, 59.0)),
        );
        let even = |s: &Support| s.id.0.as_u128().is_multiple_of(2);
        let origin = LonLat::new(24.0, 59.0).unwrap();
        let found = index.nearest(origin, 3, &SupportFilter::default(), even);
        let ids: Vec<u128> = found.iter().map(|(s, _)| s.id.0.as_u128()).collect();
        assert_eq!(ids, [0, 2, 4]);
    }

    #[test]
    fn a_copy_does_not_see_later_changes() {
        let old = SupportIndex::new([support(1, Some("One"), "cafe", 24.0, 59.0)]);
        let mut new = old.clone();
        new.insert(support(2, Some("Two"), "cafe", 24.0, 59.0));
        assert_eq!((old.len(), new.len()), (1, 2));
    }

    proptest! {
        #[test]
        fn any_history_ends_in_the_index_of_what_is_left(
            changes in prop::collection::vec((0..20_u128, 0..5_u8, any::<bool>()), 0..120)
        ) {
            let mut index = SupportIndex::default();
            let mut model = std::collections::BTreeMap::new();
            for (id, x, add) in changes {
                if add {
                    let s = support(id, Some(&format!("n{x}")), "cafe", 24.0 + f64::from(x) / 100.0, 59.0);
                    prop_assert_eq!(index.insert(Arc::clone(&s)), model.insert(id, s));
                } else {
                    prop_assert_eq!(index.remove(SupportId(Uuid::from_u128(id))), model.remove(&id));
                }
            }
            let fresh = SupportIndex::new(model.into_values());
            prop_assert_eq!(index.iter().collect::<Vec<_>>(), fresh.iter().collect::<Vec<_>>());
            let (origin, all) = (LonLat::new(24.0, 59.0).unwrap(), SupportFilter::default());
            prop_assert_eq!(
                index.nearest(origin, 7, &all, |_| true),
                fresh.nearest(origin, 7, &all, |_| true)
            );
        }
    }
}
