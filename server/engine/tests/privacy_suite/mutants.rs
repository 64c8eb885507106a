//! The mechanism written a second time, plainly, with room for nine mistakes.

use std::collections::{BTreeMap, BTreeSet};

use engine::privacy::aggregate::Contribution;
use engine::privacy::bound::{Key, Unit, chosen};
use engine::privacy::discrete_gaussian::{RandomBits, Sigma, sample};
use engine::privacy::domain::Domain;
use h3o::CellIndex;
use uuid::Uuid;

use crate::bits::SplitMix;
use crate::mechanism::{Answer, Mechanism, Requests, Size, float, key};

/// One mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Defect {
    HalfTheNoise,
    NoBoundOnUnits,
    PlacesCounted,
    NoiseOnRequest,
    EmptyUnitsExact,
    FloatLaplace,
    ValenceUnclamped,
    SeedReused,
    DomainFromData,
}

impl Defect {
    /// The mutants of the specification, in its order.
    pub const ALL: [Self; 9] = [
        Self::HalfTheNoise,
        Self::NoBoundOnUnits,
        Self::PlacesCounted,
        Self::NoiseOnRequest,
        Self::EmptyUnitsExact,
        Self::FloatLaplace,
        Self::ValenceUnclamped,
        Self::SeedReused,
        Self::DomainFromData,
    ];
}

/// The second writing; without a defect it is right.
#[derive(Debug, Clone, Copy)]
pub struct Reference {
    pub defect: Option<Defect>,
    pub size: Size,
}

/// An activity in a neighbourhood, as bytes: those of the neighbourhood and one more.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Here(Uuid, u8);

impl Unit for Here {
    fn bytes(self) -> impl AsRef<[u8]> {
        [self.0.as_bytes().as_slice(), &[self.1]].concat()
    }
}

/// What is true.
#[derive(Clone)]
struct Exact {
    cells: Vec<(CellIndex, f64)>,
    people: Vec<(Uuid, f64)>,
    valence: Vec<f64>,
    kinds: Vec<[f64; 7]>,
    totals: Vec<f64>,
    activities: Vec<[f64; 8]>,
}

impl Mechanism for Reference {
    fn size(&self) -> Size {
        self.size
    }

    fn publish(&self, domain: &Domain, database: &[Contribution], random: &mut SplitMix) -> Requests {
        if self.has(Defect::SeedReused) {
            *random = SplitMix(20_260_301);
        }
        let exact = self.exact(domain, database, &key(random));
        if self.has(Defect::NoiseOnRequest) {
            let (mechanism, seed) = (*self, random.next_u64());
            return Box::new(move |request| {
                mechanism.noisy(&exact, &mut SplitMix(seed.wrapping_add(request)))
            });
        }
        let answer = self.noisy(&exact, random);
        Box::new(move |_| answer.clone())
    }
}

impl Reference {
    fn has(self, defect: Defect) -> bool {
        self.defect == Some(defect)
    }

    fn exact(self, domain: &Domain, database: &[Contribution], key: &Key) -> Exact {
        let cells = self.people_per_unit(database, key, 8, |place| {
            Some(place.cell).filter(|cell| domain.cells().contains(cell))
        });
        let unit = |place: &Contribution| domain.neighbourhoods().get(place.neighbourhood?).copied();
        let people = self.people_per_unit(database, key, 4, unit);
        let valence = |id: &Uuid| {
            let sums = people.get(id).into_iter().flat_map(|counted| counted.keys()).map(|participant| {
                let own = database.iter().filter(|p| p.participant == *participant && unit(p) == Some(*id));
                self.mean_in_sixteenths(own.filter_map(|place| place.valence).collect())
            });
            sums.sum()
        };
        let total = |counted: Option<&BTreeMap<Uuid, f64>>| counted.map_or(0.0, |c| c.values().sum());
        let mut exact = Exact {
            cells: domain.cells().iter().map(|cell| (*cell, total(cells.get(cell)))).collect(),
            people: domain.neighbourhoods().iter().map(|id| (*id, total(people.get(id)))).collect(),
            valence: domain.neighbourhoods().iter().map(valence).collect(),
            kinds: domain
                .neighbourhoods()
                .iter()
                .map(|id| self.kinds_in(database, *id, people.get(id), unit))
                .collect(),
            totals: (0..7).map(|kind| self.people_of(database, kind)).collect(),
            activities: domain
                .neighbourhoods()
                .iter()
                .map(|id| self.activities_in(database, key, *id, people.get(id), unit))
                .collect(),
        };
        if self.has(Defect::DomainFromData) {
            exact.cells.retain(|(_, people)| *people > 0.0);
        }
        exact
    }

    /// How many people have a place of a kind: each once, if it is right.
    fn people_of(self, database: &[Contribution], kind: usize) -> f64 {
        let owners: Vec<Uuid> = database.iter().filter(|p| p.kinds[kind]).map(|p| p.participant).collect();
        let distinct: BTreeSet<Uuid> = owners.iter().copied().collect();
        let counted = if self.has(Defect::PlacesCounted) { owners.len() } else { distinct.len() };
        float(i64::try_from(counted).unwrap())
    }

    /// How many of those who count in a neighbourhood have a place of each kind in it.
    fn kinds_in(
        self,
        database: &[Contribution],
        id: Uuid,
        counted: Option<&BTreeMap<Uuid, f64>>,
        unit: impl Fn(&Contribution) -> Option<Uuid>,
    ) -> [f64; 7] {
        std::array::from_fn(|kind| {
            let of_kind: Vec<Contribution> = database
                .iter()
                .filter(|p| unit(p) == Some(id) && counted.is_some_and(|c| c.contains_key(&p.participant)))
                .copied()
                .collect();
            self.people_of(&of_kind, kind)
        })
    }

    /// How many of those who count in a neighbourhood count there with each activity: with one of theirs.
    fn activities_in(
        self,
        database: &[Contribution],
        key: &Key,
        id: Uuid,
        counted: Option<&BTreeMap<Uuid, f64>>,
        unit: impl Fn(&Contribution) -> Option<Uuid>,
    ) -> [f64; 8] {
        let mut found = [0.0; 8];
        for (participant, counts) in counted.into_iter().flatten() {
            let here = database.iter().filter(|p| p.participant == *participant && unit(p) == Some(id));
            let own: BTreeSet<usize> =
                here.flat_map(|p| (0..8).filter(|activity| p.activities[*activity])).collect();
            let most = if self.has(Defect::NoBoundOnUnits) { usize::MAX } else { 1 };
            let own = own.into_iter().map(|activity| Here(id, u8::try_from(activity).unwrap()));
            for Here(_, activity) in chosen(key, *participant, own, most) {
                found[usize::from(activity)] += counts;
            }
        }
        found
    }

    /// Who counts in which unit, and how much: once, if it is right.
    fn people_per_unit<U: Unit>(
        self,
        database: &[Contribution],
        key: &Key,
        most: usize,
        unit: impl Fn(&Contribution) -> Option<U>,
    ) -> BTreeMap<U, BTreeMap<Uuid, f64>> {
        let most = if self.has(Defect::NoBoundOnUnits) { usize::MAX } else { most };
        let participants: BTreeSet<Uuid> = database.iter().map(|place| place.participant).collect();
        let mut counted: BTreeMap<U, BTreeMap<Uuid, f64>> = BTreeMap::new();
        for participant in participants {
            let own: Vec<U> =
                database.iter().filter(|place| place.participant == participant).filter_map(&unit).collect();
            for kept in chosen(key, participant, own.iter().copied(), most) {
                let places = own.iter().filter(|unit| **unit == kept).map(|_| 1.0).sum();
                let counts = if self.has(Defect::PlacesCounted) { places } else { 1.0 };
                counted.entry(kept).or_default().insert(participant, counts);
            }
        }
        counted
    }

    fn mean_in_sixteenths(self, mut valences: Vec<f64>) -> f64 {
        valences.retain(|valence| valence.is_finite());
        valences.sort_unstable_by(f64::total_cmp);
        let most = if self.has(Defect::ValenceUnclamped) { f64::MAX } else { 1.0 };
        let (mut sum, mut count) = (0.0, 0.0);
        for valence in valences {
            sum += valence.clamp(-most, most);
            count += 1.0;
        }
        if count > 0.0 { (16.0 * (sum / count).clamp(-most, most)).round() } else { 0.0 }
    }

    fn noisy(self, exact: &Exact, random: &mut SplitMix) -> Answer {
        let half = self.has(Defect::HalfTheNoise);
        let (cells, neighbourhoods, totals, activities) = match (half, self.is_wide()) {
            (true, false) => (4, 5, 9, 13),
            (true, true) => (4, 11, 9, 13),
            (false, false) => (9, 10, 19, 27),
            (false, true) => (9, 22, 19, 27),
        };
        let mut noisy = |exact: f64, sigma: u64| {
            if self.has(Defect::EmptyUnitsExact) && exact == 0.0 {
                return 0.0;
            }
            exact
                + if self.has(Defect::FloatLaplace) {
                    laplace(sigma, random)
                } else {
                    gaussian(sigma, random)
                }
        };
        let mut answer = Answer {
            cells: exact.cells.clone(),
            people: exact.people.clone(),
            valence: Vec::new(),
            kinds: Vec::new(),
            totals: Vec::new(),
            activities: Vec::new(),
        };
        for (_, people) in &mut answer.cells {
            *people = noisy(*people, cells);
        }
        for (((_, people), valence), kinds) in answer.people.iter_mut().zip(&exact.valence).zip(&exact.kinds)
        {
            *people = noisy(*people, neighbourhoods);
            answer.valence.push(noisy(*valence, 16 * neighbourhoods));
            if self.is_wide() {
                answer.kinds.push(kinds.map(|people| noisy(people, neighbourhoods)));
            }
        }
        answer.totals = exact.totals.iter().map(|people| noisy(*people, totals)).collect();
        if self.size == Size::Diverse {
            let rows = exact.activities.iter();
            answer.activities = rows.map(|row| row.map(|people| noisy(people, activities))).collect();
        }
        answer
    }
}

fn gaussian(sigma: u64, random: &mut SplitMix) -> f64 {
    float(sample(Sigma::new(sigma).unwrap(), random))
}

/// The textbook's way, by inversion, of the same variance.
#[expect(clippy::cast_precision_loss, reason = "53 bits, and a small standard deviation")]
fn laplace(sigma: u64, random: &mut SplitMix) -> f64 {
    let uniform = (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64 - 0.5;
    -(sigma as f64) / 2.0_f64.sqrt() * uniform.signum() * (-2.0 * uniform.abs()).ln_1p()
}
