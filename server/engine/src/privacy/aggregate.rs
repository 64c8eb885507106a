//! The exact aggregates. They never leave the process: nothing here can be serialised, and the numbers can
//! be read inside [`privacy`](super) alone.

use std::collections::{BTreeMap, BTreeSet};

use h3o::CellIndex;
use uuid::Uuid;

use super::activity::{ACTIVITIES, PerActivity};
use super::bound::{CELLS_PER_PARTICIPANT, Key, NEIGHBOURHOODS_PER_PARTICIPANT, Unit, chosen};
use super::domain::Domain;

/// Valence is counted in whole sixteenths: sums of floats would depend on their order.
pub const VALENCE_STEPS: u64 = 16;
const STEPS: f64 = 16.0;

/// What a place may be, for the person whose it is: being, doing, and the five of CHIME.
pub const KINDS: [&str; 7] =
    ["being", "doing", "connectedness", "hope", "identity", "meaning", "empowerment"];

/// A number for each of the [`KINDS`].
pub type PerKind = [i64; KINDS.len()];

/// One [eligible](super::eligible) place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contribution {
    /// Whose it is.
    pub participant: Uuid,
    /// The cell it lies in; outside the domain it is left out of layer H.
    pub cell: CellIndex,
    /// The position of its neighbourhood in the [`Domain`]; without one, or beyond it, it is left out of layer N.
    pub neighbourhood: Option<usize>,
    /// The strength-weighted mean valence of its feelings in −1..=1; `None` without feelings. Values beyond
    /// are clamped; what is not finite counts as none.
    pub valence: Option<f64>,
    /// Which of the [`KINDS`] it is.
    pub kinds: [bool; KINDS.len()],
    /// Which of the [`ACTIVITIES`] it is for.
    pub activities: [bool; ACTIVITIES.len()],
}

/// Exact numbers of distinct participants per cell, each in at most 8. Not serialisable.
#[derive(Debug)]
pub struct CellCounts {
    people: Vec<i64>,
}

impl CellCounts {
    /// Counts. One participant's coming or going changes at most 8 counts by 1: the squared sensitivity is 8.
    pub(super) fn count(domain: &Domain, contributions: &[Contribution], key: &Key) -> Self {
        let mut cells: BTreeMap<Uuid, BTreeSet<CellIndex>> = BTreeMap::new();
        for contribution in contributions {
            if domain.cells().binary_search(&contribution.cell).is_ok() {
                cells.entry(contribution.participant).or_default().insert(contribution.cell);
            }
        }
        let mut people = vec![0; domain.cells().len()];
        for (participant, cells) in cells {
            for cell in chosen(key, participant, cells, CELLS_PER_PARTICIPANT) {
                if let Ok(position) = domain.cells().binary_search(&cell) {
                    people[position] += 1;
                }
            }
        }
        Self { people }
    }

    /// The exact counts, in the domain's order.
    pub(super) fn people(&self) -> &[i64] {
        &self.people
    }
}

/// Exact numbers of distinct participants per neighbourhood, and the sums of their mean valences. Not
/// serialisable.
#[derive(Debug)]
pub struct NeighbourhoodSums {
    people: Vec<i64>,
    valence_sixteenths: Vec<i64>,
    kinds: Vec<PerKind>,
    activities: Vec<PerActivity>,
}

/// One of the [`ACTIVITIES`] in a neighbourhood, to choose among.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct ActivityHere {
    neighbourhood: Uuid,
    activity: u8,
}

impl Unit for ActivityHere {
    fn bytes(self) -> impl AsRef<[u8]> {
        let mut bytes = [self.activity; 17];
        bytes[..16].copy_from_slice(self.neighbourhood.as_bytes());
        bytes
    }
}

impl NeighbourhoodSums {
    /// Sums. One participant's coming or going changes at most 4 counts by 1 and 4 sums by at most 16
    /// sixteenths: in units of 1 the squared sensitivity is 8. With the numbers by kind, which are there from
    /// many participants on, it is 4 × 9 = 36.
    ///
    /// By activity a participant counts once in a neighbourhood, with one of theirs that the key chooses: 4 counts
    /// change by 1, so the squared sensitivity of these numbers by themselves is 4. One activity a person is also what
    /// rarefaction is about, for then a person is an individual of the sample.
    ///
    /// A participant's valence in a neighbourhood is the mean over all of their places in it that have one,
    /// rounded to sixteenths; without any it adds 0 to the sum.
    pub(super) fn sum(domain: &Domain, contributions: &[Contribution], key: &Key) -> Self {
        #[derive(Default)]
        struct Own {
            valences: Vec<f64>,
            kinds: [bool; KINDS.len()],
            activities: [bool; ACTIVITIES.len()],
        }
        let mut owns: BTreeMap<Uuid, BTreeMap<Uuid, Own>> = BTreeMap::new();
        for contribution in contributions {
            let unit = contribution.neighbourhood.and_then(|position| domain.neighbourhoods().get(position));
            if let Some(&unit) = unit {
                let own = owns.entry(contribution.participant).or_default().entry(unit).or_default();
                own.valences.extend(contribution.valence.filter(|valence| valence.is_finite()));
                join(&mut own.kinds, contribution.kinds);
                join(&mut own.activities, contribution.activities);
            }
        }
        let mut sums = Self {
            people: vec![0; domain.neighbourhoods().len()],
            valence_sixteenths: vec![0; domain.neighbourhoods().len()],
            kinds: vec![PerKind::default(); domain.neighbourhoods().len()],
            activities: vec![PerActivity::default(); domain.neighbourhoods().len()],
        };
        for (participant, mut owns) in owns {
            let units = owns.keys().copied().collect::<Vec<_>>();
            for unit in chosen(key, participant, units, NEIGHBOURHOODS_PER_PARTICIPANT) {
                if let (Ok(position), Some(own)) =
                    (domain.neighbourhoods().binary_search(&unit), owns.remove(&unit))
                {
                    sums.people[position] += 1;
                    sums.valence_sixteenths[position] += mean_in_sixteenths(own.valences);
                    count(&mut sums.kinds[position], own.kinds);
                    let own = (0_u8..)
                        .zip(own.activities)
                        .filter(|(_, has)| *has)
                        .map(|(activity, _)| ActivityHere { neighbourhood: unit, activity });
                    for ActivityHere { activity, .. } in chosen(key, participant, own, 1) {
                        sums.activities[position][usize::from(activity)] += 1;
                    }
                }
            }
        }
        sums
    }

    /// The exact counts of people, in the domain's order.
    pub(super) fn people(&self) -> &[i64] {
        &self.people
    }

    /// The exact sums of valences in sixteenths, in the domain's order.
    pub(super) fn valence_sixteenths(&self) -> &[i64] {
        &self.valence_sixteenths
    }

    /// The exact counts of people by kind, in the domain's order.
    pub(super) fn kinds(&self) -> &[PerKind] {
        &self.kinds
    }

    /// The exact counts of people by the one activity they count with, in the domain's order.
    pub(super) fn activities(&self) -> &[PerActivity] {
        &self.activities
    }
}

/// Exact numbers of the community's participants with a place of each kind. Not serialisable.
#[derive(Debug)]
pub struct Totals {
    people: PerKind,
}

impl Totals {
    /// Counts. One participant's coming or going changes each of the seven counts by at most 1: the squared
    /// sensitivity is 7.
    pub(super) fn count(contributions: &[Contribution]) -> Self {
        let mut by_participant: BTreeMap<Uuid, [bool; KINDS.len()]> = BTreeMap::new();
        for contribution in contributions {
            join(by_participant.entry(contribution.participant).or_default(), contribution.kinds);
        }
        let mut people = PerKind::default();
        for kinds in by_participant.into_values() {
            count(&mut people, kinds);
        }
        Self { people }
    }

    /// The exact counts.
    pub(super) const fn people(&self) -> &PerKind {
        &self.people
    }
}

fn join<const N: usize>(some: &mut [bool; N], more: [bool; N]) {
    for (one, another) in some.iter_mut().zip(more) {
        *one |= another;
    }
}

fn count(people: &mut PerKind, kinds: [bool; KINDS.len()]) {
    for (people, kind) in people.iter_mut().zip(kinds) {
        *people += i64::from(kind);
    }
}

/// How many distinct participants there are.
pub(super) fn participants(contributions: &[Contribution]) -> i64 {
    let distinct: BTreeSet<Uuid> =
        contributions.iter().map(|contribution| contribution.participant).collect();
    i64::try_from(distinct.len()).unwrap_or(i64::MAX)
}

/// The mean of finite valences, each clamped to −1..=1, in sixteenths, halves away from zero; 0 of none.
/// They are sorted first, so that the order of the places does not matter.
fn mean_in_sixteenths(mut valences: Vec<f64>) -> i64 {
    if valences.is_empty() {
        return 0;
    }
    valences.sort_unstable_by(f64::total_cmp);
    let sum: f64 = valences.iter().map(|valence| valence.clamp(-1.0, 1.0)).sum();
    let mean = (sum / crate::stats::float(valences.len())).clamp(-1.0, 1.0);
    #[expect(clippy::cast_possible_truncation, reason = "a whole number in -16..=16")]
    let sixteenths = (mean * STEPS).round() as i64;
    sixteenths
}

#[cfg(test)]
#[path = "aggregate_tests.rs"]
mod tests;
